"""What is asked of a page, and how a list is ordered; the planner reads it by keyset, never by offset."""

import hashlib
from dataclasses import dataclass

from boucle.kit.errors import Invalid

LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Relay's four arguments; exactly one of `first` and `last`, 1 to 100."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def checked(self) -> "PageRequest":
        """Return itself, or raise `Invalid` that says which argument is wrong."""
        if (self.first is None) == (self.last is None):
            raise Invalid("Give either `first` or `last`, from 1 to {most}.", field="first", most=LARGEST_PAGE)
        size = self.size
        if not 1 <= size <= LARGEST_PAGE:
            name = "first" if self.first is not None else "last"
            raise Invalid(
                "`{name}` is {given}; it must be from 1 to {most}.",
                field=name,
                name=name,
                given=size,
                most=LARGEST_PAGE,
            )
        return self

    @property
    def size(self) -> int:
        """How many rows at the most."""
        return self.first if self.first is not None else self.last or 0

    @property
    def is_backward(self) -> bool:
        """Whether the page is read from its end."""
        return self.first is None


@dataclass(frozen=True, slots=True)
class Order:
    """One column (a model field) and a direction; ties are broken by id in the same direction.

    With `nullable`, rows without a value come last in both directions.
    """

    column: str
    is_descending: bool
    nullable: bool = False

    @property
    def name(self) -> str:
        """What a cursor says about the order it belongs to."""
        return f"{self.column}.{'desc' if self.is_descending else 'asc'}"


BY_ID = Order("id", is_descending=False)
NEWEST_FIRST = Order("id", is_descending=True)


def fingerprint(*parts: object) -> str:
    """Return a short digest of a filter, so that a cursor of another filter can be refused."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=5).hexdigest()
