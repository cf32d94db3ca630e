"""Connections that only read, one statement at a time, with nothing between the caller and the driver.

What a statement calls `bpchar` on PostgreSQL, or a blob on SQLite, comes as bytes.

A compiled read is one statement; on the way through an ORM's connection it would cost as much again as in the driver.
"""

import asyncio
import math
import sqlite3
import threading
import time
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
LONGEST_KEPT = 16_384  # characters; the longest of the screens has 10,000, and clients can make them far longer
BUSY_SECONDS = 15.0
CLOSES_WITHIN = 5.0
STEPS_BETWEEN_LOOKS = 50_000  # of SQLite's machine: about a millisecond
UTF8_TYPE = "bpchar"  # PostgreSQL's type of text that no column here has: as such it costs nothing to call a text


class StatementTimeout(Exception):
    """A statement took longer than one may."""


class Readers(Protocol):
    """Connections that share the reading; rows can be read by position or name."""

    async def fetch(self, sql: str, values: Sequence[object]) -> Records:
        """Run one statement; a caller who is cancelled stops it."""

    async def close(self) -> None:
        """End every connection."""


@dataclass
class PostgresReaders:
    """Up to `most` connections, opened when they are needed, for whoever came first."""

    options: Mapping[str, Any]
    most: int
    _idle: list[Any] = field(default_factory=list)
    _waiting: deque[asyncio.Future[None]] = field(default_factory=deque)
    _busy: int = 0
    _ending: set[asyncio.Task[None]] = field(default_factory=set)
    _is_closed: bool = False

    async def fetch(self, sql: str, values: Sequence[object]) -> Records:
        await self._turn()
        connection = None
        is_whole = False
        try:
            connection = await self._connection()
            rows: Records = await connection.fetch(sql, *values)
            is_whole = True
        except asyncpg.PostgresError:
            is_whole = connection is not None  # the statement was refused; the connection is as good as before
            raise
        finally:
            if connection is None:
                self._pass_on()
            elif is_whole:
                self._give_back(connection)
            else:
                self._end(connection)
        return rows

    async def close(self) -> None:
        self._is_closed = True
        await asyncio.gather(*self._ending)
        for connection in self._idle:
            await connection.close()
        self._idle.clear()

    async def _turn(self) -> None:
        """Take a place among the busy ones, or wait for one; it is handed over, so that no newcomer takes it."""
        if self._busy < self.most:
            self._busy += 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()  # the turn came in the same moment
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._busy -= 1

    async def _connection(self) -> Any:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return await _opened(self.options)

    def _give_back(self, connection: Any) -> None:
        if self._is_closed:
            self._end(connection)
            return
        if not connection.is_closed():
            self._idle.append(connection)
        self._pass_on()

    def _end(self, connection: Any) -> None:
        """Close a connection whose statement may still run; its place is free when the server has stopped it."""

        async def ended() -> None:
            try:
                await connection.close(timeout=CLOSES_WITHIN)
            except Exception:  # noqa: BLE001  (it is gone already, or does not answer)
                connection.terminate()
            finally:
                self._pass_on()

        task = asyncio.create_task(ended())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


async def _opened(options: Mapping[str, Any]) -> Any:
    """Return a new connection, or leave none behind."""
    connection = await asyncpg.connect(**options)
    try:
        await connection.set_type_codec(
            UTF8_TYPE, schema="pg_catalog", encoder=str.encode, decoder=bytes, format="binary"
        )
    except BaseException:
        connection.terminate()
        raise
    return connection


@dataclass(slots=True, eq=False)
class _Job:
    sql: str
    values: Sequence[object]
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Records]
    ends_at: float

    def must_end(self) -> bool:
        """Whether nobody waits for the rows any more, or they take too long."""
        return self.answer.cancelled() or time.monotonic() > self.ends_at


class SqliteReaders:
    """Threads with a connection each: SQLite runs outside the interpreter's lock, so that they use every core.

    A statement ends after `longest` seconds (0: never), or when its caller is cancelled.
    """

    def __init__(self, path: str, *, longest: float = 0.0, threads: int = SQLITE_THREADS) -> None:
        self._path = path
        self._longest = longest or math.inf
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"reader-{n}", daemon=True) for n in range(threads)]
        self._are_started = False

    async def fetch(self, sql: str, values: Sequence[object]) -> Records:
        if not self._are_started:
            self._are_started = True
            for thread in self._threads:
                thread.start()
        loop = asyncio.get_running_loop()
        job = _Job(sql, values, loop, loop.create_future(), time.monotonic() + self._longest)
        self._jobs.put(job)
        return await job.answer

    async def close(self) -> None:
        if not self._are_started:
            return
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _work(self) -> None:
        usual: sqlite3.Connection | None = None
        passing: sqlite3.Connection | None = None
        while (job := self._jobs.get()) is not None:
            if job.answer.cancelled():
                continue
            is_long = len(job.sql) > LONGEST_KEPT
            try:
                if is_long:
                    passing = passing or self._connection(0)
                else:
                    usual = usual or self._connection(KEPT_STATEMENTS)
            except sqlite3.Error as error:  # of a thread that ended nobody would ever hear
                _answer(job, (), error)
                continue
            connection = passing if is_long else usual
            assert connection is not None, "made above"
            _run(job, connection)
        for opened in (usual, passing):
            if opened is not None:
                opened.close()

    def _connection(self, kept_statements: int) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=kept_statements
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA query_only = 1")
        return connection


def _run(job: _Job, connection: sqlite3.Connection) -> None:
    connection.set_progress_handler(job.must_end, STEPS_BETWEEN_LOOKS)
    rows: Records = ()
    error: Exception | None = None
    try:
        rows = connection.execute(job.sql, job.values).fetchall()
    except sqlite3.OperationalError as raised:
        error = StatementTimeout() if job.must_end() else raised
    except Exception as raised:  # noqa: BLE001  (it is raised where the statement was asked for)
        error = raised
    _answer(job, rows, error)


def _answer(job: _Job, rows: Records, error: Exception | None) -> None:
    with suppress(RuntimeError):  # the loop has ended, and with it whoever waited
        job.loop.call_soon_threadsafe(_told, job.answer, rows, error)


def _told(answer: asyncio.Future[Records], rows: Records, error: Exception | None) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(rows)
    else:
        answer.set_exception(error)
