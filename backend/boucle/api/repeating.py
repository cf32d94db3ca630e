"""Acts that a client may send again: the first result once more, as far as the viewer may still see it."""

from collections.abc import Awaitable, Callable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import strawberry

from boucle.api.context import Info
from boucle.api.rows import RowObject, is_among, visible_rows
from boucle.kit.errors import NotFound
from boucle.kit.idempotency import once

R = TypeVar("R", bound=RowObject)
SECRET = "secret"


async def repeatable(
    info: Info,
    shows: type[R],
    key: str | None,
    act: Callable[[], Awaitable[int]],
    *,
    given: object,
    within: int | None = None,
) -> R:
    """Run `act`, which returns the id of what it made, or name what it made before under the viewer's key.

    Keys are apart for each root field, and there for each thing `within` which it acts. Raises `NotFound` where what
    was made has left the viewer's sight since: a key remembers that something was done, not a right to see it.
    """
    viewer, now = info.context.signed_in, info.context.now()
    scope = f"{info.field_name}:{viewer.user_id}" + ("" if within is None else f":{within}")
    done = await once(scope, key, given=compared(given), now=now, act=act)
    row = shows.numbered(done.number)
    if done.is_repeat and not await is_among(row, visible_rows(row, info.context)):
        raise NotFound(
            "This was done before with the same key, and what it made is no longer for you to see. There is no need to "
            "send it again.",
            field="idempotencyKey",
        )
    return row


def compared(given: object) -> object:
    """Return what of an input tells two acts apart: all of it but secrets, of which not even a digest is stored.

    A digest that is fast to make is fast to guess from: whoever reads the database knows the rest of the input.
    """
    if is_dataclass(given) and not isinstance(given, type):
        return {each.name: compared(getattr(given, each.name)) for each in fields(given) if SECRET not in each.metadata}
    if isinstance(given, list):
        return [compared(each) for each in given]
    return given


def secret(description: str) -> Any:
    """Declare a field of an input that nobody may read again; keys do not compare it."""
    return strawberry.field(description=description, metadata={SECRET: True})
