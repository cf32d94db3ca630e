"""Reading update inputs, where missing means "leave it", null means "clear it"."""

from typing import TypeVar

import strawberry

T = TypeVar("T")


def given(value: "strawberry.Maybe[T]", default: T) -> T:
    """Return the value of a `Maybe` input, or `default` where the client did not mention it."""
    return default if value is None else value.value
