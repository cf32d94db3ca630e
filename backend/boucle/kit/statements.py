"""A statement being written for one engine: its text, its values, and how each condition reads in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import assert_never

import orjson

from boucle.kit.conditions import (
    AllOf,
    AnyOf,
    Beyond,
    Compare,
    Condition,
    Contains,
    HasRow,
    IsMissing,
    IsOneOf,
    Not,
)
from boucle.kit.database import Dialect

ESCAPED = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


@dataclass(slots=True)
class Statement:
    """Text with marks, and the values that belong to them, in order."""

    dialect: Dialect
    values: list[object] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _tables: int = 0

    @property
    def text(self) -> str:
        """The statement as the driver takes it."""
        return "".join(self._parts)

    def add(self, text: str) -> None:
        """Append SQL; never anything that a client sent."""
        self._parts.append(text)

    def value(self, value: object, *, cast: str = "") -> None:
        """Append a mark for a value; `cast` names its PostgreSQL type where the place does not tell it."""
        self.values.append(value if self.dialect is Dialect.POSTGRES else _for_sqlite(value))
        if self.dialect is Dialect.SQLITE:
            self._parts.append("?")
        else:
            self._parts.append(f"${len(self.values)}::{cast}" if cast else f"${len(self.values)}")

    def condition(self, condition: Condition, alias: str) -> None:
        """Append the condition on the row called `alias`."""
        match condition:
            case AllOf(parts):
                self._joined(parts, " AND ", "TRUE", alias)
            case AnyOf(parts):
                self._joined(parts, " OR ", "FALSE", alias)
            case Not(part):
                self.add("NOT (")
                self.condition(part, alias)
                self.add(")")
            case Compare(column, comparison, value):
                self.add(f"{alias}.{column} {comparison} ")
                self.value(value, cast=_cast(value))
            case IsOneOf(column, values):
                self._is_one_of(f"{alias}.{column}", values)
            case IsMissing(column):
                self.add(f"{alias}.{column} IS NULL")
            case Contains():
                self._contains(condition, alias)
            case Beyond():
                self._beyond(condition, alias)
            case HasRow():
                self._has_row(condition, alias)
            case _:
                assert_never(condition)

    def _joined(self, parts: Sequence[Condition], word: str, empty: str, alias: str) -> None:
        if not parts:
            self.add(empty)
            return
        self.add("(")
        for index, part in enumerate(parts):
            if index:
                self.add(word)
            self.condition(part, alias)
        self.add(")")

    def _is_one_of(self, column: str, values: Sequence[object]) -> None:
        # One array: the text is the same for any number of values, so that the statement stays prepared.
        if self.dialect is Dialect.POSTGRES:
            self.add(f"{column} = ANY(")
            self.value(list(values), cast=f"{_cast(values[0])}[]" if values and _cast(values[0]) else "")
            self.add(")")
        else:
            self.add(f"{column} IN (SELECT value FROM json_each(")  # noqa: S608  (names of columns are ours)
            self.value(orjson.dumps([_for_sqlite(value) for value in values]).decode())
            self.add("))")

    def _contains(self, wanted: Contains, alias: str) -> None:
        column, text = f"{alias}.{wanted.column}", wanted.text
        if self.dialect is Dialect.POSTGRES:  # LIKE may use an index
            self.add(f"{column} {'ILIKE' if wanted.ignores_case else 'LIKE'} ")
            self.value(f"%{text.translate(ESCAPED)}%")
            return
        # LIKE ignores the case of ASCII letters there, always.
        lower = "lower" if wanted.ignores_case else ""
        self.add(f"instr({lower}({column}), {lower}(")
        self.value(text)
        self.add(")) > 0")

    def _beyond(self, beyond: Beyond, alias: str) -> None:
        columns = ", ".join(f"{alias}.{column}" for column in beyond.columns)
        self.add(f"({columns}) {beyond.comparison} (")
        for index, value in enumerate(beyond.values):
            if index:
                self.add(", ")
            self.value(value, cast=_cast(value))
        self.add(")")

    def _has_row(self, wanted: HasRow, alias: str) -> None:
        self._tables += 1
        inner = f"h{self._tables}"
        link = f"{inner}.{wanted.there} = {alias}.{wanted.here}"
        self.add(f"EXISTS (SELECT 1 FROM {wanted.table} {inner} WHERE {link} AND ")  # noqa: S608  (names are ours)
        self.condition(wanted.such_that, inner)
        self.add(")")


def _cast(value: object) -> str:
    """PostgreSQL would take a number for one of the column's size, and refuse a larger one instead of finding none."""
    return "bigint" if isinstance(value, int) and not isinstance(value, bool) else ""


def _for_sqlite(value: object) -> object:
    """Return the value as Tortoise stores it: times are text in UTC."""
    return value.astimezone(UTC).isoformat(" ") if isinstance(value, datetime) else value
