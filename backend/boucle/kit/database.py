"""Opening the database, and the little SQL that differs between SQLite and PostgreSQL."""

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import unquote, urlsplit

from asyncpg import Connection, InterfaceError, PostgresConnectionError, QueryCanceledError
from tortoise import Model, Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection
from tortoise.context import get_current_context
from tortoise.exceptions import DBConnectionError
from tortoise.migrations.api import migrate as run_migrations

from boucle.kit.readers import LONGEST_KEPT, UTF8_TYPE, PostgresReaders, Readers, SqliteReaders, StatementTimeout
from boucle.kit.work_state import is_in_unit_of_work

MODEL_MODULES = [
    "boucle.kit.models",
    "boucle.events.models",
    "boucle.accounts.models",
    "boucle.contacts.models",
    "boucle.surveys.models",
    "boucle.tickets.models",
]


T = TypeVar("T")


PREPARED_STATEMENTS = 400
SQLITE_SETTINGS: Mapping[str, str | int] = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "busy_timeout": 15_000,
    "foreign_keys": "ON",
    # A batch changes pages all over the indexes. With the usual 2 MB they are written before the commit and read again.
    "cache_size": -16_384,
    # What is written over and over is moved into the database once for 16 MB of the log, not once for 4.
    "wal_autocheckpoint": 4_000,
    "journal_size_limit": 67_108_864,
}


