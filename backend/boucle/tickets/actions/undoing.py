"""Taking back one's own last act on a ticket."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import cast

from boucle.accounts.access import Viewer, require
from boucle.accounts.ownership import check_owner
from boucle.accounts.permissions import Permission
from boucle.events.log import NewEvent, record
from boucle.events.models import ActorKind, Event, EventKind
from boucle.kit.errors import NotAllowedNow
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.access import access_ticket
from boucle.tickets.actions.editing import taken_by_reopening
from boucle.tickets.actions.owners import check_team
from boucle.tickets.actions.saving import check_version, save, status_values
from boucle.tickets.due_times import hold_rules
from boucle.tickets.events import FieldChange, owner_changes, status_change, ticket_event
from boucle.tickets.models import Ticket, TicketId, TicketStatus

UNDOABLE = frozenset({EventKind.TICKET_STATUS_CHANGED, EventKind.TICKET_ASSIGNED})
UNDONE_WITHIN = timedelta(minutes=10)


async def undo_last_act(viewer: Viewer, ticket_id: TicketId, *, seen: int, now: datetime) -> Ticket:
    """Put status or owners back to what they were before the viewer's own last act, within ten minutes of it.

    It leads where no change may: a ticket closed by a slip is new again, one taken by a slip is nobody's again.
    """
    async with unit_of_work():
        await hold_rules()
        ticket = await access_ticket(viewer, ticket_id, for_work=True)
        await check_version(ticket, seen, now=now)
        act = await _own_last_act(viewer, ticket, now=now)
        taken: list[NewEvent] = []
        changes = cast("Mapping[str, list[int | None]]", act.data["changes"])
        before = {column: pair[0] for column, pair in changes.items()}
        if act.kind is EventKind.TICKET_STATUS_CHANGED:
            status = await TicketStatus.get(id=before["status_id"])
            taken = await taken_by_reopening(viewer, ticket, status, now=now)
            told = await _put_status_back(ticket, status, since=await _status_since(act), now=now)
        else:
            _require_right_to_give(viewer, changes)
            told = await _put_owners_back(ticket, before, now=now)
        more = {"undoes": act.id}
        await record(*taken, ticket_event(act.kind, ticket, actor=viewer.actor, at=now, changes=told, more=more))
        return ticket


async def _own_last_act(viewer: Viewer, ticket: Ticket, *, now: datetime) -> Event:
    """Return what is to be undone. Comments change nothing about a ticket, and stay."""
    acts = Event.filter(ticket_id=ticket.id).exclude(kind=EventKind.TICKET_COMMENTED)
    last = await acts.order_by("-id").first()
    if last is None or not _can_undo(viewer, last, now=now):
        raise NotAllowedNow(
            "On {key} you can undo only your own last act (status, assignee, team), within {minutes} minutes.",
            field="id",
            key=ticket.key,
            minutes=int(UNDONE_WITHIN.total_seconds() // 60),
        )
    return last


def _can_undo(viewer: Viewer, act: Event, *, now: datetime) -> bool:
    if act.actor_kind is not ActorKind.USER or act.actor_id != viewer.user_id:
        return False
    is_first_time = act.kind in UNDOABLE and "undoes" not in act.data
    return is_first_time and now - act.at <= UNDONE_WITHIN


def _require_right_to_give(viewer: Viewer, changes: Mapping[str, list[int | None]]) -> None:
    """Whoever may not assign has taken, and may give back; the right to assign may be gone since the act."""
    has_taken = changes.keys() == {"assignee_id"} and changes["assignee_id"][1] == viewer.user_id
    if not has_taken:
        require(viewer, Permission.TICKETS_ASSIGN)


async def _status_since(act: Event) -> datetime:
    """Return when the ticket had come into the status that the act took it out of."""
    moves = Event.filter(ticket_id=act.ticket_id, kind=EventKind.TICKET_STATUS_CHANGED, id__lt=act.id)
    move = await moves.order_by("-id").first()
    return act.at if move is None else move.at


async def _put_status_back(
    ticket: Ticket, before: TicketStatus, *, since: datetime, now: datetime
) -> list[FieldChange]:
    after = await TicketStatus.get(id=ticket.status_id)
    values = status_values(before, now=since, resolved_before=ticket.resolved_at)
    values.pop("escalated_at", None)  # it is not escalated once more
    await save(ticket, values | {"assignee_id": ticket.assignee_id}, now=now)
    return [status_change(after, before)]


async def _put_owners_back(ticket: Ticket, before: Mapping[str, int | None], *, now: datetime) -> list[FieldChange]:
    assignee_id = before.get("assignee_id", ticket.assignee_id)
    team_id = before.get("team_id", ticket.team_id)
    if assignee_id is not None and assignee_id != ticket.assignee_id:
        await check_owner(assignee_id, field=["id"])
    if team_id is not None and team_id != ticket.team_id:
        await check_team(team_id, field=["id"])
    changes = await owner_changes(assignee=(ticket.assignee_id, assignee_id), team=(ticket.team_id, team_id))
    await save(ticket, {"assignee_id": assignee_id, "team_id": team_id}, now=now)
    return changes
