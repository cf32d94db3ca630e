"""What absence and leaving mean for tickets: who stands in, and who takes over."""

from collections.abc import Mapping
from datetime import datetime

from boucle.accounts.forwarding import current_substitutes
from boucle.events.actor import Actor
from boucle.tickets import actions
from boucle.tickets.actions.owners import held_substitutes

__all__ = ["current_substitutes", "reassign_open_tickets", "stop_giving_tickets_to"]


async def stop_giving_tickets_to(user_id: int, *, successor: int | None, now: datetime) -> Mapping[int, int]:
    """Wait for tickets that are being given to the user and let none follow until the running unit of work ends.

    Call it before counting what they hold: a ticket on its way would otherwise reach a closed account. The successor,
    and whoever stands in for them, stay in service as long; return who stands in for whom.
    """
    # All with one statement: of two who leave and name each other, one waits for the other.
    return await held_substitutes([successor] if successor is not None else [], now=now, leaving=[user_id])


async def reassign_open_tickets(
    actor: Actor, from_user: int, to_user: int, *, substitutes: Mapping[int, int], now: datetime
) -> int:
    """Give every unfinished ticket of one person to another, or to that one's substitute; return how many.

    Call it inside the unit of work that deactivates `from_user`, with the substitutes of `stop_giving_tickets_to`.
    """
    return await actions.reassign_open_tickets(
        actor, from_user=from_user, to_user=to_user, substitutes=substitutes, now=now
    )
