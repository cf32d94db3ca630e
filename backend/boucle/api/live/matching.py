"""Finding, for a row, the few of many conditions that it may fit, without asking each of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from boucle.kit.conditions import AllOf, AnyOf, Compare, Comparison, Condition, IsMissing, IsOneOf

T = TypeVar("T")
Key: TypeAlias = tuple[str, object]
# From the columns that part rows into many small heaps to those that part them into a few large ones.
COLUMNS = (
    "id",
    "contact_id",
    "assignee_id",
    "team_id",
    "survey_id",
    "status_id",
    "current_segment",
    "status_category",
    "priority",
    "kind",
)
RANKS = {column: rank for rank, column in enumerate(COLUMNS)}


def keys_of(condition: Condition) -> frozenset[Key] | None:
    """Return columns with values of which every row that fits has one; `None`: cannot be told."""
    match condition:
        case Compare(column, Comparison.EQUAL, value) if column in RANKS:
            return frozenset({(column, value)})
        case IsOneOf(column, values) if column in RANKS:
            return frozenset((column, value) for value in values)
        case IsMissing(column) if column in RANKS:
            return frozenset({(column, None)})
        case AnyOf(parts):
            found = [keys_of(part) for part in parts]
            return None if None in found else frozenset().union(*(keys for keys in found if keys is not None))
        case AllOf(parts):
            known = [keys for part in parts if (keys := keys_of(part)) is not None]
            return min(known, key=_coarseness) if known else None
        case _:
            return None


def _coarseness(keys: frozenset[Key]) -> tuple[int, int]:
    return (max((RANKS[column] for column, _ in keys), default=-1), len(keys))


@dataclass(slots=True)
class Matching(Generic[T]):
    """Everything that has a condition, by the values for which it may hold."""

    _everywhere: dict[T, None] = field(default_factory=dict)
    _by_column: dict[str, dict[object, dict[T, None]]] = field(default_factory=dict)

    def add(self, thing: T, condition: Condition) -> None:
        """Find the thing for rows that may fit the condition."""
        keys = keys_of(condition)
        if keys is None:
            self._everywhere[thing] = None
            return
        for column, value in keys:
            self._by_column.setdefault(column, {}).setdefault(value, {})[thing] = None

    def remove(self, thing: T, condition: Condition) -> None:
        """Find the thing no more."""
        self._everywhere.pop(thing, None)
        for column, value in keys_of(condition) or ():
            values = self._by_column[column]
            del values[value][thing]
            if not values[value]:
                del values[value]

    def candidates(self, rows: Iterable[Mapping[str, object]]) -> Iterable[T]:
        """Return whatever may fit one of the rows; for a column that a row does not tell, any value may do."""
        found = dict(self._everywhere)
        for row in rows:
            for column, values in self._by_column.items():
                if column in row:
                    found |= values.get(row[column], {})
                    continue
                for things in values.values():
                    found |= things
        return found
