"""Who really gets a ticket while people are away; who may own one at all is decided in `accounts.ownership`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from boucle.accounts.forwarding import AbsencesOfPeriod, absences_of_period
from boucle.accounts.models import Team
from boucle.accounts.ownership import check_may_own, hold_owners, names_of_owners
from boucle.accounts.rules import forward
from boucle.kit.database import Dialect, dialect, lock_names
from boucle.kit.errors import NotFound
from boucle.kit.ids import global_id


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
    await check_may_own(user_id, field=field)
    return recipient_among(user_id, substitutes)


def recipient_among(user_id: int, substitutes: Mapping[int, int]) -> Recipient:
    """Return who gets what is meant for `user_id`; `substitutes` by absent user."""
    forwarding = forward(user_id, substitutes)
    if forwarding.target == user_id:
        return Recipient(user_id)
    return Recipient(forwarding.target, forwarded_from=user_id, via=forwarding.via)


async def check_team(team_id: int, *, field: list[str]) -> None:
    """Raise unless there is such a team."""
    if not await Team.filter(id=team_id).exists():
        raise NotFound("There is no team {id}.", field=field, id=global_id("tea", team_id))


async def held_substitutes(
    user_ids: Collection[int], *, now: datetime, alone: Collection[str] = ()
) -> Mapping[int, int]:
    """Hold everybody who may get what is meant for these users; return who stands in for whom.

    Call it before a ticket's row is locked: whoever retires somebody holds them, and then waits for the rows. The names
    of owners given as `alone` are not shared: no ticket is being given to those, and none is until the commit.
    """
    absences = await absences_of_period(now, now) if user_ids else AbsencesOfPeriod()
    held = absences.all_who_may_get(user_ids)
    await lock_names(alone, shared=names_of_owners(held))
    return (await _absences_among(held, absences, now, now)).substitutes_at(now)


async def held_absences(user_ids: Collection[int], first: datetime, last: datetime) -> AbsencesOfPeriod:
    """Hold all who may stand in, in a period, for users who are held; return the absences that count for them."""
    absences = await absences_of_period(first, last)
    held = absences.all_who_may_get(user_ids)
    if late := held - set(user_ids):
        await hold_owners(late)
    return await _absences_among(held, absences, first, last)


async def _absences_among(
    held: Collection[int], read_before: AbsencesOfPeriod, first: datetime, last: datetime
) -> AbsencesOfPeriod:
    """Read once more where it matters: a substitute may have lost the right between the reading and the hold.

    Whoever was named only since is not held, and does not count yet.
    """
    known = read_before.among(held)
    if not known.absences or dialect() is Dialect.SQLITE:
        return known
    return (await absences_of_period(first, last)).among(held)
