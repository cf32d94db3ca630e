"""The same operations over graphql-sse, where a proxy breaks sockets."""

import asyncio
import json
from asyncio import StreamReader
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from boucle.accounts.actions.tokens import create_token, revoke_token
from boucle.accounts.queries import viewer_of
from boucle.api.live.wire import HttpWire
from boucle.app import make_app
from boucle.kit.clock import utc_now
from boucle.settings import Settings, load_settings
from tests.api.conftest import make_account, token_of
from tests.conformance.follower import Life
from tests.conformance.node import lines_of, node
from tests.conformance.test_ends_of_sockets import QUEUE, Scene, write_a_lot
from tests.conformance.waiting import until
from tests.factories.tickets import make_ticket
from tests.live.test_feed import FEED
from tests.serving import Boucle, served

SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # a protocol knows no database
LIVE_CURSOR = "{ liveCursor }"
CAUGHT_UP = "CaughtUp"


async def streamed(boucle: Boucle, token: str, query: str, **variables: Any) -> list[dict[str, Any]]:
    return await lines_of("sse.mjs", f"{boucle.url}/graphql", token, query, json.dumps(variables))


async def some_of_feed(boucle: Boucle, token: str, cursor: str, *, how_many: int) -> list[dict[str, Any]]:
    """The first messages of the feed after a cursor; then the client leaves."""
    lines = await lines_of(
        "sse.mjs", f"{boucle.url}/graphql", token, FEED, json.dumps({"after": cursor}), str(how_many)
    )
    return [line["data"]["feed"] for line in lines[:-1]]


async def test_the_feed_streams_and_resumes(boucle, token):
    cursor = (await streamed(boucle, token, LIVE_CURSOR))[0]["data"]["liveCursor"]
    made = [(await make_ticket(now=utc_now())).key for _ in range(5)]
    first = await some_of_feed(boucle, token, cursor, how_many=2)
    second = await some_of_feed(boucle, token, first[-1]["cursor"], how_many=4)
    assert [message["ticket"]["key"] for message in [*first, *second[:-1]]] == made
    assert second[-1]["__typename"] == CAUGHT_UP


@SQLITE
async def test_what_happens_later_comes_too(boucle, token):
    async with node("sse.mjs", f"{boucle.url}/graphql", token, FEED) as process:
        life = Life(process)
        assert (await life.tells())["data"]["feed"]["__typename"] == CAUGHT_UP
        ticket = await make_ticket(now=utc_now())
        assert (await life.tells())["data"]["feed"]["ticket"]["key"] == ticket.key


@SQLITE
async def test_queries_answer_and_complete(boucle, token):
    told = await streamed(boucle, token, "{ viewer { email } }")
    assert [line.get("data") for line in told] == [{"viewer": {"email": "ana@boucle.example"}}, None]
    assert told[-1] == {"end": "complete"}


@pytest.mark.parametrize(
    "document", ["subscription { feed", "subscription { nothing }", "", "{ a: __typename } fragment"]
)
async def test_a_wrong_document_is_told(boucle, token, document):
    told = await streamed(boucle, token, document)
    assert "went wrong on our side" not in json.dumps(told)
    assert "errors" in told[0]


@SQLITE
async def test_strangers_do_not_read_the_schema_this_way_either(boucle):
    told = await streamed(boucle, "", "{ __schema { types { name } } }")
    assert told[0]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert "data" not in told[0]


@SQLITE
async def test_strangers_have_no_feed(boucle):
    told = await streamed(boucle, "", FEED)
    assert told[0]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


@SQLITE
async def test_who_loses_access_is_told_and_hears_nothing_more(boucle):
    bea = await viewer_of(await make_account("bea@boucle.example"))
    created = await create_token(bea.user_id, name="phone", days=None, permissions=None, now=utc_now())
    async with node("sse.mjs", f"{boucle.url}/graphql", created.secret, FEED) as process:
        life = Life(process)
        assert (await life.tells())["data"]["feed"]["__typename"] == CAUGHT_UP
        await revoke_token(bea, created.token.id, now=utc_now())
        await make_ticket(now=utc_now())
        assert (await life.tells())["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert await life.tells() == {"end": "complete"}


@pytest.fixture
def patient_settings(database_url: str, tmp_path) -> Settings:
    return load_settings(database_url=database_url, data_dir=tmp_path, live_queue=QUEUE)


@SQLITE
async def test_who_reads_too_slowly_is_told_so(patient_settings, tmp_path):
    app = make_app(patient_settings)
    async with served(patient_settings, app=app) as boucle:
        token = await token_of(await make_account("ana@boucle.example"))
        headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
        body = {"query": "subscription { feed { __typename cursor ... on TicketChanged { event { text } } } }"}
        async with (
            httpx.AsyncClient(timeout=30) as http,
            http.stream("POST", f"{boucle.url}/graphql", headers=headers, json=body) as stream,
        ):
            lines = stream.aiter_lines()
            async for line in lines:
                if CAUGHT_UP in line:
                    break
            now = Scene(app.state.services.hub, None)
            await write_a_lot(now)
            await until(lambda: now.has_overflown)
            rest = [line async for line in lines]
        await until(lambda: now.hub.socket_count == now.hub.subscriber_count == 0)
    assert any("TOO_SLOW" in line for line in rest)


@SQLITE
async def test_who_never_reads_again_is_cut_off_and_leaves_nothing_behind(patient_settings, monkeypatch):
    monkeypatch.setattr(HttpWire, "reads_within", timedelta(seconds=0.2))
    app = make_app(patient_settings)
    async with served(patient_settings, app=app) as boucle:
        token = await token_of(await make_account("ana@boucle.example"))
        now = Scene(app.state.services.hub, None)
        async with deaf_listener(boucle, token) as listener:
            await until(lambda: now.hub.subscriber_count == 1)
            await write_a_lot(now)
            await until(lambda: now.hub.socket_count == now.hub.subscriber_count == 0)
            assert await was_reset(listener)


@asynccontextmanager
async def deaf_listener(boucle: Boucle, token: str) -> AsyncIterator[StreamReader]:
    """A client that asks for the feed and reads no more of it than its own buffers take by themselves."""
    address = urlsplit(boucle.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=1024)
    body = json.dumps({"query": "subscription { feed { __typename cursor ... on TicketChanged { event { text } } } }"})
    head = [
        "POST /graphql HTTP/1.1",
        "Host: boucle",
        f"Authorization: Bearer {token}",
        "Accept: text/event-stream",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    writer.write("\r\n".join([*head, "", body]).encode())
    yield reader
    writer.transport.abort()


async def was_reset(reader: StreamReader) -> bool:
    """Whether the server cut the connection in the middle of its answer."""
    try:
        rest = await reader.read()
    except ConnectionResetError:
        return True
    return not rest.endswith(b"0\r\n\r\n")


@SQLITE
async def test_a_gone_client_leaves_nothing_behind(settings):
    app = make_app(settings)
    async with served(settings, app=app) as boucle:
        token = await token_of(await make_account("ana@boucle.example"))
        hub = app.state.services.hub
        async with node("sse.mjs", f"{boucle.url}/graphql", token, FEED) as process:
            await Life(process).tells()
            assert (hub.socket_count, hub.subscriber_count) == (1, 1)
        await until(lambda: hub.socket_count == hub.subscriber_count == 0)
