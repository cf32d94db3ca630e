"""The planner on both engines against graphql-core over plain objects, for many random documents.

`python -m tests.planner.differential --count 100000 --seed 1`
"""

import argparse
import asyncio
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, parse, validate

from boucle.planner.executing import Answer, execute, reading_by
from boucle.planner.plans import Prepared
from tests.databases import postgres_server
from tests.planner.drawing import Chooser, DocumentDrawer, Drawn, Seeded, draw_reader, draw_tables
from tests.planner.engines import Postgres, Sqlite, library_databases
from tests.planner.library import CATALOGUE, Reader, make_schema
from tests.planner.oracle import Oracle, Tables

SCHEMA = make_schema()
DOCUMENTS_PER_DATA = 25


@dataclass(frozen=True)
class Outcome:
    """An answer in a form in which two can be compared."""

    data: Any
    paths: list[tuple[str | int, ...]]


def outcome_of(data: Any, errors: Sequence[GraphQLError] | None) -> Outcome:
    """Return data as plain JSON, and where the errors stand."""
    plain = orjson.loads(orjson.dumps(data))
    return Outcome(plain, sorted((tuple(error.path or ()) for error in errors or ()), key=str))


async def planned(document: DocumentNode, drawn: Drawn, reader: Reader, engine: Sqlite | Postgres) -> Answer:
    """Run a document through the planner."""
    operation = next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    prepared = Prepared(SCHEMA, CATALOGUE, document, operation, engine.dialect)
    return await execute(prepared, reader, drawn.variables, reading_by(engine.fetch))


def differences(expected: Outcome, found: Outcome) -> str | None:
    """Say how two outcomes differ; where nulls propagate, graphql-core stops looking for further errors."""
    if expected.data != found.data:
        return f"data\n expected {expected.data}\n found    {found.data}"
    if bool(expected.paths) != bool(found.paths):
        return f"errors\n expected {expected.paths}\n found    {found.paths}"
    if not set(expected.paths) <= set(found.paths):
        return f"errors\n expected {expected.paths}\n found    {found.paths}"
    return None


def draw_valid(chooser: Chooser, tables: Tables) -> tuple[Drawn, DocumentNode] | None:
    """Return a document that the schema allows, or nothing."""
    drawn = DocumentDrawer(SCHEMA, tables, chooser).draw()
    document = parse(drawn.text)
    return None if validate(SCHEMA, document) else (drawn, document)


async def check(
    drawn: Drawn, document: DocumentNode, tables: Tables, reader: Reader, engines: Sequence[Sqlite | Postgres]
) -> Outcome:
    """Compare one document on all sides; raise `AssertionError` with everything needed to see why."""
    result = Oracle(tables, reader).execute(document, drawn.variables)
    expected = outcome_of(result.data, result.errors)
    for engine in engines:
        answer = await planned(document, drawn, reader, engine)
        difference = differences(expected, outcome_of(answer.data, answer.errors))
        assert difference is None, (
            f"{engine.dialect}: {difference}\n{answer.errors}\n{drawn.text}\n{drawn.variables}\n{reader}\n{tables}"
        )
    return expected


async def run(count: int, seed: int, engines: Sequence[Sqlite | Postgres]) -> Mapping[str, int]:
    """Check so many documents and return what they were like."""
    chooser = Seeded(random.Random(seed))
    seen = {"documents": 0, "invalid": 0, "with data": 0, "with errors": 0}
    tables: Tables = {}
    while seen["documents"] < count:
        if seen["documents"] % DOCUMENTS_PER_DATA == 0:
            tables = draw_tables(chooser)
            for engine in engines:
                await engine.fill(tables)
        valid = draw_valid(chooser, tables)
        if valid is None:
            seen["invalid"] += 1
            continue
        outcome = await check(*valid, tables, draw_reader(chooser), engines)
        seen["documents"] += 1
        seen["with data"] += outcome.data is not None
        seen["with errors"] += bool(outcome.paths)
    return seen


async def _main(count: int, seed: int, socket: str) -> None:
    async with library_databases(socket) as engines:
        print(await run(count, seed, engines))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, postgres_server(Path(folder) / "pg") as socket:
        asyncio.run(_main(given.count, given.seed, socket))
