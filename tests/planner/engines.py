"""The library's tables on both engines, read by the plain drivers."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from boucle.kit.database import Dialect
from tests.planner.library import COLUMNS, SQL_TYPES
from tests.planner.oracle import Tables


def _create(engine: str) -> list[str]:
    # Code points decide, as they do in Python and SQLite.
    collation = {"postgres": ' COLLATE "C"', "sqlite": ""}[engine]
    types = SQL_TYPES[engine]
    statements = []
    for table, columns in COLUMNS.items():
        parts = [f"{name} {types[kind]}{collation if types[kind] == 'text' else ''}" for name, kind in columns.items()]
        statements.append(f"CREATE TABLE {table} ({', '.join(parts)})")
    return statements


@dataclass
class Sqlite:
    """SQLite in memory."""

    connection: sqlite3.Connection
    dialect: Dialect = Dialect.SQLITE

    async def fill(self, tables: Tables) -> None:
        """Replace all rows."""
        for table, columns in COLUMNS.items():
            self.connection.execute(f"DELETE FROM {table}")
            marks = ", ".join("?" * len(columns))
            rows = [[_stored(row[name]) for name in columns] for row in tables[table]]
            self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    async def fetch(self, sql: str, values: Sequence[object]) -> Sequence[Sequence[Any]]:
        return self.connection.execute(sql, list(values)).fetchall()


@dataclass
class Postgres:
    """PostgreSQL, by asyncpg; one connection, one statement at a time."""

    pool: asyncpg.Pool
    dialect: Dialect = Dialect.POSTGRES

    async def fill(self, tables: Tables) -> None:
        """Replace all rows."""
        async with self.pool.acquire() as connection, connection.transaction():
            for table, columns in COLUMNS.items():
                await connection.execute(f"DELETE FROM {table}")
                rows = [tuple(row[name] for name in columns) for row in tables[table]]
                await connection.copy_records_to_table(table, records=rows)

    async def fetch(self, sql: str, values: Sequence[object]) -> Sequence[Sequence[Any]]:
        return await self.pool.fetch(sql, *values)


def _stored(value: object) -> object:
    return value.isoformat(" ") if isinstance(value, datetime) else value


@asynccontextmanager
async def library_databases(postgres_socket: str) -> AsyncIterator[tuple[Sqlite, Postgres]]:
    """Open both, with empty tables; PostgreSQL's are temporary as the database is."""
    memory = sqlite3.connect(":memory:")
    admin = await asyncpg.connect(host=postgres_socket, user="postgres", database="postgres")
    await admin.execute("DROP DATABASE IF EXISTS library")
    await admin.execute("CREATE DATABASE library")
    pool = await asyncpg.create_pool(
        host=postgres_socket,
        user="postgres",
        database="library",
        min_size=1,
        max_size=2,
        server_settings={"timezone": "UTC", "jit": "off"},
        statement_cache_size=0,
    )
    try:
        for statement in _create("sqlite"):
            memory.execute(statement)
        for statement in _create("postgres"):
            await pool.execute(statement)
        yield Sqlite(memory), Postgres(pool)
    finally:
        memory.close()
        await pool.close()
        await admin.execute("DROP DATABASE library WITH (FORCE)")
        await admin.close()
