"""Random data and random documents: whatever the schema allows, and values that hurt."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_object_type,
)

from boucle.kit.pagination import fingerprint
from tests.planner.library import SORTS, Reader
from tests.planner.oracle import Tables, cursor_of

T = TypeVar("T")
TEXTS = (
    "Ada",
    "ada",
    "",
    "  ",
    'Quo"te',
    "Back\\slash",
    "É̂té ☂",
    "line\nfeed\ttab",
    "\x01mark\x02\x7f",
    "50% _off",
    "'; DROP",
    "😀 smile",
    "b",
    "10",
)
START = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
PAGED = frozenset({"authors", "books", "reviews"})
DEEPEST = 5
FULL_DEPTH = 15  # what the API allows


class Chooser(Protocol):
    """Something that decides: hypothesis, or a seeded random."""

    def number(self, low: int, high: int) -> int:
        """Return a number of the range, both ends included."""


@dataclass(frozen=True)
class Seeded:
    """Decides by a seed."""

    source: random.Random

    def number(self, low: int, high: int) -> int:
        return self.source.randint(low, high)


def pick(chooser: Chooser, options: Sequence[T]) -> T:
    """Return one of the options."""
    return options[chooser.number(0, len(options) - 1)]


def chance(chooser: Chooser, percent: int) -> bool:
    """Return whether something happens that often."""
    return chooser.number(1, 100) <= percent


def draw_tables(chooser: Chooser) -> Tables:
    """Return rows with nulls, ties, loops and references to nothing."""
    authors = [_author(chooser, key) for key in range(1, chooser.number(0, 7) + 1)]
    books = [_book(chooser, key) for key in range(1, chooser.number(0, 14) + 1)]
    reviews = [_review(chooser, key) for key in range(1, chooser.number(0, 20) + 1)]
    return {"authors": authors, "books": books, "reviews": reviews}


def _moment(chooser: Chooser) -> datetime:
    return START + timedelta(days=chooser.number(0, 2), microseconds=pick(chooser, (0, 0, 1, 500_000, 123_456)))


def _maybe(chooser: Chooser, value: T) -> T | None:
    return None if chance(chooser, 30) else value


def _author(chooser: Chooser, key: int) -> dict[str, Any]:
    return {
        "id": key,
        "name": pick(chooser, TEXTS),
        "nickname": _maybe(chooser, pick(chooser, TEXTS)),
        "rank": _maybe(chooser, pick(chooser, (-1, 0, 1, 1, 2, 2_000_000_000))),
        "is_alive": _maybe(chooser, chance(chooser, 50)),
        "born": _maybe(chooser, _moment(chooser)),
        "mentor_id": _maybe(chooser, chooser.number(1, 8)),
        "favourite_id": _maybe(chooser, chooser.number(1, 15)),
    }


def _book(chooser: Chooser, key: int) -> dict[str, Any]:
    return {
        "id": key,
        "name": pick(chooser, TEXTS),
        "genre": pick(chooser, ("novel", "poem", "science")),
        "pages": _maybe(chooser, pick(chooser, (0, 1, 10, 10, 999))),
        "published": _maybe(chooser, _moment(chooser)),
        "is_secret": chance(chooser, 30),
        "author_id": chooser.number(1, 8),
        "subject_kind": pick(chooser, (None, "author", "book", "ghost")),
        "subject_author_id": _maybe(chooser, chooser.number(1, 8)),
        "subject_book_id": _maybe(chooser, chooser.number(1, 15)),
    }


def _review(chooser: Chooser, key: int) -> dict[str, Any]:
    return {
        "id": key,
        "stars": chooser.number(1, 5),
        "body": _maybe(chooser, pick(chooser, TEXTS)),
        "at": _moment(chooser),
        "book_id": chooser.number(1, 15),
        "reviewer_id": _maybe(chooser, chooser.number(1, 8)),
    }


def draw_reader(chooser: Chooser) -> Reader:
    """Return somebody with some rights."""
    known = None if chance(chooser, 50) else tuple(key for key in range(1, 9) if chance(chooser, 60))
    return Reader(sees_secrets=chance(chooser, 50), author_ids=known)


def draw_restricted_reader(chooser: Chooser) -> Reader:
    """Return somebody from whom something of every type is hidden."""
    return Reader(sees_secrets=False, author_ids=tuple(key for key in range(1, 9) if chance(chooser, 80)))


@dataclass(frozen=True)
class Drawn:
    """A document with the values of its variables."""

    text: str
    variables: Mapping[str, Any]


@dataclass
class DocumentDrawer:
    """Draws one operation; what it makes may be invalid (two meanings of one key) and is then thrown away."""

    schema: GraphQLSchema
    tables: Tables
    chooser: Chooser
    variables: dict[str, tuple[str, Any]] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)
    fields_left: int = 60

    def draw(self) -> Drawn:
        """Return a whole document."""
        is_mutation = chance(self.chooser, 8)
        root = self.schema.mutation_type if is_mutation else self.schema.query_type
        assert root is not None
        body = self.selections(root, 0)
        declared = ", ".join(f"${name}: {kind}" for name, (kind, _) in self.variables.items())
        head = f"{'mutation' if is_mutation else 'query'} Q{f'({declared})' if declared else ''}"
        given = {name: value for name, (_, value) in self.variables.items() if value is not _ABSENT}
        return Drawn("\n".join([f"{head} {body}", *self.fragments]), given)

    def selections(self, kind: Any, depth: int) -> str:
        """Return a selection set of a composite type."""
        parts = [self.selection(kind, depth) for _ in range(self.chooser.number(1, 5 if depth < 2 else 3))]
        return "{ " + " ".join(parts) + " }"

    def selection(self, kind: Any, depth: int) -> str:
        roll = self.chooser.number(1, 100)
        if roll <= 12 and depth < DEEPEST:
            return self.fragment(kind, depth)
        if roll <= 20 or not hasattr(kind, "fields"):
            return f"{self.alias()}__typename{self.directive()}"
        options = [
            each
            for each in kind.fields.items()
            if depth < DEEPEST or not is_composite_type(get_named_type(each[1].type))
        ]
        if not options or self.fields_left <= 0:
            return "__typename"
        self.fields_left -= 1
        name, definition = pick(self.chooser, options)
        arguments = self.arguments(name, definition, kind)
        inner = get_named_type(definition.type)
        below = f" {self.selections(inner, depth + 1)}" if is_composite_type(inner) else ""
        return f"{self.alias()}{name}{arguments}{self.directive()}{below}"

    def fragment(self, kind: Any, depth: int) -> str:
        target = kind
        if is_abstract_type(kind):
            target = pick(self.chooser, [kind, *self.schema.get_possible_types(kind)])
        elif is_object_type(kind) and kind.interfaces and chance(self.chooser, 30):
            target = kind.interfaces[0]
        body = self.selections(target, depth + 1)
        if chance(self.chooser, 50):
            on = "" if target is kind and chance(self.chooser, 40) else f" on {target.name}"
            return f"...{on}{self.directive()} {body}"
        name = f"F{len(self.fragments)}"
        self.fragments.append(f"fragment {name} on {target.name} {body}")
        again = f" ...{name}" if chance(self.chooser, 20) else ""
        return f"...{name}{self.directive()}{again}"

    def alias(self) -> str:
        return f"a{self.chooser.number(1, 99)}: " if chance(self.chooser, 45) else ""

    def directive(self) -> str:
        if not chance(self.chooser, 12):
            return ""
        name, value = pick(self.chooser, ("include", "skip")), chance(self.chooser, 60)
        if chance(self.chooser, 50):
            return f" @{name}(if: {str(value).lower()})"
        return f" @{name}(if: ${self.variable('Boolean!', value)})"

    def variable(self, kind: str, value: Any) -> str:
        name = f"v{len(self.variables)}"
        self.variables[name] = (kind, value)
        return name

    def arguments(self, name: str, definition: GraphQLField, parent: GraphQLObjectType) -> str:
        given: list[str] = []
        if "first" in definition.args:
            given += self.page_arguments(name, definition)
        elif name == "named":
            given.append(f'id: "{pick(self.chooser, ("aut_1", "boo_2", "aut_99", "zzz_1", "boo_1"))}"')
        elif "key" in definition.args:
            given.append(self.given("key", "Int!", self.chooser.number(0, 8)))
        elif "limit" in definition.args and chance(self.chooser, 60):
            kind = "Int!" if name == "badges" else "Int"
            options = (0, 1, 3, 4) if name == "badges" else (0, 1, 3, None)
            given.append(self.given("limit", kind, pick(self.chooser, options)))
        elif "genre" in definition.args and chance(self.chooser, 60):
            given.append(self.given("genre", "Genre", pick(self.chooser, (Name("NOVEL"), Name("POEM"), None))))
        return f"({', '.join(given)})" if given else ""

    def page_arguments(self, name: str, definition: GraphQLField) -> list[str]:
        given: list[str] = []
        column, descending, scope = ("at", True, "-") if name == "reviews" else ("id", True, fingerprint([]))
        if name == "authors":
            sort, descending, scope = pick(self.chooser, list(SORTS)), chance(self.chooser, 50), "-"
            column = SORTS[sort][0]
            given += [self.given("sort", "Sort", Name(sort)), self.given("descending", "Boolean", descending)]
        elif name == "books" and chance(self.chooser, 50):
            wanted = self.filter()
            scope = fingerprint(sorted(wanted.items()))
            given.append(self.given("filter", "BookFilter", wanted))
        size = pick(self.chooser, (1, 2, 3, 5, 100)) if chance(self.chooser, 96) else 0
        way, bound = ("first", "after") if chance(self.chooser, 60) else ("last", "before")
        given.append(self.given(way, "Int", size))
        rows = self.tables[name]
        if rows and chance(self.chooser, 35):
            cursor = cursor_of(pick(self.chooser, rows), column, descending=descending, scope=scope)
            given.append(
                self.given(
                    pick(self.chooser, ("after", "before")) if chance(self.chooser, 20) else bound, "String", cursor
                )
            )
        return given

    def filter(self) -> dict[str, Any]:
        wanted: dict[str, Any] = {}
        if chance(self.chooser, 40):
            wanted["genres"] = [Name(each) for each in ("NOVEL", "POEM", "SCIENCE") if chance(self.chooser, 50)]
        if chance(self.chooser, 40):
            wanted["text"] = pick(self.chooser, ("a", "A", "%", "wrong", "é", None, "_", "\\"))
        if chance(self.chooser, 30):
            wanted["minimumPages"] = pick(self.chooser, (0, 10, None))
        if chance(self.chooser, 30):
            wanted["unread"] = chance(self.chooser, 60)
        return wanted

    def given(self, name: str, kind: str, value: Any) -> str:
        """Return an argument as a literal, or as a variable of its own."""
        if chance(self.chooser, 50):
            return f"{name}: {_literal(value)}"
        return f"{name}: ${self.variable(kind, _plain(value))}"


class DeepDrawer(DocumentDrawer):
    """Draws a path as deep as a document may go, through rows alone; of each object on the way a little is asked."""

    def selections(self, kind: Any, depth: int) -> str:
        if is_abstract_type(kind):
            member = pick(self.chooser, self.schema.get_possible_types(kind))
            return f"{{ __typename ... on {member.name} {self.selections(member, depth)} }}"
        ways = [(name, each) for name, each in kind.fields.items() if self.leads_on(each, depth)]
        leaves = [name for name in ("id", "name", "stars", "cursor", "totalCount") if name in kind.fields]
        parts = [pick(self.chooser, [*leaves, "__typename"])]
        if ways:
            name, definition = pick(self.chooser, ways)
            below = self.selections(get_named_type(definition.type), depth + 1)
            parts.append(f"{name}{self.arguments(name, definition, kind)} {below}")
        return "{ " + " ".join(parts) + " }"

    def leads_on(self, definition: GraphQLField, depth: int) -> bool:
        """Whether the field goes deeper, and there is room for what it has to hold."""
        kind = get_named_type(definition.type)
        needed = 2 if kind.name.endswith("Connection") else 1
        return (
            is_composite_type(kind) and kind.name not in {"Badge", "PageInfo", "Named"} and depth + needed <= FULL_DEPTH
        )

    def page_arguments(self, name: str, definition: GraphQLField) -> list[str]:
        return [pick(self.chooser, ("first: 1", "first: 2", "last: 1", "last: 2"))]


class Name(str):
    """A value of an enum."""

    __slots__ = ()


_ABSENT = object()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Name) else value


def _literal(value: Any) -> str:
    import json

    if isinstance(value, Name):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_literal(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(each) for each in value) + "]"
    return json.dumps(value)
