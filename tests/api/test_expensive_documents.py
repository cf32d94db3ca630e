"""Work never grows faster than the document that asks for it, whoever sends it and whichever way.

What a document may cost is counted exactly in `test_document_size`; the clock is only a wide net around all that nobody
thought of.
"""

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import httpx
import pytest

from boucle.kit.database import close_database, open_database
from tests.api.conftest import make_account, token_of
from tests.api.expensive import drawn
from tests.conformance.web_process import WebProcess, web_process
from tests.live.client import connected
from tests.serving import Boucle

# 0.2 s of the server for a document and 0.1 s of waiting for a bystander are promised; machines that run many tests
# at once are several times slower, for whoever sends plain documents too. Before there were limits, one took weeks.
SECONDS_OF_SERVER = 1.0
SECONDS_OF_WAITING = 1.0
MOST_GROWTH = 200 * 1024 * 1024


@dataclass
class Bystander:
    """Somebody else who asks whether the server lives, over and over."""

    url: str
    longest: float = 0.0
    _task: "asyncio.Task[None] | None" = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._ask())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()

    async def _ask(self) -> None:
        async with httpx.AsyncClient(base_url=self.url, timeout=30) as http:
            while True:
                started = time.perf_counter()
                assert (await http.get("/healthz")).is_success
                self.longest = max(self.longest, time.perf_counter() - started)
                await asyncio.sleep(0.01)


@dataclass
class Sender:
    """Sends each document another way."""

    web: WebProcess
    token: str
    slow: list[tuple[str, float]] = field(default_factory=list)

    async def send(self, documents: Sequence[tuple[str, str]]) -> None:
        """Send them one after the other and note which took the server long."""
        url = f"http://127.0.0.1:{self.web.port}"
        headers = {"authorization": f"Bearer {self.token}", "accept": "application/json"}
        async with (
            httpx.AsyncClient(base_url=url, timeout=20) as stranger,
            httpx.AsyncClient(base_url=url, timeout=20, headers=headers) as known,
            connected(Boucle(None, url), self.token) as socket,  # type: ignore[arg-type]  # its settings are not asked
        ):
            ways = (
                lambda text: stranger.post("/graphql", json={"query": text}),
                lambda text: known.post("/graphql", json={"query": text}),
                lambda text: known.get("/graphql", params={"query": text[:8_000]}),
                lambda text: self._by_socket(socket, text),
            )
            for number, (kind, text) in enumerate(documents):
                before = self._seconds()
                answer = await ways[(number + number // len(ways)) % len(ways)](text)
                taken = self._seconds() - before
                if isinstance(answer, httpx.Response):
                    assert answer.status_code < 500, (kind, answer.text[:300])
                    assert len(answer.content) < 300_000, kind
                    assert "INTERNAL" not in answer.text, (kind, text[:300])
                if taken > SECONDS_OF_SERVER:
                    self.slow.append((kind, taken))

    async def _by_socket(self, socket, text: str) -> None:
        assert await (await socket.subscribe(text)).is_ended(within=20)

    def _seconds(self) -> float:
        """How long the server has been at work: unlike a clock's time, whatever else the machine does."""
        fields = Path(f"/proc/{self.web.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """How many bytes it holds."""
        return int(Path(f"/proc/{self.web.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@asynccontextmanager
async def server(folder: Path, url: str) -> AsyncIterator[Sender]:
    await open_database(url)
    token = await token_of(await make_account("ana@boucle.example"))
    await close_database()
    async with web_process(folder, database_url=url, data_dir=str(folder), log_level="warning") as web:
        yield Sender(web, token)


@pytest.fixture
def sqlite_url(database_factory) -> str:
    return database_factory.fresh("sqlite")


async def test_no_document_keeps_the_server_or_a_bystander_waiting(sqlite_url, tmp_path):
    seed = random.randrange(1_000_000)
    async with server(tmp_path, sqlite_url) as sender:
        await sender.send(drawn(20, random.Random(seed + 1)))
        before, url = sender.memory(), f"http://127.0.0.1:{sender.web.port}"
        async with Bystander(url) as calm:
            await sender.send([("plain", f"{{ viewer {{ id }} }} # {number}") for number in range(100)])
        async with Bystander(url) as bystander:
            await sender.send(drawn(200, random.Random(seed)))
        assert sender.slow == [], seed
        assert bystander.longest < SECONDS_OF_WAITING + 5 * calm.longest, seed
        assert sender.memory() - before < MOST_GROWTH, seed
        assert "Traceback" not in sender.web.log(), seed
