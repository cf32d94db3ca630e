"""Who may be given a ticket, and who really gets it while people are away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from boucle.accounts.forwarding import current_substitutes
from boucle.accounts.models import Team, User, UserType
from boucle.accounts.permissions import NAMES, Permission
from boucle.accounts.rules import forward
from boucle.kit.database import lock_name, share_name
from boucle.kit.errors import Invalid, NotFound
from boucle.kit.ids import global_id
from boucle.tickets.queries import can_work


@dataclass(frozen=True, slots=True)
class Recipient:
    """The person who gets a ticket. `forwarded_from` is the absent one first meant, `None` without forwarding."""

    user_id: int
    forwarded_from: int | None = None
    via: tuple[int, ...] = ()

    @property
    def event_data(self) -> Mapping[str, object]:
        """What the event says of the forwarding (FWD-6)."""
        if self.forwarded_from is None:
            return {}
        return {"forwarded_from": self.forwarded_from, "via": list(self.via)}


async def recipient_for(user_id: int, *, now: datetime) -> Recipient:
    """Return who gets a ticket that is meant for `user_id` (FWD-2, FWD-7)."""
    return recipient_among(user_id, await current_substitutes(now=now))


async def recipients_for(user_ids: Collection[int], *, now: datetime) -> Mapping[int, Recipient]:
    """Return who gets tickets that are meant for each of these users; who has left gets none and is missing."""
    if not user_ids:
        return {}
    there = await User.filter(id__in=user_ids, is_active=True).values_list("id", flat=True)
    substitutes = await current_substitutes(now=now) if there else {}
    return {user_id: recipient_among(user_id, substitutes) for user_id in cast("list[int]", there)}


def recipient_among(user_id: int, substitutes: Mapping[int, int]) -> Recipient:
    """Return who gets what is meant for `user_id`; `substitutes` by absent user."""
    forwarding = forward(user_id, substitutes)
    if forwarding.target == user_id:
        return Recipient(user_id)
    return Recipient(forwarding.target, forwarded_from=user_id, via=forwarding.via)


async def check_assignee(user_id: int, *, field: list[str]) -> None:
    """Raise unless tickets may be given to this user: known, active, allowed to work on tickets."""
    await hold_owner(user_id)
    user = await User.get_or_none(id=user_id)
    if user is None:
        raise NotFound("There is no user {id}.", field=field, id=global_id("usr", user_id))
    if not user.is_active:
        raise Invalid("{name}'s account is deactivated. Choose somebody else.", field=field, name=user.name)
    user_type = await UserType.get(id=user.user_type_id)
    if not can_work(user, user_type.permissions):
        raise Invalid(
            "{name} does not have the right '{right}'. Choose somebody else.",
            field=field,
            name=user.name,
            right=NAMES[Permission.TICKETS_WORK],
        )


async def check_team(team_id: int, *, field: list[str]) -> None:
    """Raise unless there is such a team."""
    if not await Team.filter(id=team_id).exists():
        raise NotFound("There is no team {id}.", field=field, id=global_id("tea", team_id))


def name_of_owner(user_id: int) -> str:
    """Return what is held while tickets are given to the user, together, or while they leave, alone."""
    return f"owner:{user_id}"


async def hold_owner(user_id: int) -> None:
    """Keep the user's account as it is until the commit, so that nobody is given a ticket while they leave."""
    await share_name(name_of_owner(user_id))


async def hold_owner_alone(user_id: int) -> None:
    """Wait until no ticket is being given to the user, and let none be given until the commit."""
    await lock_name(name_of_owner(user_id))
