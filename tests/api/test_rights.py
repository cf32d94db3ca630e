"""Every root field and every row, asked over HTTP as every kind of caller, against the tables of docs/rights.md."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import httpx
import orjson
import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    get_named_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
)

from boucle.accounts.actions.tokens import create_token
from boucle.accounts.models import Session, User, UserType
from boucle.accounts.permissions import Permission, effective_permissions
from boucle.api.catalogue import make_catalogue
from boucle.api.context import NO_CONNECTION, Context
from boucle.api.rows import row_classes
from boucle.api.schema import make_schema
from boucle.events.actor import CUSTOMER
from boucle.flows.closing_the_loop import receive_response
from boucle.kit.clock import utc_now
from boucle.kit.database import dialect, fetch
from boucle.kit.ids import global_id
from boucle.kit.passwords import hash_password
from boucle.kit.statements import Statement
from boucle.planner.declarations import Paged, RowType, ToMany, ToOne
from boucle.surveys.models import Channel, SurveyVersion
from boucle.surveys.rules import TicketRule
from boucle.tickets.actions import comment_ticket
from boucle.tickets.models import TicketId, TicketStatus
from tests.api.conftest import PASSWORD
from tests.api.rights_table import Asker, table
from tests.factories.accounts import make_absence, make_team, make_user, make_viewer, viewer_of
from tests.factories.surveys import a_submission, make_survey
from tests.factories.tickets import make_rule
from tests.serving import Boucle, browser

SCHEMA = make_schema()
ROOTS = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}
REFUSALS = frozenset({"UNAUTHENTICATED", "FORBIDDEN"})
AT_ONCE = 8


@dataclass(frozen=True)
class Person:
    """A caller with their client. A stranger is nobody, and asks for what is somebody's."""

    asker: Asker
    http: httpx.AsyncClient
    own: Mapping[str, str]  # ids of an absence, a session and a token by their types


def root_fields() -> Iterator[tuple[str, str]]:
    for kind, name in ROOTS.items():
        root = SCHEMA._schema.type_map[name]
        assert isinstance(root, GraphQLObjectType)
        yield from ((kind, field) for field in root.fields)


@pytest.mark.parametrize("kind", ROOTS)
def test_every_root_field_has_a_line_that_says_who(kind):
    assert {field for of, field in root_fields() if of == kind} == table(kind).keys()


def test_every_type_of_rows_has_a_line_that_says_who():
    """A member of a team is met in the team alone; events are as visible as what they are about."""
    assert row_classes.keys() - {"TeamMember", "Event"} == table("type").keys()


@pytest.fixture
async def people(boucle: Boucle, engine: str) -> AsyncIterator[list[Person]]:
    """A stranger, one of each user type, and tokens of an administrator narrowed to one right each.

    On PostgreSQL a few of them: who may ask is decided before the database is.
    """
    rights = [frozenset({each}) for each in Permission if engine == "sqlite" or each is Permission.USERS_MANAGE]
    password = await hash_password(PASSWORD)
    substitute = await make_user()
    async with AsyncExitStack() as stack:

        async def person(asker: Asker, secret: str | None, own: Mapping[str, str]) -> Person:
            headers = {} if secret is None else {"authorization": f"Bearer {secret}"}
            return Person(asker, (await stack.enter_async_context(browser(boucle, **headers))).http, own)

        found = []
        for kind in await UserType.all().order_by("id"):
            user = await make_user(user_type=kind.key)
            await User.filter(id=user.id).update(password_hash=password)
            whole = await create_token(user.id, name="whole", days=None, permissions=None, now=utc_now())
            own = {"Absence": global_id("abs", (await make_absence(user, substitute)).id)}
            own |= {"Session": await new_session(user), "ApiToken": global_id("tok", whole.token.id)}
            asker = Asker(kind.key, effective_permissions(kind.permissions, granted=(), revoked=()))
            found.append(await person(asker, whole.secret, own))
        for only in [frozenset(), *rights]:
            asker = Asker(f"token for {', '.join(only) or 'nothing'}", only, is_narrowed=True)
            made = await create_token(user.id, name="narrow", days=None, permissions=only, now=utc_now())
            found.append(await person(asker, made.secret, own))
        found.append(await person(Asker("stranger", is_signed_in=False), None, own))
        yield found


