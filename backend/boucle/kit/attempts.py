"""How often something may be tried: counted in each process, and in Valkey for all of them together.

An attempt is taken before the work that it bounds, from all of its limits at once or from none: what is only counted
afterwards does not hold against those who try at the same time.
"""

import math
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from boucle.kit.outages import valkey_outage
from boucle.kit.valkey_pool import client_of

ANSWER_WITHIN = timedelta(seconds=1)
WITHOUT_VALKEY = timedelta(seconds=5)
PRUNED_AT = 10_000
PREFIX = "boucle:attempts:"
# The clock is Valkey's, so that processes with different clocks agree. Returns the seconds to wait; 0: taken.
TAKE = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local wait, left = 0, {}
for i, key in ipairs(KEYS) do
  local most, every = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local kept = redis.call('HMGET', key, 'left', 'at')
  left[i] = most
  if kept[1] then
    left[i] = math.min(most, tonumber(kept[1]) + math.max(0, now - tonumber(kept[2])) / every)
  end
  if left[i] < 1 then wait = math.max(wait, (1 - left[i]) * every) end
end
if wait > 0 then return math.ceil(wait) end
for i, key in ipairs(KEYS) do
  local most, every = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  redis.call('HSET', key, 'left', string.format('%.6f', left[i] - 1), 'at', string.format('%.6f', now))
  redis.call('PEXPIRE', key, math.ceil((most - left[i] + 1) * every * 1000) + 1000)
end
return 0
"""
GIVE_BACK = """
for _, key in ipairs(KEYS) do
  if redis.call('EXISTS', key) == 1 then redis.call('HINCRBYFLOAT', key, 'left', 1) end
end
"""
Script = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts at once, and one more each time that `one_back_every` has passed."""

    key: str
    most: int
    one_back_every: timedelta

    @property
    def seconds(self) -> float:
        """How long one attempt takes to come back."""
        return self.one_back_every.total_seconds()


@dataclass(slots=True)
class _Level:
    left: float
    at: float
    full_at: float


class Attempts:
    """The attempts that are left under each key. `seconds` tells passing time."""

    def __init__(self, valkey: Redis | None = None, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._valkey = valkey
        self._take = cast("Script", valkey.register_script(TAKE)) if valkey else None
        self._give_back = cast("Script", valkey.register_script(GIVE_BACK)) if valkey else None
        self._seconds = seconds
        self._levels: dict[str, _Level] = {}
        self._is_away_until = float("-inf")

    async def take(self, limits: Sequence[Limit]) -> timedelta | None:
        """Take one attempt from all of them and return `None`, or take none and return how long to wait."""
        # Here as well as there: whoever could make Valkey fail in between would else get twice as many.
        wait = self._take_here(limits)
        if wait is None:
            wait = await self._take_there(limits)
            if wait is not None:
                self._give_back_here(limits)
        return wait

    async def _take_there(self, limits: Sequence[Limit]) -> timedelta | None:
        if self._take is None or self._seconds() < self._is_away_until:
            return None
        numbers = [number for limit in limits for number in (limit.most, limit.seconds)]
        try:
            wait = int(await self._take(keys=_keys(limits), args=numbers))
        except (RedisError, OSError) as error:
            self._is_away_until = self._seconds() + WITHOUT_VALKEY.total_seconds()
            valkey_outage.goes_on(error, during="attempts")
            return None
        return timedelta(seconds=wait) if wait else None

    async def give_back(self, limits: Sequence[Limit]) -> None:
        """Put back an attempt that was taken from each and is not to count."""
        self._give_back_here(limits)
        if self._give_back is not None and limits:
            await self._tell(self._give_back(keys=_keys(limits)))

    def _give_back_here(self, limits: Sequence[Limit]) -> None:
        for limit in limits:
            if (level := self._levels.get(limit.key)) is not None:
                level.left = min(limit.most, level.left + 1)

    async def forget(self, limits: Sequence[Limit]) -> None:
        """Start anew with all attempts."""
        for limit in limits:
            self._levels.pop(limit.key, None)
        if self._valkey is not None:
            await self._tell(self._valkey.delete(*_keys(limits)))

    async def close(self) -> None:
        """Close the connection to Valkey."""
        if self._valkey is not None:
            await self._valkey.aclose()

    async def _tell(self, call: Awaitable[Any]) -> None:
        try:
            await call
        except (RedisError, OSError) as error:
            valkey_outage.goes_on(error, during="attempts")

    def _take_here(self, limits: Sequence[Limit]) -> timedelta | None:
        """The same as `TAKE`, for this process alone."""
        now = self._seconds()
        left = [self._left(limit, now) for limit in limits]
        wait = max((1 - each) * limit.seconds for each, limit in zip(left, limits, strict=True))
        if wait > 0:
            return timedelta(seconds=math.ceil(wait))
        if len(self._levels) >= PRUNED_AT:  # only attempts that were granted are kept, and only until they are back
            self._levels = {key: level for key, level in self._levels.items() if level.full_at > now}
        for each, limit in zip(left, limits, strict=True):
            full_at = now + (limit.most - each + 1) * limit.seconds
            self._levels[limit.key] = _Level(each - 1, now, full_at)
        return None

    def _left(self, limit: Limit, now: float) -> float:
        level = self._levels.get(limit.key)
        return limit.most if level is None else min(limit.most, level.left + (now - level.at) / limit.seconds)


def _keys(limits: Sequence[Limit]) -> list[str]:
    return [PREFIX + limit.key for limit in limits]


def connect_attempts(valkey_url: str | None) -> Attempts:
    """Return the attempts behind a Valkey, or of this process alone."""
    if valkey_url is None:
        return Attempts()
    return Attempts(client_of(valkey_url, answers_within=ANSWER_WITHIN.total_seconds()))
