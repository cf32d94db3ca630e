"""What absence and leaving mean for tickets: who stands in, and who takes over."""

from datetime import datetime

from boucle.accounts.forwarding import current_substitutes
from boucle.events.actor import Actor
from boucle.tickets import actions
from boucle.tickets.actions.owners import hold_owner_alone

__all__ = ["current_substitutes", "reassign_open_tickets", "stop_giving_tickets_to"]


async def stop_giving_tickets_to(user_id: int) -> None:
    """Wait for tickets that are being given to the user and let none follow until the running unit of work ends.

    Call it before counting what they hold: a ticket on its way would otherwise reach a closed account.
    """
    await hold_owner_alone(user_id)


async def reassign_open_tickets(actor: Actor, from_user: int, to_user: int, *, now: datetime) -> int:
    """Give every unfinished ticket of one person to another, or to that one's substitute; return how many.

    Call it inside the unit of work that deactivates `from_user`, before anything is read of them: until its commit
    nobody can give them another ticket.
    """
    return await actions.reassign_open_tickets(actor, from_user=from_user, to_user=to_user, now=now)