async def new_session(user: User) -> str:
    """A signed-in browser of the user."""
    session = await Session.create(
        user_id=user.id,
        secret_digest=f"of {user.id}",
        created_at=utc_now(),
        last_seen_at=utc_now(),
        expires_at=utc_now() + timedelta(days=1),
    )
    return global_id("ses", session.id)


async def test_each_root_field_lets_in_whom_its_line_says(people):
    questions = [
        (person, kind, field, who) for kind in ROOTS for field, who in table(kind).items() for person in people
    ]
    turns = asyncio.Semaphore(AT_ONCE)

    async def asked(person: Person, kind: str, field: str) -> str:
        async with turns:
            return await outcome(person, kind, field)

    outcomes = await asyncio.gather(*(asked(person, kind, field) for person, kind, field, _ in questions))
    wrong = [
        f"{field} for {person.asker.name}: {told}, not {expected(person.asker, who)}"
        for (person, _, field, who), told in zip(questions, outcomes, strict=True)
        if told != expected(person.asker, who)
    ]
    assert wrong == []


def expected(asker: Asker, who: str) -> str:
    if asker.may(who):
        return "allowed"
    return "FORBIDDEN" if asker.is_signed_in else "UNAUTHENTICATED"


async def outcome(person: Person, kind: str, field: str) -> str:
    """Ask for a field with arguments that fit and mean nothing; return how the caller was received."""
    body = {"query": document(kind, field, person)}
    answer = await (first_message(person.http, body) if kind == "subscription" else whole_answer(person.http, body))
    codes = {error["extensions"]["code"] for error in answer.get("errors") or () if "extensions" in error}
    assert "INTERNAL" not in codes, (field, answer)
    assert answer.get("data") or codes, (field, answer)
    for payload in (answer.get("data") or {}).values():
        codes |= {error["code"] for error in payload.get("userErrors", ())} if isinstance(payload, dict) else set()
    refused = codes & REFUSALS
    return refused.pop() if refused else "allowed"


