"""The longest that one operation may take."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def read_within(seconds: float, call: Coroutine[Any, Any, T]) -> T:
    """Return what `call` returns; end it and raise `TimeoutError` where that takes longer."""
    async with asyncio.timeout(seconds or None):
        return await call


async def written_within(seconds: float, call: Coroutine[Any, Any, T]) -> T:
    """The same for what writes: the client is told in time, even while the database lets a transaction wait."""
    task = asyncio.create_task(call)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds or None)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if done:
        return task.result()
    task.cancel()  # its transaction is rolled back as soon as the database lets go of it
    raise TimeoutError
