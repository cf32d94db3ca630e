"""The tables of docs/rights.md: who may ask for what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from boucle.accounts.permissions import Permission

PAGE = Path(__file__).parents[2] / "docs" / "rights.md"


@dataclass(frozen=True)
class Asker:
    """Somebody who asks, as far as the tables tell callers apart."""

    name: str
    permissions: frozenset[Permission] = frozenset()
    is_signed_in: bool = True
    is_narrowed: bool = False

    def may(self, who: str) -> bool:
        """Whether a cell of the second column lets them in."""
        return any(self._is(each) for each in who.split(" or "))

    def _is(self, who: str) -> bool:
        match who:
            case "everybody":
                return True
            case "signed in":
                return self.is_signed_in
            case "own account":
                return self.is_signed_in and not self.is_narrowed
            case _:
                return Permission[who] in self.permissions


def table(first_column: str) -> Mapping[str, str]:
    """Return the lines of the table whose first column is called so."""
    _, _, rest = PAGE.read_text().partition(f"\n| {first_column} | who |\n|---|---|\n")
    lines = re.match(r"(\|.*\n)+", rest)
    assert lines is not None, first_column
    return dict(re.findall(r"\| `(\w+)` \| (.+?) \|\n", lines[0]))
