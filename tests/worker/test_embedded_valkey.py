"""The embedded Valkey is back in a moment when it dies, and nobody but us reaches it."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
from redis import Redis
from redis.exceptions import RedisError

from boucle.kit.embedded_valkey import embedded_valkey
from boucle.kit.valkey import without_password
from tests.conformance.web_process import free_port

REPOSITORY = Path(__file__).parents[2]


async def becomes(condition: Callable[[], Awaitable[bool]], *, within: float = 30) -> None:
    async with asyncio.timeout(within):
        while not await condition():  # noqa: ASYNC110  (another process is asked)
            await asyncio.sleep(0.05)


def valkey_of(process: int, folder: Path) -> psutil.Process:
    """The server that a process has started for a folder; tests may have others."""
    [found] = [each for each in psutil.Process(process).children() if each.cwd() == str(folder)]
    return found


@dataclass
class Running:
    """`boucle run` as an operating system runs it."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    async def is_ready(self) -> bool:
        try:
            async with httpx.AsyncClient() as http:
                return (await http.get(f"{self.url}/readyz", timeout=10)).status_code == 200
        except httpx.TransportError:
            assert self.process.poll() is None, self.log.read_text()
            return False


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Running]:
    port, log = free_port(), folder / "run.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: ASYNC220  (starting takes no time)
            [sys.executable, "-m", "boucle", "run", "--no-demo", f"--port={port}", f"--data-dir={folder / 'data'}"],
            env=os.environ | {"PYTHONPATH": str(REPOSITORY / "backend")},
            stdout=output,
            stderr=output,
        )
    try:
        started = Running(process, f"http://127.0.0.1:{port}", log)
        await becomes(started.is_ready, within=60)
        yield started
    finally:
        process.terminate()
        process.wait(20)


async def test_killed_under_the_running_product_it_is_back_within_seconds_and_the_log_says_so_once(tmp_path):
    async with running(tmp_path) as boucle:
        first = valkey_of(boucle.process.pid, tmp_path / "data" / "valkey")
        first.send_signal(signal.SIGKILL)
        first.wait(5)
        await asyncio.sleep(0.5)
        await becomes(boucle.is_ready, within=15)
        assert valkey_of(boucle.process.pid, tmp_path / "data" / "valkey").pid != first.pid
        said = boucle.log.read_text()
        assert said.count("embedded_valkey_died") == 1
        assert said.count("away") <= 2  # Valkey, and what was lost with it
        second = valkey_of(boucle.process.pid, tmp_path / "data" / "valkey")
    assert not psutil.pid_exists(second.pid)


async def test_whoever_is_connected_goes_on_at_the_same_address(tmp_path):
    with embedded_valkey(tmp_path) as url, Redis.from_url(url) as client:
        client.set("before", 1)
        valkey_of(os.getpid(), tmp_path).send_signal(signal.SIGKILL)

        async def answers() -> bool:
            try:
                return client.ping()
            except (RedisError, OSError):
                return False

        await becomes(answers)
        assert client.get("before") is None
        valkey_of(os.getpid(), tmp_path).send_signal(signal.SIGKILL)  # and again
        await becomes(answers)


def test_its_socket_is_for_nobody_else_and_gone_at_the_end(tmp_path):
    folder = tmp_path / "valkey"
    with embedded_valkey(folder) as url:
        socket = Path(urlsplit(url).path)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0
        process = valkey_of(os.getpid(), folder)
        assert [each for each in process.net_connections() if each.status == "LISTEN" and each.laddr.port] == []
    assert not socket.exists()


def test_a_folder_whose_path_is_too_long_or_strange_for_a_socket_does(tmp_path):
    for name in ("long" * 40, "with a blank"):
        with embedded_valkey(tmp_path / name) as url, Redis.from_url(url) as client:
            assert client.ping()


def test_the_password_of_a_url_is_not_shown():
    assert without_password("redis://:secret@valkey:6379/0") == "redis://:…@valkey:6379/0"
