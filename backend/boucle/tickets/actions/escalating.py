"""Escalation by hand."""

from datetime import datetime

from boucle.accounts.access import Viewer
from boucle.events.log import record
from boucle.events.models import EventKind
from boucle.kit.errors import NotAllowedNow
from boucle.kit.texts import clean_block
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.access import access_ticket
from boucle.tickets.actions.commenting import add_comment
from boucle.tickets.actions.saving import check_version, save, status_by_key, status_values
from boucle.tickets.due_times import hold_rules
from boucle.tickets.events import status_change, ticket_event
from boucle.tickets.models import Ticket, TicketId, TicketStatus
from boucle.tickets.rules import LONGEST_COMMENT, is_finished
from boucle.tickets.statuses import ESCALATED


async def escalate_ticket(viewer: Viewer, ticket_id: TicketId, *, note: str | None, seen: int, now: datetime) -> Ticket:
    """Escalate by hand: status and flag are set, and rules leave the ticket alone for ever (ESC-14)."""
    async with unit_of_work():
        await hold_rules()
        ticket = await access_ticket(viewer, ticket_id, for_work=True)
        await check_version(ticket, seen, now=now)
        _check_can_escalate(ticket)
        text = clean_block(note, LONGEST_COMMENT, field="note")
        comment = await add_comment(ticket, text, author_id=viewer.user_id, now=now) if text else None
        before, after = await TicketStatus.get(id=ticket.status_id), await status_by_key(ESCALATED)
        await save(ticket, status_values(after, now=now) | {"is_escalated_manually": True}, now=now)
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
