"""Root fields that change customers."""

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.contacts.inputs import ContactCreateInput, ContactUpdateInput, changed, details_of
from boucle.api.contacts.payloads import ContactCreatePayload, ContactUpdatePayload
from boucle.api.contacts.types import Contact
from boucle.api.context import Info
from boucle.api.errors import expects
from boucle.api.guards import needs
from boucle.api.repeating import repeatable
from boucle.contacts.access import access_editable_contact
from boucle.contacts.actions import create_contact, state_of, update_contact
from boucle.contacts.models import ContactId
from boucle.kit.ids import number_of


@strawberry.type
class ContactsMutation:
    @strawberry.mutation(
        extensions=[needs(Permission.CONTACTS_EDIT), expects(ContactCreatePayload)],
        description="Enter a customer. Refuses an empty one (REQUIRED), wrong values, and a reference in use (TAKEN).",
    )
    async def contact_create(
        self,
        info: Info,
        input: ContactCreateInput,  # noqa: A002  (the schema's word)
        idempotency_key: str | None = None,
    ) -> ContactCreatePayload:
        viewer, now = info.context.signed_in, info.context.now()

        async def act() -> int:
            return int((await create_contact(viewer, details_of(input), now=now)).id)

        contact = await repeatable(info, Contact, idempotency_key, act, given=input)
        return ContactCreatePayload(contact=contact)

    @strawberry.mutation(
        extensions=[needs(Permission.CONTACTS_EDIT), expects(ContactUpdatePayload)],
        description="Change a customer's details. Refuses wrong values, a reference in use (TAKEN), CONFLICT.",
    )
    async def contact_update(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        input: ContactUpdateInput,  # noqa: A002
    ) -> ContactUpdatePayload:
        viewer, contact_id = info.context.signed_in, ContactId(number_of(id, "con", field="id"))
        row = await access_editable_contact(viewer, contact_id)
        wanted = changed(state_of(row), input)
        contact = await update_contact(viewer, contact_id, expected_version, wanted, info.context.now())
        return ContactUpdatePayload(contact=Contact.of(contact))
