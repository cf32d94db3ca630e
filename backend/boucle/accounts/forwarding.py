"""Who stands in for whom at a moment."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from boucle.accounts.models import Absence, Organisation
from boucle.accounts.ownership import may_own_tickets
from boucle.accounts.rules import Forwarding, forward


@dataclass(frozen=True, slots=True)
class AbsencesOfPeriod:
    """Everybody who is away at some moment of a period, in the order in which they left."""

    absences: Sequence[Absence] = ()

    @property
    def substitutes(self) -> set[int]:
        """Everybody who may stand in for somebody."""
        return {absence.substitute_id for absence in self.absences}

    def all_who_may_get(self, user_ids: Iterable[int]) -> set[int]:
        """Return these users and everybody who may stand in for one of them, or for their substitute."""
        found, asked = set[int](), set(user_ids)
        while asked:
            found |= asked
            asked = {each.substitute_id for each in self.absences if each.user_id in asked} - found
        return found

    def among(self, user_ids: Container[int]) -> "AbsencesOfPeriod":
        """Return the absences whose substitute is one of these."""
        return AbsencesOfPeriod([each for each in self.absences if each.substitute_id in user_ids])

    def substitutes_at(self, now: datetime) -> dict[int, int]:
        """Return substitutes by absent user at a moment of the period."""
        return {each.user_id: each.substitute_id for each in self.absences if _is_under_way(each, now)}


def _is_under_way(absence: Absence, now: datetime) -> bool:
    return absence.starts_at <= now and (absence.ends_at is None or absence.ends_at > now)


async def absences_of_period(first: datetime, last: datetime) -> AbsencesOfPeriod:
    """Return who is away; nobody while the organisation has forwarding switched off (FWD-1).

    A substitute who may not own tickets stands in for nobody; of overlapping absences the one that began last counts.
    """
    planned = (
        await Absence.filter(Q(ends_at=None) | Q(ends_at__gt=first), starts_at__lte=last, ended_at=None)
        .select_related("substitute__user_type")
        .order_by("starts_at", "id")
    )
    absences = [each for each in planned if may_own_tickets(each.substitute, each.substitute.user_type.permissions)]
    if not absences or not await Organisation.filter(forwarding_enabled=True).exists():
        return AbsencesOfPeriod()
    return AbsencesOfPeriod(absences)


async def forwardings_at(moments: Sequence[tuple[int, datetime]]) -> list[Forwarding]:
    """Return what becomes of a ticket that is given to each user at a moment, as things stand now."""
    if not moments:
        return []
    times = [moment for _, moment in moments]
    absences = await absences_of_period(min(times), max(times))
    return [forward(user_id, absences.substitutes_at(moment)) for user_id, moment in moments]
