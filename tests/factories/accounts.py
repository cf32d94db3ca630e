"""Users, teams, absences and viewers for tests, as rows."""

from datetime import datetime, timedelta
from itertools import count

from boucle.accounts.access import Viewer
from boucle.accounts.models import Absence, Language, Team, TeamMember, User, UserType
from boucle.accounts.queries import viewer_of
from boucle.kit.unit_of_work import unit_of_work
from tests.factories.contacts import NOON

_numbers = count(1)


async def make_user(
    *,
    name: str = "Ana Martin",
    user_type: str = "ticket_taker",
    teams: tuple[Team, ...] = (),
    language: Language = Language.EN,
    is_active: bool = True,
) -> User:
    """A user who cannot sign in: the digest of the password is none."""
    kind = await UserType.get(key=user_type)
    async with unit_of_work():
        user = await User.create(
            name=name,
            email=f"user.{next(_numbers)}@boucle.example",
            password_hash="-",
            user_type_id=kind.id,
            granted=[],
            revoked=[],
            language=language,
            is_active=is_active,
            created_at=NOON,
            updated_at=NOON,
        )
        for team in teams:
            await TeamMember.create(team_id=team.id, user_id=user.id)
    return user


async def make_team(*, name: str | None = None) -> Team:
    async with unit_of_work():
        return await Team.create(name=name or f"Team {next(_numbers)}", created_at=NOON)


async def make_viewer(
    *, user_type: str = "ticket_taker", teams: tuple[Team, ...] = (), name: str = "Ana Martin"
) -> Viewer:
    """A new user who is signed in."""
    return await viewer_of(await make_user(name=name, user_type=user_type, teams=teams))


async def make_absence(
    user: User | int,
    substitute: User | int,
    *,
    starts_at: datetime = NOON - timedelta(days=1),
    ends_at: datetime | None = None,
    ended_at: datetime | None = None,
) -> Absence:
    async with unit_of_work():
        return await Absence.create(
            user_id=user if isinstance(user, int) else user.id,
            substitute_id=substitute if isinstance(substitute, int) else substitute.id,
            starts_at=starts_at,
            ends_at=ends_at,
            ended_at=ended_at,
            created_at=starts_at,
        )
