"""Global ids: a prefix that names the type and a number, `tkt_42`. Clients treat them as opaque."""

import re

from boucle.kit.errors import NotFound

_GLOBAL_ID = re.compile(r"([a-z]{3})_([1-9][0-9]{0,17})")


def global_id(prefix: str, number: int) -> str:
    """Return the global id of the row `number` of the type named by `prefix`."""
    return f"{prefix}_{number}"


def parse_global_id(text: str) -> tuple[str, int] | None:
    """Return prefix and number, or `None` where the text is not a global id."""
    match = _GLOBAL_ID.fullmatch(text)
    return (match[1], int(match[2])) if match else None


def number_of(text: str, prefix: str, *, field: str | None = None) -> int:
    """Return the number inside a global id of this prefix; raise `NotFound` for any other text."""
    parsed = parse_global_id(text)
    if parsed is None or parsed[0] != prefix:
        raise NotFound(
            "'{id}' is not the id of such a thing: it should look like {prefix}_42.",
            field=field,
            id=text,
            prefix=prefix,
        )
    return parsed[1]
