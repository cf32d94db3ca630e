"""Escalation by hand and by rule."""

from datetime import datetime

from boucle.accounts.access import Viewer
from boucle.accounts.models import User
from boucle.events.actor import SYSTEM
from boucle.events.log import record
from boucle.events.models import EventKind
from boucle.kit.errors import NotAllowedNow
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.access import access_ticket
from boucle.tickets.actions.commenting import add_comment, checked_comment
from boucle.tickets.actions.owners import Recipient, recipient_for
from boucle.tickets.actions.saving import check_version, save, status_by_key, status_values
from boucle.tickets.due_times import hold_rules, next_due_of, wake_up_at
from boucle.tickets.events import owner_changes, status_change, ticket_event
from boucle.tickets.models import EscalationRule, EscalationRun, Ticket, TicketId, TicketStatus
from boucle.tickets.rules import is_finished

ESCALATED = "escalated"


async def escalate_ticket(viewer: Viewer, ticket_id: TicketId, *, note: str | None, seen: int, now: datetime) -> Ticket:
    """Escalate by hand: status and flag are set, and rules leave the ticket alone for ever (ESC-14)."""
    async with unit_of_work():
        await hold_rules()
        ticket = await access_ticket(viewer, ticket_id, for_work=True)
        await check_version(ticket, seen, now=now)
        _check_can_escalate(ticket)
        text = checked_comment(note, field=["note"])
        comment = await add_comment(ticket, text, author_id=viewer.user_id, now=now) if text else None
        before, after = await TicketStatus.get(id=ticket.status_id), await status_by_key(ESCALATED)
        await save(ticket, status_values(ticket, after, now=now) | {"is_escalated_manually": True}, now=now)
        await record(
            ticket_event(
                EventKind.TICKET_ESCALATED,
                ticket,
                actor=viewer.actor,
                at=now,
                changes=[status_change(before, after)] if before.id != after.id else [],
                more={"text": text, "comment_id": comment.id} if comment else {},
            )
        )
        return ticket


def _check_can_escalate(ticket: Ticket) -> None:
    if is_finished(ticket.status_category):
        raise NotAllowedNow("{key} is finished. Reopen it before you escalate it.", field="id", key=ticket.key)
    if ticket.is_escalated_manually:
        raise NotAllowedNow(
            "{key} was already escalated by hand. What remains is to work on it.", field="id", key=ticket.key
        )


async def escalate_by_rule(
    ticket: Ticket, rule: EscalationRule, *, due_at: datetime, now: datetime
) -> Recipient | None:
    """Apply a rule that is due: ledger, status, owner and event. Return the person who got the ticket, if one did.

    The ledger's unique key is the last guard: the rule fires on the ticket once, for ever (ESC-21).
    """
    async with unit_of_work():
        await EscalationRun.create(rule_id=rule.id, ticket_id=ticket.id, due_at=due_at, ran_at=now)
        recipient = await _recipient(rule, now=now)
        before, after = await TicketStatus.get(id=ticket.status_id), await status_by_key(ESCALATED)
        assignee_id = recipient.user_id if recipient is not None else ticket.assignee_id
        team_id = rule.recipient_team_id if rule.recipient_team_id is not None else ticket.team_id
        changes = await owner_changes(assignee=(ticket.assignee_id, assignee_id), team=(ticket.team_id, team_id))
        if before.id != after.id:
            changes.insert(0, status_change(before, after))
        values = status_values(ticket, after, now=now) | {"assignee_id": assignee_id, "team_id": team_id}
        await save(ticket, values, now=now)
        more = {"rule_id": rule.id} | dict(recipient.event_data if recipient is not None else {})
        await record(ticket_event(EventKind.TICKET_ESCALATED, ticket, actor=SYSTEM, at=now, changes=changes, more=more))
        return recipient


async def _recipient(rule: EscalationRule, *, now: datetime) -> Recipient | None:
    """Somebody who has left since the rule was made gets nothing: the ticket is escalated and keeps its owner."""
    if rule.recipient_user_id is None or not await User.filter(id=rule.recipient_user_id, is_active=True).exists():
        return None
    return await recipient_for(rule.recipient_user_id, now=now)


async def correct_due_time(ticket: Ticket) -> None:
    """Store the due time anew where it no longer follows from the rules, and ask to be woken then."""
    async with unit_of_work():
        due = await next_due_of(ticket)
        at = due.at if due is not None else None
        if at != ticket.next_due_at:
            await Ticket.filter(id=ticket.id, version=ticket.version).update(next_due_at=at)
            ticket.next_due_at = at
            wake_up_at(ticket.id, at)
