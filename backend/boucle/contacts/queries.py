"""Reads of contacts that are not GraphQL selections."""

from collections.abc import Sequence

from tortoise.expressions import Q

from boucle.contacts.models import Contact
from boucle.contacts.rules import Candidate, MatchField, MatchKey, fold
from boucle.kit.conditions import Condition, Contains, all_of

MATCH_COLUMNS = {
    MatchField.EXTERNAL_REFERENCE: "external_reference_key",
    MatchField.EMAIL: "email_key",
    MatchField.PHONE: "phone",
}


async def contacts_sharing(keys: Sequence[MatchKey]) -> list[Contact]:
    """Return the contacts that have any of these values, held against changes until the unit of work ends."""
    if not keys:
        return []
    shared = [Q(**{MATCH_COLUMNS[key.field]: key.value}) for key in keys]
    return list(await Contact.filter(Q(*shared, join_type=Q.OR)).select_for_update().order_by("id"))


def candidate_of(contact: Contact) -> Candidate:
    """Return what matching looks at."""
    return Candidate(
        id=contact.id,
        external_reference=contact.external_reference_key,
        email=contact.email_key,
        phone=contact.phone,
    )


def matching(text: str | None) -> Condition:
    """Return the contacts that a search finds: every word must occur in names, e-mail, phone or reference."""
    return all_of(*(Contains("search_text", word) for word in fold(text or "").split()))
