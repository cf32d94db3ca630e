"""Ending a socket from the server's side, with a code that says what to do."""

import asyncio
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketState

ACCESS_REVOKED = 4403  # sign in again
TOO_SLOW = 4290  # reconnect and resume by cursor


async def close_socket(socket: WebSocket, code: int, reason: str) -> None:
    """Close a socket that may already be gone."""
    with suppress(RuntimeError, OSError, asyncio.CancelledError):
        if socket.application_state is WebSocketState.CONNECTED:
            await socket.close(code, reason)
