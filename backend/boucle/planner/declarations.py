"""What a GraphQL field reads: one of these stands beside each field, and the planner needs nothing else.

`Asker` is whatever the owner of the schema hands in for each operation (who asks, and when); it goes untouched to the
functions given here.
"""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from boucle.kit.conditions import ALWAYS, Condition
from boucle.kit.database import Dialect
from boucle.kit.pagination import BY_ID, Order

Asker: TypeAlias = Any
Arguments: TypeAlias = Mapping[str, Any]
Values: TypeAlias = Mapping[str, Any]


class Kind(StrEnum):
    """How a column is stored; with the field's GraphQL type it decides how the value is written as JSON."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TIME = "time"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Column:
    """The field is a column of the row."""

    name: str


@dataclass(frozen=True, slots=True)
class GlobalId:
    """The field is the row's global id: the prefix, `_`, and the key column."""

    prefix: str
    column: str = "id"


@dataclass(frozen=True, slots=True)
class Expression:
    """The field is SQL over columns of the row; `sql` is handed the row's alias and the dialect."""

    sql: Callable[[str, Dialect], str]
    kind: Kind
    columns: Sequence[str]


@dataclass(frozen=True, slots=True)
class ToOne:
    """The field is the row of type `of` whose `key` this row's `column` holds; null where it is not visible.

    With `seen_with_parent`, whoever sees this row sees that one too.
    """

    of: str
    column: str
    key: str = "id"
    seen_with_parent: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """The field is a row whose type depends on a column: its value names the type, and the column with the key."""

    discriminator: str
    members: Mapping[str, ToOne]


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows, in which order. `scope` tells lists apart: a cursor of another one is refused.

    `sort` is SQL to sort a plain list by, in place of `order`, with `{t}` for the row's alias.
    """

    such_that: Condition = ALWAYS
    order: Order = BY_ID
    limit: int | None = None
    scope: str = "-"
    sort: str | None = None


@dataclass(frozen=True, slots=True)
class Through:
    """A table between two others: its column `here` names this row, its column `there` the other."""

    table: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Link:
    """Rows of the other table whose column `there` equals this row's column `here`, directly or through a table.

    With `seen_with_parent`, whoever sees this row sees those too.
    """

    there: str
    here: str = "id"
    through: Through | None = None
    seen_with_parent: bool = False


RowsOf: TypeAlias = Callable[[Asker, Arguments], Rows]


def all_rows(_asker: Asker, _arguments: Arguments) -> Rows:
    """Return every visible row by id."""
    return Rows()


@dataclass(frozen=True, slots=True)
class ToMany:
    """The field is a list of rows of type `of`; without a link it stands at the root."""

    of: str
    link: Link | None = None
    rows: RowsOf = all_rows


@dataclass(frozen=True, slots=True)
class FirstOf:
    """The field is the first of some rows of type `of`; null where there is none."""

    of: str
    link: Link | None = None
    rows: RowsOf = all_rows


@dataclass(frozen=True, slots=True)
class Paged:
    """The field is a Relay connection of rows of type `of`; without a link it stands at the root."""

    of: str
    link: Link | None = None
    rows: RowsOf = all_rows


@dataclass(frozen=True, slots=True)
class CountOf:
    """The field is how many rows of type `of` there are."""

    of: str
    link: Link | None = None
    rows: RowsOf = all_rows


@dataclass(frozen=True, slots=True)
class Computed:
    """The field is worked out in Python from columns of its row, for all rows of an answer at once.

    Askers for whom `depends_on` is the same get the same values for the same rows.
    """

    needs: Sequence[str]
    compute: Callable[[Asker, Arguments, Sequence[Values]], Awaitable[Sequence[object]]]
    depends_on: Callable[[Asker], Hashable] = id


Reads: TypeAlias = Column | GlobalId | Expression | ToOne | Variant | ToMany | FirstOf | Paged | CountOf | Computed


def everything(_asker: Asker) -> Condition:
    """Hide no row."""
    return ALWAYS


@dataclass(frozen=True, slots=True)
class RowType:
    """A GraphQL type whose objects are rows of a table; `visible` decides which of them an asker may see."""

    name: str
    table: str
    columns: Mapping[str, Kind]
    fields: Mapping[str, Reads]
    visible: Callable[[Asker], Condition] = everything
    key: str = "id"


@dataclass(frozen=True, slots=True)
class Reference:
    """A row named by a resolver in Python; the planner reads what is selected of it.

    With `is_seen`, the resolver vouches that the asker may see it; otherwise a row that is not visible is null.
    It may vouch only for as long as a condition holds; where it does not any more, `RowHasChanged` is raised.
    """

    of: str
    key: int
    is_seen: bool = False
    as_long_as: Condition = ALWAYS


class RowHasChanged(Exception):
    """A row is not any more what the resolver that named it took it for."""


def plain_reference(value: object) -> Reference | None:
    """Return the value itself where it is a reference."""
    return value if isinstance(value, Reference) else None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All declarations: types by name, and the fields of the root that are lists of rows.

    `refer` tells which row a resolver's value stands for; `None`: it is a value of its own.
    """

    types: Mapping[str, RowType]
    roots: Mapping[str, ToMany | FirstOf | Paged | CountOf] = field(default_factory=dict)
    refer: Callable[[object], Reference | None] = plain_reference
