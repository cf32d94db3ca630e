"""Keyset positions: `order|scope|value|id` as plain text, the same list's only."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from boucle.kit.conditions import Beyond, Compare, Comparison, Condition, IsMissing, Not, all_of, any_of, equals
from boucle.kit.database import Dialect
from boucle.kit.errors import Invalid
from boucle.kit.pagination import Order
from boucle.planner.declarations import Kind, Rows, RowType
from boucle.planner.json_text import NULL as JSON_NULL
from boucle.planner.json_text import leaf

NULL = "~"
_KEY = re.compile(r"[0-9]{1,18}")
_NUMBER = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Position:
    """Where in its order a row stands."""

    value: object
    key: int


def prefix_of(rows: Rows) -> str:
    """Return what every cursor of the list begins with."""
    return f"{rows.order.name}|{rows.scope}|"


def cursor_term(row: RowType, rows: Rows, alias: str, dialect: Dialect) -> str:
    """Return the SQL of a row's cursor after its prefix, as the inside of a JSON string."""
    column, key = f"{alias}.{rows.order.column}", f"{alias}.{row.key}"
    kind = row.columns[rows.order.column]
    if kind in {Kind.TEXT, Kind.TIME}:
        json = leaf(column, kind, dialect, missing=JSON_NULL)
        value = f"substr({json}, 2, length({json}) - 2)"
    else:
        value = f"CAST({column} AS text)"
    if rows.order.nullable:
        value = f"CASE WHEN {column} IS NULL THEN '{NULL}' ELSE {value} END"
    return f"{value} || '|' || CAST({key} AS text)"


def position_in(cursor: str, row: RowType, rows: Rows, *, argument: str) -> Position:
    """Return the position that a client sent; raise `Invalid` where it belongs to another list or to none."""
    rest = cursor.removeprefix(prefix_of(rows))
    if rest == cursor:
        raise Invalid("This cursor belongs to another sort order or filter. Start again without it.", field=argument)
    text, _, key = rest.rpartition("|")
    if _KEY.fullmatch(key):
        try:
            value = None if text == NULL and rows.order.nullable else _parsed(text, row.columns[rows.order.column])
        except (ValueError, OverflowError):  # the second: a moment beyond the calendar
            pass
        else:
            return Position(value, int(key))
    raise Invalid("'{cursor}' is not a cursor of this list. Start again without it.", field=argument, cursor=cursor)


def _parsed(text: str, kind: Kind) -> object:
    if kind is Kind.TEXT:
        return text
    if kind is Kind.TIME:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(text)
        return moment.astimezone(UTC)
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def beyond(row: RowType, order: Order, position: Position, *, is_forward: bool) -> Condition:
    """Return the rows strictly after the position (or before it) in the order of the list; nulls come last."""
    further = Comparison.LESS if order.is_descending == is_forward else Comparison.MORE
    by_key = Compare(row.key, further, position.key)
    if order.column == row.key:
        return by_key
    is_missing = IsMissing(order.column)
    if position.value is None:
        among_missing = all_of(is_missing, by_key)
        return among_missing if is_forward else any_of(Not(is_missing), among_missing)
    if not order.nullable:
        return Beyond((order.column, row.key), further, (position.value, position.key))
    ties = all_of(equals(order.column, position.value), by_key)
    rest = is_missing if is_forward else None
    parts = (Compare(order.column, further, position.value), ties)
    return any_of(*parts, rest) if rest is not None else any_of(*parts)


def order_by(row: RowType, order: Order, alias: str, *, is_reversed: bool) -> str:
    """Return the ORDER BY of a list; rows without a value come last, in both directions."""
    direction = "DESC" if order.is_descending != is_reversed else "ASC"
    if order.column == row.key:
        return f" ORDER BY {alias}.{row.key} {direction}"
    nulls = f" NULLS {'FIRST' if is_reversed else 'LAST'}" if order.nullable else ""
    return f" ORDER BY {alias}.{order.column} {direction}{nulls}, {alias}.{row.key} {direction}"
