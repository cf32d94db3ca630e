"""The page that a run writes."""

import json
import os
import platform
import sqlite3
import statistics
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from math import isnan
from pathlib import Path

from benchmarks.documents import DOCUMENTS
from benchmarks.figures import FIGURES
from benchmarks.reading import TARGETS, TOGETHER, Key, Round, Target
from benchmarks.servers import POSTGRAPHILE, node, version_of
from benchmarks.store import Store
from benchmarks.writing import TICKETS as WRITING_TICKETS
from benchmarks.writing import Outcome

TENS = 10
RESULTS = Path(__file__).parent / "RESULTS.md"
READING = f"""One process of each side, asked over HTTP by clients in another process, {TOGETHER} at once where nothing
else is said. All answers were compared before. Boucle checks a token and what the viewer may see, its peers check
nothing. pgbench runs the statements that Boucle sends, prepared, with nothing around them, on all cores.
The last two columns are how long one request keeps processors busy: in the server, and in PostgreSQL."""
WRITING = f"""In one process with the bare driver, {WRITING_TICKETS:,} tickets; SQLite waits for the disk, PostgreSQL,
that of the tests, does not."""


def machine(store: Store) -> str:
    """Return what the figures were measured with."""
    packages = ("strawberry-graphql", "tortoise-orm", "asyncpg", "uvicorn", "uvloop")
    graphile = json.loads((POSTGRAPHILE / "node_modules" / "postgraphile" / "package.json").read_text())["version"]
    parts = [
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start",
        f"Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in packages)}",
        f"PostgreSQL {version_of(str(store.programs / 'postgres')).split()[-1]}, SQLite {sqlite3.sqlite_version}",
        f"Node {version_of(node())}, PostGraphile {graphile}",
    ]
    return "; ".join(parts)


def reading_lines(rounds: Sequence[Round]) -> list[str]:
    """Return the table of what is to be reached, as Markdown."""
    head = "| figure | engine | must | aim | least | median | most |"
    return [head, "|---|---|---|---|---|---|---|", *(_target_line(each, rounds) for each in TARGETS)]


def _target_line(target: Target, rounds: Sequence[Round]) -> str:
    ratios = _ratios([target.of(each) for each in rounds])
    return f"| {target.name} | {target.engine} | {target.must} | {target.aim} | {ratios} |"


def rate_lines(rounds: Sequence[Round]) -> list[str]:
    """Return the table of what was seen of each side: medians of the rounds."""
    head = "| document | engine | clients | side | requests/s | p50 | p99 | processor, server | database |"
    keys = sorted(rounds[0], key=lambda key: (key.document, key.engine, key.clients))
    return [head, "|---|---|---|---|---|---|---|---|---|", *(_rate_line(key, rounds) for key in keys)]


def _rate_line(key: Key, rounds: Sequence[Round]) -> str:
    loads = [each[key] for each in rounds]
    rate = statistics.median(load.rate for load in loads)
    times = [_milliseconds([getattr(load, name) for load in loads]) for name in ("p50", "p99", "server", "database")]
    return f"| {key.document} | {key.engine} | {key.clients} | {key.side} | {rate:,.0f} | {' | '.join(times)} |"


def writing_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the table of writing."""
    head = "| figure | engine | Boucle | peer | ratio, least | median | most |"
    return [head, "|---|---|---|---|---|---|---|", *(_outcome_line(each) for each in outcomes)]


def _outcome_line(outcome: Outcome) -> str:
    rates = f"{outcome.ours:,.0f}/s | {outcome.peer:,.0f}/s"
    return f"| {outcome.figure.name} | {outcome.engine} | {rates} | {_ratios(outcome.ratios)} |"


def _ratios(values: Sequence[float]) -> str:
    return f"{min(values):.2f} | **{statistics.median(values):.2f}** | {max(values):.2f}"


def _milliseconds(values: Sequence[float]) -> str:
    middle = statistics.median(values)
    return "" if isnan(middle) else f"{middle:.2f} ms" if middle < TENS else f"{middle:.0f} ms"


def page(
    rounds: Sequence[Round], outcomes: Sequence[Outcome], *, tickets: int, fields: Mapping[str, int], described: str
) -> str:
    """Return the results as a page."""
    lines = [
        "# Results",
        "",
        f"Written by `make bench`: {tickets:,} tickets, {len(rounds)} rounds in which all sides take turns.",
        f"Machine: {described}.",
        "",
        "## Reading",
        "",
        READING,
        "",
        *(f"- **{document.name}**: {document.description} ({fields[document.name]} fields)" for document in DOCUMENTS),
        "",
        *reading_lines(rounds),
        "",
        *rate_lines(rounds),
        "",
        "## Writing",
        "",
        WRITING,
        "",
        *writing_lines(outcomes),
        "",
        *(f"- **{figure.name}**: {figure.description}" for figure in FIGURES),
        "",
    ]
    return "\n".join(lines)
