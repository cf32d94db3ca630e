"""Pure decisions about contacts: how values are written, and which contact an incoming person is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email

from boucle.contacts.phone_numbers import DEFAULT_REGION, clean_phone
from boucle.kit.errors import DomainError, Invalid, Several
from boucle.kit.language_tags import primary_language
from boucle.kit.texts import clean_line, fold

LONGEST_NAME = 100
LONGEST_REFERENCE = 120
LONGEST_SEARCH_TEXT = 700
LONGEST_EMAIL = 254
LANGUAGES = ("fr", "en")
# What nearly all people write. Whatever looks otherwise is left to the libraries, which know it all and take long.
_USUAL_EMAIL = re.compile(r"([A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*)@([a-z0-9.-]+)", re.ASCII)


class ContactDetails(NamedTuple):
    """What is known of a person, as it came in or already cleaned. Empty text and `None` both mean "not told".

    `fallback_language` is taken for a new contact only: it says what the person reads, not what they chose.
    """

    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    external_reference: str | None = None
    language: str | None = None
    fallback_language: str | None = None

    def with_fallback(self, language: str) -> "ContactDetails":
        """Return the same with what the person reads."""
        return ContactDetails(*self[:-1], language)

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it says who the person is."""
        return not (self.first_name or self.last_name or self.email or self.phone or self.external_reference)


def clean_details(details: ContactDetails, *, region: str = DEFAULT_REGION) -> ContactDetails:
    """Return the details as they are stored; raise `Several` that names every field that is wrong."""
    cleaned, errors = read_details(details, region=region)
    if errors:
        raise Several(errors)
    return cleaned


def read_details(
    details: ContactDetails, *, region: str = DEFAULT_REGION
) -> tuple[ContactDetails, Sequence[DomainError]]:
    """Return the details as they are stored without those that are wrong, and why each of these is."""
    errors: list[DomainError] = []
    first_name, last_name, email, phone = details.first_name, details.last_name, details.email, details.phone
    reference, language = details.external_reference, details.language
    cleaned = ContactDetails(
        _cleaned("firstName", clean_name, first_name, errors) if first_name else None,
        _cleaned("lastName", clean_name, last_name, errors) if last_name else None,
        _cleaned("email", clean_email, email, errors) if email else None,
        _cleaned("phone", partial(clean_phone, region=region), phone, errors) if phone else None,
        _cleaned("externalReference", _clean_reference, reference, errors) if reference else None,
        _cleaned("language", clean_language, language, errors) if language else None,
        details.fallback_language,
    )
    return cleaned, errors


def _cleaned(field: str, clean: Callable[[str], str | None], text: str, errors: list[DomainError]) -> str | None:
    try:
        return clean(text)
    except Invalid as error:
        error.field = [field]
        errors.append(error)
        return None


def named(name: str, details: ContactDetails) -> ContactDetails:
    """Return the details with a name that was given as one, the first word for the first name."""
    first, _, last = name.partition(" ")
    return details._replace(first_name=first[:LONGEST_NAME] or None, last_name=last[:LONGEST_NAME].strip() or None)


def clean_name(text: str) -> str | None:
    """Return a first or last name as it is stored; raise `Invalid` where it is too long."""
    return clean_line(text, LONGEST_NAME)


def _clean_reference(text: str) -> str | None:
    return clean_line(text, LONGEST_REFERENCE)


def clean_email(text: str | None) -> str | None:
    """Return an address as it is written to, `None` for none; raise `Invalid` for what is no address."""
    if text and _is_usual_email(text):
        return text
    stripped = clean_line(text)
    if stripped is None:
        return None
    try:
        return validate_email(stripped, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Invalid(
            "'{email}' is not an e-mail address. It should look like name@example.com.", email=stripped[:LONGEST_EMAIL]
        ) from error


def _is_usual_email(text: str) -> bool:
    parts = _USUAL_EMAIL.fullmatch(text)
    # A word alone may be one of those, like "Postmaster", that are written small.
    return (
        parts is not None
        and len(text) <= LONGEST_EMAIL
        and (parts[1].islower() or not parts[1].isalpha())
        and _is_usual_domain(parts[2])
    )


@lru_cache(maxsize=10_000)
def _is_usual_domain(domain: str) -> bool:
    """Whether mail can be written to the domain as it is; customers share few of them."""
    address = f"a@{domain}"
    try:
        return validate_email(address, check_deliverability=False).normalized == address
    except EmailNotValidError:
        return False


def clean_language(text: str | None) -> str | None:
    """Return a language of the product, whatever its country (`en-US`), `None` for none; raise `Invalid` for others."""
    language = primary_language(clean_line(text) or "")
    if language and language not in LANGUAGES:
        raise Invalid("'{language}' is not a language here. Choose fr or en.", language=text)
    return language or None


def key_of(value: str | None) -> str | None:
    """Return what is compared of an e-mail address or an external reference: case does not count (DED-5)."""
    return value.lower() if value else None


def search_text_of(*values: str | None) -> str:
    """Return what a search looks through."""
    return fold(" ".join(value for value in values if value))[:LONGEST_SEARCH_TEXT]


class MatchField(StrEnum):
    """What identifies a person, strongest first."""

    EXTERNAL_REFERENCE = "external_reference"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class MatchKey:
    """One rule that applies to an incoming person, with the value that it compares."""

    field: MatchField
    value: str


class Candidate(NamedTuple):
    """A known contact that shares a value with an incoming person; values as compared."""

    id: int
    external_reference: str | None = None
    email: str | None = None
    phone: str | None = None


def match_keys(details: ContactDetails) -> tuple[MatchKey, ...]:
    """Return the rules that apply, in their order; a rule without a value is skipped (DED-3)."""
    keys = []
    if details.external_reference:
        keys.append(MatchKey(MatchField.EXTERNAL_REFERENCE, details.external_reference.lower()))
    if details.email:
        keys.append(MatchKey(MatchField.EMAIL, details.email.lower()))
    if details.phone:
        keys.append(MatchKey(MatchField.PHONE, details.phone))
    return tuple(keys)


def choose_match(details: ContactDetails, candidates: Sequence[Candidate]) -> int | None:
    """Return the contact that the incoming person is, or `None` for a new one.

    The first rule that finds somebody decides (DED-1), the oldest contact wins. A contact known under another
    external reference is somebody else, whatever e-mail or phone they share (DED-12).
    """
    reference = key_of(details.external_reference)
    compared = (
        (MatchField.EXTERNAL_REFERENCE, reference),
        (MatchField.EMAIL, key_of(details.email)),
        (MatchField.PHONE, details.phone),
    )
    for field, value in compared:
        if not value:
            continue
        found = [
            candidate.id
            for candidate in candidates
            if getattr(candidate, field) == value
            and (reference is None or candidate.external_reference in (None, reference))
        ]
        if found:
            return min(found)
    return None
