"""Standing in the way of whoever writes, as another process would."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from boucle.kit.database import Dialect, dialect, sqlite_path


@asynccontextmanager
async def blocked(url: str, table: str, *, mode: str) -> AsyncIterator[None]:
    """Hold a table on PostgreSQL in this mode; on SQLite, what every writer needs."""
    if dialect() is Dialect.SQLITE:
        connection = sqlite3.connect(sqlite_path(url), isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
        connection.close()
        return
    blocker = await asyncpg.connect(url)
    transaction = blocker.transaction()
    await transaction.start()
    await blocker.execute(f"LOCK TABLE {table} IN {mode} MODE")
    yield
    await transaction.rollback()
    await blocker.close()
