"""Connections that only read, one statement at a time, with nothing between the caller and the driver.

A compiled read is one statement; on the way through an ORM's connection it would cost as much again as in the driver.
"""

import asyncio
import sqlite3
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, Protocol, TypeAlias

import asyncpg

Records: TypeAlias = Sequence[Sequence[Any]]
SQLITE_THREADS = 3
KEPT_STATEMENTS = 400
BUSY_SECONDS = 15.0


class Readers(Protocol):
    """Connections that share the reading; rows can be read by position or name."""

    async def fetch(self, sql: str, values: Sequence[object]) -> Records:
        """Run one statement; a caller who is cancelled stops it."""

    async def close(self) -> None:
        """End every connection."""


@dataclass
class PostgresReaders:
    """Up to `most` connections, opened when they are needed and taken newest first."""

    options: Mapping[str, Any]
    most: int
    _idle: list[Any] = field(default_factory=list)
    _waiting: deque[asyncio.Future[None]] = field(default_factory=deque)
    _busy: int = 0

    async def fetch(self, sql: str, values: Sequence[object]) -> Records:
        connection = await self._taken()
        is_whole = False
        try:
            rows: Records = await connection.fetch(sql, *values)
            is_whole = True
        except asyncpg.PostgresError:
            is_whole = True  # the statement was refused; the connection is as good as before
            raise
        finally:
            self._give_back(connection, is_whole=is_whole)
        return rows

    async def close(self) -> None:
        for connection in self._idle:
            await connection.close()
        self._idle.clear()

    async def _taken(self) -> Any:
        while self._busy >= self.most:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                self._wake_next()  # the turn may have come in the same moment
                raise
        self._busy += 1
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        try:
            return await asyncpg.connect(**self.options)
        except BaseException:
            self._busy -= 1
            self._wake_next()
            raise

    def _give_back(self, connection: Any, *, is_whole: bool) -> None:
        self._busy -= 1
        if is_whole and not connection.is_closed():
            self._idle.append(connection)
        else:
            connection.terminate()
        self._wake_next()

    def _wake_next(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return


@dataclass(slots=True, eq=False)
class _Job:
    sql: str
    values: Sequence[object]
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Records]
    connection: sqlite3.Connection | None = None


class SqliteReaders:
    """Threads with a connection each: SQLite runs outside the interpreter's lock, so that they use every core."""

    def __init__(self, path: str, threads: int = SQLITE_THREADS) -> None:
        self._path = path
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"reader-{n}", daemon=True) for n in range(threads)]
        self._are_started = False

    async def fetch(self, sql: str, values: Sequence[object]) -> Records:
        if not self._are_started:
            self._are_started = True
            for thread in self._threads:
                thread.start()
        loop = asyncio.get_running_loop()
        job = _Job(sql, values, loop, loop.create_future())
        self._jobs.put(job)
        try:
            return await job.answer
        except asyncio.CancelledError:
            if (connection := job.connection) is not None:
                connection.interrupt()
            raise

    async def close(self) -> None:
        if not self._are_started:
            return
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _work(self) -> None:
        connection = sqlite3.connect(
            self._path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=KEPT_STATEMENTS
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA query_only = 1")
        while (job := self._jobs.get()) is not None:
            if not job.answer.cancelled():
                self._run(job, connection)
        connection.close()

    def _run(self, job: _Job, connection: sqlite3.Connection) -> None:
        job.connection = connection
        rows: Records = ()
        error: Exception | None = None
        try:
            rows = connection.execute(job.sql, job.values).fetchall()
        except Exception as raised:  # noqa: BLE001  (it is raised where the statement was asked for)
            error = raised
        job.connection = None
        with suppress(RuntimeError):  # the loop has ended, and with it whoever waited
            job.loop.call_soon_threadsafe(_told, job.answer, rows, error)


def _told(answer: asyncio.Future[Records], rows: Records, error: Exception | None) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(rows)
    else:
        answer.set_exception(error)
