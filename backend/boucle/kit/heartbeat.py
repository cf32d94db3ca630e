"""Signs of life of the workers: a key in Valkey per process, gone soon after the process is."""

import os
import socket
from datetime import datetime, timedelta

from redis.asyncio import Redis

PREFIX = "boucle:worker:"
LIFETIME = timedelta(seconds=30)
INTERVAL = timedelta(seconds=10)


def own_key() -> str:
    """Return the key of this process."""
    return f"{PREFIX}{socket.gethostname()}:{os.getpid()}"


async def beat(redis: Redis, *, now: datetime) -> None:
    """Say that this process lives."""
    await redis.set(own_key(), now.isoformat(), ex=LIFETIME)


async def stop_beating(redis: Redis) -> None:
    """Say that this process ends."""
    await redis.delete(own_key())


async def read_heartbeats(url: str) -> dict[str, datetime]:
    """Return when each living worker (`host:pid`) was last seen; raise `RedisError` or `OSError` without Valkey."""
    async with Redis.from_url(url) as redis:
        keys = [key async for key in redis.scan_iter(match=f"{PREFIX}*", count=100)]
        values = await redis.mget(keys) if keys else []
    return {
        key.decode().removeprefix(PREFIX): datetime.fromisoformat(value.decode())
        for key, value in zip(keys, values, strict=True)
        if value is not None
    }
