"""The reader of the log where something goes wrong: nobody is forgotten, nothing is kept, nobody waits for ever."""

import asyncio
import gc
import weakref
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from unittest.mock import Mock

import httpx
import pytest
from starlette.requests import HTTPConnection
from websockets.exceptions import ConnectionClosed

from boucle.accounts.access import Viewer
from boucle.accounts.actions.tokens import revoke_token
from boucle.api import view
from boucle.api.authentication import Identity, identify
from boucle.api.context import Context
from boucle.api.live import hub as hub_module
from boucle.api.live.feed import FeedTopic
from boucle.api.live.hub import LiveHub
from boucle.api.live.messages import Group, Message, Renderer
from boucle.api.live.opened import LiveStream
from boucle.api.live.rendering import PlainRenderer
from boucle.api.live.subscribers import QueuedSubscription
from boucle.api.live.updates import UpdatesTopic, updates_interest
from boucle.api.live.wire import SocketWire
from boucle.api.services import Services
from boucle.kit.clock import utc_now
from tests.api.conftest import make_account, token_of
from tests.factories.accounts import make_viewer
from tests.live.client import connected
from tests.live.test_feed import FEED, open_ticket

RETENTION = timedelta(days=1)


@dataclass
class Writer:
    """Somebody who waits on a wire."""

    fails: bool = False

    def write_next(self) -> None:
        if self.fails:
            raise LookupError


async def fail_to_tell(*_: object, **__: object) -> dict[Group, list[Message]]:
    raise LookupError


def asker(viewer: Viewer, connection: HTTPConnection) -> Context:
    return Context(cast("Services", None), connection, None, viewer)


class StrangeTopic(UpdatesTopic):
    """A topic that cannot tell who reads the same."""

    def identity(self, renderer: Renderer) -> object:
        raise LookupError(renderer)


async def test_who_cannot_join_leaves_nothing_behind(db):
    hub = LiveHub(retention=RETENTION, now=utc_now)
    topic = StrangeTopic(utc_now)
    viewer = await make_viewer()
    renderer = PlainRenderer(asker(viewer, HTTPConnection({"type": "http"})))
    subscription = QueuedSubscription(10, viewer, renderer, lambda: None)
    with pytest.raises(LookupError):
        hub.join(subscription, topic, "anything")
    assert (hub.subscriber_count, topic.groups) == (0, {})


async def test_events_that_cannot_be_told_do_not_stop_those_that_follow(boucle, monkeypatch):
    token = await token_of(await make_account("ana@boucle.example"))
    monkeypatch.setattr(hub_module, "RETRY_SECONDS", 0.01)
    async with connected(boucle, token) as socket:
        feed = await socket.subscribe(FEED)
        await feed.until("CaughtUp")
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(FeedTopic, "tell", fail_to_tell)
            await open_ticket()
            told = await feed.next()
            assert told["__typename"] == "ResyncRequired"
            assert await feed.is_ended()
        again = await socket.subscribe(FEED, after=told["cursor"])
        await again.until("CaughtUp")
        ticket = await open_ticket()
        assert (await again.next())["ticket"]["key"] == ticket.key


async def test_a_write_that_fails_cuts_the_connection_and_leaves_nobody_waiting():
    wire = SocketWire.__new__(SocketWire)
    wire.writable, wire.transport = asyncio.Event(), Mock()
    wire.waiting = [Writer(), Writer(fails=True), Writer()]
    wire.resume_writing()
    assert wire.waiting == []
    wire.transport.abort.assert_called_once_with()


async def test_what_is_shared_keeps_no_connection(db):
    viewer, connection = await make_viewer(), HTTPConnection({"type": "http"})
    context = asker(viewer, connection)
    kept = [updates_interest(context), LiveStream(context, UpdatesTopic, None, None).asker]
    gone = weakref.ref(connection)
    del context, connection
    gc.collect()
    assert kept
    assert gone() is None


async def _identified_too_early(*given: Any, **named: Any) -> Identity:
    """Read who it is; their access ends, which is told, before the connection is watched."""
    identity = await identify(*given, **named)
    if identity.viewer is not None and named:
        await revoke_token(identity.viewer, identity.viewer.token_id, now=utc_now())
    return identity


async def test_who_lost_access_before_their_socket_was_watched_is_turned_away(boucle, monkeypatch):
    token = await token_of(await make_account("ana@boucle.example"))
    monkeypatch.setattr(view, "identify", _identified_too_early)
    with pytest.raises(ConnectionClosed):
        async with connected(boucle, token):
            pass


async def test_who_lost_access_before_their_stream_was_watched_hears_nothing(boucle, monkeypatch):
    token = await token_of(await make_account("ana@boucle.example"))

    async def too_early(*given: Any) -> Identity:
        identity = await _identified_too_early(*given, authorization=f"Bearer {token}")
        await asyncio.sleep(1.0)  # until the log's reader has passed it
        return identity

    monkeypatch.setattr(view, "identify", too_early)
    headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
    async with httpx.AsyncClient(base_url=boucle.url, headers=headers, timeout=5) as client:
        answer = await client.post("/graphql", json={"query": "subscription { feed { __typename cursor } }"})
    assert "UNAUTHENTICATED" in answer.text
    assert "CaughtUp" not in answer.text
