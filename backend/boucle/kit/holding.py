"""Whether a condition holds for a row that is at hand, as both databases would say.

What the row does not tell (a column that it does not have, rows of other tables, the order of texts, capitals beyond
ASCII) leaves several outcomes possible. Null is one of the outcomes, as in SQL, and not the same as not to know.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any, TypeAlias, assert_never

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

Row: TypeAlias = Mapping[str, object]
Outcomes: TypeAlias = int  # any of these, as bits
TRUE, FALSE, NULL = 1, 2, 4
ANY = TRUE | FALSE | NULL
MISSING = object()
COMPARE: Mapping[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.EQUAL: operator.eq,
    Comparison.UNEQUAL: operator.ne,
    Comparison.LESS: operator.lt,
    Comparison.AT_MOST: operator.le,
    Comparison.MORE: operator.gt,
    Comparison.AT_LEAST: operator.ge,
}
BY_IDENTITY = frozenset({Comparison.EQUAL, Comparison.UNEQUAL})
STRICT = {Comparison.AT_MOST: Comparison.LESS, Comparison.AT_LEAST: Comparison.MORE}


def holds(condition: Condition, row: Row) -> bool:
    """Whether the condition is true for the row, whatever the row does not tell."""
    return outcomes(condition, row) == TRUE


def may_hold(condition: Condition, row: Row) -> bool:
    """Whether the condition may be true for the row, as far as the row tells."""
    return bool(outcomes(condition, row) & TRUE)


def decided(condition: Condition, row: Row) -> bool | None:
    """Whether the condition is true for the row; `None`: the row does not tell, only the database does."""
    found = outcomes(condition, row)
    if found == TRUE:
        return True
    return None if found & TRUE else False


def outcomes(condition: Condition, row: Row) -> Outcomes:
    """Return what the condition may be for the row: true, false, null."""
    match condition:
        case AllOf(parts):
            return _all(parts, row)
        case AnyOf(parts):
            return _any(parts, row)
        case Compare(column, comparison, value):
            return _compared(row.get(column, MISSING), comparison, value)
        case IsOneOf(column, values):
            return _is_one_of(row.get(column, MISSING), values)
        case IsMissing(column):
            value = row.get(column, MISSING)
            return TRUE | FALSE if value is MISSING else _exactly(value is None)
        case Not(part):
            return _NOT[outcomes(part, row)]
        case Contains():
            return _contains(row.get(condition.column, MISSING), condition)
        case Beyond():
            return _beyond(condition, row)
        case HasRow():
            return TRUE | FALSE
        case _:
            assert_never(condition)


def _exactly(is_true: bool) -> Outcomes:  # noqa: FBT001  (the value itself)
    return TRUE if is_true else FALSE


def _all(parts: Sequence[Condition], row: Row) -> Outcomes:
    found = TRUE
    for part in parts:
        found = _AND[found][outcomes(part, row)]
        if found == FALSE:
            break
    return found


def _any(parts: Sequence[Condition], row: Row) -> Outcomes:
    found = FALSE
    for part in parts:
        found = _OR[found][outcomes(part, row)]
        if found == TRUE:
            break
    return found


def _compared(mine: object, comparison: Comparison, value: object) -> Outcomes:
    if mine is None or value is None:
        return NULL
    if mine is MISSING:
        return ANY
    if isinstance(mine, str) and comparison not in BY_IDENTITY:
        return TRUE | FALSE
    return _exactly(COMPARE[comparison](mine, value))


def _is_one_of(mine: object, values: Sequence[object]) -> Outcomes:
    if not values:
        return FALSE
    if mine is MISSING:
        return ANY
    if mine is None:
        return NULL
    if mine in values:
        return TRUE
    return NULL if None in values else FALSE


def _contains(mine: object, wanted: Contains) -> Outcomes:
    if mine is MISSING:
        return ANY
    if not isinstance(mine, str):
        return NULL
    if not wanted.ignores_case:
        return _exactly(wanted.text in mine)
    if not (mine.isascii() and wanted.text.isascii()):
        return TRUE | FALSE
    return _exactly(wanted.text.lower() in mine.lower())


def _beyond(beyond: Beyond, row: Row) -> Outcomes:
    """Compare from the left, as SQL does: the first pair that differs decides, and so does the first null."""
    *leading, last = zip(beyond.columns, beyond.values, strict=True)
    strict = STRICT.get(beyond.comparison, beyond.comparison)
    for column, value in leading:
        mine = row.get(column, MISSING)
        if mine is MISSING:
            return ANY
        is_equal = _compared(mine, Comparison.EQUAL, value)
        if is_equal != TRUE:
            return is_equal if is_equal == NULL else _compared(mine, strict, value)
    return _compared(row.get(last[0], MISSING), beyond.comparison, last[1])


def _and(one: Outcomes, other: Outcomes) -> Outcomes:
    if FALSE in (one, other):
        return FALSE
    return NULL if NULL in (one, other) else TRUE


def _negated(one: Outcomes) -> Outcomes:
    return {TRUE: FALSE, FALSE: TRUE, NULL: NULL}[one]


def _or(one: Outcomes, other: Outcomes) -> Outcomes:
    return _negated(_and(_negated(one), _negated(other)))


def _each(possible: Outcomes) -> list[Outcomes]:
    return [outcome for outcome in (TRUE, FALSE, NULL) if possible & outcome]


def _table(of: Callable[[Outcomes, Outcomes], Outcomes]) -> list[list[Outcomes]]:
    """Return, for each two sets of possible outcomes, what may come of them."""

    def combined(some: Outcomes, others: Outcomes) -> Outcomes:
        found = 0
        for one, other in product(_each(some), _each(others)):
            found |= of(one, other)
        return found

    return [[combined(some, others) for others in range(ANY + 1)] for some in range(ANY + 1)]


_AND, _OR = _table(_and), _table(_or)
_NOT = [sum(map(_negated, _each(possible))) for possible in range(ANY + 1)]
