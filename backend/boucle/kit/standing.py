"""Work beside the requests that goes on as long as the process: it must not end unseen."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from redis.exceptions import RedisError

from boucle.kit.outages import valkey_outage

log = structlog.get_logger(__name__)
AGAIN_AFTER_SECONDS = 0.5


def keep_running(name: str, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
    """Start a task that ends only when it is cancelled: whatever else ends `work` is logged, and it begins anew."""
    return asyncio.create_task(_kept_running(name, work))


async def _kept_running(name: str, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except (RedisError, OSError) as error:
            valkey_outage.goes_on(error, during=name)
        except Exception:
            log.exception("standing_work_failed", name=name)
        await asyncio.sleep(AGAIN_AFTER_SECONDS)
