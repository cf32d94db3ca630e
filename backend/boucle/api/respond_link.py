"""What the address of a survey page carries: declared values, what is known of the person, and the page's own state.

All that must survive a reload, the other language or a refused answer stands in the address, and the form is sent to
the same address. What somebody types never does: addresses end up in logs and histories.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from boucle.contacts.phone_numbers import clean_phone
from boucle.contacts.rules import clean_email
from boucle.kit.errors import Invalid
from boucle.surveys.answers import LONGEST_EMBEDDED_VALUE
from boucle.surveys.definitions import ContactField, SurveyDefinition

EMBEDDED, CONTACT = "e.", "c."
LANGUAGE = "lang"
TOKEN = "_page"  # no declared field begins like this, and no mailing tool's own parameter is taken for it
LONGEST_TOKEN = 100
LONGEST_DETAIL = 500
Pairs = Sequence[tuple[str, str]]
_DETAILS = {each.value.replace("_", ""): each.value for each in ContactField}


@dataclass(frozen=True, slots=True)
class Link:
    """What came in with an address. `token` is empty until the page was sent for the first time."""

    pairs: Pairs = ()
    embedded: Mapping[str, str] = field(default_factory=dict)
    contact: Mapping[str, str] = field(default_factory=dict)
    token: str = ""

    def query(self, *, language: str, token: str | None = None) -> str:
        """Return the same in another language, with the token of the page that is shown."""
        kept = [(name, value) for name, value in self.pairs if name not in {LANGUAGE, TOKEN}]
        return urlencode([*kept, (LANGUAGE, language), *([(TOKEN, token)] if token else [])])


def read_link(definition: SurveyDefinition, pairs: Iterable[tuple[str, str]]) -> Link:
    """Return what is meant by names and values, with and without the prefixes `e.` and `c.`, in any case."""
    given = tuple(pairs)
    return Link(
        pairs=given,
        embedded=_declared(definition, given),
        contact=_details(given),
        token=clean_token(dict(given).get(TOKEN, "")),
    )


def clean_token(text: str) -> str:
    """Return a token as an external id may hold it."""
    return "".join(sign for sign in text[:LONGEST_TOKEN] if sign.isascii() and (sign.isalnum() or sign in "-_"))


def _declared(definition: SurveyDefinition, pairs: Pairs) -> dict[str, str]:
    """Keep the survey's own fields; a respondent cannot mend a link, so what is too long is cut."""
    spelling = {name.lower(): name for name in definition.embedded_fields}
    found: dict[str, str] = {}
    for name, value in pairs:
        told = value.strip()[:LONGEST_EMBEDDED_VALUE]
        plain = name.lower()
        known = spelling.get(plain) or spelling.get(plain.removeprefix(EMBEDDED))
        if known and told:
            found[known] = told
    return found


def _details(pairs: Pairs) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        plain = name.lower().removeprefix(CONTACT).replace("_", "").replace("-", "")
        if plain in _DETAILS and value.strip():
            found[_DETAILS[plain]] = _as_meant(_DETAILS[plain], value[:LONGEST_DETAIL])
    return found


def _as_meant(name: str, value: str) -> str:
    """Return a detail of a person as it was before an unescaped `+` of the address became a blank."""
    told = value.strip()
    if name == ContactField.EMAIL and " " in told and _is_clean(clean_email, told.replace(" ", "+")):
        return told.replace(" ", "+")
    if name == ContactField.PHONE and value.startswith(" ") and told[:1] in "123456789":
        return f"+{told}" if _is_clean(clean_phone, f"+{told}") else told
    return told


def _is_clean(clean: Callable[[str], str | None], text: str) -> bool:
    try:
        return clean(text) is not None
    except Invalid:
        return False
