"""Copies of kept databases, for those who write: changed once and kept as well, or gone after a run."""

import asyncio
import os
import shutil
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from benchmarks.store import Store
from boucle.kit.database import Dialect, sqlite_path

Change = Callable[[str], Coroutine[None, None, None]]


def changed_copy(store: Store, engine: Dialect, tickets: int, *, name: str, change: Change) -> str:
    """Return a copy of the database with so many tickets after `change`; it is made where it is not there yet."""
    kept = store.url(engine, tickets)
    wanted = f"{name}_{_name_of(engine, kept)}"
    if not _exists(store, engine, wanted):
        unfinished = _copy(store, engine, kept, f"{wanted}_unfinished")
        asyncio.run(change(unfinished))
        _rename(store, engine, f"{wanted}_unfinished", wanted)
    return _url(store, engine, wanted)


@contextmanager
def passing_copy(store: Store, engine: Dialect, kept: str) -> Iterator[str]:
    """Yield a copy that is gone afterwards."""
    name = f"passing_{_name_of(engine, kept)}"
    try:
        yield _copy(store, engine, kept, name)
    finally:
        _remove(store, engine, name)
        os.sync()


def _url(store: Store, engine: Dialect, name: str) -> str:
    return store.postgres_url(name) if engine is Dialect.POSTGRES else f"sqlite://{_file(store, name)}"


def _name_of(engine: Dialect, url: str) -> str:
    return url.split("@/")[1].split("?", maxsplit=1)[0] if engine is Dialect.POSTGRES else Path(sqlite_path(url)).stem


def _file(store: Store, name: str) -> Path:
    return store.folder / f"{name}.sqlite3"


def _exists(store: Store, engine: Dialect, name: str) -> bool:
    if engine is Dialect.SQLITE:
        return _file(store, name).exists()
    return bool(_on_server(store, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def _copy(store: Store, engine: Dialect, kept: str, name: str) -> str:
    _remove(store, engine, name)
    if engine is Dialect.SQLITE:
        shutil.copy(sqlite_path(kept), _file(store, name))
    else:
        _on_server(store, f"CREATE DATABASE {name} TEMPLATE {_name_of(engine, kept)} STRATEGY FILE_COPY")
        _on_server(store, "CHECKPOINT")
    os.sync()  # or whoever is timed next waits at each commit for gigabytes that the system still has to write
    return _url(store, engine, name)


def _rename(store: Store, engine: Dialect, name: str, wanted: str) -> None:
    if engine is Dialect.SQLITE:
        _file(store, name).rename(_file(store, wanted))
    else:
        _on_server(store, f"ALTER DATABASE {name} RENAME TO {wanted}")


def _remove(store: Store, engine: Dialect, name: str) -> None:
    if engine is Dialect.POSTGRES:
        _on_server(store, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        return
    for suffix in ("", "-wal", "-shm"):
        Path(f"{_file(store, name)}{suffix}").unlink(missing_ok=True)


def _on_server(store: Store, statement: str) -> object:
    async def run() -> object:
        connection = await asyncpg.connect(host=store.socket, user="postgres", database="postgres")
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(run())
