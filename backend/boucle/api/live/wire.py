"""The server's end of a connection: uvicorn's protocols, except that nobody holds one by not reading.

Live messages go straight to the transport: no task wakes up for them.
"""

from asyncio import Future, TimerHandle, get_running_loop
from datetime import timedelta
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Protocol, cast

import structlog
from uvicorn._types import ASGIReceiveEvent, ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request

from boucle.api.arrivals import ArrivingHttp, door_of

log = structlog.get_logger(__name__)
EXTENSION = "boucle.wire"
TEXT_FRAME = 0x81
IN_ONE_BYTE, IN_TWO_BYTES = 126, 65_536
CLOSES_WITHIN = timedelta(seconds=10)
READS_WITHIN = timedelta(seconds=30)


class Waiting(Protocol):
    """Somebody who has something to write once the client reads on."""

    def write_next(self) -> None:
        """Write the first of what waits."""


@lru_cache(maxsize=4096)
def head_of_text(length: int) -> bytes:
    """Return how a text message of so many bytes begins on the wire."""
    if length < IN_ONE_BYTE:
        return bytes((TEXT_FRAME, length))
    if length < IN_TWO_BYTES:
        return bytes((TEXT_FRAME, 126)) + length.to_bytes(2)
    return bytes((TEXT_FRAME, 127)) + length.to_bytes(8)


class Inbox:
    """What came for the application, which alone takes from it; a queue of asyncio's is four times as large."""

    __slots__ = ("_messages", "_taker")

    def __init__(self) -> None:
        self._messages: list[ASGIReceiveEvent] = []
        self._taker: Future[None] | None = None

    def put_nowait(self, message: ASGIReceiveEvent) -> None:
        """Append a message."""
        self._messages.append(message)
        if self._taker is not None and not self._taker.done():
            self._taker.set_result(None)

    def empty(self) -> bool:
        """Whether there is nothing to take."""
        return not self._messages

    async def get(self) -> ASGIReceiveEvent:
        """Wait for a message and take it."""
        while not self._messages:
            self._taker = get_running_loop().create_future()
            await self._taker
        return self._messages.pop(0)


class SocketWire(WebSocketsSansIOProtocol):
    """Writes live messages while the client reads, in turn with what else the application sends.

    Cuts the connection where a client reads neither what was sent before the close frame nor the frame itself.

    Uvicorn waits for it without end, and keeps the socket with its subscriptions as long.
    """

    closes_within: timedelta = CLOSES_WITHIN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queue = Inbox()  # type: ignore[assignment]  # it has what uvicorn uses of a queue
        self.waiting: list[Waiting] = []

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == HTTPStatus.SWITCHING_PROTOCOLS:
            extensions = cast("dict[str, object]", self.scope["extensions"])
            extensions[EXTENSION] = self

    @property
    def is_busy(self) -> bool:
        """Whether the client has not read what was written, so that more of it has to wait its turn."""
        return bool(self.waiting) or not self.writable.is_set()

    def write_text(self, *parts: bytes) -> None:
        """Send a text message that lies ready."""
        if not self.close_sent and not self.transport.is_closing():
            text = b"".join(parts)
            self.transport.write(head_of_text(len(text)) + text)

    def resume_writing(self) -> None:
        super().resume_writing()
        while self.waiting and self.writable.is_set():
            try:
                self.waiting.pop(0).write_next()
            except Exception:
                # Whoever else waits would never be called again; cut off, the client resumes by its cursors.
                log.exception("socket_write_failed")
                self.waiting.clear()
                self.transport.abort()

    def handle_text(self, event: Frame) -> None:
        door_of(self.config).serve(self.transport)
        super().handle_text(event)

    def connection_lost(self, exc: Exception | None) -> None:
        door_of(self.config).leave(self.transport)
        self.waiting.clear()
        super().connection_lost(exc)

    async def send(self, message: ASGISendEvent) -> None:
        if message["type"] == "websocket.close":
            self._cut_later()
        await super().send(message)
        if message["type"] == "websocket.accept":
            self._forget_handshake()

    def _forget_handshake(self) -> None:
        """Keep nothing of it: thousands of sockets are open at once."""
        for name in ("request", "response"):
            self.__dict__.pop(name, None)

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self._cut_later()

    def handle_ping(self) -> None:
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()  # dropped: answers to a client that does not read would pile up

    def _cut_later(self) -> None:
        door_of(self.config).wait(self.transport)
        self.loop.call_later(self.closes_within.total_seconds(), self.transport.abort)


class HttpWire(ArrivingHttp):
    """Cuts the connection where a client reads nothing of an answer, such as a stream of events, for too long.

    Uvicorn waits for it until TCP gives up, and keeps the answer's task with its subscriptions as long.
    """

    reads_within: timedelta = READS_WITHIN
    _cut: TimerHandle | None = None

    def pause_writing(self) -> None:
        super().pause_writing()
        self._cut = self.loop.call_later(self.reads_within.total_seconds(), self.transport.abort)

    def resume_writing(self) -> None:
        self._keep()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._keep()
        super().connection_lost(exc)

    def _keep(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None
