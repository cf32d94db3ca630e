"""`feed.mjs` and the ledger that outlives it."""

import asyncio
import json
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boucle.events.log import head
from boucle.kit.database import fetch
from tests.conformance.node import node

PATIENCE = 60.0


@dataclass
class Life:
    """One run of the follower."""

    process: Process

    @property
    def is_over(self) -> bool:
        return self.process.returncode is not None

    async def tells(self) -> dict[str, Any]:
        """The next thing that it says."""
        assert self.process.stdout is not None
        return json.loads(await asyncio.wait_for(self.process.stdout.readline(), PATIENCE))

    async def until_closed(self) -> tuple[int, str]:
        """Code and reason with which its socket is closed next."""
        while "closed" not in (told := await self.tells()):
            continue
        return told["closed"], told["reason"]

    async def read_on(self) -> None:
        """Let it read from the network again."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        await self.process.stdin.drain()


@dataclass
class Follower:
    """Follows the feed and notes each event; it may be killed and started again."""

    socket_url: str
    token: str
    ledger: Path

    @asynccontextmanager
    async def alive(self, *, pause_after: int = 0) -> AsyncIterator[Life]:
        """One life: it is killed at the end of the block."""
        arguments = (self.socket_url, self.token, str(self.ledger), str(pause_after))
        async with node("feed.mjs", *arguments) as process:
            yield Life(process)

    @property
    def count(self) -> int:
        """How many events it has noted."""
        return self.ledger.read_bytes().count(b"\n") - 1

    def events(self) -> list[str]:
        """The events that it has noted, in the order in which they came."""
        return [line.split(" ")[1] for line in self.ledger.read_text().splitlines()[1:]]


async def new_follower(socket_url: str, token: str, folder: Path) -> Follower:
    """A follower that starts at the log's present end."""
    ledger = folder / "ledger"
    ledger.write_text(f"{await head()} start\n")
    return Follower(socket_url, token, ledger)


async def events_in_the_log() -> list[str]:
    """What it must have noted: the committed events of tickets, in the order of the log."""
    rows = await fetch("SELECT id FROM events WHERE ticket_id IS NOT NULL ORDER BY txid, id")
    return [f"evt_{row['id']}" for row in rows]
