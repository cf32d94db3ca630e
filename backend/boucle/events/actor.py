"""Who does something: a user, a customer, or the system's own rules."""

from dataclasses import dataclass

from boucle.events.models import ActorKind


@dataclass(frozen=True, slots=True)
class Actor:
    """The author of an event. `user_id` is set exactly when a user acts."""

    kind: ActorKind
    user_id: int | None = None


SYSTEM = Actor(ActorKind.SYSTEM)
CUSTOMER = Actor(ActorKind.CUSTOMER)


def user_actor(user_id: int) -> Actor:
    """Return the actor for a user."""
    return Actor(ActorKind.USER, user_id)
