"""Customers of the demo company: names, addresses at invented domains, numbers that nobody has."""

from dataclasses import dataclass
from random import Random

from boucle.contacts.rules import ContactDetails
from boucle.demo.names import ENGLISH_FIRST, ENGLISH_LAST, FRENCH_LAST, FRENCH_MEN, FRENCH_WOMEN
from boucle.kit.texts import fold

# Ranges that the French and British regulators keep free for fiction.
FRENCH_NUMBERS = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649")
BRITISH_NUMBERS = ("+442079460", "+441614960", "+441314960", "+441134960", "+441214960")
DOMAINS = ("courriel.example", "monmail.example", "lettre.example", "boite.example", "post.example")
ENGLISH_SHARE = 0.07


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who buys. `reference` is their number in the shop's own system."""

    number: int
    first_name: str
    last_name: str
    email: str | None
    phone: str | None
    language: str
    is_woman: bool

    @property
    def reference(self) -> str:
        """The customer number as the shop writes it."""
        return f"MO-{100_000 + self.number}"

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def details(self) -> ContactDetails:
        """All that the shop knows of them."""
        return ContactDetails(self.first_name, self.last_name, self.email, self.phone, self.reference, self.language)


def make_customer(number: int, chance: Random) -> Customer:
    """Invent the customer with this number; e-mail address and phone number are nobody else's."""
    is_english = chance.random() < ENGLISH_SHARE
    is_woman = chance.random() < 0.58
    first = chance.choice(ENGLISH_FIRST if is_english else FRENCH_WOMEN if is_woman else FRENCH_MEN)
    last = chance.choice(ENGLISH_LAST if is_english else FRENCH_LAST)
    mailbox = ".".join(fold(part).replace(" ", "").replace("-", "") for part in (first, last))
    has_phone, has_email = chance.random() < 0.78, chance.random() < 0.94
    return Customer(
        number,
        first,
        last,
        f"{mailbox}{number}@{chance.choice(DOMAINS)}" if has_email or not has_phone else None,
        _phone(number, BRITISH_NUMBERS if is_english else FRENCH_NUMBERS) if has_phone else None,
        "en" if is_english else "fr",
        is_woman,
    )


def _phone(number: int, ranges: tuple[str, ...]) -> str | None:
    """Return the phone of the customer with this number, `None` once the invented ranges are used up."""
    place, which = divmod(number, len(ranges))
    prefix = ranges[which]
    digits = (13 if prefix.startswith("+44") else 12) - len(prefix)
    if place >= 10**digits:
        return None
    # A multiplier without a common factor spreads neighbours over the range and repeats none.
    return f"{prefix}{place * 617 % 10**digits:0{digits}d}"
