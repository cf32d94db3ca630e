"""Global ids: a prefix that names the type and a number, `tkt_42`. Clients treat them as opaque."""

import re

from boucle.kit.errors import NotFound

LONGEST_QUOTED = 60

_GLOBAL_ID = re.compile(r"([a-z]{3})_([1-9][0-9]{0,17})")
# Organisations, statuses and user types are few: their numbers have 32 bits, and PostgreSQL looks for no larger one.
_SHORT_NUMBERS = frozenset({"org", "sta", "utp"})
_LARGEST_SHORT_NUMBER = 2**31 - 1


def global_id(prefix: str, number: int) -> str:
    """Return the global id of the row `number` of the type named by `prefix`."""
    return f"{prefix}_{number}"


def parse_global_id(text: str) -> tuple[str, int] | None:
    """Return prefix and number, or `None` where the text is not a global id."""
    match = _GLOBAL_ID.fullmatch(text)
    if match is None:
        return None
    prefix, number = match[1], int(match[2])
    return None if prefix in _SHORT_NUMBERS and number > _LARGEST_SHORT_NUMBER else (prefix, number)


def number_of(text: str, prefix: str, *, field: str | None = None) -> int:
    """Return the number inside a global id of this prefix; raise `NotFound` for any other text."""
    parsed = parse_global_id(text)
    if parsed is None or parsed[0] != prefix:
        raise NotFound(
            "'{id}' is not the id of such a thing: it should look like {prefix}_42.",
            field=field,
            id=text[:LONGEST_QUOTED],
            prefix=prefix,
        )
    return parsed[1]
