"""Looking rows up by a text that a stranger sent: of any length, with any signs."""

from typing import Any, TypeVar

from tortoise.expressions import Q
from tortoise.fields import CharField
from tortoise.models import Model

from boucle.kit.texts import is_plain

Found = TypeVar("Found", bound=Model)


async def row_by_text(model: type[Found], column: str, text: str, **others: Any) -> Found | None:
    """Return the one row whose column is this text, `None` also where no row could ever have it.

    Nobody else calls that a miss: the ORM refuses to look for what is too long for the column, PostgreSQL for a zero
    sign.
    """
    kind = model._meta.fields_map[column]  # noqa: SLF001  (Tortoise has no public way to a field)
    assert isinstance(kind, CharField), column
    if len(text) > kind.max_length or not is_plain(text):
        return None
    return await model.get_or_none(Q(**{column: text}, **others))
