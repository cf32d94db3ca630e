"""Contacts for tests, and viewers that may or may not touch them."""

from datetime import UTC, datetime
from itertools import count

from boucle.accounts.access import Viewer
from boucle.accounts.models import Language
from boucle.accounts.permissions import Permission
from boucle.contacts.actions import match_or_make_contacts, person_with
from boucle.contacts.models import Contact
from boucle.contacts.queries import sharing_read
from boucle.contacts.rules import ContactDetails, clean_details
from boucle.events.actor import CUSTOMER
from boucle.events.log import record
from boucle.kit.database import lock_names
from boucle.kit.joint_reads import fetch_together
from boucle.kit.unit_of_work import unit_of_work

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
_numbers = count(1)


def a_viewer(*permissions: Permission, user_id: int = 1) -> Viewer:
    """A signed-in user with these rights; with none named, all rights."""
    return Viewer(
        user_id=user_id,
        name="Ana Martin",
        permissions=frozenset(permissions or Permission),
        team_ids=frozenset(),
        language=Language.FR,
        time_zone="Europe/Paris",
    )


async def make_contact(details: ContactDetails | None = None, *, now: datetime = NOON) -> Contact:
    """A contact through the real action."""
    number = next(_numbers)
    given = details or ContactDetails(first_name="Léa", last_name="Durand", email=f"lea.{number}@exemple.fr")
    async with unit_of_work():
        return await matched(clean_details(given), now=now)


async def matched(cleaned: ContactDetails, *, now: datetime = NOON) -> Contact:
    """Whom somebody with these details turns out to be, within a unit of work."""
    person = person_with(cleaned, CUSTOMER, now)
    await lock_names(person.names)
    [known] = await fetch_together(sharing_read([cleaned]))
    [match] = await match_or_make_contacts([person], known)
    if match.event is not None:
        await record(match.event)
    return await Contact.get(id=match.contact.id)
