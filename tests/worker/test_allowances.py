"""Allowances: one bucket for all processes, exact to within a share, and nobody is stopped because Valkey is away."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis

from boucle.kit.allowances import Allowances, Bucket, connect_allowances

BUCKET = Bucket(capacity=2_000, restore_rate=10)


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def valkey(fresh_valkey: str):
    async with Redis.from_url(fresh_valkey) as client:
        yield client


async def drawn(allowances: Allowances, points: int, *, caller: str = "ana") -> int:
    """Draw until refused; return how many points there were."""
    total = 0
    while (await allowances.draw(caller, points)).is_granted:
        total += points
    return total


async def test_two_processes_share_a_bucket(valkey):
    one, two = Allowances(BUCKET, valkey), Allowances(BUCKET, valkey)
    assert (await one.draw("ana", 500)).is_granted
    rest = await drawn(two, 50)
    assert 1_350 <= rest <= 1_500 + 50  # a share of 100 may lie with the other process; some comes back meanwhile
    assert (await two.draw("ben", 2_000)).is_granted


async def test_a_process_asks_valkey_only_when_its_share_is_used_up(valkey):
    allowances = Allowances(BUCKET, valkey)
    before = (await valkey.info("commandstats")).get("cmdstat_evalsha", {}).get("calls", 0)
    for _ in range(50):
        assert (await allowances.draw("ana", 2)).is_granted
    after = (await valkey.info("commandstats"))["cmdstat_evalsha"]["calls"]
    assert after - before <= 2


async def test_what_is_given_back_can_be_drawn_again(valkey):
    allowances = Allowances(BUCKET, valkey)
    assert (await allowances.draw("ana", 2_000)).is_granted
    assert not (await allowances.draw("ana", 1_000)).is_granted
    allowances.give_back("ana", 1_500)
    draw = await allowances.draw("ana", 1_000)
    assert draw.is_granted
    assert 500 <= draw.available <= 520


async def test_a_refusal_says_how_long_to_wait():
    clock = Clock()
    allowances = Allowances(BUCKET, seconds=clock)
    assert await drawn(allowances, 100) == 2_000
    refused = await allowances.draw("ana", 300)
    assert (refused.available, refused.wait) == (0, timedelta(seconds=30))
    clock.now = 29.9
    assert not (await allowances.draw("ana", 300)).is_granted
    clock.now = 30.1
    assert (await allowances.draw("ana", 300)).is_granted


async def test_without_valkey_each_process_counts_for_itself():
    allowances, connection = connect_allowances(BUCKET, "redis://127.0.0.1:1/0")
    assert connection is not None
    assert await drawn(allowances, 100) >= 2_000
    await connection.aclose()


@given(
    draws=st.lists(st.tuples(st.integers(1, 2_000), st.integers(0, 60), st.integers(0, 2_000)), min_size=1, max_size=40)
)
async def test_nobody_gets_more_than_the_bucket_and_what_comes_back(draws):
    clock = Clock()
    allowances = Allowances(BUCKET, seconds=clock)
    used = 0
    for points, seconds, unused in draws:
        clock.now += seconds
        draw = await allowances.draw("ana", points)
        if draw.is_granted:
            allowances.give_back("ana", min(unused, points))
            used += points - min(unused, points)
        assert used <= BUCKET.capacity + clock.now * BUCKET.restore_rate
        assert 0 <= allowances.available("ana") <= BUCKET.capacity
