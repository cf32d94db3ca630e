"""Relay connections in SQL: one page by keyset, with its cursors, and the count of the whole list."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from graphql import GraphQLError, GraphQLObjectType, get_named_type, get_nullable_type, is_list_type, is_non_null_type

from boucle.kit.conditions import Condition
from boucle.kit.database import Dialect
from boucle.kit.errors import DomainError
from boucle.kit.pagination import PageRequest
from boucle.planner.compiling import NUMBERED, Compiler, Depth, Row
from boucle.planner.cursors import beyond, cursor_term, order_by, position_in, prefix_of
from boucle.planner.declarations import Arguments, Link, Paged, Rows, RowsOf
from boucle.planner.json_text import Pieces, array_of, bracketed, literal, merged, quoted
from boucle.planner.selections import Selected
from boucle.planner.writing import Filtered, Place, Writing, columns_of


@dataclass(slots=True)
class Page:
    """A page being compiled: the columns that its inner SELECT makes, and the object that is made of them."""

    compiler: Compiler
    row: Row
    link: Link | None
    parent: str
    rows: RowsOf
    place: Place
    columns: list[Pieces] = field(default_factory=list)
    whole: Pieces = field(default_factory=list)
    asks_for_more: bool = False

    def write(self, writing: Writing) -> None:
        """Write the connection for these arguments."""
        try:
            arguments = self.place.arguments(writing.variables)
            rows = self.rows(writing.asker, arguments)  # first: a field that is not for the asker tells no more
            asked = _page_request(arguments)
            cuts = self._cuts(asked, rows)
        except (DomainError, GraphQLError) as error:
            self.place.write_fault(error, writing)
        else:
            PageWriter(self, writing, asked, rows).write(cuts)

    def _cuts(self, asked: PageRequest, rows: Rows) -> list[Condition]:
        sides = (("after", asked.after, True), ("before", asked.before, False))
        return [
            beyond(
                self.row.type,
                rows.order,
                position_in(cursor, self.row.type, rows, argument=name),
                is_forward=is_forward,
            )
            for name, cursor, is_forward in sides
            if cursor is not None
        ]


def _page_request(arguments: Arguments) -> PageRequest:
    names = ("first", "after", "last", "before")
    return PageRequest(**{name: arguments.get(name) for name in names}).checked()


@dataclass(slots=True)
class PageWriter:
    """Writes one page for one request.

    Its rows come in the order of the answer, one more than asked for where the answer says whether there is more.
    PostgreSQL gathers them in arrays and cuts those; SQLite, which has none, numbers the rows in the order of reading.
    """

    page: Page
    writing: Writing
    asked: PageRequest
    rows: Rows

    def write(self, cuts: Sequence[Condition]) -> None:
        """Write the SELECT that makes the connection's object."""
        statement = self.writing.statement
        statement.add("(SELECT ")
        self._pieces(self.page.whole)
        if self.page.columns:
            statement.add(" FROM (")
            if statement.dialect is Dialect.POSTGRES:
                self._in_order(cuts)
            else:
                self._numbered(cuts)
            statement.add(") page")
        statement.add(")")

    @property
    def is_sqlite(self) -> bool:
        """Whether rows are numbered."""
        return self.writing.statement.dialect is Dialect.SQLITE

    @property
    def has_extra(self) -> bool:
        """Whether a row more is read than is in the page."""
        return self.page.asks_for_more

    def _in_order(self, cuts: Sequence[Condition]) -> None:
        self._select_columns("")
        self._from_rows(cuts)
        self.writing.statement.add(self._order(is_reversed=False))  # nothing to sort where the joins kept the order

    def _numbered(self, cuts: Sequence[Condition]) -> None:
        statement, alias = self.writing.statement, self.page.row.alias
        if self.asked.is_backward:
            statement.add("SELECT * FROM (")
        self._select_columns(f"{alias}.row_place AS place, {alias}.row_total AS total, ")
        self._from_rows(cuts, numbered=f"{NUMBERED}, count(*) OVER () AS row_total FROM (")
        if self.asked.is_backward:  # an aggregate takes the rows as they come
            statement.add(") reversed ORDER BY place DESC")

    def _select_columns(self, more: str) -> None:
        self.writing.statement.add(f"SELECT {more}")
        for index, column in enumerate(self.page.columns):
            if index:
                self.writing.statement.add(", ")
            self._pieces(column)
            self.writing.statement.add(f" AS c{index}")

    def _from_rows(self, cuts: Sequence[Condition], *, numbered: str = "") -> None:
        statement, row = self.writing.statement, self.page.row
        statement.add(f" FROM ({numbered}SELECT ")
        statement.add(columns_of(row.alias, list({**row.needed, self.rows.order.column: None, row.type.key: None})))
        self.filtered(*cuts)
        statement.add(self._order(is_reversed=self.asked.is_backward))
        statement.add(f" LIMIT {self.asked.size + self.has_extra}) {'ordered) ' if numbered else ''}{row.alias}")
        self.writing.pieces(row.joins)

    def _order(self, *, is_reversed: bool) -> str:
        return order_by(self.page.row.type, self.rows.order, self.page.row.alias, is_reversed=is_reversed)

    def filtered(self, *cuts: Condition) -> None:
        """Write FROM and WHERE of the list."""
        page = self.page
        Filtered(page.row.type, page.row.alias, page.link, page.parent).write(self.writing, self.rows.such_that, *cuts)

    def _pieces(self, pieces: Pieces) -> None:
        for piece in pieces:
            if isinstance(piece, PageTerm):
                piece.write_in(self)
            else:
                self.writing.pieces([piece])


