"""Whatever document is drawn, the planner answers on both engines what graphql-core answers from memory."""

import asyncio
import random
from collections.abc import Callable

from graphql import parse
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.databases import Databases
from tests.planner.differential import SCHEMA, check, draw_valid, run
from tests.planner.drawing import FULL_DEPTH, DeepDrawer, Seeded, draw_reader, draw_restricted_reader, draw_tables
from tests.planner.engines import library_databases

DRAWS = 60


class Drawing:
    """Decides by what hypothesis draws, so that a failing document shrinks."""

    def __init__(self, draw: Callable[[st.SearchStrategy[int]], int]) -> None:
        self.draw = draw

    def number(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))


def test_a_drawn_document_is_answered_as_graphql_says(database_factory: Databases) -> None:
    with asyncio.Runner() as runner:
        databases = library_databases(database_factory.socket)
        engines = runner.run(databases.__aenter__())

        @settings(max_examples=DRAWS, deadline=None, suppress_health_check=list(HealthCheck))
        @given(data=st.data())
        def compare(data: st.DataObject) -> None:
            chooser = Drawing(data.draw)
            tables = draw_tables(chooser)
            valid = draw_valid(chooser, tables)
            assume(valid is not None)
            assert valid is not None
            for engine in engines:
                runner.run(engine.fill(tables))
            runner.run(check(*valid, tables, draw_reader(chooser), engines))

        try:
            compare()
        finally:
            runner.run(databases.__aexit__(None, None, None))


async def test_many_documents_by_seed(database_factory: Databases) -> None:
    seed = random.SystemRandom().randrange(10**9)
    async with library_databases(database_factory.socket) as engines:
        seen = await run(300, seed, engines)
    assert seen["documents"] == 300, seed
    assert seen["with data"] > 200, seen
    assert seen["with errors"] > 30, seen


async def test_restricted_readers_read_as_deep_as_a_document_may_go(database_factory: Databases) -> None:
    chooser = Seeded(random.Random(random.SystemRandom().randrange(10**9)))
    depths: list[int] = []
    async with library_databases(database_factory.socket) as engines:
        for _ in range(6):
            tables = draw_tables(chooser)
            for engine in engines:
                await engine.fill(tables)
            for _ in range(20):
                drawn = DeepDrawer(SCHEMA, tables, chooser).draw()
                document = parse(drawn.text)
                depths.append(drawn.text.count("{") - drawn.text.count("... on") - 1)
                await check(drawn, document, tables, draw_restricted_reader(chooser), engines)
    assert depths.count(FULL_DEPTH) > 20, depths


async def test_the_comparison_can_fail(database_factory: Databases) -> None:
    chooser = Seeded(random.Random(7))
    tables = draw_tables(chooser)
    altered = {**tables, "authors": [{**row, "name": "somebody else"} for row in tables["authors"]]}
    found = 0
    async with library_databases(database_factory.socket) as engines:
        for engine in engines:
            await engine.fill(altered)
        for _ in range(40):
            valid = draw_valid(chooser, tables)
            if valid is None:
                continue
            try:
                await check(*valid, tables, draw_reader(chooser), engines)
            except AssertionError:
                found += 1
    assert found > 3
