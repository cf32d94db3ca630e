"""What becomes of every text: cleaned when it comes in, folded when it is searched, sorted or compared (docs/texts.md).

Texts on one line are cleaned by `clean_line`, those that may have several by `clean_block`. What has no meaning in any
text is gone before that: `without_stray_signs` is called at the border.
"""

import re
import unicodedata
from collections.abc import Sequence

from boucle.kit.errors import Invalid, Required

MOST_WORDS = 20  # of a search: what is pasted is found by its beginning
LONGEST_SEARCH = 500
FieldPath = Sequence[str] | str | None

# A zero sign ends a text in C, and PostgreSQL refuses it; half a pair of surrogates is no sign at all.
_STRAY = re.compile("[\x00\ud800-\udfff]")
_CONTROLS = re.compile("[\x01-\x1f\x7f-\x9f]")
_CONTROLS_OF_BLOCKS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# They also turn the direction of what stands behind the text, on a screen that is not its author's. Marks of direction
# (U+200E, U+200F, U+061C) do not, and stay.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BLANKS = "\t\n\x0b\x0c\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Joiners, marks of direction, selectors, fillers: they do something to the signs around them, or nothing.
_UNSEEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_SEEN = re.compile(f"[^{_BLANKS}{_UNSEEN}\u2800]")
_AT_EDGES = (
    " \t\n\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
    "\xad\u180e\u200b\u2060\ufeff"
)


def without_stray_signs(text: str) -> str:
    """Return the text without U+0000 and halves of surrogate pairs, in Unicode's usual form (NFC)."""
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    return unicodedata.normalize("NFC", _STRAY.sub("", text))


def clean_line(text: str | None, longest: int | None = None, *, field: FieldPath = None) -> str | None:
    """Return text on one line, `None` where nothing of it can be seen; raise `Invalid` where it is too long."""
    if not text:
        return None
    if not text.isprintable():
        text = _TURNING.sub("", _CONTROLS.sub(" ", _STRAY.sub("", text)))
    return _checked(" ".join(text.split()), longest, field)


def clean_block(text: str | None, longest: int | None = None, *, field: FieldPath = None) -> str | None:
    r"""Return text of any number of lines that end in `\n`; otherwise as `clean_line`."""
    if not text:
        return None
    if not text.isprintable():
        unified = _BREAKS.sub("\n", _STRAY.sub("", text))
        text = _TURNING.sub("", _CONTROLS_OF_BLOCKS.sub("", unified))
    return _checked(text, longest, field)


def required_name(text: str, longest: int, *, field: FieldPath = "name") -> str:
    """Return a name on one line; raise where it is empty or too long."""
    name = clean_line(text, longest, field=field)
    if name is None:
        raise Required("Give a name; it is empty.", field=field)
    return name


def _checked(text: str, longest: int | None, field: FieldPath) -> str | None:
    cleaned = text.strip(_AT_EDGES)
    if not cleaned.isascii():
        cleaned = unicodedata.normalize("NFC", cleaned)
    if longest is not None and len(cleaned) > longest:
        raise Invalid(
            "This has {length} characters; at most {most} are kept.", field=field, length=len(cleaned), most=longest
        )
    return cleaned if _SEEN.search(cleaned) else None


def is_plain(text: str) -> bool:
    """Whether the text has none of the signs that cleaning removes from every text."""
    return text.isprintable() or not (_STRAY.search(text) or _CONTROLS.search(text) or _TURNING.search(text))


# Letters that Unicode does not take apart, and signs that are the same to whoever types them.
_ALIKE = {
    **dict.fromkeys("‘’‚‛‹›ʹʻʼʽʾʿˈ′", "'"),
    **dict.fromkeys("“”„‟«»″〃", '"'),
    **dict.fromkeys("\u2010\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\u058a", "-"),
    **dict.fromkeys("\x85\u1680\u2028\u2029", " "),
    **dict(zip("øØłŁđĐðÐħĦŧŦŋŊəƏıȷ", "oollddddhhttnneeij", strict=True)),
    "œ": "oe",
    "Œ": "oe",
    "æ": "ae",
    "Æ": "ae",
    "þ": "th",
    "Þ": "th",
    "ß": "ss",
    "ẞ": "ss",
}
_ACCENTS = re.compile("[\u0300-\u036f]+")
_RESPELLED = re.compile(f"[{''.join(_ALIKE)}{_UNSEEN}]")


def fold(text: str) -> str:
    """Return text for searching and comparing: without case, accents and the many forms of quotes and hyphens.

    "jerome" finds "Jérôme", "d'oeuvre" finds "d’œuvre". Folding again changes nothing.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    # An acute accent that stands alone is typed as an apostrophe; taken apart it would be a blank.
    spelled = unicodedata.normalize("NFKD", text.replace("\u00b4", "'").replace("\u1ffd", "'"))
    plain = _ACCENTS.sub("", spelled)
    if not plain.isascii():
        plain = _RESPELLED.sub(_respelled, plain)
    return fold(plain) if plain.isascii() else _folded_script(plain)


def _respelled(found: re.Match[str]) -> str:
    return _ALIKE.get(found[0], "")


def _folded_script(text: str) -> str:
    """Return text that has signs of other scripts without their case and what stands upon them."""
    decomposed = _RESPELLED.sub(_respelled, unicodedata.normalize("NFKD", text.casefold()))
    return "".join([sign for sign in decomposed if not unicodedata.combining(sign)]).replace("`", "'")


def sort_key(name: str) -> str:
    """Return what names are sorted by, and by which two of them are the same."""
    return " ".join(fold(name).split())


def search_form(text: str | None) -> str:
    """Return what somebody looks for as it may stand in folded text. Quotes around words are no part of them."""
    return fold((text or "")[:LONGEST_SEARCH]).replace('"', " ")


def words_of(text: str | None) -> list[str]:
    """Return the words of a search, each once."""
    return list(dict.fromkeys(search_form(text).split()))[:MOST_WORDS]
