"""The bell: tells other processes that the log has grown. It carries no data; losing it costs latency only."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from boucle.kit.outages import valkey_outage
from boucle.kit.standing import keep_running
from boucle.kit.waiting import is_set_within

CHANNEL = "boucle:bell"


class Bell(Protocol):
    """Something that can be rung and listened to."""

    async def ring(self) -> None:
        """Wake every listener."""

    def listen(self, *, at_least_every: float) -> AsyncIterator[None]:
        """Yield after each ring, and after that many seconds of silence."""


class LocalBell:
    """A bell within one process: tests, commands, and a process without Valkey."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()

    async def ring(self) -> None:
        for waiting in self._waiting:
            waiting.set()

    async def listen(self, *, at_least_every: float) -> AsyncIterator[None]:
        rung = asyncio.Event()
        self._waiting.add(rung)
        try:
            while True:
                await is_set_within(rung, at_least_every)
                rung.clear()
                yield
        finally:
            self._waiting.discard(rung)


class ValkeyBell(LocalBell):
    """A bell for all processes that share a Valkey; it goes on ringing locally while Valkey is away."""

    def __init__(self, redis: Redis) -> None:
        super().__init__()
        self._redis = redis
        self._follower: asyncio.Task[None] | None = None

    async def ring(self) -> None:
        await super().ring()
        try:
            await self._redis.publish(CHANNEL, b"")
        except (RedisError, OSError) as error:
            valkey_outage.goes_on(error, during="bell")

    async def listen(self, *, at_least_every: float) -> AsyncIterator[None]:
        if self._follower is None:
            self._follower = keep_running("bell", self._follow)
        async for _ in super().listen(at_least_every=at_least_every):
            yield

    async def close(self) -> None:
        """Stop following the channel."""
        if self._follower is not None:
            self._follower.cancel()
            with suppress(asyncio.CancelledError):
                await self._follower

    async def _follow(self) -> None:
        async with self._redis.pubsub() as channel:
            await channel.subscribe(CHANNEL)
            valkey_outage.is_over()
            await super().ring()  # whatever was rung while nobody followed
            async for _ in channel.listen():
                await super().ring()


class _Installed:
    bell: Bell = LocalBell()


def install_bell(bell: Bell) -> None:
    """Choose the bell of this process; composition roots call it."""
    _Installed.bell = bell


def installed_bell() -> Bell:
    """Return the bell of this process."""
    return _Installed.bell


async def ring() -> None:
    """Tell every process that the log has grown."""
    await _Installed.bell.ring()
