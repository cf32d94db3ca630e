"""Small messages to all processes that hear at this moment; whoever does not has missed them for ever."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
RECONNECT_AFTER_SECONDS = 0.5
Hearer = Callable[[bytes], None]


class Broadcast:
    """Messages between all processes that share a Valkey; where it is away they are lost."""

    def __init__(self, url: str, channel: str, hear: Hearer) -> None:
        self._redis: Redis = Redis.from_url(url)
        self._channel, self._hear = channel, hear
        self._follower = asyncio.create_task(self._follow())

    async def send(self, message: bytes) -> None:
        """Tell everybody, oneself included."""
        try:
            await self._redis.publish(self._channel, message)
        except (RedisError, OSError) as error:
            log.warning("broadcast_unreachable", error=str(error))

    async def close(self) -> None:
        """Stop hearing."""
        self._follower.cancel()
        with suppress(asyncio.CancelledError):
            await self._follower
        await self._redis.aclose()

    async def _follow(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as channel:
                    await channel.subscribe(self._channel)
                    async for each in channel.listen():
                        if each["type"] == "message":
                            self._hear(each["data"])
            except (RedisError, OSError) as error:
                log.warning("broadcast_lost", error=str(error))
                await asyncio.sleep(RECONNECT_AFTER_SECONDS)
