"""What a search means: every word of it occurs, in any order, in one of the columns; they hold folded text."""

from boucle.kit.conditions import Condition, Contains, all_of, any_of
from boucle.kit.texts import words_of


def has_words(text: str | None, *columns: str) -> Condition:
    """Return the rows that a search finds; without a word it finds all of them."""
    return all_of(*(any_of(*(Contains(column, word) for column in columns)) for word in words_of(text)))
