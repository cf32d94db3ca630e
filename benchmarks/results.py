"""The page that a run writes."""

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.sections import Section
from benchmarks.servers import GRAPHQL_WS, POSTGRAPHILE, node, version_of
from benchmarks.store import postgres_version

RESULTS = Path(__file__).parent / "RESULTS.md"


def machine() -> str:
    """Return what the figures were measured with."""
    packages = ("strawberry-graphql", "tortoise-orm", "asyncpg", "uvicorn", "uvloop")
    graphile, websockets = _installed(POSTGRAPHILE, "postgraphile"), _installed(GRAPHQL_WS, "graphql-ws")
    parts = [
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start",
        f"Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in packages)}",
        f"PostgreSQL {postgres_version()}, SQLite {sqlite3.sqlite_version}",
        f"Node {version_of(node())}, PostGraphile {graphile}, graphql-ws {websockets}",
    ]
    return "; ".join(parts)


def _installed(folder: Path, package: str) -> str:
    return str(json.loads((folder / "node_modules" / package / "package.json").read_text())["version"])


def page(sections: Sequence[Section], tickets: int, rounds: int, *, described: str) -> str:
    """Return the results as a page."""
    head = [
        "# Results",
        "",
        f"Written by `make bench`: {tickets:,} tickets, {rounds} rounds in which all sides take turns.",
        f"Machine: {described}.",
    ]
    return "\n".join([*head, *(line for section in sections for line in ("", *section.lines)), ""])