class Dialect(StrEnum):
    """The two engines that Boucle runs on."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"


# What a text is cast to so that readers hand it over as bytes; inside a unit of work PostgreSQL's is a string.
AS_BYTES: Mapping[Dialect, str] = {Dialect.SQLITE: "BLOB", Dialect.POSTGRES: UTF8_TYPE}


# The executor cache of Tortoise is keyed by connection name and table, not by dialect:
# two engines in one process need different names.
WRITER = {Dialect.SQLITE: "sqlite", Dialect.POSTGRES: "postgres"}
READER = {Dialect.SQLITE: "sqlite_read", Dialect.POSTGRES: "postgres"}


_memories: list[dict[Any, Any]] = []


def memory_of(kind: type[T]) -> dict[Any, T]:  # noqa: ARG001  (it says what the memory holds)
    """Return a memory for what is made of rows; opening a database empties it.

    Of rows that never change, or whose change is noticed before the memory is used.
    """
    memory: dict[Any, T] = {}
    _memories.append(memory)
    return memory


class PooledConnection(Connection):  # type: ignore[misc]  # asyncpg brings no types
    """A connection that needs no tidying between two users of the pool: each tidying is a round trip.

    Nothing of a session outlives its use here: locks end with their transaction, nobody listens, nobody sets.
    """

    def get_reset_query(self) -> str:
        return ""


class _Open:
    """What belongs to the database that is open."""

    readers: Readers | None = None


_open = _Open()


class ReadRouter:
    """Sends reads outside a unit of work to connections that never wait behind a writer (SQLite)."""

    def db_for_read(self, model: type[Model]) -> str:  # noqa: ARG002  (the router's interface)
        return WRITER[dialect()] if is_in_unit_of_work() else READER[dialect()]

    def db_for_write(self, model: type[Model]) -> str:  # noqa: ARG002
        return WRITER[dialect()]


def dialect_of(url: str) -> Dialect:
    """Return the dialect that a database URL names."""
    return Dialect.SQLITE if urlsplit(url).scheme == "sqlite" else Dialect.POSTGRES


def tortoise_config(url: str, *, pool_size: int = 10, statement_timeout_ms: int = 0) -> dict[str, Any]:
    """Return what Tortoise needs to open `url` (`sqlite:///file` or `postgres://…`)."""
    kind = dialect_of(url)
    connections: dict[str, Any]
    if kind is Dialect.SQLITE:
        options = {"file_path": sqlite_path(url), **SQLITE_SETTINGS}
        connections = {
            name: {"engine": "tortoise.backends.sqlite", "credentials": dict(options)}
            for name in ("sqlite", "sqlite_read")
        }
    else:
        connections = {"postgres": _postgres_connection(url, pool_size, statement_timeout_ms)}
    return {
        "connections": connections,
        "apps": {
            "boucle": {
                "models": MODEL_MODULES,
                "default_connection": WRITER[kind],
                "migrations": "boucle.migrations",
            }
        },
        "routers": [ReadRouter],
        "use_tz": True,
        "timezone": "UTC",
    }


def sqlite_path(url: str) -> str:
    """Return the file that a `sqlite://` URL names; an absolute path has three slashes and its own."""
    return url.split("://", 1)[1].split("?", 1)[0]


def _postgres_connection(url: str, pool_size: int, statement_timeout_ms: int) -> dict[str, Any]:
    parts = urlsplit(url)
    server_settings = {"application_name": "boucle", "timezone": "UTC"}
    if statement_timeout_ms:
        server_settings["statement_timeout"] = str(statement_timeout_ms)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "engine": "tortoise.backends.asyncpg",
        "credentials": {
            "host": query.get("host") or parts.hostname,
            "port": parts.port or 5432,
            "user": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "database": parts.path.lstrip("/"),
            "connection_class": PooledConnection,
            "min_size": 1,
            "max_size": max(1, pool_size - _for_reading(pool_size)),
            # Compiled reads are long and come again: each stays prepared, but for the very longest.
            "statement_cache_size": PREPARED_STATEMENTS,
            "max_cacheable_statement_size": LONGEST_KEPT,
            "max_cached_statement_lifetime": 0,
            "server_settings": server_settings,
        },
    }


async def open_database(url: str, *, pool_size: int = 10, statement_timeout_ms: int = 0) -> None:
    """Connect this process to the database. Close it with `close_database`."""
    if dialect_of(url) is Dialect.SQLITE:
        _prepare_file(Path(sqlite_path(url)))
    config = tortoise_config(url, pool_size=pool_size, statement_timeout_ms=statement_timeout_ms)
    if dialect_of(url) is Dialect.SQLITE:
        # A statement that changes references keeps a copy of every page that it changes until it has ended, about a
        # kilobyte for each ticket. In a file that takes a tenth of a batch. Migrations may change more than fits.
        config["connections"][WRITER[Dialect.SQLITE]]["credentials"]["temp_store"] = "MEMORY"
    for memory in _memories:
        memory.clear()
    # Without the global fallback every request fails under a real server: connections live in a ContextVar.
    await Tortoise.init(config=config, _enable_global_fallback=True)
    _open.readers = _readers_of(config, url, pool_size, statement_timeout_ms)


def _readers_of(config: Mapping[str, Any], url: str, pool_size: int, statement_timeout_ms: int) -> Readers:
    if dialect_of(url) is Dialect.SQLITE:
        return SqliteReaders(sqlite_path(url), longest=statement_timeout_ms / 1000)
    options = dict(config["connections"]["postgres"]["credentials"])
    del options["min_size"], options["max_size"]
    options["server_settings"] = options["server_settings"] | {"default_transaction_read_only": "on"}
    return PostgresReaders(options, _for_reading(pool_size))


def _for_reading(pool_size: int) -> int:
    return max(1, pool_size // 2)


async def close_database() -> None:
    """Close every connection; one that stays open hangs the exit of the process (aiosqlite)."""
    if _open.readers is not None:
        await _open.readers.close()
        _open.readers = None
    await Tortoise.close_connections()


def _prepare_file(file: Path) -> None:
    """Make the file and what lies beside it its owner's alone: digests, secrets and customers are in it.

    Raises `OSError` or `sqlite3.Error` where it is no database that can be written.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)  # what SQLite lays beside it takes over its mode
    for each in (file, *(file.with_name(file.name + ending) for ending in ("-wal", "-shm", "-journal"))):
        with suppress(FileNotFoundError, PermissionError):  # it is somebody else's, who lets us use it
            each.chmod(0o600)
    # Looked at here, because a connection of the ORM that fails while it opens leaves a thread behind: no exit.
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA journal_mode = {SQLITE_SETTINGS['journal_mode']}")


def initialise_models() -> None:
    """Let the models know each other where no database is opened."""
    Tortoise.init_models(MODEL_MODULES, "boucle")


