"""Same key and same input give the first result; same key and other input are refused."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from boucle.kit.database import lock_name
from boucle.kit.errors import IdempotencyMismatch
from boucle.kit.models import IdempotencyKey
from boucle.kit.unit_of_work import unit_of_work

KEPT_FOR = timedelta(hours=24)
LONGEST_KEY = 200  # longer ones are known by their digest


@dataclass(frozen=True, slots=True)
class Done:
    """The id of what an act made, now or when it was first asked for."""

    number: int
    is_repeat: bool


def hash_input(value: object) -> str:
    """Return a digest of any JSON-like input, independent of key order. It keeps no secret: leave those out."""
    packed = orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=str)
    return hashlib.sha256(packed).hexdigest()


async def once(scope: str, key: str | None, *, given: object, now: datetime, act: Callable[[], Awaitable[int]]) -> Done:
    """Run `act`, which returns the id of what it made, or return the id it made before under this key, of any length.

    Raises `IdempotencyMismatch` where the key came with another input within the last 24 hours.
    """
    if key is None:
        return Done(await act(), is_repeat=False)
    async with unit_of_work():
        stored = _stored(key)
        await lock_name(f"idempotency:{scope}:{stored}")
        known = await IdempotencyKey.get_or_none(scope=scope, key=stored)
        digest = hash_input(given)
        if known is not None and known.created_at > now - KEPT_FOR:
            if known.input_hash != digest:
                raise IdempotencyMismatch(
                    "The idempotency key '{key}' was used before with another input. Send a new key.",
                    field="idempotencyKey",
                    key=key[:LONGEST_KEY],
                )
            return Done(int(known.result_id), is_repeat=True)
        result = await act()
        await IdempotencyKey.filter(scope=scope, key=stored).delete()
        await IdempotencyKey.create(scope=scope, key=stored, input_hash=digest, result_id=result, created_at=now)
        return Done(result, is_repeat=False)


def _stored(key: str) -> str:
    return key if len(key) <= LONGEST_KEY else f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


async def forget_old_keys(now: datetime) -> int:
    """Delete keys older than they are promised to be kept; return how many."""
    async with unit_of_work():
        return await IdempotencyKey.filter(created_at__lt=now - KEPT_FOR).delete()
