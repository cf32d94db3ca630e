"""Contacts are matched or made once, updated without losing anything, and edited without overwriting each other."""

import asyncio
from dataclasses import replace

import pytest

from boucle.accounts.permissions import Permission
from boucle.contacts.actions import create_contact, state_of, update_contact
from boucle.contacts.models import Contact, ContactId
from boucle.contacts.queries import matching
from boucle.contacts.rules import ContactDetails
from boucle.events.log import head, read_after
from boucle.events.models import EventKind
from boucle.kit.condition_filters import as_filter
from boucle.kit.errors import Conflict, Forbidden, NotFound, Required, Taken
from boucle.kit.unit_of_work import unit_of_work
from tests.factories.contacts import NOON, a_viewer, make_contact, matched


async def changes_after(cursor) -> list[tuple[EventKind, object]]:
    return [(event.kind, event.data["changes"]) for event in await read_after(cursor, limit=50)]


async def test_a_known_person_is_brought_up_to_date_and_never_overwritten_with_nothing(db):
    lea = await make_contact(ContactDetails(first_name="Léa", email="lea@exemple.fr", phone="0612345678"))
    start = await head()
    again = await make_contact(ContactDetails(last_name="Durand", email="LEA@exemple.fr", first_name=""))
    stored = await Contact.get()
    assert (again.id, stored.first_name, stored.last_name, stored.phone) == (lea.id, "Léa", "Durand", "+33612345678")
    assert stored.version == 2
    assert await changes_after(start) == [
        (EventKind.CONTACT_UPDATED, {"last_name": ["", "Durand"]})  # the case of an address says nothing new
    ]


async def test_the_same_details_again_change_and_report_nothing(db):
    details = ContactDetails(first_name="Léa", email="lea@exemple.fr", external_reference="C-1")
    await make_contact(details)
    start = await head()
    await make_contact(details)
    assert (await Contact.get()).version == 1
    assert await changes_after(start) == []


async def test_two_answers_of_one_person_at_the_same_time_make_one_contact(db):
    async def answer(number: int) -> None:
        async with unit_of_work():
            details = ContactDetails(email="lea@exemple.fr", first_name=f"Léa {number}")
            await matched(details)

    await asyncio.gather(*(answer(number) for number in range(8)))
    assert await Contact.all().count() == 1


async def test_two_customers_with_one_mailbox_stay_two_when_a_system_numbers_them(db):
    first = await make_contact(ContactDetails(external_reference="C-1", email="famille@exemple.fr"))
    second = await make_contact(ContactDetails(external_reference="C-2", email="famille@exemple.fr"))
    assert first.id != second.id
    assert (await make_contact(ContactDetails(external_reference="c-2", phone="0612345678"))).id == second.id


async def test_a_person_with_nothing_to_compare_is_new_each_time(db):
    await make_contact(ContactDetails(first_name="Léa"))
    await make_contact(ContactDetails(first_name="Léa"))
    assert await Contact.all().count() == 2


async def test_the_language_of_the_page_is_only_taken_for_a_new_contact(db):
    await make_contact(ContactDetails(email="lea@exemple.fr", fallback_language="en"))
    await make_contact(ContactDetails(email="lea@exemple.fr", fallback_language="fr"))
    assert (await Contact.get()).language == "en"


async def test_an_agent_creates_a_contact_and_a_second_one_may_not_take_its_reference(db):
    viewer = a_viewer()
    await create_contact(viewer, ContactDetails(first_name="Léa", external_reference="C-1"), now=NOON)
    with pytest.raises(Taken) as caught:
        await create_contact(viewer, ContactDetails(first_name="Zoé", external_reference="c-1"), now=NOON)
    assert caught.value.field == ["externalReference"]
    with pytest.raises(Required):
        await create_contact(viewer, ContactDetails(), now=NOON)
    assert await Contact.all().count() == 1


async def test_an_edit_of_an_old_version_is_refused_with_the_current_contact(db):
    lea = await make_contact()
    viewer, number = a_viewer(), ContactId(lea.id)
    wanted = replace(state_of(lea), is_opted_out=True)
    await update_contact(viewer, number, 1, wanted, NOON)
    with pytest.raises(Conflict) as caught:
        await update_contact(viewer, number, 1, wanted, NOON)
    assert isinstance(caught.value.current, Contact)
    assert caught.value.current.is_opted_out


async def test_an_edit_can_clear_a_value_and_search_follows(db):
    lea = await make_contact(ContactDetails(first_name="Léa", email="lea@exemple.fr", phone="0612345678"))
    start = await head()
    state = state_of(lea)
    wanted = replace(state, details=state.details._replace(email=None, last_name="Noël"))
    await update_contact(a_viewer(), ContactId(lea.id), 1, wanted, NOON)
    stored = await Contact.get()
    assert (stored.email, stored.email_key) == (None, None)
    assert await Contact.filter(as_filter(matching("NOEL lea"))).count() == 1
    assert await Contact.filter(as_filter(matching("exemple"))).count() == 0
    [(kind, changes)] = await changes_after(start)
    assert kind is EventKind.CONTACT_UPDATED
    assert changes == {"last_name": ["", "Noël"], "email": ["lea@exemple.fr", None]}


async def test_only_who_may_edit_contacts_changes_them_and_who_may_not_see_them_learns_nothing(db):
    lea = await make_contact()
    reader = a_viewer(Permission.CONTACTS_READ)
    blind = a_viewer(Permission.CONTACTS_EDIT)
    with pytest.raises(Forbidden):
        await update_contact(reader, ContactId(lea.id), 1, state_of(lea), NOON)
    with pytest.raises(NotFound):
        await update_contact(blind, ContactId(lea.id), 1, state_of(lea), NOON)
