"""The figures of reading: one web process of each side over the same data, taking turns, asked over HTTP."""

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from math import isnan

from benchmarks import servers
from benchmarks.documents import DEEP, DOCUMENTS, INBOX, Document, Side, check_equal
from benchmarks.floor import load_of, statements_of
from benchmarks.load import Load, Order, measured
from benchmarks.processors import accounted
from benchmarks.sections import Ratio, Section
from benchmarks.servers import Server
from benchmarks.store import Store, opened_store
from boucle.kit.database import Dialect

ALONE, TOGETHER = 1, 8
TENS = 10
FLOOR = "pgbench"
STARTERS = {Side.BOUCLE: servers.boucle, Side.POSTGRAPHILE: servers.postgraphile, Side.ORDINARY: servers.ordinary}
TEXT = f"""One process of each side, asked over HTTP by clients in a process and session of their own, {TOGETHER} of
them where nothing else is said. All answers were compared before. Boucle checks a token and what the viewer may see,
its peers check nothing. pgbench runs the statements that Boucle sends, prepared, on all cores, with nothing around
them. The last two columns are how long one request keeps processors busy: in the server, and in PostgreSQL."""
PEERS = {Dialect.POSTGRES: tuple(Side), Dialect.SQLITE: (Side.BOUCLE, Side.ORDINARY)}


@dataclass(frozen=True, slots=True)
class Key:
    """What was asked of whom, by how many clients at once."""

    engine: Dialect
    document: str
    side: str
    clients: int


Turn = Callable[[], Load]
Round = Mapping[Key, Load]


