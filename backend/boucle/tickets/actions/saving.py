"""Writing one ticket's row: the version check, the times that follow every act, and the next due time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from boucle.accounts.models import User
from boucle.events.models import Event, EventKind
from boucle.kit.errors import Conflict
from boucle.kit.phrases import Phrase
from boucle.kit.row_batches import update_rows
from boucle.tickets.actions.claiming import ClaimedTicket
from boucle.tickets.due_times import next_due_of, wake_up_at
from boucle.tickets.models import StatusCategory, Ticket, TicketStatus
from boucle.tickets.rules import StoredStatus, ago

DONE = {
    EventKind.TICKET_CREATED: Phrase("opened"),
    EventKind.TICKET_STATUS_CHANGED: Phrase("moved to another status"),
    EventKind.TICKET_PRIORITY_CHANGED: Phrase("given another priority"),
    EventKind.TICKET_SEGMENT_CHANGED: Phrase("given another segment"),
    EventKind.TICKET_ASSIGNED: Phrase("assigned"),
    EventKind.TICKET_COMMENTED: Phrase("commented"),
    EventKind.TICKET_ESCALATED: Phrase("escalated"),
}


async def check_version(ticket: Ticket, seen: int, *, now: datetime) -> None:
    """Raise `Conflict` that says who changed what and when, unless the ticket is as the caller saw it."""
    if ticket.version != seen:
        raise await _stale(ticket, now)


async def save(ticket: Ticket, values: Mapping[str, object], *, now: datetime) -> None:
    """Write changed columns if nobody else wrote in between, with a new version and the next due time.

    `ticket` must carry the version that the caller decided on; afterwards it is the row as stored.
    """
    seen, due_before = ticket.version, ticket.next_due_at
    for column, value in values.items():
        setattr(ticket, column, value)
    due = await next_due_of(ticket)
    ticket.next_due_at = due.at if due is not None else None
    ticket.updated_at = ticket.last_activity_at = now
    ticket.version = seen + 1
    changed = await Ticket.filter(id=ticket.id, version=seen).update(
        **values,
        next_due_at=ticket.next_due_at,
        updated_at=now,
        last_activity_at=now,
        version=seen + 1,
    )
    if not changed:
        raise await _stale(await Ticket.get(id=ticket.id), now)
    if ticket.next_due_at != due_before:
        wake_up_at(ticket.id, ticket.next_due_at)


async def save_all(tickets: Sequence[ClaimedTicket], columns: Iterable[str], *, now: datetime) -> None:
    """Write these columns of locked rows, as they are in memory, with one statement, and a new version of each."""
    for ticket in tickets:
        ticket.version += 1
    columns = tuple(columns)
    values = attrgetter("id", *columns, "version")
    rows = [(*values(ticket), now, now) for ticket in tickets]
    await update_rows(Ticket, (*columns, "version", "updated_at", "last_activity_at"), rows)


def status_values(status: StoredStatus, *, now: datetime, resolved_before: datetime | None = None) -> dict[str, object]:
    """Return the columns that a move to `status` sets; a reopened ticket is no longer resolved or closed.

    `resolved_before` is when the ticket was resolved if it still is: closing it keeps that.
    """
    values: dict[str, object] = {
        "status_id": status.id,
        "status_category": status.category,
        "resolved_at": None,
        "closed_at": None,
    }
    if status.category in {StatusCategory.RESOLVED, StatusCategory.CLOSED}:
        values["resolved_at"] = resolved_before or now
    if status.category is StatusCategory.CLOSED:
        values["closed_at"] = now
    if status.category is StatusCategory.ESCALATED:
        values["escalated_at"] = now
    return values


async def status_by_key(key: str) -> TicketStatus:
    """Return a base status."""
    return await TicketStatus.get(key=key)


async def _stale(current: Ticket, now: datetime) -> Conflict:
    event = await Event.filter(ticket_id=current.id).order_by("-id").first()
    if event is None:
        return Conflict("{key} has changed since you read it. Look at it again.", current=current, key=current.key)
    author = await User.get_or_none(id=event.actor_id) if event.actor_id is not None else None
    return Conflict(
        "{key} was {done} by {author} {ago}. Look at it as it is now and decide again.",
        current=current,
        key=current.key,
        done=DONE.get(event.kind, Phrase("changed")),
        author=author.name if author else Phrase("a rule"),
        ago=ago(now - event.at),
    )
