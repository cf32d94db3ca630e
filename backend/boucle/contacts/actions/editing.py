"""Contacts that a person enters or edits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from boucle.accounts.access import Viewer, require
from boucle.accounts.permissions import Permission
from boucle.contacts.access import access_editable_contact
from boucle.contacts.actions.values import (
    DERIVED_FIELDS,
    TEXT_FIELDS,
    Changes,
    Value,
    contact_event,
    derived_values,
    names_to_hold,
    wanted_values,
)
from boucle.contacts.models import Contact, ContactId
from boucle.contacts.queries import contacts_sharing
from boucle.contacts.rules import (
    Candidate,
    ContactDetails,
    MatchField,
    MatchKey,
    choose_match,
    clean_details,
    match_keys,
)
from boucle.events.actor import Actor
from boucle.events.log import record
from boucle.events.models import EventKind
from boucle.kit.database import lock_names
from boucle.kit.errors import Conflict, Required, Taken
from boucle.kit.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class ContactState:
    """All that a person may edit of a contact; an update hands over the whole state that it wants."""

    details: ContactDetails
    is_opted_out: bool


def state_of(contact: Contact) -> ContactState:
    """Return what is stored of a contact, to be edited with `dataclasses.replace` (its details with `_replace`)."""
    return ContactState(ContactDetails(**{name: getattr(contact, name) for name in TEXT_FIELDS}), contact.is_opted_out)


async def create_contact(viewer: Viewer, details: ContactDetails, *, now: datetime) -> Contact:
    """Make a contact that a person entered; raise `Taken` where another has the external reference."""
    require(viewer, Permission.CONTACTS_EDIT)
    cleaned = clean_details(details)
    if cleaned.is_empty:
        raise Required("Give a name, an e-mail address, a phone number or an external reference.", field="input")
    async with unit_of_work():
        await _hold(cleaned)
        await _refuse_taken_reference(cleaned.external_reference, except_id=None)
        return await _insert(viewer.actor, cleaned, now=now)


async def find_or_make_contact(actor: Actor, details: ContactDetails, *, now: datetime) -> ContactId:
    """Return whom these cleaned details fit, as they stand, or somebody new who has them.

    Runs inside the caller's unit of work, which holds `names_to_hold` of the details. Nothing is corrected in a known
    contact: whoever names a customer in passing has not looked at their record, and may not be allowed to change it.
    """
    known = await contacts_sharing(match_keys(details))
    candidates = [Candidate(each.id, each.external_reference_key, each.email_key, each.phone) for each in known]
    found = choose_match(details, candidates)
    return ContactId(found if found is not None else (await _insert(actor, details, now=now)).id)


async def update_contact(
    viewer: Viewer, contact_id: ContactId, seen_version: int, changes: ContactState, now: datetime
) -> Contact:
    """Bring a contact to the state that a person wants; raise `Conflict` where it changed since they read it."""
    contact = await access_editable_contact(viewer, contact_id)
    if contact.version != seen_version:
        raise _stale(contact)
    cleaned = clean_details(changes.details)
    async with unit_of_work():
        await _hold(cleaned)
        await _refuse_taken_reference(cleaned.external_reference, except_id=contact_id)
        wanted: dict[str, Value] = {**wanted_values(cleaned), "is_opted_out": changes.is_opted_out}
        if not await _update(viewer.actor, contact, wanted, now=now):
            raise _stale(await Contact.get(id=contact_id))
    return contact


async def _hold(cleaned: ContactDetails) -> None:
    names = names_to_hold(cleaned)
    if names:
        await lock_names(names)


async def _refuse_taken_reference(reference: str | None, *, except_id: int | None) -> None:
    if reference is None:
        return
    holders = await contacts_sharing([MatchKey(MatchField.EXTERNAL_REFERENCE, reference.lower())])
    for holder in holders:
        if holder.id != except_id:
            raise Taken(
                "The external reference '{reference}' belongs to {name}. Use another, or edit that contact.",
                field="externalReference",
                reference=reference,
                name=holder.name,
            )


async def _insert(actor: Actor, cleaned: ContactDetails, *, now: datetime) -> Contact:
    contact = Contact(created_at=now, updated_at=now, is_opted_out=False, version=1)
    values = wanted_values(cleaned)
    values["language"] = cleaned.language or cleaned.fallback_language
    _apply(contact, values)
    await contact.save(force_create=True)
    changes: Changes = {name: (None, value) for name, value in values.items() if value}
    await record(contact_event(EventKind.CONTACT_CREATED, actor, contact.id, changes, now))
    return contact


async def _update(actor: Actor, contact: Contact, values: Mapping[str, Value], *, now: datetime) -> bool:
    """Write what differs; return whether the contact was still as it had been read."""
    changes: Changes = {
        name: (getattr(contact, name), value) for name, value in values.items() if getattr(contact, name) != value
    }
    if not changes:
        return True
    _apply(contact, values)
    columns = {name: getattr(contact, name) for name in (*changes, *DERIVED_FIELDS)}
    seen = contact.version
    touched = await Contact.filter(id=contact.id, version=seen).update(**columns, updated_at=now, version=seen + 1)
    if not touched:
        return False
    contact.version, contact.updated_at = seen + 1, now
    await record(contact_event(EventKind.CONTACT_UPDATED, actor, contact.id, changes, now))
    return True


def _apply(contact: Contact, values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        setattr(contact, name, value)
    for name, derived in derived_values({name: getattr(contact, name) for name in TEXT_FIELDS}).items():
        setattr(contact, name, derived)


def _stale(contact: Contact) -> Conflict:
    return Conflict("The contact {name} was changed in between. Look again.", current=contact, name=contact.name)
