"""Tickets as they are now and as they were before each of the latest events, as far as the log tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, cast

from boucle.events.models import Event
from boucle.kit.conditions import IsOneOf
from boucle.kit.database import dialect, fetch_rows
from boucle.kit.statements import Statement
from boucle.tickets.models import TicketStatus

# What conditions on tickets may ask for; whatever else changes, no list or feed is filtered by it.
NEVER_CHANGE = ("id", "kind", "survey_id", "contact_id", "score", "score_class", "created_at")
RECORDED = ("subject", "priority", "current_segment", "original_segment", "status_id", "team_id", "assignee_id")
FOLLOWING = {"status_id": "status_category", "subject": "search_text"}
UNRECORDED = ("next_due_at",)
COLUMNS = (*NEVER_CHANGE, *RECORDED, *FOLLOWING.values(), *UNRECORDED)
TIMES = ("created_at", "next_due_at")
OWNERS = ("team_id", "assignee_id")

Row: TypeAlias = dict[str, object]
NOTHING: Row = {}  # of a ticket that is not there


@dataclass(frozen=True, slots=True)
class Past:
    """Rows by ticket, and for each event (by its id) the ticket as it was until then.

    Columns whose earlier value nobody wrote down are missing in rows of the past.
    """

    now: Mapping[int, Row]
    before: Mapping[int, Row]


async def past_of(events: Sequence[Event]) -> Past:
    """Return the tickets of these events, which are given in the order of the log."""
    by_ticket: dict[int, list[Event]] = {}
    for event in events:
        if event.ticket_id is not None:
            by_ticket.setdefault(event.ticket_id, []).append(event)
    now, newest = await _read(list(by_ticket))
    categories = await _categories(events)
    before: dict[int, Row] = {}
    for ticket_id, latest in by_ticket.items():
        row = dict(now.get(ticket_id, {}))
        is_ahead = newest.get(ticket_id) != latest[-1].id
        for column in (*RECORDED, *FOLLOWING.values(), *UNRECORDED) if is_ahead else UNRECORDED:
            row.pop(column, None)
        for event in reversed(latest):
            row = before[event.id] = _undone(row, event, categories)
    return Past(now, before)


async def _read(ids: Sequence[int]) -> tuple[dict[int, Row], dict[int, int]]:
    """Return the rows, and the newest event of each: a row may know of more than the events at hand."""
    statement = Statement(dialect())
    columns = ", ".join(f"t.{name}" for name in COLUMNS)
    newest = "(SELECT max(e.id) FROM events e WHERE e.ticket_id = t.id)"
    statement.add(f"SELECT {columns}, {newest} FROM tickets t WHERE ")  # noqa: S608  (names are ours)
    statement.condition(IsOneOf("id", ids), "t")
    rows: dict[int, Row] = {}
    latest: dict[int, int] = {}
    for *values, event_id in await fetch_rows(statement.text, statement.values):
        row = dict(zip(COLUMNS, values, strict=True))
        for name in TIMES:
            if isinstance(row[name], str):
                row[name] = datetime.fromisoformat(cast("str", row[name]))
        rows[cast("int", row["id"])] = row
        latest[cast("int", row["id"])] = event_id
    return rows, latest


async def _categories(events: Sequence[Event]) -> Mapping[object, str]:
    """Return what statuses mean, where one of the events changed a status."""
    if not any("status_id" in _changes(event) for event in events):
        return {}
    return {status.id: status.category for status in await TicketStatus.all()}


def _undone(after: Row, event: Event, categories: Mapping[object, str]) -> Row:
    changes, owners = _changes(event), event.data.get("owners")
    before = dict(after)
    if isinstance(owners, dict):
        before |= {column: owners.get(column) for column in OWNERS}
    for column in RECORDED:
        pair = changes.get(column)
        if not isinstance(pair, list):
            continue
        before[column] = pair[0]
        if (following := FOLLOWING.get(column)) is not None:
            before.pop(following, None)
    if "status_category" not in before and before.get("status_id") in categories:
        before["status_category"] = categories[before["status_id"]]
    return before


def _changes(event: Event) -> Mapping[str, object]:
    changes = event.data.get("changes")
    return changes if isinstance(changes, dict) else {}
