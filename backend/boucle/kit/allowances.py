"""How much each caller may use: a bucket per caller that fills up by the second, shared by all processes.

A process takes a share of a bucket from Valkey, and counts in memory until that is used up or old: a caller may so be
refused, or served, one share too early. While Valkey is away each process keeps buckets of its own.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from boucle.kit.outages import valkey_outage
from boucle.kit.valkey_pool import client_of

SHARES = 20
SHARE_AGE = timedelta(seconds=2)
WITHOUT_VALKEY = timedelta(seconds=5)
ANSWER_WITHIN = timedelta(seconds=1)
MOST_CALLERS = 10_000
PREFIX = "boucle:allowance:"
# The clock is Valkey's, so that processes with different clocks agree.
EXCHANGE = """
local capacity, rate = tonumber(ARGV[1]), tonumber(ARGV[2])
local back, need, share = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = capacity
if kept[1] then
  left = math.min(capacity, tonumber(kept[1]) + math.max(0, now - tonumber(kept[2])) * rate)
end
left = math.min(capacity, left + back)
local granted = 0
if left >= need then granted = math.floor(math.min(left, math.max(need, share))) end
left = left - granted
redis.call('HSET', KEYS[1], 'left', string.format('%.3f', left), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - left) / rate * 1000) + 1000)
return {granted, math.floor(left)}
"""


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many points fit into it, and how many come back in each second."""

    capacity: int
    restore_rate: int

    @property
    def share(self) -> int:
        """What a process takes at a time."""
        return self.capacity // SHARES


@dataclass(frozen=True, slots=True)
class Draw:
    """Whether the points were there; how many are left now; if not, how long until they are."""

    is_granted: bool
    available: int
    wait: timedelta = timedelta()


@dataclass(slots=True)
class _Share:
    """Points of one caller that this process may hand out, and what was left in the bucket at a moment."""

    points: int
    left: float
    at: float


@dataclass(slots=True)
class _Level:
    left: float
    at: float


class Allowances:
    """The buckets of all callers. `seconds` tells passing time."""

    def __init__(
        self, bucket: Bucket, valkey: Redis | None = None, *, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self.bucket = bucket
        self._exchange = cast("Callable[..., Awaitable[Any]]", valkey.register_script(EXCHANGE)) if valkey else None
        self._seconds = seconds
        self._shares: dict[str, _Share] = {}
        self._levels: dict[str, _Level] = {}
        self._is_away_until = float("-inf")

    async def draw(self, caller: str, points: int) -> Draw:
        """Take points out of the caller's bucket, all or none."""
        share = self._shares.get(caller)
        if share is None or share.points < points or self._seconds() - share.at > SHARE_AGE.total_seconds():
            share = await self._renewed(caller, points)
        if share.points < points:
            available = self.available(caller)
            wait = timedelta(seconds=max(0, points - available) / self.bucket.restore_rate)
            return Draw(is_granted=False, available=available, wait=wait)
        share.points -= points
        return Draw(is_granted=True, available=self.available(caller))

    def give_back(self, caller: str, points: int) -> None:
        """Put back points that were drawn and not used."""
        if (share := self._shares.get(caller)) is not None:
            share.points += points

    def available(self, caller: str) -> int:
        """Return about how many points are left, as far as this process knows."""
        share = self._shares.get(caller)
        if share is None:
            return self.bucket.capacity
        left = share.left + (self._seconds() - share.at) * self.bucket.restore_rate
        return min(self.bucket.capacity, share.points + int(left))

    async def _renewed(self, caller: str, need: int) -> _Share:
        """Change what is left of the caller's share for a new one that has the points, if they are there."""
        if len(self._shares) >= MOST_CALLERS:
            self._shares.clear()  # what is forgotten fills up again by itself
        share = self._shares.setdefault(caller, _Share(0, 0, self._seconds()))
        # While Valkey is asked, others must not hand out what is given back.
        back, share.points = share.points, 0
        granted, left = await self._exchanged(caller, back, need)
        share.points += granted
        share.left, share.at = left, self._seconds()
        return share

    async def _exchanged(self, caller: str, back: int, need: int) -> tuple[int, float]:
        bucket = self.bucket
        if self._exchange is not None and self._seconds() >= self._is_away_until:
            given = [bucket.capacity, bucket.restore_rate, back, need, bucket.share]
            try:
                granted, left = await self._exchange(keys=[PREFIX + caller], args=given)
                return int(granted), float(left)
            except (RedisError, OSError) as error:
                self._is_away_until = self._seconds() + WITHOUT_VALKEY.total_seconds()
                valkey_outage.goes_on(error, during="allowances")
        return self._exchanged_here(caller, back, need)

    def _exchanged_here(self, caller: str, back: int, need: int) -> tuple[int, float]:
        """The same as `EXCHANGE`, for this process alone."""
        if len(self._levels) >= MOST_CALLERS:
            self._levels.clear()
        now, bucket = self._seconds(), self.bucket
        level = self._levels.setdefault(caller, _Level(bucket.capacity, now))
        level.left = min(bucket.capacity, level.left + (now - level.at) * bucket.restore_rate + back)
        level.at = now
        granted = int(min(level.left, max(need, bucket.share))) if level.left >= need else 0
        level.left -= granted
        return granted, level.left


def connect_allowances(bucket: Bucket, valkey_url: str | None) -> tuple[Allowances, Redis | None]:
    """Return the buckets behind a Valkey, or of this process alone, and the connection to close at the end."""
    if valkey_url is None:
        return Allowances(bucket), None
    valkey = client_of(valkey_url, answers_within=ANSWER_WITHIN.total_seconds())
    return Allowances(bucket, valkey), valkey
