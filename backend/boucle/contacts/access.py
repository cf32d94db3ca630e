"""Which contacts a viewer may see and change."""

from tortoise.queryset import QuerySet

from boucle.accounts.access import Viewer, require
from boucle.accounts.permissions import Permission
from boucle.contacts.models import Contact, ContactId
from boucle.kit.condition_filters import as_filter
from boucle.kit.conditions import ALWAYS, NEVER, Condition
from boucle.kit.errors import NotFound
from boucle.kit.ids import global_id


def can_see_contacts(viewer: Viewer) -> bool:
    """Whether the viewer may see contacts at all."""
    return viewer.can(Permission.CONTACTS_READ)


def visibility(viewer: Viewer) -> Condition:
    """Return which contacts the viewer may see: all of them, or none."""
    return ALWAYS if can_see_contacts(viewer) else NEVER


def visible_contacts(viewer: Viewer) -> QuerySet[Contact]:
    """Return the contacts that the viewer may see."""
    return Contact.filter(as_filter(visibility(viewer)))


async def access_contact(viewer: Viewer, contact_id: ContactId) -> Contact:
    """Return the contact, or raise `NotFound` where there is none or the viewer may not see it."""
    contact = await visible_contacts(viewer).get_or_none(id=contact_id)
    if contact is None:
        raise NotFound("There is no contact {id}, or you may not see it.", field="id", id=global_id("con", contact_id))
    return contact


async def access_editable_contact(viewer: Viewer, contact_id: ContactId) -> Contact:
    """Return the contact for a change, or raise `Forbidden` or `NotFound`."""
    require(viewer, Permission.CONTACTS_EDIT)
    return await access_contact(viewer, contact_id)
