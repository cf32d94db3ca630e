"""What absence and leaving mean for tickets: who stands in, and who takes over."""

from datetime import datetime

from boucle.accounts.forwarding import current_substitutes
from boucle.events.actor import Actor
from boucle.tickets import actions

__all__ = ["current_substitutes", "reassign_open_tickets"]


async def reassign_open_tickets(actor: Actor, from_user: int, to_user: int, *, now: datetime) -> int:
    """Give every unfinished ticket of one person to another, or to that one's substitute; return how many.

    Call it inside the unit of work that deactivates `from_user`, before anything is read of them: until its commit
    nobody can give them another ticket.
    """
    return await actions.reassign_open_tickets(actor, from_user=from_user, to_user=to_user, now=now)
