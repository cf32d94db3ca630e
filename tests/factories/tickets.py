"""Tickets, rules and what became of them, through the real actions."""

from datetime import datetime

from boucle.accounts.access import Viewer
from boucle.events.models import Event
from boucle.tickets.actions import NewTicket, RuleDraft, create_escalation_rule, create_ticket
from boucle.tickets.models import EscalationRule, StatusId, Ticket, TicketStatus
from tests.factories.accounts import make_viewer
from tests.factories.contacts import NOON


async def make_ticket(*, viewer: Viewer | None = None, now: datetime = NOON, **given: object) -> Ticket:
    """A manual ticket of somebody who may do everything with tickets."""
    wanted = NewTicket(**{"subject": "Parcel lost", "customer_name": "Léa Durand", **given})
    return await create_ticket(viewer or await make_viewer(user_type="cx_admin"), wanted, now=now)


async def make_rule(*, viewer: Viewer | None = None, now: datetime = NOON, **given: object) -> EscalationRule:
    """A rule for all tickets that waits an hour; name its recipient."""
    draft = RuleDraft(**{"name": "Nobody waits", "delay_minutes": 60, **given})
    return await create_escalation_rule(viewer or await make_viewer(user_type="cx_admin"), draft, now=now)


async def status_id(key: str) -> StatusId:
    return StatusId((await TicketStatus.get(key=key)).id)


async def event_kinds(ticket: Ticket) -> list[str]:
    """What happened to the ticket, in order."""
    return [event.kind.value for event in await Event.filter(ticket_id=ticket.id).order_by("id")]


async def last_event(ticket: Ticket) -> Event:
    event = await Event.filter(ticket_id=ticket.id).order_by("-id").first()
    assert event is not None
    return event
