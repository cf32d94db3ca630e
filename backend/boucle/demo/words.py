"""Putting sentences together so that no two customers sound alike. Which sentences there are stands elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Topic(StrEnum):
    """What a customer talks about; the first group complains, the second praises."""

    LATE = "late"
    DAMAGED = "damaged"
    WRONG = "wrong"
    MISSING = "missing"
    CARRIER = "carrier"
    REFUND = "refund"
    SITE = "site"
    CANCELLED = "cancelled"
    STOCK = "stock"
    PRICE = "price"
    QUALITY = "quality"
    QUEUE = "queue"
    STAFF = "staff"
    COLLECT = "collect"
    PHONE = "phone"
    REPAIR = "repair"

    SPEED = "speed"
    PACKAGING = "packaging"
    DRIVER = "driver"
    EASE = "ease"
    CHOICE = "choice"
    VALUE = "value"
    CRAFT = "craft"
    ADVICE = "advice"
    PLACE = "place"
    SOLVED = "solved"


class Mood(StrEnum):
    """How a customer feels, worst first."""

    ANGRY = "angry"
    UNHAPPY = "unhappy"
    MIXED = "mixed"
    HAPPY = "happy"


@dataclass(frozen=True, slots=True)
class Bank:
    """The sentences of one language. `mild` are clauses that go on after a bridge such as "Seul bémol :"."""

    openings: Mapping[Mood, Sequence[str]]
    cores: Mapping[Topic, Sequence[str]]
    sequels: Mapping[Topic, Sequence[str]]
    mild: Mapping[Topic, Sequence[str]]
    bridges: Sequence[str]
    closings: Mapping[Mood, Sequence[str]]
    short: Mapping[Mood, Sequence[str]]


class Deck(Generic[T]):
    """Cards that come back only after all the others were drawn."""

    def __init__(self, cards: Sequence[T], chance: Random) -> None:
        self._cards, self._chance = list(cards), chance
        self._left: list[T] = []

    def draw(self) -> T:
        """Return the next card."""
        if not self._left:
            self._left = self._chance.sample(self._cards, len(self._cards))
        return self._left.pop()


class Decks:
    """One deck for every sequence that is drawn from."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._decks: dict[int, Deck[str]] = {}

    def draw(self, cards: Sequence[str]) -> str:
        """Return the next card of this very sequence."""
        deck = self._decks.get(id(cards))
        if deck is None:
            deck = self._decks[id(cards)] = Deck(cards, self._chance)
        return deck.draw()


@dataclass(frozen=True, slots=True)
class Shape:
    """Which parts a comment has besides its core."""

    opening: bool = False
    sequel: bool = False
    closing: bool = False


SHAPES = (Shape(), Shape(sequel=True), Shape(opening=True, sequel=True), Shape(sequel=True, closing=True))
SHAPES_MORE = (Shape(closing=True), Shape(opening=True), Shape(opening=True, sequel=True, closing=True))
HASTY_SHARE = 0.07
SHORT_SHARE: Mapping[Mood, float] = {Mood.ANGRY: 0.05, Mood.UNHAPPY: 0.06, Mood.MIXED: 0.16, Mood.HAPPY: 0.24}


class Writer:
    """Writes what customers say about a topic in a mood."""

    def __init__(self, banks: Mapping[str, Bank], chance: Random) -> None:
        self._banks, self._chance, self._decks = banks, chance, Decks(chance)

    def comment(self, language: str, mood: Mood, topics: Sequence[Topic], slots: Mapping[str, str]) -> str:
        """Return a comment on the topics: one of them, or for mixed feelings a good one and then a bad one."""
        bank = self._banks[language]
        if self._chance.random() < SHORT_SHARE[mood]:
            return sentence(self._decks.draw(bank.short[mood]), slots)
        parts = self._mixed(bank, topics) if mood is Mood.MIXED else self._plain(bank, mood, topics[0])
        text = " ".join(sentence(part, slots) for part in parts)
        return _hasty(text) if self._chance.random() < HASTY_SHARE else text

    def _plain(self, bank: Bank, mood: Mood, topic: Topic) -> list[str]:
        shape = self._chance.choice(SHAPES + SHAPES_MORE)
        parts = [self._decks.draw(bank.openings[mood])] if shape.opening else []
        parts.append(self._decks.draw(bank.cores[topic]))
        if shape.sequel:
            parts.append(self._decks.draw(bank.sequels[topic]))
        if shape.closing:
            parts.append(self._decks.draw(bank.closings[mood]))
        return parts

    def _mixed(self, bank: Bank, topics: Sequence[Topic]) -> list[str]:
        good, bad = topics
        parts = [self._decks.draw(bank.cores[good])]
        parts.append(f"{self._decks.draw(bank.bridges)} {self._decks.draw(bank.mild[bad])}.")
        if self._chance.random() < 0.25:
            parts.append(self._decks.draw(bank.closings[Mood.MIXED]))
        return parts


def sentence(template: str, slots: Mapping[str, str]) -> str:
    """Return a template with its gaps filled and a capital at its beginning."""
    filled = template.format_map(slots)
    return filled[:1].upper() + filled[1:]


def _hasty(text: str) -> str:
    """Write as people do on a phone: small letters, no full stop."""
    return text.lower().rstrip(".")
