"""Who stands in for whom at this moment."""

from datetime import datetime

from tortoise.expressions import Q

from boucle.accounts.models import Absence, Organisation


async def current_substitutes(*, now: datetime) -> dict[int, int]:
    """Return substitutes by absent user; empty while the organisation has forwarding switched off (FWD-1).

    A substitute who was deactivated stands in for nobody; of overlapping absences the one that began last counts.
    """
    if not await Organisation.filter(forwarding_enabled=True).exists():
        return {}
    absences = (
        await Absence.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now, ended_at=None)
        .filter(substitute__is_active=True)
        .order_by("starts_at", "id")
    )
    return {absence.user_id: absence.substitute_id for absence in absences}
