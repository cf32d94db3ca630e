"""What people type into a search field, and how much of it is looked for in every row."""

from boucle.kit.errors import Invalid

LONGEST_SEARCH = 500
MOST_WORDS = 20


def searched(text: str | None) -> str:
    """Return the text to look for, empty for none; raise `Invalid` where it is longer than anybody types."""
    wanted = (text or "").strip()
    if len(wanted) > LONGEST_SEARCH:
        raise Invalid(
            "The text to search for has {count} characters; at most {most} are looked for.",
            field="filter.text",
            count=len(wanted),
            most=LONGEST_SEARCH,
        )
    return wanted


def words_of(text: str) -> list[str]:
    """Return the words of a folded text that all have to occur; raise `Invalid` where they are too many."""
    words = text.split()
    if len(words) > MOST_WORDS:
        raise Invalid(
            "The text to search for has {count} words; at most {most} are looked for.",
            field="filter.text",
            count=len(words),
            most=MOST_WORDS,
        )
    return words
