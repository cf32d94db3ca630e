"""The only writer of contacts."""

from boucle.contacts.actions.editing import (
    ContactState,
    create_contact,
    find_or_make_contact,
    state_of,
    update_contact,
)
from boucle.contacts.actions.matching import Match, MatchedContact, Person, match_or_make_contacts, person_with
from boucle.contacts.actions.values import names_to_hold

__all__ = [
    "ContactState",
    "Match",
    "MatchedContact",
    "Person",
    "create_contact",
    "find_or_make_contact",
    "match_or_make_contacts",
    "names_to_hold",
    "person_with",
    "state_of",
    "update_contact",
]
