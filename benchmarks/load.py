"""The load: so many clients that ask, wait for the answer and ask again, in a process of its own.

`python -m benchmarks.load` reads the order from its standard input and writes what it saw to its standard output.
Sockets are written and read with as little as HTTP allows, so that the server is what takes the time.
"""

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from math import nan
from typing import cast

import uvloop

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"
WARM_UP_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Order:
    """Whom to ask what, how many at once, for how long."""

    port: int
    body: str
    headers: dict[str, str]
    clients: int
    seconds: float

    @property
    def request(self) -> bytes:
        """The request as it goes over the wire."""
        body = self.body.encode()
        fields = {
            "Host": "localhost",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Content-Length": str(len(body)),
            **self.headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return f"POST /graphql HTTP/1.1\r\n{head}\r\n".encode() + body


@dataclass(frozen=True, slots=True)
class Load:
    """What the clients saw: answers per second and the times that answers took, in milliseconds.

    `answers` counts those of the warm-up too. `server` and `database` are the milliseconds of a processor for one.
    """

    rate: float
    p50: float
    p99: float
    answers: int
    server: float = nan
    database: float = nan


class Client(asyncio.Protocol):
    """One connection that is kept; answers without a length, or that are not 200, end the run."""

    def __init__(self, request: bytes, finished: asyncio.Future[None]) -> None:
        self.request = request
        self.finished = finished
        self.times: list[float] = []
        self._received = bytearray()
        self._expected: int | None = None
        self._asked_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self._ask()

    def _ask(self) -> None:
        self._asked_at = time.perf_counter()
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._expected is None and (end := self._received.find(END_OF_HEAD)) >= 0:
            self._expected = end + len(END_OF_HEAD) + self._length(bytes(self._received[:end]))
        if self._expected is not None and len(self._received) >= self._expected:
            self.times.append(time.perf_counter() - self._asked_at)
            self._received.clear()
            self._expected = None
            self._ask()

    def _length(self, head: bytes) -> int:
        if not head.startswith(b"HTTP/1.1 200"):
            self._fail(head)
        _, found, rest = head.lower().partition(LENGTH)
        if not found:
            self._fail(head)
        return int(rest.split(b"\r\n", 1)[0])

    def connection_lost(self, _: Exception | None) -> None:
        if not self.finished.done():
            self._fail(b"the server closed the connection")

    def _fail(self, why: bytes) -> None:
        if not self.finished.done():
            self.finished.set_exception(RuntimeError(why.decode(errors="replace")))


async def ask(order: Order) -> Load:
    """Ask until the time is over."""
    loop = asyncio.get_running_loop()
    finished: asyncio.Future[None] = loop.create_future()
    clients = [Client(order.request, finished) for _ in range(order.clients)]
    for client in clients:
        await loop.create_connection(lambda client=client: client, "127.0.0.1", order.port)
    await _pause(WARM_UP_SECONDS, finished)
    warmed_up = sum(len(client.times) for client in clients)
    for client in clients:
        client.times.clear()
    started = time.perf_counter()
    await _pause(order.seconds, finished)
    elapsed = time.perf_counter() - started
    finished.cancel()
    for client in clients:
        client.transport.abort()
    return _seen([each for client in clients for each in client.times], elapsed, warmed_up)


async def _pause(seconds: float, finished: asyncio.Future[None]) -> None:
    await asyncio.wait({finished}, timeout=seconds)
    if finished.done():
        await finished


def _seen(times: list[float], elapsed: float, warmed_up: int) -> Load:
    times.sort()
    assert times, "no answer came in time"
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    return Load(len(times) / elapsed, 1000 * p50, 1000 * p99, len(times) + warmed_up)


def measured(order: Order) -> Load:
    """Carry out an order in another process.

    In a session of its own, as clients elsewhere would be: Linux shares processors among sessions first
    (`sched_autogroup_enabled`). Each connection of PostgreSQL has its session; clients in that of the servers
    leave some of them without a processor for tens of milliseconds.
    """
    command, given = [sys.executable, "-m", "benchmarks.load"], json.dumps(asdict(order))
    done = subprocess.run(command, input=given, text=True, capture_output=True, check=False, start_new_session=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Load(**json.loads(done.stdout))


if __name__ == "__main__":
    print(json.dumps(asdict(uvloop.run(ask(Order(**json.loads(sys.stdin.read())))))))
