"""Limits hold across processes through Valkey, and per process without it."""

from datetime import timedelta

import pytest

from boucle.kit.ratelimit import Limiter

HOUR = timedelta(hours=1)


async def allowed(limiter: Limiter, key: str, times: int) -> list[bool]:
    return [await limiter.hit(key, 2, HOUR) for _ in range(times)]


async def test_a_limit_is_shared_by_all_processes_of_one_valkey(fresh_valkey):
    one, other = Limiter(fresh_valkey), Limiter(fresh_valkey)
    assert await allowed(one, "ana", 1) == [True]
    assert await allowed(other, "ana", 2) == [True, False]
    assert await allowed(one, "ana", 1) == [False]
    assert await allowed(one, "zoé", 1) == [True]


@pytest.mark.parametrize("url", [None, "redis://127.0.0.1:1/0"])
async def test_without_valkey_a_limit_holds_within_the_process(url):
    limiter = Limiter(url)
    assert await allowed(limiter, "ana", 3) == [True, True, False]
