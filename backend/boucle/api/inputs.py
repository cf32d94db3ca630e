"""Reading update inputs, where missing means "leave it", null means "clear it"."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import strawberry

from boucle.kit.errors import DomainError

T = TypeVar("T")


def given(value: "strawberry.Maybe[T]", default: T) -> T:
    """Return the value of a `Maybe` input, or `default` where the client did not mention it."""
    return default if value is None else value.value


@contextmanager
def about_input() -> Iterator[None]:
    """Let expected failures inside say where in the argument `input` the wrong value is."""
    try:
        yield
    except DomainError as error:
        for part in error.parts:
            if part.field and part.field[0] not in {"input", "id", "surveyKey", "idempotencyKey"}:
                part.field = ["input", *part.field]
        raise
