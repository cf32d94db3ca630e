"""From selected fields to the SQL that answers them as JSON.

Positions in the answer carry a *climb*: how many containers to leave, from the entry at fault, until one is reached
that may be null. It is known from the schema alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)

from boucle.kit.database import Dialect
from boucle.kit.errors import DomainError
from boucle.planner.cursors import order_by
from boucle.planner.declarations import (
    Catalogue,
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
    Rows,
    RowsOf,
    RowType,
    ToMany,
    ToOne,
    Variant,
)
from boucle.planner.faults import Fault, mark
from boucle.planner.json_text import (
    MOST_TERMS,
    NULL,
    Pieces,
    array_of,
    enum_leaf,
    joined,
    leaf,
    literal,
    merged,
    quoted,
)
from boucle.planner.selections import Selected, Selections
from boucle.planner.writing import Filtered, Place, VisibleRow, Writing, columns_of

FIRST_ALIAS = "t1"
JOINED_WITHIN = 1
MOST_NESTED_ROWS = 3  # SQLite's parser keeps at most 100 signs open, and a page takes up to 25 of them
NUMBERED = "SELECT *, row_number() OVER () AS row_place"
COMPUTED = "\x01"  # around a value that Python works out: JSON has no such character


@dataclass(frozen=True, slots=True)
class ComputedField:
    """A field that Python works out after the statement ran."""

    reads: Computed
    place: Place
    selected: Selected
    kinds: tuple[tuple[str, Kind], ...]


@dataclass(frozen=True, slots=True)
class Depth:
    """Where a row stands: in how many lists, and in how many rows (itself too) of the same SELECT."""

    lists: int = 0
    rows: int = 1

    def inside(self, *, lists: int = 0) -> "Depth":
        """Return the place of a row within this one, and within so many lists more."""
        return Depth(self.lists + lists, self.rows + 1)


@dataclass(slots=True)
class Row:
    """A row while its selection is compiled: what it is called in SQL, and what its SELECT has to bring.

    `needed` are the columns, `joins` the rows of other tables beside it.
    """

    type: RowType
    alias: str
    climb: int
    depth: Depth = Depth()
    needed: dict[str, None] = field(default_factory=dict)
    joins: Pieces = field(default_factory=list)

    def column(self, name: str) -> str:
        """Return the column in SQL and remember that it is needed."""
        assert name in self.type.columns, f"{self.type.name} has no column {name}"
        self.needed[name] = None
        return f"{self.alias}.{name}"


@dataclass(slots=True)
class Compiler:
    """Compiles one operation for one dialect."""

    catalogue: Catalogue
    selections: Selections
    dialect: Dialect
    computed: list[ComputedField] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _views: list[Pieces] = field(default_factory=list)
    _aliases: int = 0

    def row(self, name: str, *, climb: int, depth: Depth = Depth()) -> Row:
        """Return a row of this type under a name of its own."""
        self._aliases += 1
        return Row(self.catalogue.types[name], f"t{self._aliases}", climb, depth)

    def with_views(self, select: Pieces) -> Pieces:
        """Return a whole statement: what was compiled apart, before the SELECT that reads it."""
        if not self._views:
            return select
        first, *others = self._views
        return ["WITH ", *first, *(piece for view in others for piece in (", ", *view)), " ", *select]

    def object_of(self, row: Row, sets: Sequence[SelectionSetNode]) -> Pieces:
        """Return the term for what is selected of a row."""
        graphql_type = self.selections.schema.type_map[row.type.name]
        assert isinstance(graphql_type, GraphQLObjectType), row.type.name
        selected = self.selections.of(graphql_type, sets)
        if 2 * len(selected) > MOST_TERMS:  # written in parts, within which the parser is a little deeper
            row = replace(row, depth=row.depth.inside())
        entries = [(each, self.field(each, row)) for each in selected]
        return merged(self.json_object(entries))

    def json_object(self, entries: Sequence[tuple[Selected, Pieces]]) -> Pieces:
        """Return the term for an object with these entries."""
        terms: list[Pieces] = []
        text = "{"
        for index, (selected, term) in enumerate(entries):
            text += ("," if index else "") + f'"{selected.key}":'
            terms += [[literal(text)], term]
            text = ""
        return joined([*terms, [literal(text + "}")]], self.dialect)

    def field(self, selected: Selected, row: Row) -> Pieces:
        """Return the term for one field of a row."""
        if selected.is_typename:
            return [literal(quoted(row.type.name))]
        reads = row.type.fields[selected.name]
        if isinstance(reads, Column | GlobalId | Expression):
            return [self._leaf(selected, reads, row)]
        if isinstance(reads, Computed):
            return self._computed(selected, reads, row)
        return self.rows_field(selected, reads, row)

    def rows_field(self, selected: Selected, reads: Reads, row: Row | None) -> Pieces:
        """Return the term for a field that reads other rows; without `row` it stands at the root."""
        if row is not None and row.depth.rows >= MOST_NESTED_ROWS and self.dialect is Dialect.SQLITE:
            return self._apart(selected, reads, row)
        climb = self.climb(selected.definition, row)
        if isinstance(reads, ToOne | Variant):
            assert row is not None, selected.key
            return self._related(selected, reads, row, climb)
        assert isinstance(reads, ToMany | FirstOf | Paged | CountOf), reads
        if row is not None and reads.link is not None:
            row.column(reads.link.here)
        parent, depth = (row.alias, row.depth.inside(lists=1)) if row else ("", Depth(lists=1))
        place = Place(selected.definition, selected.nodes, climb)
        match reads:
            case CountOf():
                return [Counted(self.row(reads.of, climb=0), reads.link, parent, reads.rows, place)]
            case ToMany():
                return self._to_many(selected, reads, parent, place, depth)
            case FirstOf():
                return self._first_of(selected, reads, parent, place, depth)
            case _:
                from boucle.planner.pages import page_of  # noqa: PLC0415  (pages compile their rows: a cycle)

                return [page_of(self, selected, reads, parent, place, depth)]

    def _apart(self, selected: Selected, reads: Reads, row: Row) -> Pieces:
        """Return the term by way of a view that has it for every row: SQLite's parser takes no deeper nesting.

        SQLite puts the view in where it is read and looks up the row by its key once more; nothing is worked out for
        other rows.
        """
        again = self.row(row.type.name, climb=row.climb, depth=Depth(row.depth.lists))
        term = self.rows_field(selected, reads, again)
        view = f"v{len(self._views) + 1}"
        source = f" AS item FROM {row.type.table} {again.alias})"
        self._views.append([f"{view} AS (SELECT {again.alias}.{row.type.key} AS key, ", *term, source])
        return [f"(SELECT {view}.item FROM {view} WHERE {view}.key = {row.column(row.type.key)})"]  # noqa: S608  (ours)

    def climb(self, definition: GraphQLField, row: Row | None) -> int:
        """Return the climb of a field's value."""
        if not is_non_null_type(definition.type):
            return 0
        return 1 + (row.climb if row else 0)

    def missing(self, selected: Selected, climb: int) -> str:
        """Return the term for a null there: plain where the schema allows it, else a fault's mark."""
        if not is_non_null_type(selected.definition.type):
            return NULL
        message = f"Cannot return null for non-nullable field {selected.parent.name}.{selected.name}."
        self.faults.append(Fault(message, selected.nodes, climb))
        return literal(mark(len(self.faults) - 1))

    def _leaf(self, selected: Selected, reads: Column | GlobalId | Expression, row: Row) -> str:
        if isinstance(reads, GlobalId):
            return f"""'"{reads.prefix}_' || CAST({row.column(reads.column)} AS text) || '"'"""
        missing = self.missing(selected, self.climb(selected.definition, row))
        sql, kind = self._value(reads, row)
        names = enum_names(selected.definition.type)
        return (
            enum_leaf(sql, names, self.dialect, missing=missing)
            if names
            else leaf(sql, kind, self.dialect, missing=missing)
        )

    def _value(self, reads: Column | Expression, row: Row) -> tuple[str, Kind]:
        if isinstance(reads, Column):
            return row.column(reads.name), row.type.columns[reads.name]
        for name in reads.columns:
            row.column(name)
        return f"({reads.sql(row.alias, self.dialect)})", reads.kind

    def _related(self, selected: Selected, reads: ToOne | Variant, row: Row, climb: int) -> Pieces:
        missing = self.missing(selected, climb)
        if isinstance(reads, Variant):
            return self._variant(selected, reads, row, climb, missing)
        if self.dialect is Dialect.POSTGRES and row.depth.lists <= JOINED_WITHIN:
            return [f"coalesce({self._joined_row(selected, reads, row, climb)}, {missing})"]
        return ["coalesce(", *self._to_one(selected, reads, row, climb), f", {missing})"]

    def _joined_row(self, selected: Selected, reads: ToOne, row: Row, climb: int) -> str:
        """Join the other row and return the SQL of its JSON.

        Joined, PostgreSQL remembers rows that come again or hashes a small table; a subquery it runs anew each time.
        In a list within a list it would hash that table for each of the outer rows.
        """
        other = self.row(reads.of, climb=climb, depth=row.depth.inside())
        name = f"j{other.alias}"
        row.joins += [" LEFT JOIN LATERAL ", *self._selected(selected, reads, row, other), f" {name} ON TRUE"]
        return f"{name}.item"

    def _first_of(self, selected: Selected, reads: FirstOf, parent: str, place: Place, depth: Depth) -> Pieces:
        first = self.row(reads.of, climb=place.climb, depth=depth)
        inside = self.object_of(first, selected.selection_sets)
        listed = Listed(first, reads, parent, place, inside, self.dialect, is_single=True)
        return ["coalesce(", listed, f", {self.missing(selected, place.climb)})"]

    def _to_one(self, selected: Selected, reads: ToOne, row: Row, climb: int) -> Pieces:
        return self._selected(selected, reads, row, self.row(reads.of, climb=climb, depth=row.depth.inside()))

    def _selected(self, selected: Selected, reads: ToOne, row: Row, other: Row) -> Pieces:
        inside = self.object_of(other, selected.selection_sets)
        source = f" AS item FROM {other.type.table} {other.alias}"
        where = f" WHERE {other.alias}.{reads.key} = {row.column(reads.column)}"
        visible: Pieces = [] if reads.seen_with_parent else [VisibleRow(other.type, other.alias)]
        return ["(SELECT ", *inside, source, *other.joins, where, *visible, ")"]

    def _variant(self, selected: Selected, reads: Variant, row: Row, climb: int, missing: str) -> Pieces:
        pieces: Pieces = [f"coalesce(CASE {row.column(reads.discriminator)}"]
        for value, member in reads.members.items():
            pieces += [f" WHEN {literal(value)} THEN ", *self._to_one(selected, member, row, climb)]
        return [*pieces, f" END, {missing})"]

    def _to_many(self, selected: Selected, reads: ToMany, parent: str, place: Place, depth: Depth) -> Pieces:
        items = get_nullable_type(selected.definition.type)
        assert is_list_type(items), selected.name
        item_climb = 1 + place.climb if is_non_null_type(items.of_type) else 0
        other = self.row(reads.of, climb=item_climb, depth=depth)
        inside = self.object_of(other, selected.selection_sets)
        return [Listed(other, reads, parent, place, inside, self.dialect)]

    def _computed(self, selected: Selected, reads: Computed, row: Row) -> Pieces:
        kinds = tuple((name, row.type.columns[name]) for name in reads.needs)
        place = Place(selected.definition, selected.nodes, self.climb(selected.definition, row))
        self.computed.append(ComputedField(reads, place, selected, kinds))
        terms: list[Pieces] = [[literal(f"{COMPUTED}{len(self.computed) - 1},[")]]
        for index, (name, kind) in enumerate(kinds):
            if index:
                terms.append(["','"])
            terms.append([leaf(row.column(name), kind, self.dialect, missing=NULL)])
        return joined([*terms, [literal(f"]{COMPUTED}")]], self.dialect)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows there are."""

    row: Row
    link: Link | None
    parent: str
    rows: RowsOf
    place: Place

    def write(self, writing: Writing) -> None:
        try:
            rows = self.rows(writing.asker, self.place.arguments(writing.variables))
        except (DomainError, GraphQLError) as error:
            self.place.write_fault(error, writing)
            return
        writing.statement.add("(SELECT CAST(count(*) AS text)")
        Filtered(self.row.type, self.row.alias, self.link, self.parent).write(writing, rows.such_that)
        writing.statement.add(")")


@dataclass(frozen=True, slots=True)
class Listed:
    """A JSON array of rows, or the first of them alone."""

    row: Row
    reads: ToMany | FirstOf
    parent: str
    place: Place
    inside: Pieces
    dialect: Dialect
    is_single: bool = False

    def write(self, writing: Writing) -> None:
        try:
            rows = self.reads.rows(writing.asker, self.place.arguments(writing.variables))
        except (DomainError, GraphQLError) as error:
            self.place.write_fault(error, writing)
            return
        if self.is_single:
            self._write_first(rows, writing)
        else:
            self._write_all(rows, writing)

    def _write_first(self, rows: Rows, writing: Writing) -> None:
        writing.statement.add("(SELECT ")
        writing.pieces(self.inside)
        self._write_rows(rows, writing)
        writing.statement.add(")")

    def _write_all(self, rows: Rows, writing: Writing) -> None:
        writing.pieces(["(SELECT ", *array_of("listed.item", self.dialect), " FROM (SELECT "])
        writing.pieces([*self.inside, " AS item"])
        self._write_rows(rows, writing)
        if self.row.joins:  # they need not keep the order; where they did, there is nothing to sort
            alias = self.row.alias
            writing.statement.add(f" ORDER BY {alias}.row_place" if rows.sort else self._order(rows))
        writing.statement.add(") listed)")

    def _write_rows(self, rows: Rows, writing: Writing) -> None:
        """Write a FROM that limits the rows before others are joined to them."""
        row, statement = self.row, writing.statement
        needed = list(row.needed) if rows.sort else list({**row.needed, rows.order.column: None, row.type.key: None})
        is_numbered = bool(rows.sort and row.joins)
        statement.add(f" FROM ({NUMBERED} FROM (SELECT " if is_numbered else " FROM (SELECT ")
        statement.add(columns_of(row.alias, needed))
        Filtered(row.type, row.alias, self.reads.link, self.parent).write(writing, rows.such_that)
        statement.add(self._order(rows))
        limit = 1 if self.is_single else rows.limit
        if limit is not None:
            statement.add(f" LIMIT {int(limit)}")
        writing.pieces([f"){' ordered)' if is_numbered else ''} {row.alias}", *row.joins])

    def _order(self, rows: Rows) -> str:
        if rows.sort:
            return " ORDER BY " + rows.sort.replace("{t}", self.row.alias)
        return order_by(self.row.type, rows.order, self.row.alias, is_reversed=False)


def enum_names(type_: GraphQLOutputType) -> Mapping[str, str]:
    """Return, for an enum, GraphQL's name of every stored value; nothing for another type."""
    named = get_named_type(type_)
    if not isinstance(named, GraphQLEnumType):
        return {}
    return {str(getattr(value.value, "value", value.value)): name for name, value in named.values.items()}
