"""Giving tickets to people and teams."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import F

from boucle.accounts.access import Viewer, require
from boucle.accounts.ownership import check_owner
from boucle.accounts.permissions import Permission
from boucle.events.actor import Actor
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.condition_filters import as_filter
from boucle.kit.conditions import Condition, IsOneOf, Not, all_of
from boucle.kit.database import dialect, fetch_rows
from boucle.kit.errors import NotAllowedNow
from boucle.kit.statements import Statement
from boucle.kit.texts import clean_block
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.access import access_ticket
from boucle.tickets.actions.commenting import add_comment
from boucle.tickets.actions.owners import Recipient, check_team, checked_recipient, recipient_among
from boucle.tickets.actions.saving import check_version, save
from boucle.tickets.due_times import hold_rules
from boucle.tickets.events import owner_changes, owner_names, ticket_event
from boucle.tickets.models import Ticket, TicketId
from boucle.tickets.queries import finished
from boucle.tickets.rules import LONGEST_COMMENT, is_finished


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who shall own the ticket; take what stays from the ticket (OWN-1, OWN-3). `note` becomes a comment."""

    assignee_id: int | None
    team_id: int | None
    note: str | None = None


async def assign_ticket(
    viewer: Viewer, ticket_id: TicketId, assignment: Assignment, *, seen: int, now: datetime
) -> Ticket:
    """Give the ticket to a person, a team or both; an absent person's substitute gets it instead (FWD-2).

    Whoever may not assign may still take: the ticket for themselves, its team unchanged.
    """
    async with unit_of_work():
        await hold_rules()
        ticket = await access_ticket(viewer, ticket_id, for_work=True)
        is_taking = assignment.assignee_id == viewer.user_id and assignment.team_id == ticket.team_id
        if not is_taking:
            require(viewer, Permission.TICKETS_ASSIGN)
        await check_version(ticket, seen, now=now)
        recipient = await _recipient(ticket, assignment, is_taking=is_taking, now=now)
        note = clean_block(assignment.note, LONGEST_COMMENT, field=["input", "note"])
        return await _give(ticket, recipient, assignment.team_id, viewer=viewer, note=note, now=now)


async def take_ticket(viewer: Viewer, ticket_id: TicketId, *, seen: int, now: datetime) -> Ticket:
    """Make the viewer the ticket's owner. Whoever takes is there, so nothing is forwarded."""
    async with unit_of_work():
        await hold_rules()
        ticket = await access_ticket(viewer, ticket_id, for_work=True)
        await check_version(ticket, seen, now=now)
        if is_finished(ticket.status_category):
            raise NotAllowedNow("{key} is finished. Reopen it before you take it.", field="id", key=ticket.key)
        await check_owner(viewer.user_id, field=["id"])
        return await _give(ticket, Recipient(viewer.user_id), ticket.team_id, viewer=viewer, note=None, now=now)


async def _recipient(ticket: Ticket, assignment: Assignment, *, is_taking: bool, now: datetime) -> Recipient | None:
    if assignment.team_id is not None and assignment.team_id != ticket.team_id:
        await check_team(assignment.team_id, field=["input", "teamId"])
    if assignment.assignee_id is None:
        if ticket.assignee_id is not None:
            raise NotAllowedNow(
                "{key} has an assignee and always keeps one. Choose another person instead.",
                field=["input", "assigneeId"],
                key=ticket.key,
            )
        return None
    if assignment.assignee_id == ticket.assignee_id:
        return Recipient(assignment.assignee_id)
    field = ["input", "assigneeId"]
    if is_taking:
        await check_owner(assignment.assignee_id, field=field)
        return Recipient(assignment.assignee_id)
    return await checked_recipient(assignment.assignee_id, field=field, now=now)


async def _give(
    ticket: Ticket, recipient: Recipient | None, team_id: int | None, *, viewer: Viewer, note: str | None, now: datetime
) -> Ticket:
    assignee_id = recipient.user_id if recipient is not None else None
    changes = await owner_changes(
        assignee=(ticket.assignee_id, assignee_id),
        team=(ticket.team_id, team_id),
    )
    if not changes:
        return ticket
    more: dict[str, object] = dict(recipient.event_data) if recipient is not None else {}
    if note is not None:
        comment = await add_comment(ticket, note, author_id=viewer.user_id, now=now)
        more |= {"text": note, "comment_id": comment.id}
    await save(ticket, {"assignee_id": assignee_id, "team_id": team_id}, now=now)
    await record(
        ticket_event(EventKind.TICKET_ASSIGNED, ticket, actor=viewer.actor, at=now, changes=changes, more=more)
    )
    return ticket


async def open_tickets_by_owner(user_ids: Collection[int]) -> Mapping[int, int]:
    """Return how many unfinished tickets each of these users owns, those with the most first; without the idle."""
    statement = Statement(dialect())
    statement.add("SELECT t.assignee_id, count(*) AS held FROM tickets t WHERE ")
    statement.condition(_unfinished_of(user_ids), "t")
    statement.add(" GROUP BY t.assignee_id ORDER BY held DESC, t.assignee_id")
    return {row[0]: row[1] for row in await fetch_rows(statement.text, statement.values)}


async def reassign_open_tickets(
    actor: Actor, *, from_users: Collection[int], to_user: int, substitutes: Mapping[int, int], now: datetime
) -> int:
    """Give every unfinished ticket of some people to another, as when they leave (PER-4); return how many.

    Call it in the unit of work that takes the right to own tickets from `from_users` and holds all of them;
    `substitutes` are those that stand once it is committed.
    """
    async with unit_of_work():
        await check_owner(to_user, field=["reassignTo"])
        recipient = recipient_among(to_user, substitutes)
        tickets = await _lock_open_tickets(from_users)
        await Ticket.filter(as_filter(_unfinished_of(from_users))).update(
            assignee_id=recipient.user_id, updated_at=now, last_activity_at=now, version=F("version") + 1
        )
        await record(*await _handed_on(tickets, recipient, actor=actor, now=now))
        return len(tickets)


async def _handed_on(tickets: Sequence[Ticket], recipient: Recipient, *, actor: Actor, now: datetime) -> list[NewEvent]:
    """Set the new owner in memory too, and return what the log is told of each ticket."""
    moves = {ticket.assignee_id: (ticket.assignee_id, recipient.user_id) for ticket in tickets}
    names = await owner_names(moves.values(), ())
    changes = {before: names.changes(assignee=move, team=(None, None)) for before, move in moves.items()}
    events = []
    for ticket in tickets:
        before, ticket.assignee_id = ticket.assignee_id, recipient.user_id
        events.append(
            ticket_event(
                EventKind.TICKET_ASSIGNED,
                ticket,
                actor=actor,
                at=now,
                changes=changes[before],
                more=recipient.event_data,
            )
        )
    return events


def _unfinished_of(user_ids: Collection[int]) -> Condition:
    return all_of(IsOneOf("assignee_id", sorted(user_ids)), Not(finished()))


async def _lock_open_tickets(user_ids: Collection[int]) -> list[Ticket]:
    query = Ticket.filter(as_filter(_unfinished_of(user_ids))).order_by("id")
    return await query.select_for_update(no_key=True)