@dataclass(slots=True)
class Turns:
    """Everything that is measured in each round, in order."""

    store: Store
    stack: ExitStack
    tickets: int
    seconds: float
    turns: dict[Key, Turn] = field(default_factory=dict)
    fields: dict[str, int] = field(default_factory=dict)

    def add_all(self) -> None:
        """Start every server and compare their answers."""
        for engine in (Dialect.POSTGRES, Dialect.SQLITE):
            url = self.store.url(engine, self.tickets)
            running = {side: self.stack.enter_context(STARTERS[side](url)) for side in PEERS[engine]}
            for document in DOCUMENTS:
                self._add_document(document, engine, running)
        for document in DOCUMENTS:
            self._add_floor(document)

    def _add_document(self, document: Document, engine: Dialect, running: Mapping[Side, Server]) -> None:
        self.fields[document.name] = check_equal(document, running)
        for clients in (ALONE, TOGETHER):
            for side, server in running.items():
                self._add(document, engine, side, server, clients)

    def _add(self, document: Document, engine: Dialect, side: Side, server: Server, clients: int) -> None:
        order = Order(server.port, document.body(side), dict(server.headers), clients, self.seconds)
        database = self.store.postmaster if engine is Dialect.POSTGRES else None
        self.turns[Key(engine, document.name, side, clients)] = partial(
            accounted, partial(measured, order), server=server.pid, database=database
        )

    def _add_floor(self, document: Document) -> None:
        url = self.store.url(Dialect.POSTGRES, self.tickets)
        sent = statements_of(document, url)
        for clients in (ALONE, TOGETHER):
            turn = partial(load_of, sent, self.store, url, clients=clients, seconds=self.seconds)
            self.turns[Key(Dialect.POSTGRES, document.name, FLOOR, clients)] = partial(
                accounted, turn, server=None, database=self.store.postmaster
            )

    def rounds(self, count: int) -> Iterator[Round]:
        """Let all sides take their turns, so many times."""
        for _ in range(count):
            yield {key: turn() for key, turn in self.turns.items()}


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that Boucle must reach, and the one it aims at; `of` takes it from a round."""

    name: str
    engine: Dialect
    must: str
    aim: str
    of: Callable[[Round], float]


def faster(
    document: Document, peer: str, *, engine: Dialect = Dialect.POSTGRES, clients: int = TOGETHER
) -> Callable[[Round], float]:
    """Return Boucle's rate divided by the peer's."""

    def ratio(seen: Round) -> float:
        ours = seen[Key(engine, document.name, Side.BOUCLE, clients)]
        return ours.rate / seen[Key(engine, document.name, peer, clients)].rate

    return ratio


def spread(document: Document, engine: Dialect) -> Callable[[Round], float]:
    """Return how much longer the slowest answers take than the middle one."""

    def ratio(seen: Round) -> float:
        ours = seen[Key(engine, document.name, Side.BOUCLE, TOGETHER)]
        return ours.p99 / ours.p50

    return ratio


POSTGRES, SQLITE = Dialect.POSTGRES, Dialect.SQLITE
TARGETS = (
    Target("inbox page × PostGraphile", POSTGRES, "≥ 2.5", "3.5", faster(INBOX, Side.POSTGRAPHILE)),
    Target("the same, one client", POSTGRES, "", "", faster(INBOX, Side.POSTGRAPHILE, clients=ALONE)),
    Target("inbox page × ordinary Strawberry", POSTGRES, "≥ 15", "", faster(INBOX, Side.ORDINARY)),
    Target("inbox page, share of pgbench", POSTGRES, "≥ 0.45", "0.70", faster(INBOX, FLOOR)),
    Target("the same, one client", POSTGRES, "", "", faster(INBOX, FLOOR, clients=ALONE)),
    Target("inbox page × ordinary Strawberry", SQLITE, "≥ 25", "40", faster(INBOX, Side.ORDINARY, engine=SQLITE)),
    Target("inbox page, p99 ÷ p50", POSTGRES, "≤ 3", "2", spread(INBOX, POSTGRES)),
    Target("inbox page, p99 ÷ p50", SQLITE, "≤ 3", "2", spread(INBOX, SQLITE)),
    Target("deep document × PostGraphile", POSTGRES, "≥ 2", "3", faster(DEEP, Side.POSTGRAPHILE)),
    Target("deep document, share of pgbench", POSTGRES, "", "", faster(DEEP, FLOOR)),
    Target("deep document, p99 ÷ p50", POSTGRES, "", "", spread(DEEP, POSTGRES)),
)


def reading(tickets: int, rounds: int, seconds: float) -> Section:
    """Measure the questions of reading on both engines."""
    with ExitStack() as stack:
        turns = Turns(stack.enter_context(opened_store()), stack, tickets, seconds)
        turns.add_all()
        seen = list(turns.rounds(rounds))
    ratios = [Ratio(each.name, each.engine, each.must, each.aim, [each.of(one) for one in seen]) for each in TARGETS]
    documents = [f"- **{each.name}**: {each.description} ({turns.fields[each.name]} fields)" for each in DOCUMENTS]
    return Section("Reading", TEXT, ratios, [*documents, "", *_rate_lines(seen)])


def _rate_lines(rounds: Sequence[Round]) -> list[str]:
    """Return the table of what was seen of each side: medians of the rounds."""
    head = "| document | engine | clients | side | requests/s | p50 | p99 | processor, server | database |"
    keys = sorted(rounds[0], key=lambda key: (key.document, key.engine, key.clients))
    return [head, "|---|---|---|---|---|---|---|---|---|", *(_rate_line(key, rounds) for key in keys)]


def _rate_line(key: Key, rounds: Sequence[Round]) -> str:
    loads = [each[key] for each in rounds]
    rate = statistics.median(load.rate for load in loads)
    times = [_milliseconds([getattr(load, name) for load in loads]) for name in ("p50", "p99", "server", "database")]
    return f"| {key.document} | {key.engine} | {key.clients} | {key.side} | {rate:,.0f} | {' | '.join(times)} |"


def _milliseconds(values: Sequence[float]) -> str:
    middle = statistics.median(values)
    return "" if isnan(middle) else f"{middle:.2f} ms" if middle < TENS else f"{middle:.0f} ms"
