"""Jobs that span domains: they parse, call and decide nothing."""

from boucle.flows.escalation import escalate_due
from boucle.kit.jobs import JobContext
from boucle.tickets.models import TicketId


async def escalate_ticket(context: JobContext, ticket_id: int) -> None:
    """Escalate a ticket whose time has come."""
    await escalate_due(TicketId(ticket_id), now=context["now"](), address=context["address"])
