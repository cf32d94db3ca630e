"""How often something may happen: counted in Valkey for all processes, or in memory for one."""

from datetime import timedelta
from typing import Any

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError

from boucle.kit.outages import valkey_outage
from boucle.kit.valkey_pool import pool_of


class Limiter:
    """Counts hits by key in windows of a fixed length.

    While Valkey is away each process counts for itself: a limit then holds per process instead of not at all.
    """

    def __init__(self, valkey_url: str | None = None) -> None:
        self._local = FixedWindowRateLimiter(MemoryStorage())
        self._shared = FixedWindowRateLimiter(_storage(valkey_url)) if valkey_url else None

    async def hit(self, key: str, limit: int, per: timedelta) -> bool:
        """Count one more; return whether it is still within `limit` hits of this key in the running window."""
        item = RateLimitItemPerSecond(limit, max(1, int(per.total_seconds())), namespace="boucle")
        if self._shared is not None:
            try:
                return await self._shared.hit(item, key)
            except (RedisError, OSError) as error:
                valkey_outage.goes_on(error, during="limits")
        return await self._local.hit(item, key)


def _storage(valkey_url: str) -> RedisStorage:
    url = f"async+{_with_known_scheme(valkey_url)}"
    pool: Any = pool_of(valkey_url)  # its options are typed as numbers and texts
    return RedisStorage(url, implementation="redispy", connection_pool=pool)


def _with_known_scheme(url: str) -> str:
    return url.replace("unix://", "redis+unix://", 1) if url.startswith("unix://") else url
