"""Pure decisions about contacts: how values are written, and which contact an incoming person is."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from typing import NamedTuple

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from boucle.kit.errors import DomainError, Invalid, Several
from boucle.kit.language_tags import primary_language

DEFAULT_REGION = "FR"  # how a phone number without a country code is read
LONGEST_NAME = 100
LONGEST_REFERENCE = 120
LONGEST_SEARCH_TEXT = 700
LONGEST_EMAIL = 254
LANGUAGES = ("fr", "en")
_USUAL_ACCENTS = re.compile("[\u0300-\u0314]+")
# What nearly all people write. Whatever looks otherwise is left to the libraries, which know it all and take long.
_USUAL_EMAIL = re.compile(r"([A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*)@([a-z0-9.-]+)", re.ASCII)
_USUAL_FRENCH_NUMBER = re.compile(r"(?:\+33|0) ?([1-9](?:[ .-]?[0-9]{2}){4})", re.ASCII)


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
    if errors:
        raise Several(errors)
    return cleaned


def _cleaned(field: str, clean: Callable[[str], str | None], text: str, errors: list[DomainError]) -> str | None:
    try:
        return clean(text)
    except Invalid as error:
        error.field = [field]
        errors.append(error)
        return None


def clean_name(text: str) -> str | None:
    """Return a first or last name as it is stored; raise `Invalid` where it is too long."""
    return clean_text(text, LONGEST_NAME)


def _clean_reference(text: str) -> str | None:
    return clean_text(text, LONGEST_REFERENCE)


def clean_email(text: str | None) -> str | None:
    """Return an address as it is written to, `None` for none; raise `Invalid` for what is no address."""
    stripped = (text or "").strip()
    if not stripped or _is_usual_email(stripped):
        return stripped or None
    try:
        return validate_email(stripped, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Invalid(
            "'{email}' is not an e-mail address. It should look like name@example.com.", email=stripped
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


def clean_phone(text: str | None, *, region: str = DEFAULT_REGION) -> str | None:
    """Return a number in E.164 (`+33612345678`), `None` for none; raise `Invalid` for what cannot be dialled."""
    stripped = (text or "").strip()
    if not stripped:
        return None
    usual = _USUAL_FRENCH_NUMBER.fullmatch(stripped)
    if usual is not None and (region == DEFAULT_REGION or stripped.startswith("+")):
        return "+33" + "".join(sign for sign in usual[1] if sign.isdigit())
    wrong = Invalid("'{phone}' is not a phone number. It should look like +33 6 12 34 56 78.", phone=stripped)
    try:
        number = phonenumbers.parse(stripped, region)
    except phonenumbers.NumberParseException as error:
        raise wrong from error
    if not phonenumbers.is_possible_number(number):
        raise wrong
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def clean_text(text: str | None, longest: int) -> str | None:
    """Return text on one line without control characters, `None` for none; raise `Invalid` where it is too long."""
    if not text:
        return None
    visible = text if text.isprintable() else "".join(sign if sign.isprintable() else " " for sign in text)
    joined = unicodedata.normalize("NFC", " ".join(visible.split()))
    if len(joined) > longest:
        raise Invalid("This has {length} characters; at most {most} are kept.", length=len(joined), most=longest)
    return joined or None


def clean_language(text: str | None) -> str | None:
    """Return a language of the product, whatever its country (`en-US`), `None` for none; raise `Invalid` for others."""
    language = primary_language(text or "")
    if language and language not in LANGUAGES:
        raise Invalid("'{language}' is not a language here. Choose fr or en.", language=text)
    return language or None


def key_of(value: str | None) -> str | None:
    """Return what is compared of an e-mail address or an external reference: case does not count (DED-5)."""
    return value.lower() if value else None


def fold(text: str) -> str:
    """Return text for searching: without case and accents, so that "jerome" finds "Jérôme"."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    decomposed = _USUAL_ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    if decomposed.isascii():
        return decomposed
    return "".join([sign for sign in decomposed if not unicodedata.combining(sign)])


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
