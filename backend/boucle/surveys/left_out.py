"""What was left out of an answer, so that the answer itself is not lost: told to the sender, and kept with it.

Whoever sends answers from another system can seldom correct the customer. Only what cannot be an answer is refused.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import orjson

from boucle.kit.texts import clean_line

MOST_KEPT = 20
LONGEST_KEPT = 200


class LeftOutReason(StrEnum):
    """Why something that was sent is not, or not whole, part of the answer."""

    NOT_UNDERSTOOD = "not_understood"
    TOO_LONG = "too_long"
    UNKNOWN = "unknown"
    TWICE = "twice"


_TEMPLATES: Mapping[LeftOutReason, str] = {
    LeftOutReason.NOT_UNDERSTOOD: "{field}: '{value}' was not understood and was left out.",
    LeftOutReason.TOO_LONG: "{field} is longer than can be kept; its beginning was kept: '{value}'.",
    LeftOutReason.UNKNOWN: "There is no {field} here; '{value}' was left out.",
    LeftOutReason.TWICE: "{field} came twice; '{value}' was left out.",
}


class LeftOut(NamedTuple):
    """One part of what was sent: where it stood (as in `userErrors.field`), its beginning, and why it was left out."""

    field: tuple[str, ...]
    value: str
    reason: LeftOutReason

    @property
    def message(self) -> str:
        """The same in words, for whoever builds the sender."""
        return _TEMPLATES[self.reason].format(field=".".join(self.field), value=self.value)


def left_out(field: Sequence[str], value: object, reason: LeftOutReason) -> LeftOut:
    """Return what is kept of something that was sent; of long names and values their beginning."""
    path = tuple((clean_line(each) or "")[:LONGEST_KEPT] for each in field)
    shown = clean_line(str(value)[: 4 * LONGEST_KEPT]) or ""
    return LeftOut(path, shown[:LONGEST_KEPT], reason)


def left_out_to_json(parts: Sequence[LeftOut]) -> str | None:
    """Return the column's text; nothing for an answer that is whole."""
    if not parts:
        return None
    return orjson.dumps([each._asdict() for each in parts[:MOST_KEPT]]).decode()


def left_out_from_json(stored: Sequence[Mapping[str, Any]] | None) -> list[LeftOut]:
    """Return what the column holds."""
    return [LeftOut(tuple(each["field"]), each["value"], LeftOutReason(each["reason"])) for each in stored or ()]
