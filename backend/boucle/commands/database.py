"""Preparing and opening the database for commands."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from tortoise.exceptions import DBConnectionError, OperationalError

from boucle.accounts.models import User
from boucle.app import open_valkey
from boucle.commands.valkey_address import with_running_valkey
from boucle.events.log import begin_epoch, load_epoch
from boucle.flows.foundations import lay_foundations
from boucle.kit.database import close_database, migrate_database, open_database
from boucle.kit.errors import NotAllowedNow
from boucle.settings import Settings


async def migrate_all(settings: Settings, *, restored: bool = False) -> None:
    """Run all migrations and create what every deployment has; `restored`: live clients start from a snapshot."""
    try:
        await migrate_database(settings.database)
    except (OSError, DBConnectionError) as error:
        raise _unreachable(settings, error) from error
    async with opened(settings):
        await lay_foundations()
        if restored:
            await begin_epoch()


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Settings]:
    """Open the database, and the Valkey of a running deployment, for the block."""
    settings = with_running_valkey(settings)
    async with AsyncExitStack() as stack:
        await _open(settings)
        stack.push_async_callback(close_database)
        await open_valkey(settings, stack)
        yield settings


async def _open(settings: Settings) -> None:
    try:
        await open_database(settings.database, pool_size=settings.database_pool)
        await load_epoch()
    except (OSError, DBConnectionError) as error:
        raise _unreachable(settings, error) from error
    except OperationalError as error:
        await close_database()
        raise NotAllowedNow(
            "{database} is not prepared ({error}). Run `boucle migrate` first.",
            database=settings.shown_database,
            error=error,
        ) from error


def _unreachable(settings: Settings, error: Exception) -> NotAllowedNow:
    return NotAllowedNow(
        "{database} cannot be reached ({error}). Check BOUCLE_DATABASE_URL.",
        database=settings.shown_database,
        error=error,
    )


async def check_prepared(settings: Settings) -> None:
    """Raise, with the way out, where the database cannot be used."""
    async with opened(settings):
        pass


async def is_empty(settings: Settings) -> bool:
    """Whether nobody has an account yet."""
    async with opened(settings):
        return not await User.all().exists()
