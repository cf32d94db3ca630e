"""Inputs about contacts. In updates, a missing field stays as it is and null clears it."""

import strawberry

from boucle.accounts.models import Language
from boucle.api.inputs import given
from boucle.contacts.actions import ContactState
from boucle.contacts.rules import ContactDetails

EMAIL = "E-mail address."
PHONE = "Phone number; without a country code it is read as French. Stored as +33612345678."
REFERENCE = "The customer's number in your own systems; unique, compared without case."
LANGUAGE = "Language to write to them in."


@strawberry.input(description="Which contacts.")
class ContactFilter:
    text: str | None = strawberry.field(
        default=None,
        description="Words that all occur in name, e-mail, phone or reference; case and accents are free, and a phone "
        "number is found however it is written.",
    )


@strawberry.input(description="A new contact: at least a name, an e-mail address, a phone number or a reference.")
class ContactCreateInput:
    first_name: str | None = strawberry.field(default=None, description="Given name.")
    last_name: str | None = strawberry.field(default=None, description="Family name.")
    email: str | None = strawberry.field(default=None, description=EMAIL)
    phone: str | None = strawberry.field(default=None, description=PHONE)
    external_reference: str | None = strawberry.field(default=None, description=REFERENCE)
    language: Language | None = strawberry.field(default=None, description=LANGUAGE)


@strawberry.input(description="Who answers; whoever is known by reference, e-mail or phone is brought up to date.")
class ContactInput:
    first_name: str | None = strawberry.field(default=None, description="Given name.")
    last_name: str | None = strawberry.field(default=None, description="Family name.")
    email: str | None = strawberry.field(default=None, description=EMAIL)
    phone: str | None = strawberry.field(default=None, description=PHONE)
    external_reference: str | None = strawberry.field(default=None, description=REFERENCE)
    language: Language | None = strawberry.field(default=None, description=LANGUAGE)


@strawberry.input(description="Changes of a contact.")
class ContactUpdateInput:
    first_name: strawberry.Maybe[str | None] = strawberry.field(description="Given name.")
    last_name: strawberry.Maybe[str | None] = strawberry.field(description="Family name.")
    email: strawberry.Maybe[str | None] = strawberry.field(description=EMAIL)
    phone: strawberry.Maybe[str | None] = strawberry.field(description=PHONE)
    external_reference: strawberry.Maybe[str | None] = strawberry.field(description=REFERENCE)
    language: strawberry.Maybe[Language | None] = strawberry.field(description=LANGUAGE)
    is_opted_out: strawberry.Maybe[bool] = strawberry.field(description="Whether they want no messages.")


def details_of(given_input: ContactCreateInput | ContactInput) -> ContactDetails:
    """Return the input as the domain takes it."""
    return ContactDetails(
        first_name=given_input.first_name,
        last_name=given_input.last_name,
        email=given_input.email,
        phone=given_input.phone,
        external_reference=given_input.external_reference,
        language=given_input.language.value if given_input.language else None,
    )


def changed(state: ContactState, wanted: ContactUpdateInput) -> ContactState:
    """Return the state with the changes that the client mentioned."""
    known = state.details
    language: Language | None = given(wanted.language, Language(known.language) if known.language else None)
    details = known._replace(
        first_name=given(wanted.first_name, known.first_name),
        last_name=given(wanted.last_name, known.last_name),
        email=given(wanted.email, known.email),
        phone=given(wanted.phone, known.phone),
        external_reference=given(wanted.external_reference, known.external_reference),
        language=language.value if language else None,
    )
    return ContactState(details, given(wanted.is_opted_out, state.is_opted_out))
