"""Reads that travel together find what each finds alone."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from boucle.contacts.queries import sharing_read
from boucle.contacts.rules import ContactDetails
from boucle.kit.database import close_database, fetch_written, open_database, placeholders
from boucle.kit.joint_reads import Read, fetch_together
from boucle.kit.unit_of_work import unit_of_work
from tests.databases import Databases
from tests.factories.contacts import make_contact

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


def texts_read(*texts: str) -> Read:
    marks = [f"CAST({mark} AS TEXT) AS word_{place}" for place, mark in enumerate(placeholders(len(texts)))]
    return Read(f"SELECT {', '.join(marks)}, 7 AS seven, 1 = 1 AS is_true, NULL AS missing", texts)


def test_reads_find_together_what_each_finds_alone(engine: str, database_factory: Databases) -> None:
    with asyncio.Runner() as runner:
        runner.run(open_database(database_factory.fresh(engine)))

        @settings(max_examples=40, deadline=None)
        @given(st.lists(st.lists(WORDS, min_size=1, max_size=11) | st.none(), max_size=4))
        def compare(drawn: list[list[str] | None]) -> None:
            alone, together = runner.run(found(drawn))
            assert together == alone

        try:
            compare()
        finally:
            runner.run(close_database())


async def found(drawn: list[list[str] | None]) -> tuple[object, object]:
    """What reads find one by one, and together."""
    async with unit_of_work():
        reads = [None if texts is None else texts_read(*texts) for texts in drawn]
        alone = [() if read is None else await fetch_written(read.sql, read.values) for read in reads]
        together = await fetch_together(*reads)
    return [[dict(row) for row in rows] for rows in alone], [[dict(row) for row in rows] for rows in together]


async def test_rows_keep_their_order_and_nothing_is_looked_for_in_vain(db):
    made = [await make_contact() for _ in range(12)]
    people = [ContactDetails(email=contact.email) for contact in reversed(made)]
    async with unit_of_work():
        found, none, again = await fetch_together(sharing_read(people), sharing_read([]), sharing_read(people[:1]))
    assert [row["id"] for row in found] == [contact.id for contact in made]
    assert (list(none), [row["id"] for row in again]) == ([], [made[-1].id])
