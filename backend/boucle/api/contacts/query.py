"""Root fields that read customers."""

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.connections import Connection
from boucle.api.contacts.inputs import ContactFilter
from boucle.api.contacts.types import Contact
from boucle.api.context import Context
from boucle.api.guards import needs
from boucle.api.rows import paged
from boucle.contacts.queries import matching
from boucle.kit.pagination import NEWEST_FIRST
from boucle.planner.declarations import Rows


def _contacts(_asker: Context, filter: ContactFilter | None = None) -> Rows:  # noqa: A002  (the schema's word)
    return Rows(matching(filter.text if filter else None), NEWEST_FIRST)


@strawberry.type
class ContactsQuery:
    contacts: Connection[Contact] = paged(
        "Customers, newest first.", rows=_contacts, extensions=[needs(Permission.CONTACTS_READ)]
    )
