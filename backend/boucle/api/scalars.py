"""Scalars of our own, and what GraphQL's do to values on their way in: no resolver sees a text or a time uncleaned."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NewType

import strawberry
from graphql import GraphQLError, GraphQLID, GraphQLScalarType, GraphQLSchema, GraphQLString
from strawberry.schema.types.base_scalars import DateTimeDefinition
from strawberry.types.scalar import ScalarDefinition

from boucle.kit.texts import without_stray_signs

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_parse_time: Callable[[object], datetime] = DateTimeDefinition.parse_value  # type: ignore[assignment]  # it is given


def moment_of(value: object) -> datetime:
    """Return a time in UTC; raise `GraphQLError` for one that no clock or calendar of the product can show."""
    try:
        moment = _parse_time(value)
        at = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        at = None
    if at is None or not EARLIEST <= at <= LATEST:
        raise GraphQLError(
            f"'{value}' is not between {EARLIEST:%Y-%m-%d} and {LATEST:%Y-%m-%d}. For no limit, leave the time out.",
            extensions={"code": "INVALID"},
        )
    return at


def cursor_of(value: object) -> str:
    """Return a cursor as a text; raise `GraphQLError` for anything else."""
    text: str = GraphQLString.coerce_input_value(value)
    return text


LogCursor = NewType("LogCursor", str)
CURSOR = strawberry.scalar(
    name="Cursor",
    description="A position in the event log, opaque text. Keep the last one received and resume from it.",
    serialize=str,
    parse_value=cursor_of,
)
MOMENT = strawberry.scalar(
    name="DateTime",
    description="A moment as ISO 8601 text, from 1900-01-01 to 2200-01-01; without a time zone it is read as UTC.",
    serialize=datetime.isoformat,
    parse_value=moment_of,
)
SCALARS: dict[object, ScalarDefinition] = {LogCursor: CURSOR, datetime: MOMENT}

# As the library makes them: they are looked at when this module is loaded, and changed in every schema after that.
_UNCLEANED = {kind.name: (kind.coerce_input_value, kind.coerce_input_literal) for kind in (GraphQLString, GraphQLID)}


def clean_texts_of(schema: GraphQLSchema) -> None:
    """Let every `String` and `ID` of a schema, sent as a variable or written in a document, be cleaned on its way in.

    The two belong to GraphQL and cannot be defined anew.
    """
    for name, (of_value, of_literal) in _UNCLEANED.items():
        kind = schema.type_map[name]
        assert isinstance(kind, GraphQLScalarType), kind
        assert of_literal is not None, name
        kind.coerce_input_value = _cleaned(of_value)
        kind.coerce_input_literal = _cleaned(of_literal)


def _cleaned(coerce: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: without_stray_signs(coerce(value))
