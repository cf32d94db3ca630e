"""Every field says what it reads, and no document of the screens is left to Strawberry's executor."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from graphql import GraphQLObjectType, OperationDefinitionNode, parse

from boucle import cli
from boucle.api.catalogue import columns_by_table
from boucle.api.rows import READS, Declared, Row, row_type
from boucle.api.schema import make_schema
from boucle.api.tickets.types import Ticket
from boucle.contacts.models import Contact
from boucle.planner.checking import check
from boucle.planner.declarations import Column, Computed, Expression, Kind, Link, Through, ToMany, ToOne

SCREENS = Path(__file__).parents[2] / "frontend" / "src"
FRAGMENT = re.compile(r"fragment\s+(\w+)\s+on[^{]+")


async def _never(*_: object) -> list[object]:
    return []


def documents() -> str:
    return "\n".join(path.read_text() for path in sorted(SCREENS.rglob("*.graphql")))


async def test_every_type_of_rows_says_what_each_field_reads(db):
    catalogue = make_schema().operations.catalogue
    assert {"Ticket", "Contact", "Event", "Survey", "User"} <= catalogue.types.keys()


@pytest.mark.parametrize(
    ("reads", "fault"),
    [
        (Column("sujet"), "the table 'tickets' has no column 'sujet'"),
        (Expression(lambda alias, _: alias, Kind.TEXT, ["sujet"]), "the table 'tickets' has no column 'sujet'"),
        (ToOne("User", "assignee"), "the table 'tickets' has no column 'assignee'"),
        (ToMany("Event", Link("tiket_id")), "the table 'events' has no column 'tiket_id'"),
        (ToMany("Event", Link("ticket_id", "no")), "the table 'tickets' has no column 'no'"),
        (
            ToMany("User", Link("id", through=Through("team_members", "user_id", "usr_id"))),
            "the table 'team_members' has no column 'usr_id'",
        ),
        (ToMany("User", Link("id", through=Through("members", "a", "b"))), "the table 'members' has no column 'a'"),
        (Computed(["creatted_at"], _never), "the table 'tickets' has no column 'creatted_at'"),
    ],
)
async def test_a_column_that_is_not_there_is_named(db, reads, fault):
    known = make_schema().operations.catalogue
    ticket = known.types["Ticket"]
    wrong = replace(ticket, fields={**ticket.fields, "odd": reads})
    with pytest.raises(LookupError, match=f"Ticket.odd: {fault}"):
        check(replace(known, types={**known.types, "Ticket": wrong}), columns_by_table())


def test_the_schema_is_not_written_with_a_column_that_is_not_there(monkeypatch, capsys):
    field = next(each for each in Ticket.__strawberry_definition__.fields if each.python_name == "subject")
    monkeypatch.setattr(field, "metadata", {READS: Declared(lambda _bound: Column("sujet"))})
    with pytest.raises(LookupError, match=r"Ticket\.subject: the table 'tickets' has no column 'sujet'"):
        cli.schema()
    assert capsys.readouterr().out == ""


def test_the_present_moment_of_an_answer_is_the_askers():
    """A statement is kept as long as only `asker.now()` has not said that time is part of it."""
    api = Path(cli.__file__).parent / "api"
    clocks = re.compile(r"\butc_now\b|\bdatetime\.now\(|\butcnow\(|\btoday\(")
    assert [path.name for path in sorted(api.rglob("*.py")) if clocks.search(path.read_text())] == []


async def test_a_field_that_does_not_say_what_it_reads_is_named(db, monkeypatch):
    schema = make_schema()
    kind = schema.core.type_map["Team"]
    assert isinstance(kind, GraphQLObjectType)
    monkeypatch.setitem(kind.fields, "colour", kind.fields["name"])
    with pytest.raises(AssertionError, match=r"Team: .'colour'. do not say what they read"):
        schema.operations.make_catalogue()


async def test_no_document_of_the_screens_takes_the_slow_path(db):
    operations, text = make_schema().operations, documents()
    document = parse(text)
    named = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    assert len(named) > 40
    for each in named:
        assert each.name is not None
        needed = _with_fragments(each.loc.source.body[each.loc.start : each.loc.end], text)
        ready = operations.ready(needed, each.name.value)
        assert ready is not None, each.name.value
        for prepared in ready.prepared.values():
            assert prepared.plan({}).roots, each.name.value


def test_a_row_is_never_made(monkeypatch):
    monkeypatch.setattr("boucle.api.rows.row_classes", {})

    @row_type(Contact, visible=lambda asker: None, description="A shelf.")
    class Shelf(Row):
        name: str

    assert Shelf.numbered(3) == Shelf.numbered(3)
    assert not isinstance(Shelf.numbered(3), Shelf)


def _with_fragments(operation: str, text: str) -> str:
    """Return the operation with all fragments that it reaches."""
    bodies = {}
    for match in FRAGMENT.finditer(text):
        bodies[match[1]] = text[match.start() : _end_of_block(text, match.end())]
    found, wanted = operation, set(re.findall(r"\.\.\.\s*(\w+)", operation)) - {"on"}
    added: set[str] = set()
    while wanted - added:
        name = (wanted - added).pop()
        added.add(name)
        found += "\n" + bodies[name]
        wanted |= set(re.findall(r"\.\.\.\s*(\w+)", bodies[name])) - {"on"}
    return found


def _end_of_block(text: str, start: int) -> int:
    depth = 0
    for index in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0 and text[index] == "}":
            return index + 1
    raise AssertionError("a block without an end")
