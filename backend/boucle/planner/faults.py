"""Nulls where the schema promises a value: marked in a statement's text, put right when it has run."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson
from graphql import FieldNode, GraphQLError

from boucle.kit.errors import DomainError

PathKey: TypeAlias = str | int
FAULT = "\x02"  # JSON has no such character, so that it can only be ours
_MARK = re.compile(f"{FAULT}([0-9]+){FAULT}")


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that is not there; `climb` says how many containers above its entry are null with it."""

    message: str
    nodes: Sequence[FieldNode]
    climb: int
    cause: Exception | None = None

    @classmethod
    def of(cls, error: Exception, nodes: Sequence[FieldNode], climb: int) -> "Fault":
        """Return the fault of a field that raised."""
        return cls(error.message if isinstance(error, DomainError | GraphQLError) else str(error), nodes, climb, error)

    def located(self) -> GraphQLError:
        """Return the error, with a path that begins at the value."""
        return GraphQLError(self.message, nodes=self.nodes, path=[], original_error=self.cause)


@dataclass(frozen=True, slots=True)
class Partial:
    """What Python worked out with errors inside, whose paths begin at it; with a climb, it has become null."""

    value: Any
    errors: Sequence[GraphQLError]
    climb: int = 0


@dataclass(frozen=True, slots=True)
class Assembled:
    """JSON in UTF-8, `None` where a null reached the whole; the errors' paths begin at its value."""

    json: bytes | None
    errors: Sequence[GraphQLError] = ()


def mark(number: int) -> str:
    """Return the mark of a fault, as it stands in a text."""
    return f"{FAULT}{number}{FAULT}"


def assembled(json: bytes, faults: Sequence[Fault | Partial]) -> Assembled:
    """Return the JSON with every marked fault repaired."""
    if FAULT.encode() not in json:
        return Assembled(json)
    # No field of GraphQL can be called like the mark.
    whole = {"": orjson.loads(_MARK.sub(rf'{{"\\u{ord(FAULT):04x}":\1}}', json.decode()))}
    errors: list[GraphQLError] = []
    for path, number in list(_marks(whole[""], ())):
        fault = faults[number]
        found = fault.errors if isinstance(fault, Partial) else [fault.located()]
        errors += [below(path, error) for error in found]
        if fault.climb > len(path):
            return Assembled(None, errors)
        value = fault.value if isinstance(fault, Partial) else None
        _put(whole, ("", *path)[: len(path) + 1 - fault.climb], value)
    return Assembled(None if whole[""] is None else orjson.dumps(whole[""]), errors)


def below(path: Sequence[PathKey], error: GraphQLError) -> GraphQLError:
    """Return the error with its path put below another."""
    return GraphQLError(
        error.message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=[*path, *(error.path or ())],
        original_error=error.original_error,
        extensions=error.extensions,
    )


def _marks(value: Any, path: tuple[PathKey, ...]) -> Iterator[tuple[tuple[PathKey, ...], int]]:
    if isinstance(value, dict):
        if FAULT in value:
            yield path, value[FAULT]
            return
        for key, inner in value.items():
            yield from _marks(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _marks(inner, (*path, index))


def _put(whole: Any, path: Sequence[PathKey], value: object) -> None:
    holder = whole
    for key in path[:-1]:
        holder = holder[key]
        if holder is None:
            return  # another fault has cleared more already
    holder[path[-1]] = value
