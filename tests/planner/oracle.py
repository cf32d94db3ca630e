"""What GraphQL says: graphql-core over plain Python objects, slow and plainly right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLObjectType, GraphQLSchema, execute_sync

from boucle.kit.errors import Invalid
from boucle.kit.pagination import PageRequest, fingerprint
from boucle.planner.declarations import Reference
from tests.planner.library import SORTS, Badge, Reader, badges_of, initials_of, make_schema, times

Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Seen:
    """A row as an object of a type."""

    of: str
    row: Row


@dataclass
class Oracle:
    """Answers documents from rows in memory."""

    tables: Tables
    reader: Reader

    def execute(self, document: DocumentNode, variables: Mapping[str, Any]) -> ExecutionResult:
        """Run the document."""
        return execute_sync(reading_schema(), document, variable_values=dict(variables), context_value=self)

    def can_see(self, of: str, row: Row) -> bool:
        if of == "Author":
            return self.reader.author_ids is None or row["id"] in self.reader.author_ids
        if of == "Book":
            return self.reader.sees_secrets or not row["is_secret"]
        book = next((book for book in self.tables["books"] if book["id"] == row["book_id"]), None)
        return book is not None and self.can_see("Book", book)

    def rows(self, of: str) -> list[Row]:
        """Return the visible rows of a type."""
        return [row for row in self.tables[f"{of.lower()}s"] if self.can_see(of, row)]

    def one(self, of: str, key: int | None) -> Seen | None:
        """Return a visible row by its key."""
        return next((Seen(of, row) for row in self.rows(of) if row["id"] == key), None)

    def any(self, of: str, key: int | None) -> Seen | None:
        """Return a row, whoever asks."""
        return next((Seen(of, row) for row in self.tables[f"{of.lower()}s"] if row["id"] == key), None)

    def of_reference(self, reference: Reference | None) -> Seen | None:
        return self.one(reference.of, reference.key) if reference is not None else None


def _opened(resolve: Any) -> Any:
    return lambda source, info, **given: info.context.of_reference(resolve(source, info, **given))


def _opened_list(resolve: Any) -> Any:
    return lambda source, info: [info.context.of_reference(each) for each in resolve(source, info)]


def sorted_rows(rows: Sequence[Row], column: str, *, descending: bool) -> list[Row]:
    """Return rows in the order of a list: by the column, then by id, those without a value last."""
    present = [row for row in rows if row[column] is not None]
    missing = [row for row in rows if row[column] is None]
    key: Callable[[Row], Any] = lambda row: (row[column], row["id"])  # noqa: E731
    return sorted(present, key=key, reverse=descending) + sorted(missing, key=lambda row: row["id"], reverse=descending)


def cursor_of(row: Row, column: str, *, descending: bool, scope: str) -> str:
    """Return a row's cursor."""
    value = row[column]
    text = "~" if value is None else times(value) if isinstance(value, datetime) else str(value)
    return f"{column}.{'desc' if descending else 'asc'}|{scope}|{text}|{row['id']}"


def cut(
    rows: Sequence[Row], among: Sequence[Row], cursor: str, way: str, of_row: Callable[[Row], str], sort: Any
) -> list[Row]:
    """Return the rows after (or before) a cursor's row, which need not be in the list any more."""
    at = next((row for row in among if of_row(row) == cursor), None)
    if at is None:
        raise Invalid("This cursor belongs to another list.")
    ordered = sort([*(row for row in rows if row is not at), at])
    place = next(index for index, row in enumerate(ordered) if row is at)
    kept = ordered[place + 1 :] if way == "after" else ordered[:place]
    return [row for row in rows if any(row is each for each in kept)]


