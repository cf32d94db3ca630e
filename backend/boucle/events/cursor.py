"""A position in the log, as opaque text to clients: `epoch.txid.id`."""

import re
from dataclasses import dataclass

from boucle.kit.errors import Invalid

_CURSOR = re.compile(r"(\d{1,9})\.(\d{1,19})\.(\d{1,19})")


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """Everything at or before this position is known to whoever holds it.

    The epoch grows when a database is restored into another server, where transaction numbers start anew.
    """

    epoch: int
    txid: int
    id: int

    def __str__(self) -> str:
        return f"{self.epoch}.{self.txid}.{self.id}"


def parse_cursor(text: str) -> Cursor:
    """Return the position that a client sent; raise `Invalid` for any other text."""
    match = _CURSOR.fullmatch(text)
    if match is None:
        raise Invalid(
            "'{cursor}' is not a cursor of this log. Read `liveCursor` and start again from there.",
            field="after",
            cursor=text,
        )
    return Cursor(int(match[1]), int(match[2]), int(match[3]))
