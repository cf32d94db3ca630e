"""Root fields that read customers."""

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.connections import After, Before, Connection, First, Last, connect
from boucle.api.contacts.inputs import ContactFilter
from boucle.api.contacts.types import Contact
from boucle.api.context import Info
from boucle.api.guards import needs
from boucle.contacts.access import visible_contacts
from boucle.contacts.queries import matching
from boucle.kit.pagination import NEWEST_FIRST, PageRequest, fingerprint


@strawberry.type
class ContactsQuery:
    @strawberry.field(extensions=[needs(Permission.CONTACTS_READ)], description="Customers, newest first.")
    async def contacts(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: ContactFilter | None = None,  # noqa: A002  (the schema's word)
    ) -> Connection[Contact]:
        page = PageRequest(first, after, last, before).checked()
        rows = matching(visible_contacts(info.context.signed_in), filter.text if filter else None)
        return await connect(rows, page, NEWEST_FIRST, of=Contact.of, filter_print=fingerprint(filter))