def page(
    of: str,
    rows: Sequence[Row],
    among: Sequence[Row],
    given: Mapping[str, Any],
    column: str,
    *,
    descending: bool,
    scope: str,
) -> Any:
    """Return the connection object of a page; `among` are all rows that a cursor may name."""
    asked = PageRequest(*(given.get(name) for name in ("first", "after", "last", "before"))).checked()

    def sort(some: Sequence[Row]) -> list[Row]:
        return sorted_rows(some, column, descending=descending)

    def of_row(row: Row) -> str:
        return cursor_of(row, column, descending=descending, scope=scope)

    kept = list(rows)
    for way, cursor in (("after", asked.after), ("before", asked.before)):
        if cursor is not None:
            kept = cut(kept, among, cursor, way, of_row, sort)
    ordered = sort(kept)
    more = len(ordered) > asked.size
    shown = ordered[-asked.size :] if asked.is_backward else ordered[: asked.size]
    return {
        "edges": [{"cursor": of_row(row), "node": Seen(of, row)} for row in shown],
        "nodes": [Seen(of, row) for row in shown],
        "pageInfo": {
            "hasNextPage": (asked.before is not None) if asked.is_backward else more,
            "hasPreviousPage": more if asked.is_backward else asked.after is not None,
            "startCursor": of_row(shown[0]) if shown else None,
            "endCursor": of_row(shown[-1]) if shown else None,
        },
        "totalCount": len(rows),
    }


def _fits(oracle: Oracle, row: Row, wanted: Mapping[str, Any] | None) -> bool:
    given = {name: value for name, value in (wanted or {}).items() if value is not None}
    if given.get("text") == "wrong":
        raise Invalid("This text is not allowed.", field="filter")
    has_reviews = any(review["book_id"] == row["id"] for review in oracle.tables["reviews"])
    return (
        ("genres" not in given or row["genre"].upper() in given["genres"])
        and ("text" not in given or given["text"] in row["name"])
        and ("minimumPages" not in given or (row["pages"] is not None and row["pages"] >= given["minimumPages"]))
        and (not given.get("unread") or row["published"] is None or not has_reviews)
    )


def _books(oracle: Oracle, rows: Sequence[Row], given: Mapping[str, Any]) -> Any:
    wanted = given.get("filter")
    _fits(oracle, {"id": 0, "genre": "", "name": "", "pages": 0, "published": None}, wanted)
    fitting = [row for row in rows if _fits(oracle, row, wanted)]
    scope = fingerprint(sorted((wanted or {}).items()))
    return page("Book", fitting, oracle.tables["books"], given, "id", descending=True, scope=scope)


def _authors(oracle: Oracle, given: Mapping[str, Any]) -> Any:
    column, _ = SORTS[given["sort"]]
    descending = bool(given.get("descending"))
    return page(
        "Author", oracle.rows("Author"), oracle.tables["authors"], given, column, descending=descending, scope="-"
    )


def _best(oracle: Oracle, key: int, limit: int | None) -> list[Seen]:
    rows = sorted_rows([row for row in oracle.rows("Book") if row["author_id"] == key], "pages", descending=True)
    return [Seen("Book", row) for row in (rows if limit is None else rows[: max(limit, 0)])]


def first_or_none(rows: Sequence[Row], of: str) -> Seen | None:
    """Return the first row as an object."""
    return Seen(of, rows[0]) if rows else None


def _read_books(oracle: Oracle, key: int) -> list[Seen]:
    read = {review["book_id"] for review in oracle.tables["reviews"] if review["reviewer_id"] == key}
    rows = [row for row in oracle.rows("Book") if row["id"] in read]
    return [Seen("Book", row) for row in sorted(rows, key=lambda row: (-len(row["name"]), row["id"]))]


def _subject(oracle: Oracle, row: Row) -> Seen | None:
    kinds = {"author": ("Author", "subject_author_id"), "book": ("Book", "subject_book_id")}
    if row["subject_kind"] not in kinds:
        return None
    of, column = kinds[row["subject_kind"]]
    return oracle.one(of, row[column])


def _column(name: str) -> Any:
    return lambda seen, _info: seen.row[name]


def _badge_holder(badge: Badge, info: Any) -> Seen | None:
    return info.context.of_reference(badge.holder)


