"""Several reads with one round trip: on PostgreSQL one statement, whose every part comes back as JSON.

A short read costs the driver and the server about as much as the trip itself. SQLite has no trip to save.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from boucle.kit.database import Dialect, dialect, fetch_written

_MARK = re.compile(r"\$(\d+)")
Rows = Sequence[Mapping[str, Any]]


class Read(NamedTuple):
    """A reading statement of the open dialect, its marks numbered from 1. What it returns must survive JSON."""

    sql: str
    values: Sequence[object]


async def fetch_together(*wanted: Read | None) -> list[Rows]:
    """Return the rows of each read, inside the running unit of work; none where there is nothing to look for."""
    reads = [read for read in wanted if read is not None]
    found = iter(await (_one_by_one(reads) if dialect() is Dialect.SQLITE or len(reads) < 2 else _at_once(reads)))
    return [() if read is None else next(found) for read in wanted]


async def _one_by_one(reads: Sequence[Read]) -> list[Rows]:
    return [await fetch_written(read.sql, read.values) for read in reads]


async def _at_once(reads: Sequence[Read]) -> list[Rows]:
    joint = _joint(*((read.sql, len(read.values)) for read in reads))
    [row] = await fetch_written(joint, [value for read in reads for value in read.values])
    return [orjson.loads(rows) for rows in row.values()]


@lru_cache(maxsize=100)
def _joint(*reads: tuple[str, int]) -> str:
    parts, before = [], 0
    for place, (sql, count) in enumerate(reads):
        moved = _MARK.sub(lambda mark, before=before: f"${before + int(mark[1])}", sql)  # type: ignore[misc]
        parts.append(f"(SELECT coalesce(json_agg(part), '[]') FROM ({moved}) AS part) AS part_{place}")  # noqa: S608
        before += count
    return f"SELECT {', '.join(parts)}"
