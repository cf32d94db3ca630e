"""A condition holds in memory exactly where it holds in both databases; what a row does not tell is unknown."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boucle.kit.conditions import (
    AllOf,
    AnyOf,
    Beyond,
    Compare,
    Comparison,
    Condition,
    Contains,
    HasRow,
    IsMissing,
    IsOneOf,
    Not,
)
from boucle.kit.holding import BY_IDENTITY, FALSE, NULL, TRUE, Row, decided, holds, may_hold, outcomes
from boucle.kit.statements import Statement
from tests.databases import Databases
from tests.planner.engines import Postgres, Sqlite, library_databases
from tests.planner.library import COLUMNS

DRAWS = 300


class Genre(StrEnum):
    NOVEL = "novel"
    POEM = "poem"


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NUMBERS = st.sampled_from([-1, 0, 1, 2, 2**40])
TEXTS = st.sampled_from(["", "a", "A", "aa", "é", "É", "100%", "a_b", "\\", "novel", "日本"])
GENRES = st.sampled_from(list(Genre))
TIMES = st.sampled_from(
    [NOON, NOON.astimezone(timezone(timedelta(hours=9))), NOON + timedelta(microseconds=1), NOON - timedelta(days=1)]
)
BOOLEANS = st.booleans()
VALUES = {"id": NUMBERS, "pages": NUMBERS, "name": TEXTS, "genre": GENRES, "published": TIMES, "is_secret": BOOLEANS}
IDENTITY = st.sampled_from(sorted(BY_IDENTITY))
ANY_COMPARISON = st.sampled_from(list(Comparison))


def rows() -> st.SearchStrategy[dict[str, object]]:
    """Rows as they are stored: times in UTC."""
    stored = VALUES | {"published": TIMES.map(lambda moment: moment.astimezone(UTC))}
    return st.fixed_dictionaries({name: st.none() | values for name, values in stored.items()})


def compared(column: str) -> st.SearchStrategy[Condition]:
    by = IDENTITY if column in {"name", "genre", "is_secret"} else ANY_COMPARISON
    return st.builds(Compare, st.just(column), by, VALUES[column])


def listed(column: str) -> st.SearchStrategy[Condition]:
    return st.builds(IsOneOf, st.just(column), st.lists(VALUES[column], max_size=3))


beyond = st.builds(
    Beyond,
    st.just(("published", "id")),
    st.sampled_from([Comparison.LESS, Comparison.MORE, Comparison.AT_MOST, Comparison.AT_LEAST]),
    st.tuples(TIMES, NUMBERS),
)
leaves = st.one_of(
    *map(compared, VALUES),
    *map(listed, VALUES),
    st.builds(IsMissing, st.sampled_from(sorted(VALUES))),
    st.builds(Contains, st.just("name"), TEXTS),
    beyond,
)
conditions = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(AllOf, st.lists(parts, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Not, parts),
    ),
    max_leaves=6,
)


async def told_by(engine: Sqlite | Postgres, condition: Condition, row: Row) -> int:
    statement = Statement(engine.dialect)
    statement.add("SELECT ")
    statement.condition(condition, "b")
    statement.add(" FROM books b")
    await engine.fill({table: [] for table in COLUMNS} | {"books": [dict.fromkeys(COLUMNS["books"]) | dict(row)]})
    [[answer]] = await engine.fetch(statement.text, statement.values)
    return NULL if answer is None else TRUE if answer else FALSE


def test_memory_agrees_with_both_databases(database_factory: Databases) -> None:
    with asyncio.Runner() as runner:
        databases = library_databases(database_factory.socket)
        engines = runner.run(databases.__aenter__())

        @settings(max_examples=DRAWS, deadline=None, suppress_health_check=list(HealthCheck))
        @given(conditions, rows(), st.sets(st.sampled_from(sorted(VALUES)), max_size=3))
        def compare(condition: Condition, row: dict[str, object], hidden: set[str]) -> None:
            mine = outcomes(condition, row)
            for engine in engines:
                assert runner.run(told_by(engine, condition, row)) == mine
            partly = {name: value for name, value in row.items() if name not in hidden}
            assert outcomes(condition, partly) & mine

        try:
            compare()
        finally:
            runner.run(databases.__aexit__(None, None, None))


def test_what_only_a_database_can_tell_is_unknown() -> None:
    elsewhere = HasRow("reviews", "id", "book_id", IsMissing("body"))
    assert outcomes(elsewhere, {"id": 1}) == TRUE | FALSE
    assert outcomes(Compare("name", Comparison.LESS, "b"), {"name": "a"}) == TRUE | FALSE
    assert outcomes(Contains("name", "É", ignores_case=True), {"name": "é"}) == TRUE | FALSE
    assert holds(Contains("name", "A", ignores_case=True), {"name": "bar"})
    assert holds(AnyOf((elsewhere, IsMissing("id"))), {"id": None})


def test_a_null_is_known_not_to_hold() -> None:
    owned = IsOneOf("pages", [1, 2])
    assert not may_hold(owned, {"pages": None})
    assert may_hold(owned, {})
    assert not may_hold(Not(owned), {"pages": None})


def test_equal_conditions_are_one_key() -> None:
    assert len({IsOneOf("id", [1, 2]), IsOneOf("id", (1, 2)), AllOf((IsOneOf("id", [1, 2]),))}) == 2


def test_what_a_row_does_not_tell_is_never_taken_for_false():
    owned = Compare("owner", Comparison.EQUAL, 7)
    assert decided(owned, {"owner": 7}) is True
    assert decided(owned, {"owner": 8}) is decided(owned, {"owner": None}) is False
    assert decided(owned, {}) is None
    assert decided(AllOf((owned, IsMissing("id"))), {"id": 1}) is False
