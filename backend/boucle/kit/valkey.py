"""Connecting a process to Valkey: its bell and its queue."""

from contextlib import AsyncExitStack
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.exceptions import RedisError

from boucle.kit.bus import ValkeyBell, install_bell
from boucle.kit.heartbeat import Heartbeat, heartbeats
from boucle.kit.jobs import ArqQueue, install_queue, open_pool
from boucle.kit.valkey_pool import client_of


async def connect_valkey(url: str, stack: AsyncExitStack) -> None:
    """Install the bell and the queue that all processes of this Valkey share; `stack` closes them again."""
    redis = client_of(url)
    stack.push_async_callback(redis.aclose)
    bell = ValkeyBell(redis)
    install_bell(bell)
    stack.push_async_callback(bell.close)
    pool = open_pool(url)
    stack.push_async_callback(pool.aclose)
    install_queue(ArqQueue(pool))


class ValkeyUnreachable(Exception):
    """No answer from the server behind the URL; the message says why."""


async def living_workers(url: str) -> list[Heartbeat]:
    """Return the signs of life of the workers; raise `ValkeyUnreachable` where nobody can be asked."""
    try:
        async with Redis.from_url(url) as redis:
            return await heartbeats(redis)
    except (RedisError, OSError) as error:
        raise ValkeyUnreachable(f"{without_password(url)} cannot be reached ({error})") from error


def without_password(url: str) -> str:
    """Return the URL as it may be shown."""
    password = urlsplit(url).password
    return url.replace(f":{password}@", ":…@") if password else url
