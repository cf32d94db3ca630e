"""The server's end of a socket: uvicorn's protocol, except that nobody holds it by not reading."""

from datetime import timedelta

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

CLOSES_WITHIN = timedelta(seconds=10)


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
