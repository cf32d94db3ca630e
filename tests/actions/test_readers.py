"""Connections that only read, on real databases."""

import asyncio

import pytest

from boucle.accounts.models import Team
from boucle.kit import database
from boucle.kit.database import Dialect, close_database, dialect, fetch, fetch_rows, open_database
from boucle.kit.readers import PostgresReaders, StatementTimeout
from boucle.kit.unit_of_work import unit_of_work
from boucle.kit.work_state import current_work

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


async def one() -> int:
    return int((await fetch_rows("SELECT 1", []))[0][0])


async def abandon_many() -> None:
    """Ask for what takes for ever, more often than there are connections, and go away."""
    endless = [asyncio.create_task(fetch_rows(ENDLESS, [])) for _ in range(20)]
    await asyncio.sleep(0.3)
    for task in endless:
        task.cancel()
    await asyncio.gather(*endless, return_exceptions=True)


async def test_more_callers_than_connections_all_get_their_rows(db):
    mark = "$1::bigint" if dialect() is Dialect.POSTGRES else "?"
    answers = await asyncio.gather(*(fetch_rows(f"SELECT {mark} AS n", [number]) for number in range(60)))
    assert [rows[0][0] for rows in answers] == list(range(60))
    assert answers[7][0]["n"] == 7


async def test_a_refused_statement_is_raised_and_harms_no_other(db):
    for _ in range(12):
        with pytest.raises(Exception, match="nowhere"):
            await fetch_rows("SELECT * FROM nowhere", [])
    assert await one() == 1


async def test_nothing_is_written_through_a_reader(db):
    with pytest.raises(Exception, match=r"read-?only"):
        await fetch_rows("UPDATE teams SET name = 'x'", [])


async def test_who_is_cancelled_stops_the_statement_and_leaves_room_for_others(db):
    await abandon_many()
    assert await asyncio.wait_for(one(), 10) == 1


@pytest.mark.parametrize("engine", ["postgres"])  # SQLite's statements run in our own threads
async def test_the_server_stops_what_nobody_waits_for(db):
    await abandon_many()
    for _ in range(200):
        if not await running():
            break
        await asyncio.sleep(0.05)
    assert await running() == 0


async def running() -> int:
    sql = """SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND datname = current_database()
        AND query LIKE '%RECURSIVE%' AND pid <> pg_backend_pid()"""
    return int((await fetch(sql))[0]["count"])


@pytest.mark.parametrize("engine", ["sqlite"])  # PostgreSQL has its own statement_timeout
async def test_a_statement_that_takes_too_long_is_stopped(database_url):
    await open_database(database_url, statement_timeout_ms=200)
    try:
        with pytest.raises(StatementTimeout):
            await asyncio.wait_for(fetch_rows(ENDLESS, []), 10)
        assert await one() == 1
    finally:
        await close_database()


async def test_whoever_came_first_is_served_first(db):
    readers = database._open.readers
    assert readers is not None
    if isinstance(readers, PostgresReaders):
        readers.most = 1
    busy = [asyncio.create_task(one()) for _ in range(3)]
    turns: list[str] = []

    async def greedy() -> None:
        for _ in range(30):
            await one()
            turns.append("greedy")

    async def patient() -> None:
        await one()
        turns.append("patient")

    await asyncio.gather(greedy(), patient(), *busy)
    assert turns.index("patient") <= 2


async def test_a_caller_who_waits_for_a_turn_may_go_away(db):
    busy = [asyncio.create_task(fetch_rows(ENDLESS, [])) for _ in range(5)]
    waiting = [asyncio.create_task(one()) for _ in range(5)]
    await asyncio.sleep(0.2)
    for task in [*waiting[:2], *busy]:
        task.cancel()
    rest = await asyncio.wait_for(asyncio.gather(*waiting[2:]), 10)
    await asyncio.gather(*waiting, *busy, return_exceptions=True)
    assert rest == [1, 1, 1]


@pytest.mark.parametrize("engine", ["postgres"])  # a file has no connection to lose
async def test_a_connection_that_died_is_replaced(db):
    [(pid,)] = await fetch_rows("SELECT pg_backend_pid()", [])
    async with unit_of_work():
        await database.writer().execute_query("SELECT pg_terminate_backend($1)", [pid])
    await asyncio.sleep(0.2)
    assert await one() == 1


async def test_a_connection_that_is_not_ready_in_time_is_not_left_behind(monkeypatch):
    opened = []

    class Hanging:
        is_ended = False

        async def set_type_codec(self, *_: object, **__: object) -> None:
            await asyncio.sleep(60)

        def terminate(self) -> None:
            self.is_ended = True

    async def connect(**_: object) -> Hanging:
        opened.append(Hanging())
        return opened[-1]

    monkeypatch.setattr("boucle.kit.readers.asyncpg.connect", connect)
    readers = PostgresReaders({}, 1)
    for _ in range(2):  # the place is free again
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(readers.fetch("SELECT 1", []), 0.05)
    assert [each.is_ended for each in opened] == [True, True]


async def test_inside_a_unit_of_work_its_own_writes_are_read(db):
    async with unit_of_work():
        team = await Team.create(name="North", created_at="2026-11-02T12:00:00Z", updated_at="2026-11-02T12:00:00Z")
        inside = await fetch_rows("SELECT count(*) FROM teams", [])
        outside = await asyncio.create_task(_outside())
    assert (inside[0][0] - outside, team.id > 0) == (1, True)


async def _outside() -> int:
    current_work.set(None)  # a task inherits its parent's unit of work
    return int((await fetch_rows("SELECT count(*) FROM teams", []))[0][0])
