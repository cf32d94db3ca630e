"""A real server per test, and people who use it."""

from collections.abc import AsyncIterator

import pytest

from boucle.accounts.actions.tokens import create_token
from boucle.accounts.actions.users import UserDetails, create_user
from boucle.accounts.models import Language, User, UserType
from boucle.events.actor import SYSTEM
from boucle.kit.clock import utc_now
from boucle.settings import Settings, load_settings
from tests.serving import Boucle, Client, machine, served

PASSWORD = "correct horse battery"


@pytest.fixture
def settings(database_url: str, tmp_path) -> Settings:
    return load_settings(database_url=database_url, data_dir=tmp_path)


@pytest.fixture
async def boucle(settings: Settings) -> AsyncIterator[Boucle]:
    async with served(settings) as running:
        yield running


async def make_account(
    email: str,
    *,
    name: str = "Ana Martin",
    user_type: str = "organisation_admin",
    teams: tuple[int, ...] = (),
    language: Language = Language.EN,
) -> User:
    """A user who can sign in with `PASSWORD`."""
    kind = await UserType.get(key=user_type)
    details = UserDetails(name=name, email=email, user_type_id=kind.id, team_ids=teams, language=language)
    return await create_user(SYSTEM, details, password=PASSWORD, now=utc_now())


async def token_of(user: User) -> str:
    """A token with all rights of the user."""
    created = await create_token(user.id, name="test", days=None, permissions=None, now=utc_now())
    return created.secret


@pytest.fixture
async def admin(boucle: Boucle) -> AsyncIterator[Client]:
    """An organisation administrator with an API token."""
    user = await make_account("admin@boucle.example", name="Ada Admin")
    async with machine(boucle, await token_of(user)) as client:
        yield client


@pytest.fixture
async def taker(boucle: Boucle) -> AsyncIterator[Client]:
    """Who takes tickets, and neither assigns nor manages them."""
    user = await make_account("tom@boucle.example", name="Tom Taker", user_type="ticket_taker")
    async with machine(boucle, await token_of(user)) as client:
        yield client
