"""What somebody hears of a ticket that another took out of their sight, while they were about to act on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from boucle.accounts.access import Viewer
from boucle.events.models import Event, EventKind
from boucle.kit.errors import Conflict, NotFound
from boucle.tickets.models import Ticket, TicketId
from boucle.tickets.rules import ago, can_see_ticket

OWNER_KINDS = frozenset({EventKind.TICKET_ASSIGNED, EventKind.TICKET_ESCALATED})
LATEST = 5


def could_see_before(viewer: Viewer, event: Event) -> bool:
    """Whether the viewer saw the ticket until this very event; anything else would tell strangers what exists."""
    changes = event.data.get("changes")
    if not isinstance(changes, dict) or not {"team_id", "assignee_id"} & changes.keys():
        return False
    if event.kind is EventKind.TICKET_CREATED:
        return False
    owners = event.data.get("owners")
    standing = owners if isinstance(owners, dict) else {}
    team_id = changes.get("team_id", [standing.get("team_id")])[0]
    assignee_id = changes.get("assignee_id", [standing.get("assignee_id")])[0]
    return can_see_ticket(viewer, team_id=team_id, assignee_id=assignee_id)


@asynccontextmanager
async def told_of_the_faster(viewer: Viewer, ticket_id: TicketId, *, now: datetime) -> AsyncIterator[None]:
    """Say to whoever saw the ticket a moment ago that it went to somebody else, instead of that it does not exist.

    Which of the two an act meets is chance: it depends on whether it read the row before or after the other's commit.
    """
    try:
        yield
    except NotFound:
        if lost := await _lost_by(viewer, ticket_id):
            raise _gone(ticket_id, lost, now) from None
        raise
    except Conflict as error:
        row = error.current
        if isinstance(row, Ticket) and not can_see_ticket(viewer, team_id=row.team_id, assignee_id=row.assignee_id):
            lost = await _lost_by(viewer, ticket_id)
            error.current = None
            raise (_gone(ticket_id, lost, now) if lost else error) from None
        raise


async def _lost_by(viewer: Viewer, ticket_id: TicketId) -> Event | None:
    """Return the act that took the ticket out of the viewer's sight."""
    latest = Event.filter(ticket_id=ticket_id, kind__in=list(OWNER_KINDS)).order_by("-id").limit(LATEST)
    return next((event for event in await latest if could_see_before(viewer, event)), None)


def _gone(ticket_id: TicketId, lost: Event, now: datetime) -> Conflict:
    return Conflict(
        "{key} went to somebody else {ago}, and you can no longer see it. Choose another one.",
        field="id",
        key=f"T-{ticket_id}",
        ago=ago(now - lost.at),
    )
