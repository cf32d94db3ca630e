"""What the types of tickets need in batches."""

from boucle.accounts.access import Viewer
from boucle.accounts.models import User
from boucle.events.models import Event
from boucle.events.queries import last_events_of_tickets
from boucle.tickets.access import visible_tickets
from boucle.tickets.models import Ticket, TicketStatus
from boucle.tickets.queries import ticket_statuses, users_who_work


async def load_last_events(keys: list[tuple[int, int]]) -> list[list[Event]]:
    """Return for each (ticket, number) that many newest events."""
    most = max(number for _, number in keys)
    found = await last_events_of_tickets(sorted({ticket_id for ticket_id, _ in keys}), each=most)
    return [found[ticket_id][:number] for ticket_id, number in keys]


async def load_statuses(keys: list[None]) -> list[list[TicketStatus]]:
    """Return all statuses, once for all who ask."""
    statuses = await ticket_statuses()
    return [statuses for _ in keys]


async def load_candidates(searches: list[str]) -> list[list[User]]:
    """Return for each search the people who may be given a ticket."""
    return [await users_who_work(search=search or None) for search in searches]


async def load_visible_tickets(viewer: Viewer, ticket_ids: list[int]) -> list[Ticket | None]:
    """Return each ticket, `None` where the viewer may not see it."""
    found = {row.id: row for row in await visible_tickets(viewer).filter(id__in=ticket_ids)}
    return [found.get(ticket_id) for ticket_id in ticket_ids]
