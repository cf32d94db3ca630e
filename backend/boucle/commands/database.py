"""Preparing and opening the database for commands."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from tortoise.exceptions import OperationalError

from boucle.accounts.models import User
from boucle.app import open_valkey
from boucle.commands.valkey_address import with_running_valkey
from boucle.events.log import begin_epoch, load_epoch
from boucle.flows.foundations import lay_foundations
from boucle.kit.database import close_database, migrate_database, open_database
from boucle.kit.errors import NotAllowedNow
from boucle.kit.storage import trouble_of
from boucle.settings import Settings


async def migrate_all(settings: Settings, *, restored: bool = False) -> None:
    """Run all migrations and create what every deployment has; `restored`: live clients start from a snapshot."""
    with _told(settings):
        await migrate_database(settings.database)
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
    with _told(settings):
        await open_database(settings.database, pool_size=settings.database_pool)
        try:
            await load_epoch()
        except OperationalError as error:
            await close_database()
            if trouble_of(error) is not None:
                raise
            raise NotAllowedNow(
                "{database} is not prepared ({error}). Run `boucle migrate` first.",
                database=settings.shown_database,
                error=error,
            ) from error


@contextmanager
def _told(settings: Settings) -> Iterator[None]:
    """Say in one line why the database cannot be used; whatever else goes wrong is a bug, with its stack."""
    try:
        yield
    except Exception as error:
        if trouble_of(error) is None and not isinstance(error, sqlite3.DatabaseError):
            raise
        raise NotAllowedNow(
            "{database} cannot be reached ({error}). Check BOUCLE_DATABASE_URL and BOUCLE_DATA_DIR.",
            database=settings.shown_database,
            error=error,
        ) from error


async def check_prepared(settings: Settings) -> None:
    """Raise, with the way out, where the database cannot be used."""
    async with opened(settings):
        pass


async def is_empty(settings: Settings) -> bool:
    """Whether nobody has an account yet."""
    async with opened(settings):
        return not await User.all().exists()
