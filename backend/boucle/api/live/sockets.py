"""Ending a socket from the server's side, with a code that says what to do."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketState

ACCESS_REVOKED = 4403  # sign in again
TOO_SLOW = 4290  # reconnect and resume by cursor


async def close_socket(socket: WebSocket, code: int, reason: str) -> None:
    """Close a socket that may already be gone."""
    with suppress(RuntimeError, OSError, asyncio.CancelledError):
        if socket.application_state is WebSocketState.CONNECTED:
            await socket.close(code, reason)


@dataclass(slots=True)
class CloseLater:
    """Closes a socket from where nobody can wait for it."""

    socket: WebSocket
    code: int
    reason: str
    _closing: asyncio.Task[None] | None = field(default=None)

    def __call__(self) -> None:
        self._closing = asyncio.create_task(close_socket(self.socket, self.code, self.reason))
