"""What a connection may take before its request is whole: time, bytes of headers, and a place among others.

A proxy in front bounds these too; without one, nobody else does.
"""

import asyncio
from asyncio import Transport
from collections import OrderedDict
from datetime import timedelta
from http import HTTPStatus
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit
from typing import Any, cast

import httptools
import orjson
import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from boucle.kit.outages import Outage

HEAD_WITHIN = timedelta(seconds=15)
BODY_WITHIN = timedelta(seconds=60)
LINGERS = timedelta(seconds=2)
LARGEST_HEAD = 65_536
MOST_HEADERS = 128
FILES_FOR_OTHERS = 128  # databases, Valkey, logs, static files
MOST_CONNECTIONS = 65_536  # where the system sets no limit
WHY = {
    HTTPStatus.BAD_REQUEST: "This is not HTTP.",
    HTTPStatus.REQUEST_TIMEOUT: f"The request was not there after {HEAD_WITHIN.seconds} seconds.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: (
        f"The headers are larger than {LARGEST_HEAD // 1024} KiB, or more than {MOST_HEADERS}."
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: "Too many connections are open. Try again in a few seconds.",
}
full_house = Outage("room for connections")


def most_connections(*, besides: int) -> int:
    """Return how many connections fit among the files that this process may open, with room for others."""
    allowed, _ = getrlimit(RLIMIT_NOFILE)
    if allowed in {RLIM_INFINITY, -1}:
        return MOST_CONNECTIONS
    return min(MOST_CONNECTIONS, max(allowed - FILES_FOR_OTHERS - besides, allowed // 2))


class Door:
    """The places of a process. Whoever is being answered keeps theirs; of the others, the longest there make room.

    Others are idle connections and those with half a request: all that a stranger can hold. So no flood of them keeps
    newcomers out, and first of all it takes from itself: an address has a quarter of the places for them.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._most_waiting = max(1, most // 4)
        self._addresses: dict[Transport, str] = {}
        self._waiting: OrderedDict[Transport, None] = OrderedDict()
        self._waiting_at: dict[str, OrderedDict[Transport, None]] = {}

    def enter(self, transport: Transport, address: str) -> bool:
        """Take a place, waiting; return whether there was one."""
        neighbours = self._waiting_at.get(address)
        if neighbours is not None and len(neighbours) >= self._most_waiting:
            self._cut(next(iter(neighbours)))
        elif len(self._addresses) >= self._most:
            full_house.goes_on("full", during="connecting")
            if not self._waiting:
                return False
            self._cut(next(iter(self._waiting)))
        self._addresses[transport] = address
        self.wait(transport)
        return True

    def wait(self, transport: Transport) -> None:
        """Note that the connection waits for its client."""
        if (address := self._addresses.get(transport)) is not None:
            self._waiting[transport] = None
            self._waiting_at.setdefault(address, OrderedDict())[transport] = None

    def serve(self, transport: Transport) -> None:
        """Note that the client waits for us."""
        if (address := self._addresses.get(transport)) is None or self._waiting.pop(transport, self) is self:
            return
        neighbours = self._waiting_at[address]
        del neighbours[transport]
        if not neighbours:
            del self._waiting_at[address]

    def leave(self, transport: Transport) -> None:
        """Give the place back."""
        self.serve(transport)
        self._addresses.pop(transport, None)

    def _cut(self, transport: Transport) -> None:
        self.leave(transport)
        transport.abort()


class Config(uvicorn.Config):
    """Uvicorn's, with the door that all connections of the server go through."""

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.door = door


class ArrivingHttp(HttpToolsProtocol):
    """Ends what does not become a request in time, or only grows; the rest is uvicorn's."""

    head_within: timedelta = HEAD_WITHIN
    body_within: timedelta = BODY_WITHIN
    config: Config
    _deadline: asyncio.TimerHandle | None = None
    _is_refused = False
    _has_begun = False  # something of a head has come
    _silent = 0  # bytes that came since a head was whole or a part of a body came
    _head_size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        if self.config.door.enter(transport, self.client[0] if self.client else ""):
            self._expect(self.head_within)
        else:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect(None)
        self.config.door.leave(self.transport)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return
        self._unset_keepalive_if_required()
        self._silent += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._upgrade()
            return
        except httptools.HttpParserError:
            is_large = self._is_head_large
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE if is_large else HTTPStatus.BAD_REQUEST)
            return
        if self._silent > LARGEST_HEAD:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def _upgrade(self) -> None:
        self._expect(None)
        if self._should_upgrade():
            self.handle_websocket_upgrade()
        else:
            self._refuse(HTTPStatus.BAD_REQUEST)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._has_begun, self._head_size = True, 0
        self._expect(self.head_within)

    def on_url(self, url: bytes) -> None:
        self._head_size += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_size += len(name) + len(value)
        if self._is_head_large:
            raise OverflowError  # ends the parsing: nothing of it reaches the application
        super().on_header(name, value)

    @property
    def _is_head_large(self) -> bool:
        return self._head_size > LARGEST_HEAD or len(self.headers or ()) >= MOST_HEADERS

    def on_headers_complete(self) -> None:
        if self._head_size > LARGEST_HEAD:
            raise OverflowError
        self._silent, self._has_begun = 0, False
        self._expect(self.body_within)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._silent = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._expect(None)
        if self._is_answering:
            self.config.door.serve(self.transport)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self._is_answering:
            self.config.door.wait(self.transport)

    @property
    def _is_answering(self) -> bool:
        cycle = cast("RequestResponseCycle | None", self.cycle)  # there is none before the first request
        return cycle is not None and not cycle.response_complete

    def _expect(self, within: timedelta | None) -> None:
        """Let the next step come within that time; `None`: the next step is ours."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(within.total_seconds(), self._be_too_late) if within else None

    def _be_too_late(self) -> None:
        if self._has_begun:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.abort()

    def _refuse(self, status: HTTPStatus) -> None:
        """Say why, and end the connection; not in the middle of an answer."""
        self._expect(None)
        self._is_refused = True
        if self._is_answering:
            self.transport.abort()
            return
        body = orjson.dumps({"errors": [{"message": WHY[status]}]})
        head = b"content-type: application/json\r\ncache-control: no-store\r\nconnection: close\r\n"
        length = b"content-length: %d\r\n" % len(body)
        self.transport.write(b"".join([STATUS_LINE[status], head, length, b"\r\n", body]))
        # Closed at once, what still comes would make the system throw away what the client has not read.
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(LINGERS.total_seconds(), self.transport.abort)


def door_of(config: uvicorn.Config) -> Door:
    """Return the door that a connection of this server came through."""
    return cast("Config", config).door
