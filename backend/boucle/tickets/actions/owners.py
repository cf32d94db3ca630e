"""Who may be given a ticket, and who really gets it while people are away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from boucle.accounts.forwarding import AbsencesOfPeriod, absences_of_period
from boucle.accounts.models import Team, User, UserType
from boucle.accounts.permissions import NAMES, Permission
from boucle.accounts.rules import forward
from boucle.kit.database import Dialect, dialect, lock_names, share_name
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


async def checked_recipient(user_id: int, *, field: list[str], now: datetime) -> Recipient:
    """Return who gets a ticket that is meant for `user_id` (FWD-2, FWD-7); raise unless it may be given to them."""
    substitutes = await held_substitutes([user_id], now=now)
    await _check_may_own(user_id, field=field)
    return recipient_among(user_id, substitutes)


def recipient_among(user_id: int, substitutes: Mapping[int, int]) -> Recipient:
    """Return who gets what is meant for `user_id`; `substitutes` by absent user."""
    forwarding = forward(user_id, substitutes)
    if forwarding.target == user_id:
        return Recipient(user_id)
    return Recipient(forwarding.target, forwarded_from=user_id, via=forwarding.via)


async def check_assignee(user_id: int, *, field: list[str]) -> None:
    """Raise unless tickets may be given to this user: known, active, allowed to work on tickets."""
    await hold_owner(user_id)
    await _check_may_own(user_id, field=field)


async def _check_may_own(user_id: int, *, field: list[str]) -> None:
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


async def held_substitutes(
    user_ids: Collection[int], *, now: datetime, leaving: Collection[int] = ()
) -> Mapping[int, int]:
    """Hold everybody who may get what is meant for these users; return who stands in for whom.

    Call it before a ticket's row is locked: whoever retires somebody holds them, and then waits for the rows. Users who
    are `leaving` are held alone: no ticket is being given to them, and none is until the commit.
    """
    absences = await absences_of_period(now, now) if user_ids else AbsencesOfPeriod()
    held = absences.all_who_may_get(user_ids)
    await lock_names(map(name_of_owner, leaving), shared=map(name_of_owner, held))
    return (await _absences_among(held, absences, now, now)).substitutes_at(now)


async def held_absences(user_ids: Collection[int], first: datetime, last: datetime) -> AbsencesOfPeriod:
    """Hold all who may stand in, in a period, for users who are held; return the absences that count for them."""
    absences = await absences_of_period(first, last)
    held = absences.all_who_may_get(user_ids)
    if late := held - set(user_ids):
        await lock_names((), shared=map(name_of_owner, late))
    return await _absences_among(held, absences, first, last)


async def _absences_among(
    held: Collection[int], read_before: AbsencesOfPeriod, first: datetime, last: datetime
) -> AbsencesOfPeriod:
    """Read once more where it matters: a substitute may have left between the reading and the hold.

    Whoever was named only since is not held, and does not count yet.
    """
    known = read_before.among(held)
    if not known.absences or dialect() is Dialect.SQLITE:
        return known
    return (await absences_of_period(first, last)).among(held)
