"""Declaring GraphQL types whose objects are rows: beside each field stands what it reads.

A type is declared by `@row_type`, its fields by the functions below; `api/catalogue.py` hands all of it to the planner.
"""

import inspect
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeAlias, TypeVar, cast, dataclass_transform

import strawberry
from strawberry.types.base import StrawberryObjectDefinition
from tortoise.models import Model

from boucle.accounts.access import Viewer
from boucle.api.connections import After, Before, First, Last
from boucle.api.context import Context
from boucle.api.nodes import Node, register_node
from boucle.kit.conditions import ALWAYS, NEVER, Condition, all_of, equals
from boucle.kit.database import Dialect, dialect, fetch_rows
from boucle.kit.statements import Statement
from boucle.planner.declarations import (
    Arguments,
    Column,
    Computed,
    CountOf,
    Expression,
    FirstOf,
    GlobalId,
    Kind,
    Link,
    Paged,
    Reads,
    Reference,
    Rows,
    RowsOf,
    ToMany,
    ToOne,
    Values,
)

T = TypeVar("T")
READS = "reads"
PREFIX = "prefix"
RowsFunction: TypeAlias = Callable[..., Rows]
Visible: TypeAlias = Callable[[Context], Condition]
DependsOn: TypeAlias = Callable[[Context], Hashable]
ID = "Global id, stable for ever."