async def migrate_database(url: str) -> None:
    """Bring the schema to the newest version and close the connection again."""
    if dialect_of(url) is Dialect.SQLITE:
        _prepare_file(Path(sqlite_path(url)))
    try:
        await run_migrations(config=tortoise_config(url))
    finally:
        await Tortoise.close_connections()


def is_out_of_reach(error: Exception) -> bool:
    """Whether the database itself could not be asked, so that asking again would only fail again."""
    return isinstance(error, DBConnectionError | OSError | PostgresConnectionError | InterfaceError)


def is_out_of_time(error: BaseException) -> bool:
    """Whether a statement was ended because it took too long."""
    return isinstance(error, QueryCanceledError | StatementTimeout)


def dialect() -> Dialect:
    """Return the dialect of the open database."""
    context = get_current_context()
    assert context is not None, "the database is not open"
    return Dialect.POSTGRES if "postgres" in context.connections.db_config else Dialect.SQLITE


def writer() -> BaseDBAsyncClient:
    """Return the connection that writes; inside a unit of work, its transaction."""
    return get_connection(WRITER[dialect()])


def reader() -> BaseDBAsyncClient:
    """Return the connection that reads; inside a unit of work, its transaction."""
    return writer() if is_in_unit_of_work() else get_connection(READER[dialect()])


def placeholders(count: int, *, start: int = 1) -> list[str]:
    """Return `count` parameter marks of the open dialect, numbered from `start`."""
    if dialect() is Dialect.POSTGRES:
        return [f"${number}" for number in range(start, start + count)]
    return ["?"] * count


async def fetch(sql: str, values: Sequence[object] = ()) -> list[Mapping[str, Any]]:
    """Run a reading statement written with the open dialect's marks."""
    return list(await reader().execute_query_dict(sql, list(values)))


async def fetch_rows(sql: str, values: Sequence[object]) -> Sequence[Sequence[Any]]:
    """Run a reading statement; its rows are read by position."""
    if not is_in_unit_of_work():
        assert _open.readers is not None, "the database is not open"
        return await _open.readers.fetch(sql, values)
    _, rows = await writer().execute_query(sql, list(values))
    return cast("Sequence[Sequence[Any]]", rows)  # records of both drivers can be read either way


async def fetch_written(sql: str, values: Sequence[object]) -> Sequence[Mapping[str, Any]]:
    """Run a statement that writes and returns rows, or reads what only the running unit of work can see."""
    return cast("Sequence[Mapping[str, Any]]", await writer().execute_query_dict(sql, list(values)))


async def execute(sql: str, values: Sequence[object] = ()) -> int:
    """Run a writing statement; return how many rows it touched."""
    touched, _ = await writer().execute_query(sql, list(values))
    return touched


async def lock_name(name: str) -> None:
    """Hold `name` until the unit of work ends, so that two of them cannot both "look, then insert".

    On SQLite the unit of work already is the only writer.
    """
    await lock_names([name])


async def lock_names(names: Iterable[str], *, shared: Iterable[str] = ()) -> None:
    """Hold several names with one statement, whatever their number: alone, or `shared` with others who share them."""
    if dialect() is Dialect.POSTGRES:
        wanted = dict.fromkeys(shared, True) | dict.fromkeys(names, False)
        # Always in the same order, whatever the mode, or two units of work could wait for each other. What stands for
        # many things (`owners`) comes before what stands for one (`owner:7`), as where they are held one by one.
        ordered = {name: _lock_number(name) for name in sorted(wanted, key=_by_width)}
        in_common = [number for name, number in ordered.items() if wanted[name]]
        await writer().execute_query(_HOLD, [list(ordered.values()), in_common])


_HOLD = """SELECT count(
  CASE WHEN n = ANY($2::bigint[]) THEN pg_advisory_xact_lock_shared(n)::text ELSE pg_advisory_xact_lock(n)::text END)
FROM unnest($1::bigint[]) AS wanted (n)"""


async def share_name(name: str) -> None:
    """Hold `name` together with others who share it; `lock_name` waits for all of them, and they for it."""
    await lock_names((), shared=(name,))


def _by_width(name: str) -> tuple[bool, str]:
    return (":" in name, name)


def _lock_number(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
