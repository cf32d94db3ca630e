"""Preparing and opening the database for commands."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from boucle.accounts.models import User
from boucle.app import open_valkey
from boucle.commands.valkey_address import with_running_valkey
from boucle.events.log import load_epoch
from boucle.flows.foundations import lay_foundations
from boucle.kit.database import close_database, migrate_database, open_database
from boucle.settings import Settings


async def migrate_all(settings: Settings) -> None:
    """Run all migrations and create what every deployment has."""
    await migrate_database(settings.database)
    async with opened(settings):
        await lay_foundations()


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Settings]:
    """Open the database, and the Valkey of a running deployment, for the block."""
    settings = with_running_valkey(settings)
    async with AsyncExitStack() as stack:
        await open_database(settings.database, pool_size=settings.database_pool)
        stack.push_async_callback(close_database)
        await load_epoch()
        await open_valkey(settings, stack)
        yield settings


async def is_empty(settings: Settings) -> bool:
    """Whether nobody has an account yet."""
    async with opened(settings):
        return not await User.all().exists()
