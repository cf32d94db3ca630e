"""Costly work is done in turn: nobody's crowd keeps others waiting, and a full queue says so at once."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from boucle.kit.fair_threads import Asker, Crowded, FairThreads

CROWD, PASSER_BY = Asker("crowd", is_known=False), Asker("passer-by", is_known=False)
OWNER = Asker("owner", is_known=True)


@asynccontextmanager
async def busy(threads: FairThreads) -> AsyncIterator[None]:
    """Until the block ends, the only thread is occupied."""
    may_end = threading.Event()
    task = asyncio.create_task(threads.run(Asker("first", is_known=True), may_end.wait))
    await asyncio.sleep(0.05)
    yield
    may_end.set()
    await task


async def asked(threads: FairThreads, asker: Asker, work=lambda: None) -> asyncio.Task:
    task = asyncio.create_task(threads.run(asker, work))
    await asyncio.sleep(0)
    return task


async def test_a_crowd_waits_behind_everybody_elses_first():
    threads, done = FairThreads(threads=1, most_waiting=20), []
    async with busy(threads):
        tasks = [await asked(threads, CROWD, lambda n=n: done.append(f"crowd {n}")) for n in range(3)]
        tasks.append(await asked(threads, PASSER_BY, lambda: done.append("passer-by")))
        tasks.append(await asked(threads, OWNER, lambda: done.append("owner")))
    await asyncio.gather(*tasks)
    assert done == ["owner", "crowd 0", "passer-by", "crowd 1", "crowd 2"]


async def test_beyond_its_room_a_crowd_is_refused_at_once_and_makes_room_for_others():
    threads = FairThreads(threads=1, most_waiting=3)
    async with busy(threads):
        crowd = [await asked(threads, CROWD) for _ in range(3)]
        with pytest.raises(Crowded):
            await threads.run(CROWD, lambda: None)
        passer_by = await asked(threads, PASSER_BY)
        with pytest.raises(Crowded):
            await crowd[-1]
    await asyncio.gather(*crowd[:-1], passer_by)


async def test_whoever_has_gone_takes_no_room_and_no_time():
    threads, done = FairThreads(threads=1, most_waiting=1), []
    async with busy(threads):
        gone = await asked(threads, CROWD, lambda: done.append("gone"))
        gone.cancel()
        await asyncio.sleep(0)
        stays = await asked(threads, CROWD, lambda: done.append("stays"))
    await stays
    assert done == ["stays"]


async def test_an_error_of_the_work_is_raised_where_it_was_asked_for():
    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await FairThreads(threads=1, most_waiting=1).run(OWNER, fail)
