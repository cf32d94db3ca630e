"""The figures of writing: Boucle in this process against the bare driver on the same data, taking turns."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from benchmarks.figures import FIGURES, Figure
from benchmarks.sections import Ratio, Section
from benchmarks.world import opened_world
from tests.databases import ENGINES, databases

TICKETS = 2_000
TEXT = f"""In one process with the bare driver, {TICKETS:,} tickets; SQLite waits for the disk, PostgreSQL,
that of the tests, does not."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure on one engine: our rate, the peer's, and the ratio of each round."""

    figure: Figure
    engine: str
    ours: float
    peer: float
    ratios: tuple[float, ...]


def writing(_: int, rounds: int, seconds: float) -> Section:
    """Measure what writing costs on both engines; the data is small, however many tickets are asked for."""
    outcomes = list(_written(rounds=rounds, seconds=seconds))
    ratios = [Ratio(each.figure.name, each.engine, "", "", each.ratios) for each in outcomes]
    rates = [
        f"- {each.figure.name}, {each.engine}: {each.ours:,.0f}/s, the peer {each.peer:,.0f}/s." for each in outcomes
    ]
    return Section("Writing", TEXT, ratios, [*(f"- **{each.name}**: {each.description}" for each in FIGURES), *rates])


def _written(*, rounds: int, seconds: float) -> Iterator[Outcome]:
    """Measure every figure on both engines."""
    with databases() as factory:
        for engine in ENGINES:
            for figure in FIGURES:
                each = _measured(figure, factory.fresh(engine), engine=engine, rounds=rounds, seconds=seconds)
                yield asyncio.run(each)


async def _measured(figure: Figure, url: str, *, engine: str, rounds: int, seconds: float) -> Outcome:
    async with opened_world(url, tickets=TICKETS) as world:
        ours, peer = await figure.sides(world)
        pairs = [(await _rate(ours, seconds), await _rate(peer, seconds)) for _ in range(rounds)]
    return Outcome(
        figure,
        engine,
        statistics.median(mine for mine, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
        tuple(mine / theirs for mine, theirs in pairs),
    )


async def _rate(act: Callable[[], Awaitable[None]], seconds: float) -> float:
    """Return how often per second `act` runs, one after another, for about so many seconds."""
    await act()
    done, started = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - started) < seconds:
        await act()
        done += 1
    return done / elapsed
