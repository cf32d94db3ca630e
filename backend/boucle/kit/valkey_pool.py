"""Connections to Valkey, a few for each purpose: one for each request would use up the files of the process."""

from redis.asyncio import BlockingConnectionPool, Redis

MOST_CONNECTIONS = 32
WAITS_SECONDS = 5.0


def pool_of(url: str, *, answers_within: float | None = None) -> BlockingConnectionPool:
    """Return a pool that lets one wait a moment for a free connection; it connects when first used."""
    return BlockingConnectionPool.from_url(
        url,
        max_connections=MOST_CONNECTIONS,
        timeout=WAITS_SECONDS,
        socket_timeout=answers_within,
        socket_connect_timeout=answers_within,
    )


def client_of(url: str, *, answers_within: float | None = None) -> Redis:
    """Return a client that closes its own pool."""
    return Redis.from_pool(pool_of(url, answers_within=answers_within))
