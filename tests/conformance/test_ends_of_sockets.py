"""What ends a working socket from the server's side, as the graphql-ws client meets it and goes on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from boucle.accounts.actions.tokens import create_token, revoke_token
from boucle.accounts.queries import viewer_of
from boucle.api.live.hub import LiveHub
from boucle.api.live.subscribers import TooSlow
from boucle.api.live.wire import SocketWire
from boucle.app import make_app
from boucle.kit.clock import utc_now
from boucle.kit.unit_of_work import unit_of_work
from boucle.settings import Settings, load_settings
from boucle.tickets.actions import comment_ticket
from tests.api.conftest import make_account, token_of
from tests.conformance.follower import Follower, events_in_the_log, new_follower
from tests.conformance.waiting import until
from tests.conformance.web_process import web_process
from tests.factories.accounts import make_viewer
from tests.factories.tickets import make_ticket
from tests.serving import served

QUEUE = 200
COMMENTS = 2_500
# Together more than the buffers of both kernels hold, so that the server feels that nobody reads.
LONG_TEXT = "This customer has a lot to say. " * 250


@dataclass
class Scene:
    """A server whose inside can be looked at, and a follower."""

    hub: LiveHub
    follower: Follower

    @property
    def longest_queue(self) -> int:
        return max((len(each.waiting) for each in self.hub.subscriptions), default=0)

    @property
    def has_overflown(self) -> bool:
        return any(isinstance(each.ended_by, TooSlow) for each in self.hub.subscriptions)


@asynccontextmanager
async def scene(settings: Settings, folder: Path) -> AsyncIterator[Scene]:
    app = make_app(settings)
    async with served(settings, app=app) as boucle:
        token = await token_of(await make_account("ana@boucle.example"))
        yield Scene(app.state.services.hub, await new_follower(boucle.socket_url, token, folder))


@pytest.fixture
def settings(database_url: str, tmp_path) -> Settings:
    return load_settings(database_url=database_url, data_dir=tmp_path, live_queue=QUEUE)


async def write_a_lot(scene: Scene) -> None:
    """Comment at length; the queue of the follower stays within its bound all the while."""
    boss = await make_viewer(user_type="cx_admin")
    ticket = await make_ticket(viewer=boss, now=utc_now())
    for _ in range(COMMENTS // 50):
        async with unit_of_work():
            for _ in range(50):
                await comment_ticket(boss, ticket.id, body=LONG_TEXT, now=utc_now())
        assert scene.longest_queue <= QUEUE


async def note_everything(follower: Follower) -> None:
    expected = await events_in_the_log()
    await until(lambda: follower.count >= len(expected))
    assert follower.events() == expected


async def test_who_stops_reading_is_closed_with_4290_and_resumes(settings, tmp_path, monkeypatch):
    # On a busy machine it takes a while to write so much; cut off, the client would not read the reason.
    monkeypatch.setattr(SocketWire, "closes_within", timedelta(minutes=5))
    async with scene(settings, tmp_path) as now, now.follower.alive(pause_after=1) as life:
        while "paused" not in await life.tells():
            continue
        await write_a_lot(now)
        await until(lambda: now.has_overflown)
        await life.read_on()
        assert await life.until_closed() == (4290, "Too slow: resume by cursor")
        await note_everything(now.follower)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_who_never_reads_again_is_cut_off_and_leaves_nothing_behind(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(SocketWire, "closes_within", timedelta(seconds=0.2))
    async with scene(settings, tmp_path) as now, now.follower.alive(pause_after=1) as life:
        while "paused" not in await life.tells():
            continue
        await write_a_lot(now)
        await until(lambda: now.hub.socket_count == now.hub.subscriber_count == 0)
        await life.read_on()
        code, _ = await life.until_closed()
        assert code == 1006
        await note_everything(now.follower)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_revoked_token_closes_with_4403(settings, tmp_path):
    async with scene(settings, tmp_path) as now:
        bea = await viewer_of(await make_account("bea@boucle.example"))
        created = await create_token(bea.user_id, name="phone", days=None, permissions=None, now=utc_now())
        now.follower.token = created.secret
        async with now.follower.alive() as life:
            assert (await life.tells())["__typename"] == "CaughtUp"
            await revoke_token(bea, created.token.id, now=utc_now())
            assert await life.until_closed() == (4403, "Access revoked")


async def test_a_server_that_stops_says_1012_and_its_successor_goes_on(db, tmp_path):
    token = await token_of(await make_account("ana@boucle.example"))
    boss = await make_viewer(user_type="cx_admin")
    async with web_process(tmp_path, database_url=db, data_dir=str(tmp_path)) as web:
        follower = await new_follower(web.socket_url, token, tmp_path)
        async with follower.alive() as life:
            assert (await life.tells())["__typename"] == "CaughtUp"
            await make_ticket(viewer=boss, now=utc_now())
            await web.stop()
            assert (await life.until_closed())[0] == 1012
            assert web.process.returncode == 0
            await make_ticket(viewer=boss, now=utc_now())
            await web.start()
            await note_everything(follower)
