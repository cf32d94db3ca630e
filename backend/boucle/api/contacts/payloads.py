"""Answers of the mutations about customers."""

import strawberry

from boucle.api.contacts.types import Contact
from boucle.api.errors import OBJECT, USER_ERRORS, Payload, UserError


class ContactPayload(Payload):
    """What all payloads that show a contact share."""

    shows = ("contact", Contact.of)


@strawberry.type(description="Answer of `contactCreate`.")
class ContactCreatePayload(ContactPayload):
    contact: Contact | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `contactUpdate`.")
class ContactUpdatePayload(ContactPayload):
    contact: Contact | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS
