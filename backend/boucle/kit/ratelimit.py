"""How often something may happen: counted in Valkey for all processes, or in memory for one."""

from datetime import timedelta

import structlog
from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


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
                log.warning("limits_unreachable", error=str(error))
        return await self._local.hit(item, key)

    async def is_full(self, key: str, limit: int, per: timedelta) -> bool:
        """Whether one more hit of this key would be beyond `limit`; counts nothing."""
        item = RateLimitItemPerSecond(limit, max(1, int(per.total_seconds())), namespace="boucle")
        if self._shared is not None:
            try:
                return not await self._shared.test(item, key)
            except (RedisError, OSError) as error:
                log.warning("limits_unreachable", error=str(error))
        return not await self._local.test(item, key)

    async def forget(self, key: str, limit: int, per: timedelta) -> None:
        """Start the count of a key anew, e.g. after a successful sign-in; same arguments as `hit`."""
        item = RateLimitItemPerSecond(limit, max(1, int(per.total_seconds())), namespace="boucle")
        await self._local.clear(item, key)
        if self._shared is not None:
            try:
                await self._shared.clear(item, key)
            except (RedisError, OSError) as error:
                log.warning("limits_unreachable", error=str(error))


def _storage(valkey_url: str) -> RedisStorage:
    return RedisStorage(f"async+{_with_known_scheme(valkey_url)}", implementation="redispy")


def _with_known_scheme(url: str) -> str:
    return url.replace("unix://", "redis+unix://", 1) if url.startswith("unix://") else url
