"""The peer of sweeps: one statement for each ticket, durable each, by the driver that Boucle uses too."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import aiosqlite
import asyncpg

from boucle.kit.database import SQLITE_SETTINGS, Dialect, dialect_of, sqlite_path

COLUMNS = (
    "status_id = $2, status_category = 'escalated', resolved_at = NULL, closed_at = NULL, escalated_at = $4, "
    "assignee_id = $3, next_due_at = NULL, updated_at = $4, last_activity_at = $4, version = version + 1"
)
UPDATE = f"UPDATE tickets SET {COLUMNS} WHERE id = $1"
Update = Callable[[int, int, int, datetime], Awaitable[None]]


@asynccontextmanager
async def opened_peer(url: str) -> AsyncIterator[Update]:
    """Yield what escalates one ticket: its id, the status, the new owner, the time."""
    opened = _on_postgres(url) if dialect_of(url) is Dialect.POSTGRES else _on_sqlite(url)
    async with opened as update:
        yield update


@asynccontextmanager
async def _on_postgres(url: str) -> AsyncIterator[Update]:
    connection = await asyncpg.connect(url)
    try:
        for setting in ("fsync", "synchronous_commit"):
            assert await connection.fetchval(f"SHOW {setting}") == "on", setting
        prepared = await connection.prepare(UPDATE)

        async def update(ticket_id: int, status_id: int, owner_id: int, now: datetime) -> None:
            await prepared.fetch(ticket_id, status_id, owner_id, now)

        yield update
    finally:
        await connection.close()


@asynccontextmanager
async def _on_sqlite(url: str) -> AsyncIterator[Update]:
    async with aiosqlite.connect(sqlite_path(url), isolation_level=None) as connection:
        for pragma, value in SQLITE_SETTINGS.items():
            await connection.execute(f"PRAGMA {pragma} = {value}")

        async def update(ticket_id: int, status_id: int, owner_id: int, now: datetime) -> None:
            await connection.execute(UPDATE.replace("$", "?"), (ticket_id, status_id, owner_id, now.isoformat(" ")))

        yield update
