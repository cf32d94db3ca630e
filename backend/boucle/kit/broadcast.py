"""Small messages to all processes that hear at this moment; whoever does not has missed them for ever."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from redis.exceptions import RedisError

from boucle.kit.outages import valkey_outage
from boucle.kit.standing import keep_running
from boucle.kit.valkey_pool import client_of

Hearer = Callable[[bytes], None]


class Broadcast:
    """Messages between all processes that share a Valkey; where it is away they are lost."""

    def __init__(self, url: str, channel: str, hear: Hearer) -> None:
        self._redis = client_of(url)
        self._channel, self._hear = channel, hear
        self._follower = keep_running(channel, self._follow)

    async def send(self, message: bytes) -> None:
        """Tell everybody, oneself included."""
        try:
            await self._redis.publish(self._channel, message)
        except (RedisError, OSError) as error:
            valkey_outage.goes_on(error, during="broadcast")

    async def close(self) -> None:
        """Stop hearing."""
        self._follower.cancel()
        with suppress(asyncio.CancelledError):
            await self._follower
        await self._redis.aclose()

    async def _follow(self) -> None:
        async with self._redis.pubsub() as channel:
            await channel.subscribe(self._channel)
            async for each in channel.listen():
                if each["type"] == "message":
                    self._hear(each["data"])
