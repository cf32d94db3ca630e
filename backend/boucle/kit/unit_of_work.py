"""One transaction, with what must happen just before and right after its commit.

Nothing leaves before the commit: mail, jobs and the bell are registered with `after_commit`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from tortoise.transactions import in_transaction

from boucle.kit.database import WRITER, Dialect, dialect
from boucle.kit.work_state import Work, current_work

log = structlog.get_logger(__name__)
Call = Callable[[], Awaitable[None]]


@asynccontextmanager
async def unit_of_work() -> AsyncIterator[Work]:
    """Open a transaction; inside another unit of work, join it."""
    outer = current_work.get()
    if outer is not None:
        yield outer
        return
    work = Work()
    kind = dialect()
    async with in_transaction(WRITER[kind]) as connection:
        if kind is Dialect.SQLITE:
            # Take the write lock first: a transaction that reads before it writes dies with "database is locked".
            await connection.execute_query("UPDATE write_lock SET id = id WHERE 0")
        token = current_work.set(work)
        try:
            yield work
            for call in work.before_commit:
                await call()
            if kind is Dialect.SQLITE:
                # Inside the block, so that it is rolled back where it fails: SQLite keeps a transaction whose commit
                # found the disk full, and the next one would commit it too.
                await connection.commit()
        finally:
            current_work.reset(token)
    await _run_after_commit(work.after_commit)


def after_commit(call: Call) -> None:
    """Run `call` once the transaction is durable, beside others; a failure is logged and repaired by the sweep."""
    _work().after_commit.append(call)


def before_commit(call: Call) -> None:
    """Run `call` as the last thing inside the transaction."""
    _work().before_commit.append(call)


def _work() -> Work:
    work = current_work.get()
    assert work is not None, "outside a unit of work: only actions write, inside `async with unit_of_work()`"
    return work


async def _run_after_commit(calls: list[Call]) -> None:
    await asyncio.gather(*map(_run_alone, calls))


async def _run_alone(call: Call) -> None:
    try:
        await call()
    except Exception:
        log.exception("after_commit_failed")
