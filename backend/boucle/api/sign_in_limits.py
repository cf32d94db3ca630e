"""Slowing down whoever guesses passwords: after five failures, one attempt every twenty seconds."""

from collections.abc import Sequence
from datetime import timedelta

from boucle.kit.errors import RateLimited
from boucle.kit.ratelimit import Limiter

FAILURES = 5
WITHIN = timedelta(minutes=15)
THEN_ONE_PER = timedelta(seconds=20)


async def allow_attempt(limiter: Limiter, keys: Sequence[str]) -> None:
    """Raise `RateLimited` where one of the keys (account, address) has failed too often of late."""
    for key in keys:
        if await limiter.is_full(f"failures:{key}", FAILURES, WITHIN) and not await limiter.hit(
            f"slow:{key}", 1, THEN_ONE_PER
        ):
            seconds = int(THEN_ONE_PER.total_seconds())
            raise RateLimited("Too many wrong passwords. Wait {seconds} seconds and try again.", seconds=seconds)


async def note_failure(limiter: Limiter, keys: Sequence[str]) -> None:
    """Count one failure for each key."""
    for key in keys:
        await limiter.hit(f"failures:{key}", FAILURES, WITHIN)


async def forget_failures(limiter: Limiter, keys: Sequence[str]) -> None:
    """Start anew after a success."""
    for key in keys:
        await limiter.forget(f"failures:{key}", FAILURES, WITHIN)
