"""The figures of live delivery: one process with two thousand sockets, against graphql-ws on Node."""

import asyncio
import json
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import psutil

from benchmarks import servers
from benchmarks.audience import AMOUNT, FILTERS, Watcher, alike, hired, mixed
from benchmarks.commenting import Commenter, commenter
from benchmarks.copies import passing_copy
from benchmarks.descriptors import raise_limit
from benchmarks.listeners import Heard, Listeners, Listening, Order, listening
from benchmarks.sections import Ratio, Section
from benchmarks.servers import Server
from benchmarks.store import opened_store
from boucle.kit.database import Dialect
from boucle.kit.embedded_valkey import embedded_valkey

TICKET = 4_241  # it has a score
SINGLES, BURST = 9, 20
MIB = 1024 * 1024
FIELDS = """id key subject priority currentSegment score status { id key } team { id name } assignee { id name }
  contact { id firstName lastName } lastEvents(first: 3) { id kind at actor { id name } }"""
FEED = f"""subscription Feed($filter: TicketFilter) {{ feed(filter: $filter) {{ __typename cursor
  ... on TicketChanged {{ ticket {{ {FIELDS} }} event {{ id kind at text actor {{ id name }} }} }} }} }}"""
TEXT = f"""{AMOUNT:,} sockets on one process of each side, each with one subscription to the same document; a process
of its own reads them. What is told, and who is told, is compared first. The clock begins when a comment is committed
by another process (Boucle, which hears of it by Valkey and reads it from PostgreSQL) or is published in the process
itself (graphql-ws with graphql-js and graphql-subscriptions, over tickets in memory) and ends with the last delivery:
of one event, and of {BURST} at once for the rate. Then the same with {FILTERS} different pairs of rights and filter."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One side in one round: seconds to the last delivery of one event, and messages per second of many."""

    seconds: float
    rate: float
    listening: float  # share of a processor that the subscribers took meanwhile


