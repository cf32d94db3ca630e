"""The server's end of a connection: uvicorn's protocols, except that nobody holds one by not reading."""

from asyncio import TimerHandle
from datetime import timedelta

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

CLOSES_WITHIN = timedelta(seconds=10)
READS_WITHIN = timedelta(seconds=30)


class SocketWire(WebSocketsSansIOProtocol):
    """Cuts the connection where a client reads neither what was sent before the close frame nor the frame itself.

    Uvicorn waits for it without end, and keeps the socket with its subscriptions as long.
    """

    closes_within: timedelta = CLOSES_WITHIN

    async def send(self, message: ASGISendEvent) -> None:
        if message["type"] == "websocket.close":
            self._cut_later()
        await super().send(message)

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self._cut_later()

    def handle_ping(self) -> None:
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()  # dropped: answers to a client that does not read would pile up

    def _cut_later(self) -> None:
        self.loop.call_later(self.closes_within.total_seconds(), self.transport.abort)


class HttpWire(HttpToolsProtocol):
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
