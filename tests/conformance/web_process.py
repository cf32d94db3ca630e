"""The web server as an operating system runs it, so that a test may kill it."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

REPOSITORY = Path(__file__).parents[2]
STARTS_WITHIN = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class WebProcess:
    """`boucle web`, always on the same port."""

    settings: dict[str, str]
    folder: Path
    port: int = field(default_factory=free_port)
    process: Process | None = None

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/graphql"

    async def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.folder / "web.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "boucle", "web", "--port", str(self.port)),
                cwd=self.folder,
                env=os.environ | {"PYTHONPATH": str(REPOSITORY / "backend"), **self.settings},
                stdout=log,
                stderr=log,
            )
        async with asyncio.timeout(STARTS_WITHIN), httpx.AsyncClient() as http:
            while not await self._answers(http):
                assert self.process.returncode is None, self.log()
                await asyncio.sleep(0.02)

    async def _answers(self, http: httpx.AsyncClient) -> bool:
        try:
            return (await http.get(f"http://127.0.0.1:{self.port}/healthz")).is_success
        except httpx.TransportError:
            return False

    async def kill(self) -> None:
        """kill -9: no handler, no farewell."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

    async def stop(self) -> None:
        """Stop it as a deployment does, with SIGTERM."""
        assert self.process is not None
        self.process.terminate()
        await self.process.wait()

    def log(self) -> str:
        """What it said."""
        return (self.folder / "web.log").read_text()


@asynccontextmanager
async def web_process(folder: Path, **settings: str) -> AsyncIterator[WebProcess]:
    """A running web server with these `BOUCLE_*` settings; it does not outlive the block."""
    web = WebProcess({f"BOUCLE_{name.upper()}": value for name, value in settings.items()}, folder)
    try:
        await web.start()
        yield web
    finally:
        await web.kill()
