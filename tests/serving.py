"""A real web server in the test's own loop, and clients for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.applications import Starlette

from boucle.app import make_app
from boucle.running import web_server
from boucle.settings import Settings


@dataclass
class Boucle:
    """A running server."""

    settings: Settings
    url: str

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/graphql"


@asynccontextmanager
async def served(settings: Settings, *, app: Starlette | None = None) -> AsyncIterator[Boucle]:
    """Serve on a free loopback port for the block."""
    server = web_server(app or make_app(settings), settings.model_copy(update={"port": 0, "host": "127.0.0.1"}))
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), task.exception()
        await asyncio.sleep(0.01)
    try:
        yield Boucle(settings, f"http://127.0.0.1:{server.bound_port}")
    finally:
        server.should_exit = True
        await task


class Client:
    """A GraphQL client over HTTP: a browser (cookies) or a machine (token)."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def raw(self, query: str, **variables: Any) -> dict[str, Any]:
        answer = await self.http.post("/graphql", json={"query": query, "variables": variables})
        return answer.json()

    async def __call__(self, query: str, **variables: Any) -> dict[str, Any]:
        """Run an operation that must not have top-level errors; return its data."""
        answer = await self.raw(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]


@asynccontextmanager
async def browser(boucle: Boucle, **headers: str) -> AsyncIterator[Client]:
    """A client without a session yet."""
    async with httpx.AsyncClient(base_url=boucle.url, headers=headers, timeout=30) as http:
        yield Client(http)


@asynccontextmanager
async def machine(boucle: Boucle, token: str) -> AsyncIterator[Client]:
    """A client with an API token."""
    async with browser(boucle, authorization=f"Bearer {token}") as client:
        yield client