async def whole_answer(http: httpx.AsyncClient, body: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = (await http.post("/graphql", json=body)).json()
    return found


async def first_message(http: httpx.AsyncClient, body: dict[str, str]) -> dict[str, Any]:
    """Return what a stream says first; one that says nothing but that it is there lets the caller in."""
    async with http.stream("POST", "/graphql", json=body, headers={"accept": "text/event-stream"}) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("data:") and (told := line.removeprefix("data:").strip()):
                found: dict[str, Any] = orjson.loads(told)
                return found
    raise AssertionError(body)


def document(kind: str, field: str, person: Person) -> str:
    definition = SCHEMA._schema.type_map[ROOTS[kind]].fields[field]
    given = {name: dummy(name, each, field, person) for name, each in definition.args.items() if is_asked(name, each)}
    arguments = f"({', '.join(f'{name}: {value}' for name, value in given.items())})" if given else ""
    return f"{kind} {{ {field}{arguments} {selected(kind, get_named_type(definition.type))} }}"


def is_asked(name: str, argument: GraphQLArgument) -> bool:
    return name == "first" or (is_non_null_type(argument.type) and not argument.default)


def selected(kind: str, type_: object) -> str:
    if kind == "mutation":
        return "{ userErrors { code } }"
    return "{ __typename }" if is_composite_type(type_) else ""


def dummy(name: str, argument: GraphQLArgument, field: str, person: Person) -> str:
    if field in {"absenceUpdate", "absenceEnd"} and name == "id":
        return f'"{person.own["Absence"]}"'
    return value_for(name, argument.type)


def value_for(name: str, type_: GraphQLInputType) -> str:
    if is_non_null_type(type_):
        return value_for(name, type_.of_type)
    if is_list_type(type_):
        return "[]"
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    if isinstance(type_, GraphQLInputObjectType):
        needed = {key: each for key, each in type_.fields.items() if is_non_null_type(each.type) and not each.default}
        return "{" + ", ".join(f"{key}: {value_for(key, each.type)}" for key, each in needed.items()) + "}"
    return SCALARS.get(name) or SCALARS[str(type_)]


SCALARS = {
    "substituteId": '"usr_999999"',
    "ID": '"tkt_999999"',
    "String": '"x"',
    "Int": "1",
    "Boolean": "true",
    "DateTime": '"2026-01-01T00:00:00Z"',
}


@pytest.fixture
async def world(boucle: Boucle, queue: object) -> Mapping[str, str]:
    """A ticket of nobody that an answer opened, with all around it: the id of one row of every type."""
    boss = await make_viewer(user_type="organisation_admin")
    survey = await make_survey(viewer=boss, ticket_rule=TicketRule(enabled=True, maximum_score=6))
    received = await receive_response(CUSTOMER, survey, a_submission(), channel=Channel.API, now=utc_now())
    assert received.ticket is not None
    comment = await comment_ticket(boss, TicketId(received.ticket.id), body="Called", now=utc_now())
    admin = await User.get(id=boss.user_id)
    rule = await make_rule(viewer=boss, recipient_user_id=admin.id)
    absence = await make_absence(admin, await make_user())
    return {
        "Organisation": "org_1",
        "User": global_id("usr", admin.id),
        "UserType": global_id("utp", admin.user_type_id),
        "Team": global_id("tea", (await make_team()).id),
        "Absence": global_id("abs", absence.id),
        "TicketStatus": global_id("sta", (await TicketStatus.first()).id),
        "Ticket": global_id("tkt", received.ticket.id),
        "TicketComment": global_id("cmt", comment.id),
        "EscalationRule": global_id("esc", rule.id),
        "Contact": global_id("con", received.response.contact_id),
        "Program": global_id("prg", survey.program_id),
        "Survey": global_id("srv", survey.id),
        "SurveyVersion": global_id("svv", (await SurveyVersion.first()).id),
        "Response": global_id("rsp", received.response.id),
    }


async def test_each_row_is_seen_by_whom_its_line_says(people, world):
    wrong = []
    for person in people:
        for name, number in (person.own | world).items():
            told = await whole_answer(person.http, {"query": f'{{ node(id: "{number}") {{ __typename }} }}'})
            may = person.asker.may(table("type")[name])
            if told != told | {"data": {"node": {"__typename": name} if may else None}}:
                wrong.append((person.asker.name, name, told))
    assert wrong == []


async def test_what_is_seen_with_another_row_would_be_seen_by_itself(world):
    """Some links do not ask again, because whoever sees the one sees the other: for each single right."""
    catalogue = make_catalogue(SCHEMA)
    hidden = []
    boss = await viewer_of(await User.get(id=int(world["User"].partition("_")[2])))
    for right in Permission:
        asker = Context(None, NO_CONNECTION, None, replace(boss, permissions=frozenset({right})))
        for parent in catalogue.types.values():
            for name, reads in parent.fields.items():
                if (link := link_seen_with_parent(reads)) is not None and await has_hidden(
                    parent, catalogue.types[reads.of], link, asker
                ):
                    hidden.append((right.name, parent.name, name))
    assert hidden == []


def link_seen_with_parent(reads: object) -> tuple[str, str] | None:
    """Return the columns here and there of a link that does not ask again."""
    match reads:
        case ToOne(seen_with_parent=True):
            return reads.column, reads.key
        case ToMany() | Paged() if reads.link is not None and reads.link.seen_with_parent:
            return reads.link.here, reads.link.there
    return None


async def has_hidden(parent: RowType, child: RowType, link: tuple[str, str], asker: Context) -> bool:
    """Whether a row that the asker sees leads to one that they would not see by itself."""
    here, there = link
    statement = Statement(dialect())
    statement.add(f"SELECT 1 FROM {parent.table} p JOIN {child.table} c ON c.{there} = p.{here} WHERE ")
    statement.condition(parent.visible(asker), "p")
    statement.add(" AND NOT (")
    statement.condition(child.visible(asker), "c")
    statement.add(")")
    return bool(await fetch(statement.text, statement.values))
