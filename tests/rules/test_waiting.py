"""A wait ends when it is told to, whatever else happens in that moment."""

import asyncio

import pytest

from boucle.kit.waiting import is_set_within


async def test_it_says_whether_the_event_came():
    event = asyncio.Event()
    assert not await is_set_within(event, 0.01)
    event.set()
    assert await is_set_within(event, 0.01)


@pytest.mark.parametrize("turns", range(5))
async def test_a_loop_that_is_cancelled_as_the_event_comes_ends(turns):
    event = asyncio.Event()

    async def listen() -> None:
        while True:
            await is_set_within(event, 60)
            event.clear()

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0.01)
    event.set()
    for _ in range(turns):
        await asyncio.sleep(0)
    listening.cancel()
    done, _ = await asyncio.wait({listening}, timeout=5)
    assert done == {listening}
    assert listening.cancelled()
