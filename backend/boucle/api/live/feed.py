"""From events of the log to what one viewer is told: what changed, and tombstones for what left their sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from boucle.accounts.access import Viewer
from boucle.events.models import Event, EventKind
from boucle.tickets.access import visible_tickets
from boucle.tickets.models import Ticket
from boucle.tickets.queries import TicketFilter, tickets_matching
from boucle.tickets.sight import could_see_before

ASSIGNING_KINDS = frozenset({EventKind.TICKET_CREATED, EventKind.TICKET_ASSIGNED, EventKind.TICKET_ESCALATED})


@dataclass(frozen=True, slots=True)
class Changed:
    """The ticket as it is now, because of this event."""

    event: Event
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Left:
    """The ticket is no longer in the filter, or no longer for the viewer's eyes."""

    event: Event
    ticket_id: int


async def told_by_feed(
    viewer: Viewer, events: Sequence[Event], wanted: TicketFilter | None, *, now: datetime
) -> list[Changed | Left]:
    """Return what the viewer's feed says about these events, in their order. Rights and filter are those of now."""
    ids = {event.ticket_id for event in events if event.ticket_id is not None}
    if not ids:
        return []
    fitting = {row.id: row for row in await tickets_matching(viewer, wanted, now=now).filter(id__in=ids)}
    visible = set(fitting)
    if wanted is not None:
        visible |= {row.id for row in await visible_tickets(viewer).filter(id__in=ids).only("id")}
    told: list[Changed | Left] = []
    for event in events:
        if event.ticket_id in fitting:
            told.append(Changed(event, fitting[event.ticket_id]))
        elif event.ticket_id is not None and (event.ticket_id in visible or could_see_before(viewer, event)):
            told.append(Left(event, event.ticket_id))
    return told


async def told_by_assignments(viewer: Viewer, events: Sequence[Event]) -> list[Changed | Left]:
    """Return which tickets came to the viewer and which were taken away."""
    relevant = [event for event in events if event.kind in ASSIGNING_KINDS and event.ticket_id is not None]
    if not relevant:
        return []
    ids = {event.ticket_id for event in relevant}
    mine = {row.id: row for row in await visible_tickets(viewer).filter(id__in=ids, assignee_id=viewer.user_id)}
    told: list[Changed | Left] = []
    for event in relevant:
        before, after = _change(event, "assignee_id")
        if event.ticket_id in mine and after == viewer.user_id:
            told.append(Changed(event, mine[event.ticket_id]))
        elif event.ticket_id is not None and before == viewer.user_id and event.ticket_id not in mine:
            told.append(Left(event, event.ticket_id))
    return told


def _change(event: Event, field: str) -> tuple[object, object]:
    changes = event.data.get("changes")
    pair = changes.get(field) if isinstance(changes, dict) else None
    return (pair[0], pair[1]) if isinstance(pair, list) else (None, None)
