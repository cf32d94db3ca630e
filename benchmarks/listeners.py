"""Thousands of subscribers in a process of their own, over plain sockets: what they hear, and when.

`python -m benchmarks.listeners` reads an order from the first line of its standard input, subscribes, and answers
"ready". Then each line is how many messages to await, and the answer what was heard and when the last came.
"""

import base64
import json
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from benchmarks.descriptors import raise_limit

CHUNK = 262_144
PATIENCE_SECONDS = 60.0
CONNECTS_AT_ONCE = 50
END_OF_HEAD = b"\r\n\r\n"
NEXT = b'"type":"next"'
PONG = b'"type":"pong"'
TEXT, CLOSE, PING = 0x1, 0x8, 0x9
ANSWER_TO_PING = 0x8A


@dataclass(frozen=True, slots=True)
class Listening:
    """How one subscriber introduces itself and what it asks for."""

    init: dict[str, Any]
    variables: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """Whom to listen to, and who does; what a server says at the beginning of a subscription is no message."""

    port: int
    document: str
    greetings: int
    listeners: Sequence[Listening]


@dataclass(frozen=True, slots=True)
class Heard:
    """Who heard how many messages, when the last of them came (monotonic), one of them, and the effort of hearing."""

    counts: list[int]
    last: float
    sample: str
    busy: float

    @property
    def total(self) -> int:
        """How many messages were heard."""
        return sum(self.counts)


@dataclass(slots=True)
class Client:
    """One connection."""

    socket: socket.socket
    pending: bytes = b""
    heard: int = 0
    pongs: int = 0
    sample: bytes = b""

    def read(self) -> int:
        """Take what has arrived; return how many messages were in it."""
        data = self.socket.recv(CHUNK)
        if not data:
            raise ConnectionError("A subscriber was cut off.")
        buffer = self.pending + data if self.pending else data
        size, start, before = len(buffer), 0, self.heard
        while size - start >= 2:
            length, begin = buffer[start + 1], start + 2
            if length == 126:
                length, begin = int.from_bytes(buffer[start + 2 : start + 4]), start + 4
            elif length == 127:
                length, begin = int.from_bytes(buffer[start + 2 : start + 10]), start + 10
            end = begin + length
            if end > size:
                break
            self._take(buffer, start, begin, end)
            start = end
        self.pending = buffer[start:]
        return self.heard - before

    def _take(self, buffer: bytes, start: int, begin: int, end: int) -> None:
        kind = buffer[start] & 0x0F
        if kind == TEXT and buffer.find(NEXT, begin, min(end, begin + 120)) > 0:
            self.heard += 1
            if not self.sample:
                self.sample = buffer[begin:end]
        elif kind == TEXT and buffer.find(PONG, begin, end) > 0:
            self.pongs += 1
        elif kind == PING:
            self.send(buffer[begin:end], first=ANSWER_TO_PING)
        elif kind == CLOSE:
            raise ConnectionError(f"A subscriber was closed: {buffer[begin:end]!r}")

    def say(self, message: dict[str, Any]) -> None:
        """Send a message of the protocol."""
        self.send(json.dumps(message).encode(), first=0x80 | TEXT)

    def send(self, payload: bytes, *, first: int) -> None:
        """Send one frame, masked with zeros as a client may."""
        size = len(payload)
        length = bytes((0x80 | size,)) if size < 126 else bytes((0x80 | 126,)) + size.to_bytes(2)
        self.socket.sendall(bytes((first,)) + length + bytes(4) + payload)


def connected(port: int) -> Client:
    """Open a socket by the handshake of HTTP."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    key = base64.b64encode(os.urandom(16)).decode()
    head = (
        f"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
    )
    connection.sendall(head.encode())
    answer = b""
    while END_OF_HEAD not in answer:
        answer += connection.recv(CHUNK)
    return Client(connection, answer.split(END_OF_HEAD, 1)[1])


@dataclass(slots=True)
class Crowd:
    """All subscribers, read as their messages arrive."""

    clients: list[Client] = field(default_factory=list)
    poll: select.epoll = field(default_factory=select.epoll)
    by_file: dict[int, Client] = field(default_factory=dict)

    def subscribe(self, order: Order) -> None:
        """Let everybody in, some at once, until each has been greeted and has had its answer to a ping."""
        for start in range(0, len(order.listeners), CONNECTS_AT_ONCE):
            some = [self._join(order, each) for each in order.listeners[start : start + CONNECTS_AT_ONCE]]
            self.read_until(lambda some=some: all(c.heard >= order.greetings and c.pongs for c in some))
        self.forget()

    def _join(self, order: Order, listening: Listening) -> Client:
        client = connected(order.port)
        client.say({"type": "connection_init", "payload": listening.init})
        while b"connection_ack" not in client.pending:
            client.pending += client.socket.recv(CHUNK)
        client.pending = b""
        payload = {"query": order.document, "variables": listening.variables}
        client.say({"id": "1", "type": "subscribe", "payload": payload})
        client.say({"type": "ping"})
        client.socket.settimeout(0)
        self.clients.append(client)
        self.by_file[client.socket.fileno()] = client
        self.poll.register(client.socket, select.EPOLLIN)
        return client

    def forget(self) -> None:
        """Begin to count anew."""
        for client in self.clients:
            client.heard, client.sample = 0, b""

    def read_until(self, is_done: Any) -> None:
        """Read until a condition holds, or nothing more comes."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not is_done() and time.monotonic() < until:
            for file, _ in self.poll.poll(0.5, maxevents=4096):
                self.by_file[file].read()

    def hear(self, expected: int) -> Heard:
        """Read until so many messages have come, or nothing more comes."""
        self.forget()
        began, total, last, quiet = time.process_time(), 0, time.monotonic(), 0.0
        by_file = self.by_file
        while total < expected and quiet < PATIENCE_SECONDS:
            arrived = self.poll.poll(0.5, maxevents=4096)
            for file, _ in arrived:
                total += by_file[file].read()
            now = time.monotonic()
            quiet = 0.0 if arrived else quiet + 0.5
            last = now if arrived else last
        sample = next((client.sample for client in self.clients if client.sample), b"").decode()
        return Heard([client.heard for client in self.clients], last, sample, time.process_time() - began)


class Listeners:
    """The process of subscribers, as the benchmark commands it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.process = process
        self.told: IO[str] = process.stdin
        self.tells: IO[str] = process.stdout

    def expect(self, count: int) -> None:
        """Begin to count, before anything happens."""
        self.told.write(f"{count}\n")
        self.told.flush()
        assert self.tells.readline() == "counting\n", "the listeners have ended"

    def heard(self) -> Heard:
        """Return what was heard."""
        return Heard(**json.loads(self.tells.readline()))


@contextmanager
def listening(order: Order) -> Iterator[Listeners]:
    """Let everybody subscribe, in a process that ends with the block."""
    command = [sys.executable, "-m", "benchmarks.listeners"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        listeners = Listeners(process)
        listeners.told.write(json.dumps(asdict(order)) + "\n")
        listeners.told.flush()
        assert listeners.tells.readline() == "ready\n", "the listeners could not subscribe"
        yield listeners
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Subscribe as ordered, then count on command."""
    raise_limit()
    given = json.loads(sys.stdin.readline())
    order = Order(**{**given, "listeners": [Listening(**each) for each in given["listeners"]]})
    crowd = Crowd()
    crowd.subscribe(order)
    print("ready", flush=True)
    for line in sys.stdin:
        print("counting", flush=True)
        print(json.dumps(asdict(crowd.hear(int(line)))), flush=True)


if __name__ == "__main__":
    main()
