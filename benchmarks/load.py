"""The load: so many clients that ask, wait for the answer and ask again, in a process of its own.

`python -m benchmarks.load` reads the order from its standard input and writes what it saw to its standard output.
Sockets are written and read with as little as HTTP allows, without a loop or buffers between, so that the server is
what takes the time.
"""

from __future__ import annotations  # `select.epoll` is named, and only Linux has it

import json
import select
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import nan

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"
WARM_UP_SECONDS = 0.3
LONGEST_HEAD = 4_096
LARGEST_ANSWER = 1 << 20


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


class Client:
    """One connection that is kept; an answer without a length, or that is not 200, ends the run."""

    def __init__(self, order: Order) -> None:
        self.times: list[float] = []
        self._request = order.request
        self._answer = memoryview(bytearray(LARGEST_ANSWER))
        self._received = 0
        self._expected: int | None = None
        self._asked_at = 0.0
        self.socket = socket.create_connection(("127.0.0.1", order.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> None:
        """Send the request; what comes back is for `receive`."""
        self._received, self._expected = 0, None
        self._asked_at = time.perf_counter()
        self.socket.sendall(self._request)

    def receive(self) -> None:
        """Take what has come; ask again once the answer is whole."""
        count = self.socket.recv_into(self._answer[self._received :])
        if not count:
            raise RuntimeError("the server closed the connection")
        self._received += count
        if self._expected is None:
            self._expected = self._length()
        if self._expected is not None and self._received >= self._expected:
            self.times.append(time.perf_counter() - self._asked_at)
            self.ask()

    def _length(self) -> int | None:
        """Return how long head and body are, once the head is there."""
        head, found, _ = bytes(self._answer[: min(self._received, LONGEST_HEAD)]).partition(END_OF_HEAD)
        if not found:
            return None
        _, has_length, rest = head.lower().partition(LENGTH)
        if not head.startswith(b"HTTP/1.1 200") or not has_length:
            raise RuntimeError(head.decode(errors="replace"))
        length = len(head) + len(END_OF_HEAD) + int(rest.split(b"\r\n", 1)[0])
        if length > LARGEST_ANSWER:
            raise RuntimeError(f"an answer has {length} bytes, {LARGEST_ANSWER} fit")
        return length


def ask(order: Order) -> Load:
    """Ask until the time is over."""
    clients = {client.socket.fileno(): client for client in (Client(order) for _ in range(order.clients))}
    with select.epoll() as ready:
        for number, client in clients.items():
            ready.register(number, select.EPOLLIN)
            client.ask()
        _receive(ready, clients, WARM_UP_SECONDS)
        warmed_up = sum(len(client.times) for client in clients.values())
        for client in clients.values():
            client.times.clear()
        elapsed = _receive(ready, clients, order.seconds)
    for client in clients.values():
        client.socket.close()
    return _seen([each for client in clients.values() for each in client.times], elapsed, warmed_up)


def _receive(ready: select.epoll, clients: Mapping[int, Client], seconds: float) -> float:
    """Take answers and ask again for so long; return how long it really was."""
    started = time.perf_counter()
    while (left := started + seconds - time.perf_counter()) > 0:
        for number, _ in ready.poll(left):
            clients[number].receive()
    return time.perf_counter() - started


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
    print(json.dumps(asdict(ask(Order(**json.loads(sys.stdin.read()))))))
