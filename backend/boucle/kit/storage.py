"""What is wrong with the database itself: full, busy or away, which no caller can help; and whether it takes writes."""

import asyncio
import errno
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import assert_never

from asyncpg import (
    DiskFullError,
    InsufficientResourcesError,
    InvalidAuthorizationSpecificationError,
    InvalidCatalogNameError,
    ObjectNotInPrerequisiteStateError,
    OperatorInterventionError,
)

from boucle.kit.database import execute, is_out_of_reach, is_out_of_time, placeholders
from boucle.kit.outages import Outage
from boucle.kit.phrases import Phrase
from boucle.kit.unit_of_work import unit_of_work

TRIED_EVERY = timedelta(seconds=5)
WAITS_FOR_ANSWER = timedelta(seconds=1)
STUCK_AFTER = timedelta(seconds=30)
database_outage = Outage("database")


class Trouble(StrEnum):
    """Why the database cannot do now what may succeed later."""

    FULL = "full"
    BUSY = "busy"
    AWAY = "away"


# Why PostgreSQL takes no connection; no statement of ours ends so.
_REFUSED = (InvalidAuthorizationSpecificationError, InvalidCatalogNameError, ObjectNotInPrerequisiteStateError)
# The last byte of SQLite's codes; the rest says more of the same.
_SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_IOERR: Trouble.FULL,  # the log beside the database cannot grow
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_READONLY: Trouble.AWAY,
    sqlite3.SQLITE_CANTOPEN: Trouble.AWAY,
}


def trouble_of(error: BaseException) -> Trouble | None:
    """Return what is wrong with the database where that caused the error; `None`: it is an error of another kind."""
    return next((found for each in _causes(error) if (found := _trouble(each)) is not None), None)


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _trouble(error: BaseException) -> Trouble | None:
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(error, DiskFullError) or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        return Trouble.FULL
    if isinstance(error, InsufficientResourcesError):
        return Trouble.BUSY
    if isinstance(error, OperatorInterventionError) and not is_out_of_time(error):
        return Trouble.AWAY
    is_away = isinstance(error, _REFUSED) or (isinstance(error, Exception) and is_out_of_reach(error))
    return Trouble.AWAY if is_away else None


def note_trouble(error: BaseException, *, during: str) -> Trouble | None:
    """Return the same; where it is the database, the log is told, once for many."""
    trouble = trouble_of(error)
    if trouble is not None:
        database_outage.goes_on(error, during=during)
    return trouble


def explained(trouble: Trouble) -> Phrase:
    """Return the state and the way out, for whoever asked."""
    match trouble:
        case Trouble.FULL:
            return Phrase("The disk of the server is full, nothing was stored. Try again once there is room.")
        case Trouble.BUSY:
            return Phrase("The database is busy, nothing was stored. Try again in a few seconds.")
        case Trouble.AWAY:
            return Phrase("The database cannot be reached at this moment. Try again in a few seconds.")
        case _:
            assert_never(trouble)


@dataclass(slots=True)
class WriteProbe:
    """Whether the database takes writes: a row is written and taken out again, at most every few seconds."""

    seconds: Callable[[], float] = time.monotonic
    _found: str = "ok"
    _tried_at: float = float("-inf")
    _trying: asyncio.Task[None] | None = field(default=None)

    async def state(self) -> str:
        """Return `ok`, or what is wrong. Does not wait for others' long writes, unless they take very long."""
        now = self.seconds()
        if self._trying is None and now - self._tried_at >= TRIED_EVERY.total_seconds():
            self._tried_at = now
            self._trying = asyncio.create_task(self._try())
        if self._trying is not None:
            await asyncio.wait({self._trying}, timeout=WAITS_FOR_ANSWER.total_seconds())
        if self._trying is not None and now - self._tried_at > STUCK_AFTER.total_seconds():
            return f"writes have been waiting for {now - self._tried_at:.0f} s"
        return self._found

    async def _try(self) -> None:
        try:
            await _write_and_remove()
        except Exception as error:  # noqa: BLE001  (whatever it is, the answer is that it does not write)
            note_trouble(error, during="readyz")
            self._found = f"{trouble_of(error) or 'broken'}: {error}"
        else:
            database_outage.is_over()
            self._found = "ok"
        finally:
            self._trying = None


async def _write_and_remove() -> None:
    [mark] = placeholders(1)
    number = secrets.randbelow(2**31)
    async with unit_of_work():
        await execute(f"INSERT INTO write_lock (id) VALUES ({mark})", [number])  # noqa: S608  (a mark)
        await execute(f"DELETE FROM write_lock WHERE id = {mark}", [number])  # noqa: S608
