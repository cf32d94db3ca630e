"""Signs of life of the workers: a key in Valkey per process, gone soon after the process is."""

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

from redis.asyncio import Redis

PREFIX = "boucle:worker:"
LIFETIME = timedelta(seconds=30)
INTERVAL = timedelta(seconds=5)  # a Valkey that starts anew has forgotten the last one


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A worker process that lived at this moment."""

    host: str
    pid: int
    at: datetime


def own_key() -> str:
    """Return the key of this process."""
    return f"{PREFIX}{socket.gethostname()}:{os.getpid()}"


async def beat(redis: Redis, *, now: datetime) -> None:
    """Say that this process lives."""
    await redis.set(own_key(), now.isoformat(), ex=LIFETIME)


async def stop_beating(redis: Redis) -> None:
    """Say that this process ends."""
    await redis.delete(own_key())


async def heartbeats(redis: Redis) -> list[Heartbeat]:
    """Return the workers that live, by host and process."""
    keys = [key async for key in redis.scan_iter(match=f"{PREFIX}*", count=100)]
    values = await redis.mget(keys) if keys else []
    pairs = zip(keys, values, strict=True)
    found = [_heartbeat(key.decode(), value.decode()) for key, value in pairs if value is not None]
    return sorted(found, key=lambda each: (each.host, each.pid))


def _heartbeat(key: str, value: str) -> Heartbeat:
    host, _, pid = key.removeprefix(PREFIX).rpartition(":")
    return Heartbeat(host, int(pid), datetime.fromisoformat(value))