_FIELDS: dict[str, dict[str, Any]] = {
    "Author": {
        "id": lambda seen, _info: f"aut_{seen.row['id']}",
        "name": _column("name"),
        "title": lambda seen, _info: (
            f"{seen.row['name']} the {seen.row['nickname'] if seen.row['nickname'] is not None else 'Unnamed'}"
        ),
        "nickname": _column("nickname"),
        "rank": _column("rank"),
        "isAlive": _column("is_alive"),
        "born": _column("born"),
        "mentor": lambda seen, info: info.context.one("Author", seen.row["mentor_id"]),
        "favourite": lambda seen, info: info.context.one("Book", seen.row["favourite_id"]),
        "books": lambda seen, info, **given: _books(
            info.context, [row for row in info.context.rows("Book") if row["author_id"] == seen.row["id"]], given
        ),
        "bestBooks": lambda seen, info, limit=None: _best(info.context, seen.row["id"], limit),
        "idol": lambda seen, info: info.context.any("Author", seen.row["mentor_id"]),
        "worstBook": lambda seen, info: first_or_none(
            sorted_rows(
                [row for row in info.context.tables["books"] if row["author_id"] == seen.row["id"]],
                "name",
                descending=False,
            ),
            "Book",
        ),
        "readBooks": lambda seen, info: _read_books(info.context, seen.row["id"]),
        "lastReview": lambda seen, info: first_or_none(
            sorted_rows(
                [row for row in info.context.rows("Review") if row["reviewer_id"] == seen.row["id"]],
                "at",
                descending=True,
            ),
            "Review",
        ),
        "bookCount": lambda seen, info, genre=None: sum(
            row["author_id"] == seen.row["id"] and genre in (None, row["genre"].upper())
            for row in info.context.rows("Book")
        ),
        "initials": lambda seen, _info: initials_of(seen.row["name"]),
        "badges": lambda seen, _info, limit: badges_of(seen.row["id"], seen.row["name"], limit),
        "secretName": _column("nickname"),
    },
    "Book": {
        "id": lambda seen, _info: f"boo_{seen.row['id']}",
        "name": _column("name"),
        "genre": lambda seen, _info: seen.row["genre"].upper(),
        "pages": _column("pages"),
        "published": _column("published"),
        "isSecret": _column("is_secret"),
        "author": lambda seen, info: info.context.one("Author", seen.row["author_id"]),
        "subject": lambda seen, info: _subject(info.context, seen.row),
        "reviews": lambda seen, info, **given: page(
            "Review",
            [row for row in info.context.rows("Review") if row["book_id"] == seen.row["id"]],
            info.context.tables["reviews"],
            given,
            "at",
            descending=True,
            scope="-",
        ),
        "firstReviews": lambda seen, info: [
            Seen("Review", row)
            for row in sorted_rows(info.context.rows("Review"), "id", descending=False)
            if row["book_id"] == seen.row["id"]
        ][:2],
    },
    "Review": {
        "id": lambda seen, _info: f"rev_{seen.row['id']}",
        "stars": _column("stars"),
        "body": _column("body"),
        "at": _column("at"),
        "book": lambda seen, info: info.context.one("Book", seen.row["book_id"]),
        "reviewer": lambda seen, info: info.context.one("Author", seen.row["reviewer_id"]),
    },
    "Badge": {"holder": _badge_holder},
    "Query": {
        "authors": lambda _source, info, **given: _authors(info.context, given),
        "books": lambda _source, info, **given: _books(info.context, info.context.rows("Book"), given),
        "reviews": lambda _source, info: [
            Seen("Review", row) for row in sorted_rows(info.context.rows("Review"), "id", descending=False)
        ],
        "bookCount": lambda _source, info: len(info.context.rows("Book")),
    },
}


@cache
def reading_schema() -> GraphQLSchema:
    """Return the schema with resolvers that read the memory of the oracle in their context."""
    schema = make_schema()
    for type_name, fields in _FIELDS.items():
        kind = schema.type_map[type_name]
        assert isinstance(kind, GraphQLObjectType)
        for name, resolve in fields.items():
            kind.fields[name].resolve = resolve
    for name in ("Named", "Item"):
        schema.type_map[name].resolve_type = lambda value, _info, _type: value.of
    root = schema.query_type
    assert root is not None
    for name in ("author", "named"):
        root.fields[name].resolve = _opened(root.fields[name].resolve)
    root.fields["items"].resolve = _opened_list(root.fields["items"].resolve)
    return schema
