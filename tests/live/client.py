"""A subscriber over graphql-transport-ws, for tests."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.serving import Boucle

PROTOCOL = "graphql-transport-ws"
PATIENCE = 10.0


class Subscription:
    """One running operation of a socket."""

    def __init__(self, socket: "Socket", name: str) -> None:
        self.socket, self.name = socket, name
        self.messages: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    async def next(self, *, within: float = PATIENCE) -> dict[str, Any]:
        """The next message's data; fails when the stream ended or nothing came."""
        message = await asyncio.wait_for(self.messages.get(), within)
        assert message is not None, "the stream has ended"
        assert "errors" not in message, message
        return next(iter(message["data"].values()))

    async def until(self, kind: str, *, within: float = PATIENCE) -> list[dict[str, Any]]:
        """All messages up to and including the first of this `__typename`."""
        seen = []
        while not seen or seen[-1]["__typename"] != kind:
            seen.append(await self.next(within=within))
        return seen

    async def is_ended(self, *, within: float = PATIENCE) -> bool:
        """Whether the server completes the stream."""
        while (await asyncio.wait_for(self.messages.get(), within)) is not None:
            continue
        return True

    async def stop(self) -> None:
        await self.socket.send({"id": self.name, "type": "complete"})


class Socket:
    """An acknowledged connection with any number of operations."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.subscriptions: dict[str, Subscription] = {}
        self.errors: dict[str, list[dict[str, Any]]] = {}
        self._names = count(1)
        self._reader = asyncio.create_task(self._read())

    async def send(self, message: dict[str, Any]) -> None:
        await self.connection.send(json.dumps(message))

    async def subscribe(self, query: str, **variables: Any) -> Subscription:
        name = str(next(self._names))
        self.subscriptions[name] = subscription = Subscription(self, name)
        await self.send({"id": name, "type": "subscribe", "payload": {"query": query, "variables": variables}})
        return subscription

    async def close_code(self, *, within: float = PATIENCE) -> int | None:
        await asyncio.wait_for(self.connection.wait_closed(), within)
        return self.connection.close_code

    async def _read(self) -> None:
        with suppress(ConnectionClosed):  # tests look at the code
            async for text in self.connection:
                self._sort(json.loads(text))
        for subscription in self.subscriptions.values():
            subscription.messages.put_nowait(None)

    def _sort(self, message: dict[str, Any]) -> None:
        subscription = self.subscriptions.get(message.get("id", ""))
        if subscription is None:
            return
        if message["type"] == "next":
            subscription.messages.put_nowait(message["payload"])
        else:
            self.errors[subscription.name] = message.get("payload", [])
            subscription.messages.put_nowait(None)

    async def close(self) -> None:
        await self.connection.close()
        await self._reader


@asynccontextmanager
async def connected(boucle: Boucle, token: str) -> AsyncIterator[Socket]:
    """An open, acknowledged socket of the token's user."""
    async with connect(boucle.socket_url, subprotocols=[PROTOCOL]) as connection:  # type: ignore[list-item]
        payload = {"authorization": f"Bearer {token}"}
        await connection.send(json.dumps({"type": "connection_init", "payload": payload}))
        assert json.loads(await connection.recv())["type"] == "connection_ack"
        socket = Socket(connection)
        try:
            yield socket
        finally:
            await socket.close()
