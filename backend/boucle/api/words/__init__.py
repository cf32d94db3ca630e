"""What is said to people in their language: English stands where it is raised, French here by the English template.

Ordinary spaces do in the catalogues: those that may not break are set when they are read.
"""

from collections.abc import Mapping

from boucle.accounts.models import Language
from boucle.api.typesetting import typeset
from boucle.api.words.accounts import FRENCH as ACCOUNTS
from boucle.api.words.contacts import FRENCH as CONTACTS
from boucle.api.words.requests import FRENCH as REQUESTS
from boucle.api.words.surveys import FRENCH as SURVEYS
from boucle.api.words.tickets import FRENCH as TICKETS
from boucle.kit.errors import DomainError
from boucle.kit.phrases import Phrase

CATALOGUES: tuple[Mapping[str, str], ...] = (REQUESTS, ACCOUNTS, CONTACTS, SURVEYS, TICKETS)
_FRENCH = {english: typeset(french) for catalogue in CATALOGUES for english, french in catalogue.items()}


def in_language(phrase: Phrase, language: Language) -> str:
    """Return the sentence in a language; English where it is only ever said to operators and programs."""
    if language is Language.EN:
        return str(phrase)
    values = {
        name: in_language(value, language) if isinstance(value, Phrase) else value
        for name, value in phrase.values.items()
    }
    return _FRENCH.get(phrase.template, phrase.template).format_map(values)


def message_of(error: DomainError, language: Language) -> str:
    """Return why something was refused, in a language; several reasons one after the other."""
    return " ".join(in_language(part.phrase, language) for part in error.parts)
