"""What does not become a request takes neither time, memory nor places from others."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import httpx
import pytest

from boucle.api.arrivals import ArrivingHttp, Door, most_connections
from boucle.settings import load_settings
from tests.live.client import connected
from tests.serving import Boucle

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
HEAD = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"


@pytest.fixture
def settings(database_url, tmp_path):
    return load_settings(database_url=database_url, data_dir=tmp_path, connections=40)


@asynccontextmanager
async def line(boucle: Boucle, *, address: str = "127.0.0.1") -> AsyncIterator[tuple]:
    """A bare connection from one of this machine's addresses."""
    port = httpx.URL(boucle.url).port
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    try:
        yield reader, writer
    finally:
        writer.close()


async def answer(boucle: Boucle, *parts: bytes) -> bytes:
    """All that comes back until the server ends the connection."""
    async with line(boucle) as (reader, writer):
        for part in parts:
            writer.write(part)
            await writer.drain()
        async with asyncio.timeout(20):
            return await reader.read()


async def is_ended(reader: asyncio.StreamReader) -> bool:
    async with asyncio.timeout(10):
        try:
            return await reader.read() == b""
        except ConnectionResetError:
            return True


async def is_healthy(boucle: Boucle) -> bool:
    async with httpx.AsyncClient(timeout=5) as http:
        return (await http.get(f"{boucle.url}/healthz")).text == "ok"


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(ArrivingHttp, "head_within", timedelta(seconds=0.3))
    monkeypatch.setattr(ArrivingHttp, "body_within", timedelta(seconds=0.3))


@pytest.mark.parametrize(
    "sent",
    [b"", HEAD, HEAD + b"content-length: 10\r\n\r\n12345", HEAD + b"transfer-encoding: chunked\r\n\r\n5\r\n123"],
    ids=["nothing", "half a head", "half a body", "half a chunk"],
)
async def test_half_a_request_is_ended(boucle, impatient, sent):
    async with line(boucle) as (reader, writer):
        writer.write(sent)
        async with asyncio.timeout(10):
            said = await reader.read()
    assert said.startswith(b"HTTP/1.1 408 ") if sent == HEAD else said == b""


async def test_a_whole_request_in_slow_parts_is_answered(boucle):
    body = b'{"query": "{ viewer { id } }"}'
    async with line(boucle) as (reader, writer):
        for part in (HEAD, b"content-length: %d\r\n\r\n" % len(body), body[:9], body[9:]):
            writer.write(part)
            await asyncio.sleep(0.05)
        assert b" 200 " in await reader.readline()


async def test_a_connection_may_be_idle_between_two_requests(boucle, impatient):
    async with line(boucle) as (reader, writer):
        writer.write(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
        assert b"200" in await reader.readline()
        await asyncio.sleep(0.6)  # idle between two requests
        writer.write(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
        assert b"200" in (await reader.read(4096)) + await reader.read(4096)


@pytest.mark.parametrize(
    "sent",
    [
        [HEAD + b"x-large: " + b"a" * 70_000 + b"\r\n\r\n"],
        [HEAD + b"x-large: ", *[b"a" * 10_000] * 400],
        [b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n"],
        [HEAD, *[b"x-many: a\r\n"] * 200, b"\r\n"],
        [HEAD + b"transfer-encoding: chunked\r\n\r\n0\r\nx-trailer: ", *[b"a" * 10_000] * 400],
    ],
    ids=["one header", "without end", "address", "number", "trailer"],
)
async def test_headers_beyond_64_kib_or_128_are_refused(boucle, sent):
    try:
        said = await answer(boucle, *sent)
    except ConnectionError:  # cut off while it was still sending
        said = b""
    assert said.startswith(b"HTTP/1.1 431 ") or (said == b"" and len(sent) > 300)
    assert await is_healthy(boucle)


async def test_headers_that_fit_are_read(boucle):
    said = await answer(
        boucle, b"GET /healthz HTTP/1.1\r\nconnection: close\r\nx-large: " + b"a" * 60_000 + b"\r\n\r\n"
    )
    assert said.startswith(b"HTTP/1.1 200 ")


async def test_what_is_not_http_is_refused_in_the_form_of_errors(boucle):
    said = await answer(boucle, b"\x16\x03\x01 hello\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 400 ")
    assert said.endswith(b'{"errors":[{"message":"This is not HTTP."}]}')


async def test_a_flood_of_half_requests_keeps_nobody_out(boucle):
    async with AsyncExitStack() as stack:
        lines = []
        for number in range(100):
            each = await stack.enter_async_context(line(boucle, address=f"127.0.2.{number % 7 + 1}"))
            each[1].write(HEAD)
            lines.append(each)
        assert await is_healthy(boucle)
        assert await is_ended(lines[0][0])


async def test_a_flood_from_one_address_takes_from_itself(boucle):
    async with AsyncExitStack() as stack:
        quiet, quiet_writer = await stack.enter_async_context(line(boucle, address="127.0.3.1"))
        quiet_writer.write(b"GET /healthz HTTP/1.1\r\nhost: x\r\n")
        for _ in range(100):
            _, writer = await stack.enter_async_context(line(boucle, address="127.0.3.2"))
            writer.write(HEAD)
        quiet_writer.write(b"\r\n")
        assert b"200" in await quiet.readline()


async def test_who_has_a_live_socket_keeps_it_in_a_flood(boucle, admin):
    token = admin.http.headers["authorization"].removeprefix("Bearer ")
    async with connected(boucle, token) as live, AsyncExitStack() as stack:
        for number in range(100):
            await stack.enter_async_context(line(boucle, address=f"127.0.4.{number % 9 + 1}"))
        await (await live.connection.ping())
        assert live.connection.state.name == "OPEN"


async def test_a_client_that_leaves_in_the_middle_is_no_error(boucle, caplog):
    with caplog.at_level(logging.INFO):
        async with line(boucle) as (_, writer):
            writer.write(HEAD + b"content-length: 100\r\n\r\n{")
            await asyncio.sleep(0.2)
        await asyncio.sleep(0.2)
    assert caplog.records == []


def test_there_is_room_among_the_open_files_for_others(engine, monkeypatch):
    monkeypatch.setattr("boucle.api.arrivals.getrlimit", lambda _: (1024, 4096))
    assert most_connections(besides=10) == 1024 - 128 - 10
    monkeypatch.setattr("boucle.api.arrivals.getrlimit", lambda _: (128, 4096))
    assert most_connections(besides=10) == 64


def test_a_place_is_given_back(engine):
    class Transport:
        is_cut = False

        def abort(self):
            self.is_cut = True

    door = Door(2)
    first, second, third = Transport(), Transport(), Transport()
    for each in (first, second):
        assert door.enter(each, each)
        door.serve(each)
    assert not door.enter(third, "c")
    door.leave(first)
    assert door.enter(third, "c")
    assert not any(each.is_cut for each in (first, second, third))
