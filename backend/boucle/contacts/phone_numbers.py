"""Phone numbers: stored in one form, written and looked for in many. No I/O."""

import re
from collections.abc import Callable, Iterator

import phonenumbers

from boucle.kit.conditions import Condition, Contains, all_of, any_of
from boucle.kit.errors import Invalid
from boucle.kit.texts import MOST_WORDS, search_form, sort_key

DEFAULT_REGION = "FR"  # how a phone number without a country code is read
SHORTEST_PART = 4  # digits of a number that are looked for as such
SHORTEST_REST = 6  # of a national number without its zero, which may stand anywhere
LONGEST_QUOTED = 100
# What nearly all people write. Whatever looks otherwise is left to the library, which knows it all and takes long.
_USUAL_FRENCH_NUMBER = re.compile(r"(?:\+33|0) ?([1-9](?:[ .-]?[0-9]{2}){4})", re.ASCII)
_NUMBER = re.compile(r"(?<!\S)[+(]?[0-9](?:[0-9 ().+/-]*[0-9])?(?!\S)", re.ASCII)
_ABROAD = re.compile(r"(?:\+|00)(.*)", re.ASCII)
_COUNTRY_CODE = f"+{phonenumbers.country_code_for_region(DEFAULT_REGION)}"


def clean_phone(text: str | None, *, region: str = DEFAULT_REGION) -> str | None:
    """Return a number in E.164 (`+33612345678`), `None` for none; raise `Invalid` for what cannot be dialled."""
    if not text:
        return None
    usual = _USUAL_FRENCH_NUMBER.fullmatch(text)
    if usual is not None and (region == DEFAULT_REGION or text.startswith("+")):
        return "+33" + "".join(sign for sign in usual[1] if sign.isdigit())
    # Folded: between the digits stands any of the many blanks and hyphens, and sometimes nothing that can be seen.
    spelled = sort_key(text)
    if not spelled:
        return None
    try:
        number = phonenumbers.parse(spelled, region)
    except phonenumbers.NumberParseException as error:
        raise _no_number(text) from error
    if not phonenumbers.is_possible_number(number):
        raise _no_number(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _no_number(text: str) -> Invalid:
    phone = " ".join(text.split())[:LONGEST_QUOTED]
    return Invalid("'{phone}' is not a phone number. It should look like +33 6 12 34 56 78.", phone=phone)


def has_words_and_numbers(
    text: str | None, column: str, *, word: Callable[[str], Condition] | None = None
) -> Condition:
    """Return the rows whose folded column has every word of a search, in any order.

    Words that together read as a phone number, or as a part of one, are also looked for as it is stored. `word` says
    what one word means where it means more.
    """
    one = word or (lambda each: Contains(column, each))
    terms = list(dict.fromkeys(_terms(search_form(text))))[:MOST_WORDS]
    return all_of(*(_term(each, column, one) for each in terms))


def _terms(folded: str) -> Iterator[str]:
    """Yield the words of a search; those that make one number together."""
    end = 0
    for number in _NUMBER.finditer(folded):
        yield from folded[end : number.start()].split()
        yield number[0]
        end = number.end()
    yield from folded[end:].split()


def _term(term: str, column: str, one: Callable[[str], Condition]) -> Condition:
    as_words = all_of(*(one(each) for each in term.split()))
    numbers = [Contains(column, number) for number in stored_forms(term) if number != term]
    return any_of(as_words, *numbers)


def stored_forms(term: str) -> list[str]:
    """Return what a term, where it reads as a number or a part of one, may look like inside of a stored number."""
    if _NUMBER.fullmatch(term) is None:
        return []
    digits = _digits(term)
    if len(digits) < SHORTEST_PART:
        return []
    abroad = _ABROAD.fullmatch(term)
    if abroad is not None:
        return ["+" + _digits(abroad[1].replace("(0)", ""))]
    if not digits.startswith("0"):
        return [digits]
    rest = digits[1:]
    return [digits, _COUNTRY_CODE + rest, *([rest] if len(rest) >= SHORTEST_REST else [])]


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
