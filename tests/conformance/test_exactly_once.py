"""A client that is killed again and again receives each event once, in order, whatever else dies meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from boucle.kit.embedded_valkey import embedded_valkey
from boucle.kit.valkey import connect_valkey
from tests.api.conftest import make_account, token_of
from tests.conformance.follower import Follower, events_in_the_log, new_follower
from tests.conformance.waiting import until
from tests.conformance.web_process import WebProcess, web_process
from tests.conformance.writing import Writers

SEED = 20


@asynccontextmanager
async def following(db: str, folder: Path, **settings: str) -> AsyncIterator[tuple[WebProcess, Follower]]:
    """A server process on the open database, and a follower that starts at the log's present end."""
    token = await token_of(await make_account("ana@boucle.example"))
    async with web_process(folder, database_url=db, data_dir=str(folder), log_level="warning", **settings) as web:
        yield web, await new_follower(web.socket_url, token, folder)


async def lead_a_life(follower: Follower, random: Random, *, at_most: int) -> None:
    """Be killed at a random moment: after some events, or after some time, maybe before the first of them."""
    wanted = follower.count + random.randint(1, at_most)
    async with follower.alive() as life:
        if random.random() < 0.5:
            await until(lambda: follower.count >= wanted or life.is_over)
        else:
            await asyncio.sleep(random.uniform(0, 0.4))
        assert not life.is_over, await life.tells()


async def live_to_the_end(follower: Follower) -> list[str]:
    """Follow until all that the log has was received, or nothing more comes; return the log."""
    expected = await events_in_the_log()
    async with follower.alive() as life:
        await until(lambda: follower.count >= len(expected) or life.is_over, within=60)
    return expected


async def test_a_client_killed_a_hundred_times_receives_each_event_once_in_order(db, tmp_path):
    random = Random(SEED)
    lives, each = 100, 100
    with embedded_valkey(tmp_path / "valkey") as valkey:
        async with (
            AsyncExitStack() as stack,
            following(db, tmp_path, valkey_url=valkey) as (_, follower),
            asyncio.TaskGroup() as group,
        ):
            await connect_valkey(valkey, stack)
            writers = Writers(lives * each, random)
            writing = group.create_task(writers.write())
            for _ in range(lives):
                await writers.ask_for(each)
                await lead_a_life(follower, random, at_most=each)
            await writing
            log = await live_to_the_end(follower)
    assert len(log) >= lives * each
    assert follower.events() == log


@pytest.mark.parametrize("bell", ["breaks", "is missing"])
async def test_nothing_is_lost_when_the_server_is_killed_and_the_bell(db, tmp_path, bell):
    random = Random(SEED)
    lives, each, deaths_of_the_server, end_of_the_bell = 12, 100, {1, 3, 5}, 6
    async with AsyncExitStack() as stack:
        valkey = stack.enter_context(ExitStack())
        settings = {}
        if bell == "breaks":
            settings["valkey_url"] = valkey.enter_context(embedded_valkey(tmp_path / "valkey"))
            await connect_valkey(settings["valkey_url"], stack)
        web, follower = await stack.enter_async_context(following(db, tmp_path, **settings))
        group = await stack.enter_async_context(asyncio.TaskGroup())
        writers = Writers(lives * each, random)
        writing = group.create_task(writers.write())
        for life in range(lives):
            await writers.ask_for(each)
            living = group.create_task(lead_a_life(follower, random, at_most=each // 2))
            if life in deaths_of_the_server:
                await web.kill()
                await web.start()
            if life == end_of_the_bell:
                valkey.close()
            await living
        await writing
        log = await live_to_the_end(follower)
    assert follower.events() == log