class PageTerm(ABC):
    """A term of a page that depends on its size and direction."""

    @abstractmethod
    def write_in(self, page: PageWriter) -> None:
        """Append the term."""


@dataclass(frozen=True, slots=True)
class InPage(PageTerm):
    """An array of a column of the rows that are in the page, without the one that only tells that there is more."""

    column: str

    def write_in(self, page: PageWriter) -> None:
        dialect, size, column = page.writing.statement.dialect, page.asked.size, self.column
        if not page.has_extra or page.is_sqlite:
            only = f"page.place <= {size}" if page.has_extra else ""
            page.writing.pieces(array_of(f"page.{column}", dialect, only=only))
            return
        cut = f"(count(*) - {size - 1})::int:" if page.asked.is_backward else f"1:{size}"
        kept = f"array_to_string((array_agg(page.{column}))[{cut}], ',')"
        page.writing.pieces(bracketed(f"coalesce({kept}, '')", dialect))


@dataclass(frozen=True, slots=True)
class HasMore(PageTerm):
    """Whether rows follow (or precede) the page."""

    is_forward: bool

    def write_in(self, page: PageWriter) -> None:
        test = f"count(*) > {page.asked.size}"
        if page.asked.is_backward == self.is_forward:
            bound = page.asked.before if self.is_forward else page.asked.after
            # An aggregate all the same: a page is one row, however many are in it.
            test = "count(*) < 0" if bound is None else "count(*) >= 0"
        page.writing.statement.add(f"CASE WHEN {test} THEN 'true' ELSE 'false' END")


@dataclass(frozen=True, slots=True)
class CursorAt(PageTerm):
    """The cursor of the page's first or last row; null on an empty page."""

    column: str
    is_start: bool

    def write_in(self, page: PageWriter) -> None:
        picked = self._numbered(page) if page.is_sqlite else f"(array_agg(page.{self.column}))[{self._index(page)}]"
        page.writing.statement.add(f"coalesce({picked}, 'null')")

    def _index(self, page: PageWriter) -> str:
        size, last = page.asked.size, "count(*)::int"
        if self.is_start:
            return f"greatest({last} - {size - 1}, 1)" if page.asked.is_backward else "1"
        return last if page.asked.is_backward else f"least({last}, {size})"

    def _numbered(self, page: PageWriter) -> str:
        size = page.asked.size
        is_far_end = page.asked.is_backward == self.is_start
        at = f"CASE WHEN page.total > {size} THEN {size} ELSE page.total END" if is_far_end else "1"
        return f"max(CASE WHEN page.place = {at} THEN page.{self.column} END)"


