"""A small world that has everything that a planner can meet: a library, with rights, nulls, ties and loops."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graphql import GraphQLScalarType, GraphQLSchema, build_schema

from boucle.kit.conditions import (
    ALWAYS,
    Compare,
    Comparison,
    Condition,
    Contains,
    HasRow,
    IsMissing,
    IsOneOf,
    Not,
    all_of,
    any_of,
    equals,
)
from boucle.kit.database import Dialect
from boucle.kit.errors import Invalid
from boucle.kit.pagination import Order, fingerprint
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
    Reference,
    Rows,
    RowType,
    Through,
    ToMany,
    ToOne,
    Values,
    Variant,
)

PAGE = "first: Int, after: String, last: Int, before: String"
SDL = f"""
scalar Time
enum Genre {{ NOVEL POEM SCIENCE }}
enum Sort {{ ID NAME RANK BORN }}
interface Named {{ id: ID! name: String! }}
union Item = Author | Book
type PageInfo {{ hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }}
type AuthorEdge {{ cursor: String! node: Author! }}
type AuthorConnection {{ edges: [AuthorEdge!]! nodes: [Author!]! pageInfo: PageInfo! totalCount: Int! }}
type BookEdge {{ cursor: String! node: Book! }}
type BookConnection {{ edges: [BookEdge!]! nodes: [Book!]! pageInfo: PageInfo! totalCount: Int! }}
type ReviewEdge {{ cursor: String! node: Review! }}
type ReviewConnection {{ edges: [ReviewEdge] nodes: [Review] pageInfo: PageInfo! totalCount: Int! }}
type Author implements Named {{
  id: ID! name: String! title: String! nickname: String rank: Int isAlive: Boolean born: Time
  mentor: Author
  idol: Author
  favourite: Book
  books({PAGE}, filter: BookFilter): BookConnection!
  bestBooks(limit: Int = 2): [Book!]!
  worstBook: Book
  readBooks: [Book!]!
  lastReview: Review!
  bookCount(genre: Genre): Int!
  initials: String!
  badges(limit: Int! = 2): [Badge!]!
  secretName: String!
}}
type Book implements Named {{
  id: ID! name: String! genre: Genre! pages: Int published: Time isSecret: Boolean!
  author: Author!
  subject: Item
  reviews({PAGE}): ReviewConnection
  firstReviews: [Review]!
}}
type Review {{ id: ID! stars: Int! body: String at: Time! book: Book! reviewer: Author }}
type Badge {{ label: String! level: Int holder: Author next: Badge fragile: Int! }}
input BookFilter {{ genres: [Genre!] text: String minimumPages: Int unread: Boolean }}
type Query {{
  authors({PAGE}, sort: Sort = ID, descending: Boolean = false): AuthorConnection!
  books({PAGE}, filter: BookFilter): BookConnection
  reviews: [Review!]
  bookCount: Int!
  author(key: Int!): Author
  named(id: ID!): Named
  items: [Item]!
  badges: [Badge]
  fragile: Badge
}}
type Mutation {{ praise(key: Int!): Badge! scold(key: Int!): Badge }}
"""
COLUMNS: Mapping[str, Mapping[str, Kind]] = {
    "authors": {
        "id": Kind.NUMBER,
        "name": Kind.TEXT,
        "nickname": Kind.TEXT,
        "rank": Kind.NUMBER,
        "is_alive": Kind.BOOLEAN,
        "born": Kind.TIME,
        "mentor_id": Kind.NUMBER,
        "favourite_id": Kind.NUMBER,
    },
    "books": {
        "id": Kind.NUMBER,
        "name": Kind.TEXT,
        "genre": Kind.TEXT,
        "pages": Kind.NUMBER,
        "published": Kind.TIME,
        "is_secret": Kind.BOOLEAN,
        "author_id": Kind.NUMBER,
        "subject_kind": Kind.TEXT,
        "subject_author_id": Kind.NUMBER,
        "subject_book_id": Kind.NUMBER,
    },
    "reviews": {
        "id": Kind.NUMBER,
        "stars": Kind.NUMBER,
        "body": Kind.TEXT,
        "at": Kind.TIME,
        "book_id": Kind.NUMBER,
        "reviewer_id": Kind.NUMBER,
    },
}
SQL_TYPES = {
    "postgres": {Kind.NUMBER: "bigint", Kind.TEXT: "text", Kind.BOOLEAN: "boolean", Kind.TIME: "timestamptz"},
    "sqlite": {Kind.NUMBER: "integer", Kind.TEXT: "text", Kind.BOOLEAN: "int", Kind.TIME: "timestamp"},
}
SORTS = {"ID": ("id", False), "NAME": ("name", False), "RANK": ("rank", True), "BORN": ("born", True)}
SHOWN_ITEMS = (("Author", 1), ("Book", 1), ("Author", 2), ("Book", 99), ("Author", 3))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: some may see secret books, and some only the authors of a list."""

    sees_secrets: bool = True
    author_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A value of Python with a row inside, and a field that breaks its promise."""

    label: str
    level: int | None
    holder: Reference | None
    next: "Badge | None" = None
    fragile: int | None = field(default=None)


def times(value: datetime) -> str:
    """Return a moment as both engines write it in JSON."""
    text = value.strftime("%Y-%m-%dT%H:%M:%S")
    fraction = f".{value.microsecond:06d}".rstrip("0") if value.microsecond else ""
    return f"{text}{fraction}+00:00"


def visible_authors(reader: Reader) -> Condition:
    return ALWAYS if reader.author_ids is None else IsOneOf("id", reader.author_ids)


def visible_books(reader: Reader) -> Condition:
    return ALWAYS if reader.sees_secrets else equals("is_secret", False)


def visible_reviews(reader: Reader) -> Condition:
    return HasRow("books", "book_id", "id", visible_books(reader))


def author_rows(_reader: Reader, arguments: Mapping[str, Any]) -> Rows:
    column, nullable = SORTS[arguments["sort"]]
    return Rows(order=Order(column, bool(arguments.get("descending")), nullable=nullable))


def book_condition(wanted: Mapping[str, Any] | None) -> Condition:
    """Return a filter of books as a condition."""
    given = {name: value for name, value in (wanted or {}).items() if value is not None}
    parts: list[Condition] = []
    if "genres" in given:
        parts.append(IsOneOf("genre", [genre.lower() for genre in given["genres"]]))
    if "text" in given:
        if given["text"] == "wrong":
            raise Invalid("This text is not allowed.", field="filter")
        parts.append(Contains("name", given["text"]))
    if "minimumPages" in given:
        parts.append(Compare("pages", Comparison.AT_LEAST, given["minimumPages"]))
    if given.get("unread"):
        parts.append(any_of(IsMissing("published"), Not(HasRow("reviews", "id", "book_id", ALWAYS))))
    return all_of(*parts)


def book_rows(_reader: Reader, arguments: Mapping[str, Any]) -> Rows:
    wanted = arguments.get("filter")
    order = Order("id", is_descending=True)
    return Rows(book_condition(wanted), order, scope=fingerprint(sorted((wanted or {}).items())))


def best_books(_reader: Reader, arguments: Mapping[str, Any]) -> Rows:
    return Rows(order=Order("pages", is_descending=True, nullable=True), limit=arguments.get("limit"))


def worst_book(_reader: Reader, _arguments: Mapping[str, Any]) -> Rows:
    return Rows(order=Order("name", is_descending=False))


def by_name(_reader: Reader, _arguments: Mapping[str, Any]) -> Rows:
    return Rows(sort="length({t}.name) DESC, {t}.id")


def counted_books(_reader: Reader, arguments: Mapping[str, Any]) -> Rows:
    genre = arguments.get("genre")
    return Rows(ALWAYS if genre is None else equals("genre", genre.lower()))


def review_rows(_reader: Reader, _arguments: Mapping[str, Any]) -> Rows:
    return Rows(order=Order("at", is_descending=True))


def initials_of(name: str) -> str | None:
    """Return the first letters; some names have none, and the schema promised some."""
    return "".join(word[0] for word in name.split())[:2] or None


def badges_of(key: int, name: str, limit: int) -> list[Badge]:
    """Return badges in plenty; the third one is broken."""
    if limit > 3:
        raise Invalid("Too many badges.")
    chain = Badge("last", None, Reference("Author", key + 1), fragile=1)
    return [
        Badge(f"{name}-{level}", level, Reference("Author", key), chain, None if level == 2 else 7)
        for level in range(limit)
    ]


async def compute_initials(_reader: Reader, _arguments: Mapping[str, Any], rows: Sequence[Values]) -> Sequence[object]:
    return [initials_of(row["name"]) for row in rows]


async def compute_badges(_reader: Reader, arguments: Mapping[str, Any], rows: Sequence[Values]) -> Sequence[object]:
    return [badges_of(row["id"], row["name"], arguments["limit"]) for row in rows]


def title(alias: str, dialect: Dialect) -> str:
    return f"{alias}.name || ' the ' || coalesce({alias}.nickname, 'Unnamed')"


CATALOGUE = Catalogue(
    types={
        "Author": RowType(
            "Author",
            "authors",
            COLUMNS["authors"],
            {
                "id": GlobalId("aut"),
                "name": Column("name"),
                "title": Expression(title, Kind.TEXT, ("name", "nickname")),
                "nickname": Column("nickname"),
                "rank": Column("rank"),
                "isAlive": Column("is_alive"),
                "born": Column("born"),
                "mentor": ToOne("Author", "mentor_id"),
                "idol": ToOne("Author", "mentor_id", seen_with_parent=True),
                "favourite": ToOne("Book", "favourite_id"),
                "books": Paged("Book", Link("author_id"), book_rows),
                "bestBooks": ToMany("Book", Link("author_id"), best_books),
                "worstBook": FirstOf("Book", Link("author_id", seen_with_parent=True), worst_book),
                "readBooks": ToMany("Book", Link("id", through=Through("reviews", "reviewer_id", "book_id")), by_name),
                "lastReview": FirstOf("Review", Link("reviewer_id"), review_rows),
                "bookCount": CountOf("Book", Link("author_id"), counted_books),
                "initials": Computed(("name",), compute_initials),
                "badges": Computed(("id", "name"), compute_badges),
                "secretName": Column("nickname"),
            },
            visible_authors,
        ),
        "Book": RowType(
            "Book",
            "books",
            COLUMNS["books"],
            {
                "id": GlobalId("boo"),
                "name": Column("name"),
                "genre": Column("genre"),
                "pages": Column("pages"),
                "published": Column("published"),
                "isSecret": Column("is_secret"),
                "author": ToOne("Author", "author_id"),
                "subject": Variant(
                    "subject_kind",
                    {"author": ToOne("Author", "subject_author_id"), "book": ToOne("Book", "subject_book_id")},
                ),
                "reviews": Paged("Review", Link("book_id"), review_rows),
                "firstReviews": ToMany("Review", Link("book_id"), lambda _reader, _arguments: Rows(limit=2)),
            },
            visible_books,
        ),
        "Review": RowType(
            "Review",
            "reviews",
            COLUMNS["reviews"],
            {
                "id": GlobalId("rev"),
                "stars": Column("stars"),
                "body": Column("body"),
                "at": Column("at"),
                "book": ToOne("Book", "book_id"),
                "reviewer": ToOne("Author", "reviewer_id"),
            },
            visible_reviews,
        ),
    },
    roots={
        "authors": Paged("Author", rows=author_rows),
        "books": Paged("Book", rows=book_rows),
        "reviews": ToMany("Review"),
        "bookCount": CountOf("Book"),
    },
)
PREFIXES = {"aut": "Author", "boo": "Book"}


def reference_of(text: str) -> Reference | None:
    """Return the row of a global id."""
    prefix, _, number = text.partition("_")
    return Reference(PREFIXES[prefix], int(number)) if prefix in PREFIXES and number.isdigit() else None


def scold(key: int) -> Badge:
    """Refuse, as an action may."""
    if key % 2:
        raise Invalid("Not this one.")
    return Badge("scolded", key, Reference("Author", key), fragile=0)


def praise(key: int) -> Badge:
    """Return what a mutation would."""
    return Badge("praised", key, Reference("Author", key), fragile=None if key == 3 else 1)


ROOT_VALUES = {
    "author": lambda _source, _info, key: Reference("Author", key),
    "named": lambda _source, _info, id: reference_of(id),  # noqa: A006
    "items": lambda _source, _info: [Reference(name, key) for name, key in SHOWN_ITEMS],
    "badges": lambda _source, _info: badges_of(1, "root", 3),
    "fragile": lambda _source, _info: badges_of(1, "root", 3)[2],
}
ACTIONS = {
    "praise": lambda _source, _info, key: praise(key),
    "scold": lambda _source, _info, key: scold(key),
}


def make_schema() -> GraphQLSchema:
    """Return the library's schema with the resolvers that are Python on both sides."""
    schema = build_schema(SDL)
    scalar = schema.type_map["Time"]
    assert isinstance(scalar, GraphQLScalarType)
    scalar.coerce_output_value = times
    for root, resolvers in ((schema.query_type, ROOT_VALUES), (schema.mutation_type, ACTIONS)):
        assert root is not None
        for name, resolve in resolvers.items():
            root.fields[name].resolve = resolve
    return schema
