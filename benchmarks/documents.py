"""The questions, in the words of each server, such that all answers are alike once they are put in one form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import httpx

from benchmarks.servers import Server

PAGE = 50
EVENTS = 3
MANY_TICKETS = 1  # the contact who has most of them
WRAPPED = frozenset({"nodes"})  # a page around a list


class Side(StrEnum):
    """Who answers."""

    BOUCLE = "Boucle"
    POSTGRAPHILE = "PostGraphile"
    ORDINARY = "ordinary Strawberry"


@dataclass(frozen=True, slots=True)
class Document:
    """One question."""

    name: str
    description: str
    words: Mapping[Side, str]

    def body(self, side: Side) -> str:
        """Return the body of a request."""
        return json.dumps({"query": self.words[side]})


INBOX = Document(
    "inbox page",
    f"{PAGE} tickets by newest activity, with segment, status, assignee, contact and last {EVENTS} events",
    {
        Side.BOUCLE: f"""{{ tickets(first: {PAGE}) {{ nodes {{
            key subject priority currentSegment status {{ key }} assignee {{ name }} contact {{ firstName lastName }}
            lastEvents(first: {EVENTS}) {{ kind at }} }} }} }}""",
        Side.POSTGRAPHILE: f"""{{ tickets: allTickets(first: {PAGE}, orderBy: [LAST_ACTIVITY_AT_DESC, ROW_ID_DESC]) {{
            nodes {{ key: rowId subject priority currentSegment status: ticketStatusByStatusId {{ key }}
            assignee: userByAssigneeId {{ name }} contact: contactByContactId {{ firstName lastName }}
            lastEvents: eventsByTicketIdList(first: {EVENTS}, orderBy: [ROW_ID_DESC]) {{ kind at }} }} }} }}""",
        Side.ORDINARY: f"""{{ tickets(first: {PAGE}) {{
            key subject priority currentSegment status {{ key }} assignee {{ name }} contact {{ firstName lastName }}
            lastEvents(first: {EVENTS}) {{ kind at }} }} }}""",
    },
)

DEEP = Document(
    "deep document",
    f"a contact, their {PAGE} newest tickets, the last {EVENTS} events of each, and who acted",
    {
        Side.BOUCLE: f"""{{ contact: node(id: "con_{MANY_TICKETS}") {{ ... on Contact {{ firstName lastName
            tickets(first: {PAGE}) {{ nodes {{ key subject customerName customerEmail score priority status {{ key }}
            lastEvents(first: {EVENTS}) {{ kind at actor {{ name }} }} }} }} }} }} }}""",
        Side.POSTGRAPHILE: f"""{{ contact: contactByRowId(rowId: "{MANY_TICKETS}") {{ firstName lastName
            tickets: ticketsByContactId(first: {PAGE}, orderBy: [ROW_ID_DESC]) {{ nodes {{
            key: rowId subject customerName customerEmail score priority status: ticketStatusByStatusId {{ key }}
            lastEvents: eventsByTicketIdList(first: {EVENTS}, orderBy: [ROW_ID_DESC]) {{
            kind at actor: userByActorId {{ name }} }} }} }} }} }}""",
        Side.ORDINARY: f"""{{ contact(id: {MANY_TICKETS}) {{ firstName lastName
            tickets(first: {PAGE}) {{ key subject customerName customerEmail score priority status {{ key }}
            lastEvents(first: {EVENTS}) {{ kind at actor {{ name }} }} }} }} }}""",
    },
)

DOCUMENTS = (INBOX, DEEP)


def check_equal(document: Document, servers: Mapping[Side, Server]) -> int:
    """Ask every server once; raise unless all say the same. Return the number of fields of the answer."""
    answers = {side: _normal(_asked(document, side, server)) for side, server in servers.items()}
    expected = answers.pop(Side.BOUCLE)
    for side, answer in answers.items():
        if answer != expected:
            raise AssertionError(f"{document.name}: {side} answers\n{answer}\nbut Boucle answers\n{expected}")
    return _fields(expected)


def _asked(document: Document, side: Side, server: Server) -> Any:
    headers = {**server.headers, "content-type": "application/json"}
    url = f"http://127.0.0.1:{server.port}/graphql"
    response = httpx.post(url, content=document.body(side), headers=headers, timeout=60)
    if response.status_code != httpx.codes.OK:
        raise AssertionError(f"{document.name}: {side} answers {response.status_code} {response.text}")
    answer = response.json()
    if answer.get("errors"):
        raise AssertionError(f"{document.name}: {side} answers {answer['errors']}")
    return answer["data"]


def _normal(value: Any, name: str = "") -> Any:
    """Return an answer without what each server writes in its own way."""
    match value:
        case dict() if value.keys() == WRAPPED:
            return _normal(value["nodes"])
        case dict():
            return {key: _normal(each, key) for key, each in value.items()}
        case list():
            return [_normal(each) for each in value]
        case str() if name == "at":
            return datetime.fromisoformat(value).astimezone(UTC)
        case str() if name in {"kind", "priority"}:
            return value.lower()
        case str() if name == "key":
            return value.removeprefix("T-")
        case _:
            return value


def _fields(value: Any) -> int:
    if isinstance(value, dict):
        return len(value) + sum(_fields(each) for each in value.values())
    return sum(_fields(each) for each in value) if isinstance(value, list) else 0
