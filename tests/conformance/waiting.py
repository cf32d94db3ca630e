"""Waiting for what another process, or another task, will bring about."""

import asyncio
from collections.abc import Callable

LOOK_AGAIN_SECONDS = 0.01
PATIENCE = 60.0


async def until(is_so: Callable[[], bool], *, within: float = PATIENCE) -> None:
    """Return as soon as it is so; fail where it never is."""
    async with asyncio.timeout(within):
        while not is_so():  # noqa: ASYNC110  (other processes set no event of ours)
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
