"""What every deployment has before anybody signs in: the organisation, user types and base statuses."""

from boucle.accounts.models import Organisation, UserType
from boucle.accounts.permissions import BUILT_IN_USER_TYPES
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.models import TicketStatus
from boucle.tickets.statuses import BASE_STATUSES

ORGANISATION_ID = 1


async def lay_foundations(*, organisation_name: str = "Boucle") -> None:
    """Create what is missing; leaves alone what exists, however it was edited. Runs after every migration."""
    async with unit_of_work():
        if not await Organisation.filter(id=ORGANISATION_ID).exists():
            await Organisation.create(id=ORGANISATION_ID, name=organisation_name)
        await _create_user_types()
        await _create_statuses()


async def _create_user_types() -> None:
    known = {user_type.key for user_type in await UserType.all()}
    for each in BUILT_IN_USER_TYPES:
        if each.key not in known:
            permissions = sorted(permission.value for permission in each.permissions)
            await UserType.create(key=each.key, name=each.name, permissions=permissions, is_built_in=True)


async def _create_statuses() -> None:
    known = {status.key for status in await TicketStatus.all()}
    for position, each in enumerate(BASE_STATUSES, start=1):
        if each.key not in known:
            await TicketStatus.create(
                key=each.key, name=each.name, category=each.category, colour=each.colour, position=position * 10
            )
