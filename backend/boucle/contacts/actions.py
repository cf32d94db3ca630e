"""The only writer of contacts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from boucle.accounts.access import Viewer, require
from boucle.accounts.permissions import Permission
from boucle.contacts.access import access_editable_contact
from boucle.contacts.models import Contact, ContactId
from boucle.contacts.queries import candidate_of, contacts_sharing
from boucle.contacts.rules import (
    ContactDetails,
    MatchField,
    MatchKey,
    choose_match,
    clean_details,
    key_of,
    match_keys,
    search_text_of,
)
from boucle.events.actor import Actor
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.database import lock_names
from boucle.kit.errors import Conflict, Required, Taken
from boucle.kit.ids import global_id
from boucle.kit.unit_of_work import unit_of_work

PREFIX = "con"
TEXT_FIELDS = ("first_name", "last_name", "email", "phone", "external_reference", "language")
DERIVED_FIELDS = ("email_key", "external_reference_key", "search_text")
NEVER_NULL = frozenset({"first_name", "last_name"})
Value = str | bool | None
Changes = dict[str, tuple[Value, Value]]


@dataclass(frozen=True, slots=True)
class ContactState:
    """All that a person may edit of a contact; an update hands over the whole state that it wants."""

    details: ContactDetails
    is_opted_out: bool


def state_of(contact: Contact) -> ContactState:
    """Return what is stored of a contact, to be edited with `dataclasses.replace`."""
    return ContactState(ContactDetails(**{name: getattr(contact, name) for name in TEXT_FIELDS}), contact.is_opted_out)


async def match_or_make_contact(actor: Actor, cleaned: ContactDetails, *, now: datetime) -> Contact:
    """Return the contact that these cleaned details belong to, made or brought up to date, never with nothing.

    Runs inside the caller's unit of work, which holds the identifying values until it ends: two answers of one
    person that arrive together never make two contacts.
    """
    keys = match_keys(cleaned)
    await _hold(keys)
    known = await contacts_sharing(keys)
    matched_id = choose_match(cleaned, [candidate_of(contact) for contact in known])
    matched = next((contact for contact in known if contact.id == matched_id), None)
    if matched is None:
        return await _insert(actor, cleaned, now=now)
    is_current = await _update(actor, matched, _told(cleaned), now=now)
    assert is_current, "the row is locked"
    return matched


async def create_contact(viewer: Viewer, details: ContactDetails, *, now: datetime) -> Contact:
    """Make a contact that a person entered; raise `Taken` where another has the external reference."""
    require(viewer, Permission.CONTACTS_EDIT)
    cleaned = clean_details(details)
    if cleaned.is_empty:
        raise Required("Give a name, an e-mail address, a phone number or an external reference.", field="input")
    async with unit_of_work():
        await _hold(match_keys(cleaned))
        await _refuse_taken_reference(cleaned.external_reference, except_id=None)
        return await _insert(viewer.actor, cleaned, now=now)


async def update_contact(
    viewer: Viewer, contact_id: ContactId, seen_version: int, changes: ContactState, now: datetime
) -> Contact:
    """Bring a contact to the state that a person wants; raise `Conflict` where it changed since they read it."""
    contact = await access_editable_contact(viewer, contact_id)
    if contact.version != seen_version:
        raise _stale(contact)
    cleaned = clean_details(changes.details)
    async with unit_of_work():
        await _hold(match_keys(cleaned))
        await _refuse_taken_reference(cleaned.external_reference, except_id=contact_id)
        wanted: dict[str, Value] = {**_wanted(cleaned), "is_opted_out": changes.is_opted_out}
        if not await _update(viewer.actor, contact, wanted, now=now):
            raise _stale(await Contact.get(id=contact_id))
    return contact


async def _hold(keys: tuple[MatchKey, ...]) -> None:
    if keys:
        await lock_names(f"contact:{key.field}:{key.value}" for key in keys)


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


def _told(cleaned: ContactDetails) -> dict[str, Value]:
    return {name: value for name, value in _wanted(cleaned).items() if value}


def _wanted(cleaned: ContactDetails) -> dict[str, str | None]:
    return {name: getattr(cleaned, name) or ("" if name in NEVER_NULL else None) for name in TEXT_FIELDS}


async def _insert(actor: Actor, cleaned: ContactDetails, *, now: datetime) -> Contact:
    contact = Contact(created_at=now, updated_at=now, is_opted_out=False, version=1)
    values = _wanted(cleaned)
    values["language"] = cleaned.language or cleaned.fallback_language
    _apply(contact, values)
    await contact.save(force_create=True)
    changes: Changes = {name: (None, value) for name, value in values.items() if value}
    await _report(EventKind.CONTACT_CREATED, actor, contact, changes, now)
    return contact


async def _update(actor: Actor, contact: Contact, values: Mapping[str, Value], *, now: datetime) -> bool:
    """Write what differs; return whether the contact was still as it had been read."""
    changes: Changes = {
        name: (getattr(contact, name), value) for name, value in values.items() if getattr(contact, name) != value
    }
    if not changes:
        return True
    _apply(contact, values)
    columns = {
        name: getattr(contact, name) for name in (*changes, "email_key", "external_reference_key", "search_text")
    }
    seen = contact.version
    touched = await Contact.filter(id=contact.id, version=seen).update(**columns, updated_at=now, version=seen + 1)
    if not touched:
        return False
    contact.version, contact.updated_at = seen + 1, now
    await _report(EventKind.CONTACT_UPDATED, actor, contact, changes, now)
    return True


def _apply(contact: Contact, values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        setattr(contact, name, value)
    contact.email_key = key_of(contact.email)
    contact.external_reference_key = key_of(contact.external_reference)
    contact.search_text = search_text_of(
        contact.first_name, contact.last_name, contact.email, contact.phone, contact.external_reference
    )


async def _report(kind: EventKind, actor: Actor, contact: Contact, changes: Changes, now: datetime) -> None:
    subject = global_id(PREFIX, contact.id)
    await record(NewEvent(kind, subject, actor, now, contact_id=contact.id, data={"changes": changes}))


def _stale(contact: Contact) -> Conflict:
    return Conflict("The contact {name} was changed in between. Look again.", current=contact, name=contact.name)