@dataclass(frozen=True, slots=True)
class Cursor(PageTerm):
    """A row's cursor as a JSON string."""

    def write_in(self, page: PageWriter) -> None:
        statement, row = page.writing.statement, page.page.row
        statement.add("""'"' || """)
        statement.value(prefix_of(page.rows), cast="text")
        statement.add(f""" || {cursor_term(row.type, page.rows, row.alias, statement.dialect)} || '"'""")


@dataclass(frozen=True, slots=True)
class Total(PageTerm):
    """How many rows the whole list has."""

    def write_in(self, page: PageWriter) -> None:
        page.writing.statement.add("(SELECT CAST(count(*) AS text)")
        page.filtered()
        page.writing.statement.add(")")


def page_of(compiler: Compiler, selected: Selected, reads: Paged, parent: str, place: Place, depth: Depth) -> Page:
    """Return the part that writes a connection."""
    row = compiler.row(reads.of, climb=0, depth=depth)
    page = Page(compiler, row, reads.link, parent, reads.rows, place)
    page.whole = _object(compiler, selected, _Connection(page, place.climb).term)
    return page


def _object(compiler: Compiler, selected: Selected, term: Callable[[Selected], Pieces]) -> Pieces:
    """Return the term for the object that a field answers; `term` writes each of its fields."""
    kind = get_named_type(selected.definition.type)
    assert isinstance(kind, GraphQLObjectType), selected.name
    entries = compiler.selections.of(kind, selected.selection_sets)
    named: list[tuple[Selected, Pieces]] = [
        (each, [literal(quoted(kind.name))] if each.is_typename else term(each)) for each in entries
    ]
    return merged(compiler.json_object(named))


@dataclass(frozen=True, slots=True)
class _Connection:
    """Compiles the fields of a connection."""

    page: Page
    climb: int

    def term(self, selected: Selected) -> Pieces:
        compiler = self.page.compiler
        match selected.name:
            case "nodes":
                row = self.row_of(self._item_climb(selected))
                return [self._array(compiler.object_of(row, selected.selection_sets))]
            case "edges":
                return [self._array(_object(compiler, selected, _Edge(self, self._item_climb(selected)).term))]
            case "pageInfo":
                return _object(compiler, selected, self._page_info)
            case "totalCount":
                return [Total()]
        raise AssertionError(f"{selected.parent.name}.{selected.name}: a connection has no such field")

    def row_of(self, climb: int) -> Row:
        """Return the page's row for a place in the answer with this climb."""
        known = self.page.row
        return Row(known.type, known.alias, climb, known.depth, known.needed, known.joins)

    def cursor(self) -> str:
        """Return the column that holds each row's cursor."""
        return self._column([Cursor()])

    def _array(self, item: Pieces) -> InPage:
        return InPage(self._column(item))

    def _column(self, pieces: Pieces) -> str:
        if pieces not in self.page.columns:
            self.page.columns.append(pieces)
        return f"c{self.page.columns.index(pieces)}"

    def _item_climb(self, selected: Selected) -> int:
        of_list = 1 + self.climb if is_non_null_type(selected.definition.type) else 0
        items = get_nullable_type(selected.definition.type)
        assert is_list_type(items), selected.name
        return 1 + of_list if is_non_null_type(items.of_type) else 0

    def _page_info(self, selected: Selected) -> Pieces:
        match selected.name:
            case "hasNextPage":
                return [self._needing_rows(HasMore(is_forward=True))]
            case "hasPreviousPage":
                return [self._needing_rows(HasMore(is_forward=False))]
            case "startCursor":
                return [CursorAt(self.cursor(), is_start=True)]
            case "endCursor":
                return [CursorAt(self.cursor(), is_start=False)]
        raise AssertionError(f"PageInfo.{selected.name}: a page has no such field")

    def _needing_rows(self, term: PageTerm) -> PageTerm:
        self._column(["1"])
        self.page.asks_for_more = True
        return term


@dataclass(frozen=True, slots=True)
class _Edge:
    """Compiles the fields of an edge."""

    connection: _Connection
    climb: int

    def term(self, selected: Selected) -> Pieces:
        if selected.name == "cursor":
            return [Cursor()]
        assert selected.name == "node", selected.name
        climb = 1 + self.climb if is_non_null_type(selected.definition.type) else 0
        row = self.connection.row_of(climb)
        return self.connection.page.compiler.object_of(row, selected.selection_sets)
