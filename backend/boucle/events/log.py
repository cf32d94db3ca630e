"""Appending to the log and reading it after a cursor, without ever skipping an event."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import orjson

from boucle.events.actor import Actor
from boucle.events.cursor import Cursor
from boucle.events.models import Event, EventKind
from boucle.kit import bus
from boucle.kit.database import Dialect, dialect, execute, fetch, placeholders
from boucle.kit.row_batches import append_rows
from boucle.kit.unit_of_work import after_commit, before_commit, unit_of_work
from boucle.kit.work_state import current_work

BUFFER = "events"
COLUMNS = (
    "kind",
    "at",
    "actor_kind",
    "actor_id",
    "subject",
    "ticket_id",
    "contact_id",
    "response_id",
    "data",
    "request_id",
)
VISIBLE = "txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"

request_id_var: ContextVar[str | None] = ContextVar("boucle_request_id", default=None)


@dataclass(slots=True)  # a frozen one takes three times as long to make, and a batch makes thousands
class NewEvent:
    """What an action reports. `data` holds `changes` (field → [before, after]) and kind-specific values."""

    kind: EventKind
    subject: str
    actor: Actor
    at: datetime
    ticket_id: int | None = None
    contact_id: int | None = None
    response_id: int | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    request_id: str | None = field(default_factory=request_id_var.get)


async def record(*events: NewEvent) -> None:
    """Append events when the running unit of work commits, in the order of the calls."""
    work = current_work.get()
    assert work is not None, "events are recorded inside a unit of work"
    buffer = work.notes.get(BUFFER)
    if buffer is None:
        buffer = work.notes[BUFFER] = []
        before_commit(_flush)
        after_commit(bus.ring)
    buffer.extend(events)


async def _flush() -> None:
    work = current_work.get()
    assert work is not None
    events = [event for event in work.notes.pop(BUFFER, []) if isinstance(event, NewEvent)]
    # One statement at the very end: ids are taken late and the row locks of the log are held for an instant.
    txid = "pg_current_xact_id()::text::bigint" if dialect() is Dialect.POSTGRES else "0"
    # Of a batch many tell the same.
    data = {id(event.data): event.data for event in events}
    written = {key: orjson.dumps(told).decode() for key, told in data.items()}
    rows = [_values(event, written[id(event.data)]) for event in events]
    await append_rows(Event, COLUMNS, rows, computed=(("txid", txid),))


def _values(event: NewEvent, data: str) -> tuple[object, ...]:
    return (
        event.kind,
        event.at,
        event.actor.kind,
        event.actor.user_id,
        event.subject,
        event.ticket_id,
        event.contact_id,
        event.response_id,
        data,
        event.request_id,
    )


class LogEpoch:
    """The epoch of this database, read once per process."""

    current: int = 1


async def load_epoch() -> int:
    """Read the epoch; where the database was restored into a server with younger transactions, begin a new one.

    Without this every stored event would lie "in the future" of the new server and stay invisible.
    """
    if dialect() is Dialect.POSTGRES:
        rows = await fetch("SELECT (max(txid) > pg_current_xact_id()::text::bigint) AS restored FROM events")
        if rows and rows[0]["restored"]:
            async with unit_of_work():
                await execute("UPDATE events SET txid = 0")
                await begin_epoch()
    rows = await fetch("SELECT log_epoch FROM organisations")
    LogEpoch.current = int(rows[0]["log_epoch"]) if rows else 1
    return LogEpoch.current


async def begin_epoch() -> None:
    """Declare that the log was restored from a copy: every cursor handed out before asks for a fresh snapshot.

    After going back in time a cursor may lie beyond the log's end, and once the log has grown past it, the events
    written in between would be missed.
    """
    async with unit_of_work():
        await execute("UPDATE organisations SET log_epoch = log_epoch + 1")


async def head() -> Cursor:
    """Return a position such that every later reader finds whatever is committed after this call behind it."""
    if dialect() is Dialect.POSTGRES:
        rows = await fetch("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS txid")
        return Cursor(LogEpoch.current, int(rows[0]["txid"]), 0)
    rows = await fetch("SELECT coalesce(max(id), 0) AS id FROM events")
    return Cursor(LogEpoch.current, 0, int(rows[0]["id"]))


async def read_after(cursor: Cursor, *, limit: int) -> list[Event]:
    """Return up to `limit` events behind `cursor`, in the order of the log.

    On PostgreSQL, events of transactions that may still be overtaken by older ones wait for the next call.
    """
    first, second, third = placeholders(3)
    if dialect() is Dialect.POSTGRES:
        where, values = f"(txid, id) > ({first}, {second}) AND {VISIBLE}", [cursor.txid, cursor.id, limit]
        order = "txid, id"
    else:
        where, values = f"id > {first}", [cursor.id, limit]
        order, third = "id", second
    sql = f"SELECT * FROM events WHERE {where} ORDER BY {order} LIMIT {third}"  # noqa: S608
    return [event_of(row) for row in await fetch(sql, values)]


def event_of(row: Mapping[str, object]) -> Event:
    """Return the event in a row of a raw statement."""
    values = dict(row)
    if isinstance(values["data"], str):
        values["data"] = orjson.loads(values["data"])
    if isinstance(values["at"], str):
        values["at"] = datetime.fromisoformat(values["at"])
    return Event(**values)


def cursor_of(event: Event) -> Cursor:
    """Return the position of one event."""
    return cursor_at(event.txid, event.id)


def cursor_at(txid: int, event_id: int) -> Cursor:
    """Return the position of the event with these numbers."""
    return Cursor(LogEpoch.current, txid, event_id)


async def can_resume(cursor: Cursor, *, now: datetime, retention: timedelta) -> bool:
    """Whether everything behind `cursor` is still promised: same epoch, and nothing missed is too old."""
    if cursor.epoch != LogEpoch.current or cursor > await _furthest():
        return False
    missed = await read_after(cursor, limit=1)
    return not missed or missed[0].at > now - retention


async def _furthest() -> Cursor:
    if dialect() is Dialect.SQLITE:
        return await head()
    rows = await fetch("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS txid")
    return Cursor(LogEpoch.current, int(rows[0]["txid"]), 2**62)