@dataclass(frozen=True, slots=True)
class Show:
    """A server with its subscribers; `publish` lets so many events happen, and says when."""

    listeners: Listeners
    publish: Callable[[int], float]
    audience: int

    def one(self, times: int) -> tuple[float, Heard]:
        """Let events happen; return the seconds until the last delivery, and what was heard."""
        self.listeners.expect(times * self.audience)
        began = self.publish(times)
        heard = self.listeners.heard()
        if heard.total != times * self.audience:
            raise AssertionError(f"{heard.total} messages came of {times * self.audience}")
        return heard.last - began, heard

    def seen(self) -> Seen:
        """Measure one round."""
        singles = [self.one(1)[0] for _ in range(SINGLES)]
        seconds, heard = self.one(BURST)
        return Seen(statistics.median(singles), heard.total / seconds, heard.busy / seconds)

    def told(self, expected: Sequence[bool]) -> dict[str, Any]:
        """Return what is told of one event; raise unless it is told to whom it concerns."""
        _, heard = self.one(1)
        if [bool(count) for count in heard.counts] != list(expected):
            raise AssertionError("It is told to the wrong subscribers.")
        message: dict[str, Any] = json.loads(heard.sample)["payload"]["data"]["feed"]
        return message


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides with the same subscribers, round by round."""

    ours: Sequence[Seen]
    theirs: Sequence[Seen]
    audience: int

    @property
    def sooner(self) -> list[float]:
        """How many times as long the peer takes to the last delivery."""
        return [peer.seconds / our.seconds for our, peer in zip(self.ours, self.theirs, strict=True)]

    @property
    def faster(self) -> list[float]:
        """How many times as many messages Boucle delivers in a second."""
        return [our.rate / peer.rate for our, peer in zip(self.ours, self.theirs, strict=True)]


@dataclass(slots=True)
class Stage:
    """The web process of Boucle, and the colleague who lets things happen."""

    server: Server
    colleague: Commenter
    rounds: int
    memory: list[float] = field(default_factory=list)

    def compare(self, watchers: Sequence[Watcher], ticket: Mapping[str, Any]) -> Comparison:
        """Measure both sides with the same subscribers, in turns."""
        expected = [each.hears_of(ticket) for each in watchers]
        with ExitStack() as stack:
            ours = stack.enter_context(self._ours(watchers, sum(expected)))
            example = ours.told(expected)
            peer = stack.enter_context(servers.graphql_ws())
            theirs = stack.enter_context(_theirs(peer, watchers, example, sum(expected)))
            if theirs.told(expected) != example:
                raise AssertionError(f"graphql-ws does not tell what Boucle tells:\n{example}")
            seen = [self._round(ours, theirs) for _ in range(self.rounds)]
        return Comparison([our for our, _ in seen], [peer for _, peer in seen], sum(expected))

    def _round(self, ours: Show, theirs: Show) -> tuple[Seen, Seen]:
        self.memory.append(psutil.Process(self.server.pid).memory_info().rss / MIB)
        return ours.seen(), theirs.seen()

    @contextmanager
    def _ours(self, watchers: Sequence[Watcher], audience: int) -> Iterator[Show]:
        listeners = [Listening({"authorization": f"Bearer {each.token}"}, each.variables) for each in watchers]
        with listening(Order(self.server.port, FEED, 1, listeners)) as crowd:
            yield Show(crowd, lambda times: self.colleague.comment(TICKET, times), audience)


@contextmanager
def _theirs(peer: Server, watchers: Sequence[Watcher], example: Mapping[str, Any], audience: int) -> Iterator[Show]:
    listeners = [Listening({"viewer": each.rights}, each.variables) for each in watchers]

    def publish(times: int) -> float:
        answer = httpx.post(f"http://127.0.0.1:{peer.port}/", content=json.dumps([example] * times), timeout=60)
        return float(answer.json()["at"]) / 1e9

    with listening(Order(peer.port, FEED, 0, listeners)) as crowd:
        yield Show(crowd, publish, audience)


def live(tickets: int, rounds: int, seconds: float) -> Section:  # noqa: ARG001  (events are counted, not timed)
    """Measure live delivery on PostgreSQL."""
    raise_limit()
    with ExitStack() as stack:
        store = stack.enter_context(opened_store())
        url = stack.enter_context(passing_copy(store, Dialect.POSTGRES, store.url(Dialect.POSTGRES, tickets)))
        people = asyncio.run(hired(url))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="boucle-bench-")))
        valkey = stack.enter_context(embedded_valkey(folder))
        server = stack.enter_context(servers.boucle(url, valkey=valkey))
        stage = Stage(server, stack.enter_context(commenter(url, valkey)), rounds)
        ticket = _ticket(server)
        same = stage.compare(alike(people), ticket)
        idle = stage.memory[0]
        different = stage.compare(mixed(people, ticket), ticket)
    return Section("Live", TEXT, _ratios(same, different, stage.memory), _details(same, different, idle))


def _ticket(server: Server) -> dict[str, Any]:
    """Return the ticket that people comment on."""
    query = {"query": f'{{ node(id: "tkt_{TICKET}") {{ ... on Ticket {{ {FIELDS} }} }} }}'}
    answer = httpx.post(f"http://127.0.0.1:{server.port}/graphql", json=query, headers=dict(server.headers))
    ticket: dict[str, Any] = answer.json()["data"]["node"]
    return ticket


def _ratios(same: Comparison, different: Comparison, memory: Sequence[float]) -> list[Ratio]:
    engine, kinds = Dialect.POSTGRES, f"{FILTERS} rights and filters"
    return [
        Ratio("one event to the last delivery × graphql-ws", engine, "≥ 3", "5", same.sooner),
        Ratio("messages/s × graphql-ws", engine, "≥ 3", "5", same.faster),
        Ratio(f"{kinds}: one event to the last × graphql-ws", engine, "≥ 1.5", "3", different.sooner),
        Ratio(f"{kinds}: messages/s × graphql-ws", engine, "≥ 1.5", "3", different.faster),
        Ratio(f"memory of a web process with {AMOUNT:,} sockets, MiB", engine, "≤ 250", "120", memory),
    ]


def _details(same: Comparison, different: Comparison, idle: float) -> list[str]:
    head = "| subscribers | told | side | one event | messages/s | processor of the subscribers |"
    lines = [head, "|---|---|---|---|---|---|"]
    for name, each in (("all alike", same), (f"{FILTERS} kinds", different)):
        for side, seen in (("Boucle", each.ours), ("graphql-ws", each.theirs)):
            lines.append(_line(name, each.audience, side, seen))
    return [*lines, "", f"Before the first event, with all sockets open: {idle:.0f} MiB."]


def _line(name: str, audience: int, side: str, seen: Sequence[Seen]) -> str:
    seconds = statistics.median(each.seconds for each in seen)
    rate = statistics.median(each.rate for each in seen)
    share = statistics.median(each.listening for each in seen)
    return f"| {name} | {audience:,} | {side} | {seconds * 1000:.1f} ms | {rate:,.0f} | {share:.0%} |"
