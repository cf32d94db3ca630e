"""Pages by keyset: a cursor is the sort value and the id of the last row seen, never an offset."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from tortoise.expressions import Case, Q, When
from tortoise.models import Model
from tortoise.queryset import QuerySet

from boucle.kit.errors import Invalid

Row = TypeVar("Row", bound=Model)
LARGEST_PAGE = 100
NULL = "~"
TEXT = "'"  # before a text value, so that the name "2026" is not taken for a number


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Relay's four arguments; exactly one of `first` and `last`, 1 to 100."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def checked(self) -> "PageRequest":
        """Return itself, or raise `Invalid` that says which argument is wrong."""
        if (self.first is None) == (self.last is None):
            raise Invalid("Give either `first` or `last`, from 1 to {most}.", field="first", most=LARGEST_PAGE)
        size = self.size
        if not 1 <= size <= LARGEST_PAGE:
            name = "first" if self.first is not None else "last"
            raise Invalid(
                "`{name}` is {given}; it must be from 1 to {most}.",
                field=name,
                name=name,
                given=size,
                most=LARGEST_PAGE,
            )
        return self

    @property
    def size(self) -> int:
        """How many rows at the most."""
        return self.first if self.first is not None else self.last or 0

    @property
    def is_backward(self) -> bool:
        """Whether the page is read from its end."""
        return self.first is None


@dataclass(frozen=True, slots=True)
class Order:
    """One column (a model field) and a direction; ties are broken by id in the same direction.

    With `nullable`, rows without a value come last in both directions.
    """

    column: str
    is_descending: bool
    nullable: bool = False

    @property
    def name(self) -> str:
        """What a cursor says about the order it belongs to."""
        return f"{self.column}.{'desc' if self.is_descending else 'asc'}"


BY_ID = Order("id", is_descending=False)
NEWEST_FIRST = Order("id", is_descending=True)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows in the order asked, each with its cursor."""

    rows: Sequence[Row]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool


def fingerprint(*parts: object) -> str:
    """Return a short digest of a filter, so that a cursor of another filter can be refused."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=5).hexdigest()


async def read_page(query: QuerySet[Row], page: PageRequest, order: Order, *, filter_print: str = "-") -> Page[Row]:
    """Read one page of `query` in one statement."""
    page.checked()
    query = _ordered(query, order, reverse=page.is_backward)
    if page.after is not None:
        query = query.filter(_beyond(order, _position(page.after, order, filter_print, "after"), forward=True))
    if page.before is not None:
        query = query.filter(_beyond(order, _position(page.before, order, filter_print, "before"), forward=False))
    rows = list(await query.limit(page.size + 1))
    has_more = len(rows) > page.size
    rows = rows[: page.size]
    if page.is_backward:
        rows.reverse()
    return Page(
        rows=rows,
        cursors=[cursor_for(row, order, filter_print) for row in rows],
        has_next=page.before is not None if page.is_backward else has_more,
        has_previous=has_more if page.is_backward else page.after is not None,
    )


def cursor_for(row: Model, order: Order, filter_print: str = "-") -> str:
    """Return the cursor of one row: order, filter, sort value and id as plain text."""
    value = getattr(row, order.column)
    if isinstance(value, str):
        value = f"{TEXT}{value}"
    if isinstance(value, datetime):
        value = value.isoformat()
    return f"{order.name}|{filter_print}|{NULL if value is None else value}|{row.pk}"


def _ordered(query: QuerySet[Row], order: Order, *, reverse: bool) -> QuerySet[Row]:
    sign = "-" if order.is_descending != reverse else ""
    if order.column == "id":
        return query.order_by(f"{sign}id")
    if not order.nullable:
        return query.order_by(f"{sign}{order.column}", f"{sign}id")
    missing = Case(When(_where(f"{order.column}__isnull", value=True), then="1"), default="0")
    return query.annotate(missing=missing).order_by(
        "-missing" if reverse else "missing", f"{sign}{order.column}", f"{sign}id"
    )


@dataclass(frozen=True, slots=True)
class _Position:
    value: object
    id: int


def _position(cursor: str, order: Order, filter_print: str, argument: str) -> _Position:
    name, _, rest = cursor.partition("|")
    print_, _, rest = rest.partition("|")
    text, _, number = rest.rpartition("|")
    if name != order.name or print_ != filter_print or not number.isdigit():
        raise Invalid("This cursor belongs to another sort order or filter. Start again without it.", field=argument)
    try:
        return _Position(None if text == NULL else _parse(text), int(number))
    except ValueError as error:
        raise Invalid(
            "'{cursor}' is not a cursor of this list. Start again without it.", field=argument, cursor=cursor
        ) from error


def _parse(text: str) -> object:
    if text.startswith(TEXT):
        return text.removeprefix(TEXT)
    return int(text) if text.lstrip("-").isdigit() else datetime.fromisoformat(text)


def _beyond(order: Order, position: _Position, *, forward: bool) -> Q:
    """Rows strictly after (or before) the position in the order of the list."""
    comparison = "lt" if order.is_descending == forward else "gt"
    by_id = _where(f"id__{comparison}", value=position.id)
    if order.column == "id":
        return by_id
    if position.value is None:
        among_missing = _where(f"{order.column}__isnull", value=True) & by_id
        return among_missing if forward else _where(f"{order.column}__isnull", value=False) | among_missing
    further = _where(f"{order.column}__{comparison}", value=position.value) | (
        _where(order.column, value=position.value) & by_id
    )
    if order.nullable and forward:
        return further | _where(f"{order.column}__isnull", value=True)
    return further


def _where(lookup: str, *, value: object) -> Q:
    conditions: dict[str, Any] = {lookup: value}
    return Q(**conditions)