@dataclass(frozen=True, slots=True)
class Bound:
    """What becomes known of a field when the schema is complete."""

    of: str  # the GraphQL type of the rows that it answers
    name: str  # in Python
    rows: RowsOf
    arguments: Callable[[Arguments], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Declared:
    """What a field reads, once the schema is complete."""

    reads: Callable[[Bound], Reads]
    rows: RowsFunction | None = None
    is_paged: bool = False


@dataclass(frozen=True, slots=True)
class RowSource:
    """The table behind a GraphQL type, and which of its rows an asker may see."""

    model: type[Model]
    visible: Visible


class Row:
    """Base of types whose objects are rows. None is ever made: a resolver names the row, the planner reads it."""

    row_source: ClassVar[RowSource]

    @classmethod
    def numbered(cls, key: int) -> Self:
        """Return the row with this primary key; where it is not visible, null is answered."""
        return cast("Self", Reference(cls.__name__, key))

    @classmethod
    def seen(cls, key: int, *, as_long_as: Condition = ALWAYS) -> Self:
        """Return the row with this primary key, of which the caller knows that the asker may see it.

        Known of a row as it was read before, it is so only as long as what decides on it has not changed since. What
        an act made or changed is not known to be visible: somebody may have taken it away since, or the act itself.
        """
        return cast("Self", Reference(cls.__name__, key, is_seen=True, as_long_as=as_long_as))

    @classmethod
    def of(cls, row: Model) -> Self:
        """Return what stands for a row that was loaded for the asker; null where they may not see it (any more)."""
        return cls.numbered(row.pk)

    @classmethod
    def of_optional(cls, row: Model | None) -> Self | None:
        """Return what stands for this row, or `None` for none."""
        return cls.of(row) if row is not None else None


class RowObject(Row, Node):
    """A row with a global id."""


row_classes: dict[str, type[Row]] = {}


def visible_rows(row: RowObject, asker: Context) -> Condition:
    """Return which rows of this one's type the asker may see."""
    return _source(row).visible(asker)


def key_of(row: RowObject) -> int:
    """Return the primary key of a row that was named."""
    return cast("Reference", row).key


async def is_among(row: RowObject, which: Condition) -> bool:
    """Whether the row is there and is one of these."""
    statement = Statement(dialect())
    statement.add(f"SELECT 1 FROM {_source(row).model._meta.db_table} t1 WHERE ")  # noqa: S608, SLF001  (a table of ours)
    statement.condition(all_of(equals("id", key_of(row)), which), "t1")
    return bool(await fetch_rows(statement.text, statement.values))


def _source(row: RowObject) -> RowSource:
    return row_classes[cast("Reference", row).of].row_source  # `numbered` made it


def everybody(asker: Context) -> Condition:
    """Let whoever is signed in see every row."""
    return NEVER if asker.viewer is None else ALWAYS


def as_viewer(visibility: Callable[[Viewer], Condition]) -> Visible:
    """Return a domain's choke point for rows; strangers see none."""

    def visible(asker: Context) -> Condition:
        return NEVER if asker.viewer is None else visibility(asker.viewer)

    return visible


def the_viewer(asker: Context) -> Hashable:
    """Say that values depend on who asks."""
    viewer = asker.viewer
    if viewer is None:
        return asker.language
    rights = (*sorted(viewer.permissions), *sorted(viewer.team_ids))
    return (viewer.user_id, viewer.session_id, viewer.token_id, viewer.language, viewer.time_zone, *rights)


def the_language(asker: Context) -> Hashable:
    """Say that values depend on nothing of the asker but the language."""
    return asker.language


def the_row(_asker: Context) -> Hashable:
    """Say that values depend on the row alone, whoever asks."""
    return None


@dataclass_transform(kw_only_default=True)
def row_type(model: type[Model], *, visible: Visible, description: str) -> Callable[[type[T]], type[T]]:
    """Make a class the GraphQL type of a table's rows."""

    def make(cls: type[T]) -> type[T]:
        made = strawberry.type(description=description)(cls)
        made.row_source = RowSource(model, visible)  # type: ignore[attr-defined]  # a `Row`
        row_classes[made.__name__] = made  # type: ignore[assignment]  # a `Row`
        if issubclass(made, RowObject):
            register_node(_prefix_of(made), made)
        return made

    return make


def _prefix_of(made: type[RowObject]) -> str:
    definition: StrawberryObjectDefinition = made.__strawberry_definition__  # type: ignore[attr-defined]  # it was just made
    [prefix] = [each.metadata[PREFIX] for each in definition.fields if PREFIX in each.metadata]
    return str(prefix)


def global_id(prefix: str) -> Any:
    """Declare the id: the prefix and the primary key."""
    declared = Declared(lambda _bound: GlobalId(prefix))
    return strawberry.field(resolver=_unread, description=ID, metadata={READS: declared, PREFIX: prefix})


def _unread() -> None:
    """Stand in for a resolver: the planner reads the value."""


def column(description: str, *, name: str | None = None) -> Any:
    """Declare a column of the row; without a name, the one that is called like the field."""
    return _field(description, lambda bound: Column(name or bound.name))


def expression(description: str, sql: Callable[[str, Dialect], str], kind: Kind, *columns: str) -> Any:
    """Declare SQL over the row: `sql` is handed the row's alias and the dialect."""
    return _field(description, lambda _bound: Expression(sql, kind, columns))


def to_one(description: str, on: str, *, seen_with_parent: bool = False) -> Any:
    """Declare the row whose primary key stands in the column `on`."""
    return _field(description, lambda bound: ToOne(bound.of, on, seen_with_parent=seen_with_parent))


def to_many(description: str, link: Link | None = None, rows: RowsFunction | None = None, **options: Any) -> Any:
    """Declare a list of rows; the parameters of `rows` after the asker are the field's arguments."""
    return _rows_field(description, lambda bound: ToMany(bound.of, link, bound.rows), rows, **options)


def first_of(description: str, link: Link, rows: RowsFunction | None = None) -> Any:
    """Declare the first of some rows; null where there is none."""
    return _rows_field(description, lambda bound: FirstOf(bound.of, link, bound.rows), rows)


def count_of(description: str, of: str, link: Link, rows: RowsFunction | None = None) -> Any:
    """Declare how many rows of a type there are."""
    return _rows_field(description, lambda bound: CountOf(of, link, bound.rows), rows)


def paged(description: str, link: Link | None = None, rows: RowsFunction | None = None, **options: Any) -> Any:
    """Declare a connection; the parameters of `rows` after the asker are arguments beside those of the page."""
    return _rows_field(description, lambda bound: Paged(bound.of, link, bound.rows), rows, is_paged=True, **options)


def computed(description: str, compute: Callable[..., object], *needs: str, depends_on: DependsOn = the_viewer) -> Any:
    """Declare a value that `compute(asker, row, …)` works out from these columns.

    What it does not depend on need not be the same for askers who are told the same by a live subscription.
    """

    async def together(asker: Context, rows: Sequence[Values], **arguments: object) -> Sequence[object]:
        return [compute(asker, row, **arguments) for row in rows]

    return _computed_field(description, together, _parameters(compute, 2), compute.__module__, needs, depends_on)


def computed_together(
    description: str,
    compute: Callable[..., Awaitable[Sequence[object]]],
    *needs: str,
    depends_on: DependsOn = the_viewer,
) -> Any:
    """Declare a value that `await compute(asker, rows, …)` works out for all rows of an answer at once."""
    return _computed_field(description, compute, _parameters(compute, 2), compute.__module__, needs, depends_on)


def _computed_field(
    description: str,
    compute: Callable[..., Awaitable[Sequence[object]]],
    parameters: list[inspect.Parameter],
    module: str,
    needs: Sequence[str],
    depends_on: DependsOn,
) -> Any:
    def reads(bound: Bound) -> Reads:
        async def with_arguments(asker: Context, given: Arguments, rows: Sequence[Values]) -> Sequence[object]:
            return await compute(asker, rows, **bound.arguments(given))

        return Computed(needs, with_arguments, depends_on)

    return _strawberry_field(description, Declared(reads), parameters, module)


def _rows_field(
    description: str,
    reads: Callable[[Bound], Reads],
    rows: RowsFunction | None,
    *,
    is_paged: bool = False,
    **options: Any,
) -> Any:
    parameters = _parameters(rows, 1) if rows is not None else []
    if is_paged:
        parameters = [*_PAGE, *parameters]
    module = rows.__module__ if rows is not None else __name__
    return _strawberry_field(description, Declared(reads, rows, is_paged), parameters, module, **options)


def _field(description: str, reads: Callable[[Bound], Reads]) -> Any:
    return _strawberry_field(description, Declared(reads), [], __name__)


def _strawberry_field(
    description: str, declared: Declared, parameters: Sequence[inspect.Parameter], module: str, **options: Any
) -> Any:
    """Return a field whose resolver is there for its arguments only: the planner reads the value."""

    def read_by_the_planner() -> None:
        raise AssertionError(description)

    read_by_the_planner.__signature__ = inspect.Signature(list(parameters))  # type: ignore[attr-defined]  # for Strawberry
    read_by_the_planner.__module__ = module
    return strawberry.field(
        resolver=read_by_the_planner, description=description, metadata={READS: declared}, **options
    )


def _parameters(function: Callable[..., object], skipped: int) -> list[inspect.Parameter]:
    return list(inspect.signature(function).parameters.values())[skipped:]


def _page(first: First = None, after: After = None, last: Last = None, before: Before = None) -> None:
    """Hold the arguments of every page."""


_PAGE = _parameters(_page, 0)
