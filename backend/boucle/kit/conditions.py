"""Conditions on rows as values: `kit.statements` writes them as SQL, `kit.holding` tells whether one holds in memory.

Equal conditions are equal values and may be keys of a dictionary.
Comparing with null is neither true nor false, as in SQL, and only what is true holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, assert_never


class Comparison(StrEnum):
    """How a column is compared with a value."""

    EQUAL = "="
    UNEQUAL = "<>"
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Compare:
    """The column stands in this relation to the value."""

    column: str
    comparison: Comparison
    value: object


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """The column has one of the values; of none, nothing holds."""

    column: str
    values: Sequence[object]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(self.values))


@dataclass(frozen=True, slots=True)
class IsMissing:
    """The column is null."""

    column: str


@dataclass(frozen=True, slots=True)
class Contains:
    """The text of the column has `text` in it, letter by letter or whatever the case of its letters."""

    column: str
    text: str
    ignores_case: bool = False


@dataclass(frozen=True, slots=True)
class Beyond:
    """The columns, compared as one tuple, come after (or before) the values; none of them is null."""

    columns: Sequence[str]
    comparison: Comparison
    values: Sequence[object]

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(self.columns))
        object.__setattr__(self, "values", tuple(self.values))


@dataclass(frozen=True, slots=True)
class HasRow:
    """Another table has a row whose column `there` equals the column `here`, and that fits `such_that`."""

    table: str
    here: str
    there: str
    such_that: "Condition"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; of no parts, always."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; of no parts, never."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part is false (not: unknown)."""

    part: "Condition"


Condition: TypeAlias = Compare | IsOneOf | IsMissing | Contains | Beyond | HasRow | AllOf | AnyOf | Not
ALWAYS = AllOf(())
NEVER = AnyOf(())


def equals(column: str, value: object) -> Compare:
    """Return the condition that the column has this value."""
    return Compare(column, Comparison.EQUAL, value)


def all_of(*parts: Condition) -> Condition:
    """Return the condition that every part holds, without needless layers."""
    kept = tuple(part for part in parts if part != ALWAYS)
    return kept[0] if len(kept) == 1 else AllOf(kept)


def any_of(*parts: Condition) -> Condition:
    """Return the condition that a part holds, without needless layers."""
    if ALWAYS in parts:
        return ALWAYS
    kept = tuple(part for part in parts if part != NEVER)
    return kept[0] if len(kept) == 1 else AnyOf(kept)


def columns_of(condition: Condition) -> frozenset[str]:
    """Return every column that a row must tell for the condition to be decided; other tables' by `table.column`."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return frozenset().union(*map(columns_of, parts))
        case Not(part):
            return columns_of(part)
        case Beyond(columns):
            return frozenset(columns)
        case HasRow(table, here, there):
            return frozenset({here, f"{table}.{there}"})
        case Compare() | IsOneOf() | IsMissing() | Contains():
            return frozenset({condition.column})
        case _:
            assert_never(condition)
