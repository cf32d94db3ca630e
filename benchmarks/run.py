"""`make bench`: how Boucle compares with the bare driver doing the same work, both in the same run.

Figures are ratios, in rounds in which the sides take turns, so that a busy machine slows both. Absolute rates depend
on the machine and are shown only to make sense of the ratios.
"""

import argparse
import asyncio
import platform
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import FIGURES, Figure
from benchmarks.world import opened_world
from tests.databases import ENGINES, databases

RESULTS = Path(__file__).parent / "RESULTS.md"
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure on one engine: our rate, the peer's, and the ratio of each round."""

    figure: Figure
    engine: str
    ours: float
    peer: float
    ratios: tuple[float, ...]

    @property
    def line(self) -> str:
        low, middle, high = min(self.ratios), statistics.median(self.ratios), max(self.ratios)
        return (
            f"| {self.figure.name} | {self.engine} | {self.ours:,.0f}/s | {self.peer:,.0f}/s "
            f"| {low:.2f} | **{middle:.2f}** | {high:.2f} |"
        )


async def rate(act: Callable[[], Awaitable[None]], seconds: float) -> float:
    """Return how often per second `act` runs, one after another, for about so many seconds."""
    await act()
    done, started = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - started) < seconds:
        await act()
        done += 1
    return done / elapsed


async def measure(figure: Figure, url: str, *, engine: str, tickets: int, seconds: float) -> Outcome:
    """Let both sides take turns on the same data."""
    async with opened_world(url, tickets=tickets) as world:
        ours, peer = await figure.sides(world)
        pairs = [(await rate(ours, seconds), await rate(peer, seconds)) for _ in range(ROUNDS)]
    return Outcome(
        figure,
        engine,
        statistics.median(mine for mine, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
        tuple(mine / theirs for mine, theirs in pairs),
    )


def report(outcomes: list[Outcome], *, tickets: int) -> str:
    """Return the results as a page."""
    rows = "\n".join(outcome.line for outcome in outcomes)
    notes = "\n".join(f"- **{figure.name}**: {figure.description}" for figure in FIGURES)
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return (
        f"# Results\n\nWritten by `make bench` on {machine}; {tickets:,} tickets, {ROUNDS} rounds.\n\n"
        "| figure | engine | Boucle | peer | ratio, least | median | most |\n|---|---|---|---|---|---|---|\n"
        f"{rows}\n\n{notes}\n"
    )


def main() -> None:
    """Measure every figure on both engines, print the table and write it to RESULTS.md."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=2_000, help="tickets in the database")
    arguments.add_argument("--seconds", type=float, default=2.0, help="time of each side in each round")
    given = arguments.parse_args()
    outcomes = []
    with databases() as factory:
        for engine in ENGINES:
            for figure in FIGURES:
                url = factory.fresh(engine)
                each = measure(figure, url, engine=engine, tickets=given.tickets, seconds=given.seconds)
                outcomes.append(asyncio.run(each))
                print(outcomes[-1].line, flush=True)
    RESULTS.write_text(report(outcomes, tickets=given.tickets))
    print(f"Written to {RESULTS.name}")


if __name__ == "__main__":
    main()
