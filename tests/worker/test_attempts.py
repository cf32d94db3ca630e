"""Attempts are taken before the work, from all limits or none; they come back with time."""

import asyncio
from datetime import timedelta

import pytest

from boucle.kit.attempts import Attempts, Limit, connect_attempts

MINUTE = timedelta(minutes=1)


class Seconds:
    """Time that passes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


async def granted(attempts: Attempts, *limits: Limit, times: int) -> int:
    waits = await asyncio.gather(*(attempts.take(limits) for _ in range(times)))
    return sum(wait is None for wait in waits)


@pytest.fixture(params=["valkey", "alone", "away"])
async def attempts(request, fresh_valkey):
    made = connect_attempts({"valkey": fresh_valkey, "alone": None, "away": "redis://127.0.0.1:1/0"}[request.param])
    yield made
    await made.close()


async def test_of_many_at_once_no_more_are_granted_than_there_are(attempts):
    assert await granted(attempts, Limit("ana", 5, MINUTE), times=50) == 5
    wait = await attempts.take([Limit("ana", 5, MINUTE)])
    assert timedelta(seconds=50) < wait <= MINUTE


async def test_an_attempt_is_taken_from_all_limits_or_from_none(attempts):
    narrow, wide = Limit("ana", 1, MINUTE), Limit("office", 3, MINUTE)
    assert await granted(attempts, narrow, wide, times=10) == 1
    assert await granted(attempts, wide, times=10) == 2


async def test_what_is_given_back_or_forgotten_can_be_taken_again(attempts):
    limit = Limit("ana", 2, MINUTE)
    assert await granted(attempts, limit, times=3) == 2
    await attempts.give_back([limit])
    assert await granted(attempts, limit, times=3) == 1
    await attempts.forget([limit])
    assert await granted(attempts, limit, times=3) == 2


async def test_two_processes_of_one_valkey_share_the_attempts(fresh_valkey):
    one, other = connect_attempts(fresh_valkey), connect_attempts(fresh_valkey)
    limit = Limit("ana", 5, MINUTE)
    assert await granted(one, limit, times=3) + await granted(other, limit, times=9) == 5
    await one.close()
    await other.close()


async def test_one_attempt_comes_back_each_time_and_never_more_than_there_were():
    seconds = Seconds()
    attempts, limit = Attempts(seconds=seconds), Limit("ana", 2, MINUTE)
    assert await granted(attempts, limit, times=3) == 2
    seconds.now += 61
    assert await granted(attempts, limit, times=3) == 1
    seconds.now += 3600
    assert await granted(attempts, limit, times=5) == 2
