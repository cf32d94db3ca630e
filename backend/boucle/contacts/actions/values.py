"""What a contact's row and its events hold, whoever writes them."""

from collections.abc import Mapping
from datetime import datetime

from boucle.contacts.rules import ContactDetails, key_of, search_text_of
from boucle.events.actor import Actor
from boucle.events.log import NewEvent, request_id_var
from boucle.events.models import EventKind
from boucle.kit.ids import global_id

PREFIX = "con"
TEXT_FIELDS = ("first_name", "last_name", "email", "phone", "external_reference", "language")
assert ContactDetails._fields[: len(TEXT_FIELDS)] == TEXT_FIELDS  # they are read by their place
DERIVED_FIELDS = ("email_key", "external_reference_key", "search_text")
NEVER_NULL = frozenset({"first_name", "last_name"})
NOTHING_TOLD: Mapping[str, str | None] = {name: "" if name in NEVER_NULL else None for name in TEXT_FIELDS}
Value = str | bool | None
Changes = dict[str, tuple[Value, Value]]


def wanted_values(cleaned: ContactDetails) -> dict[str, str | None]:
    """Return the columns that the details fill, with nothing where nothing is told."""
    return dict(NOTHING_TOLD) | told_values(cleaned)


def told_values(cleaned: ContactDetails) -> dict[str, str]:
    """Return the columns of which the details tell something."""
    return {name: value for name, value in zip(TEXT_FIELDS, cleaned, strict=False) if value}


def derived_values(values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the columns that follow from the text fields."""
    return {
        "email_key": key_of(values["email"]),
        "external_reference_key": key_of(values["external_reference"]),
        "search_text": search_text_of(
            values["first_name"], values["last_name"], values["email"], values["phone"], values["external_reference"]
        ),
    }


def names_of_values(reference_key: str | None, email_key: str | None, phone: str | None) -> list[str]:
    """Return what is held while somebody is looked for by these values, and what they are found by."""
    names = []
    if reference_key:
        names.append(f"contact:external_reference:{reference_key}")
    if email_key:
        names.append(f"contact:email:{email_key}")
    if phone:
        names.append(f"contact:phone:{phone}")
    return names


def names_to_hold(cleaned: ContactDetails) -> list[str]:
    """Return what must be held before such a person is matched: two of them at once never make two contacts."""
    return names_of_values(key_of(cleaned.external_reference), key_of(cleaned.email), cleaned.phone)


def contact_event(
    kind: EventKind,
    actor: Actor,
    contact_id: int,
    changes: Changes,
    at: datetime,
    *,
    request_id: str | None = None,
) -> NewEvent:
    """Return what happened to a contact, as part of the running request where none is named."""
    return NewEvent(
        kind,
        global_id(PREFIX, contact_id),
        actor,
        at,
        contact_id=contact_id,
        data={"changes": changes},
        request_id=request_id or request_id_var.get(),
    )
