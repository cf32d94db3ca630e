"""Reads of contacts that are not GraphQL selections."""

from collections.abc import Sequence

import orjson
from tortoise.expressions import Q

from boucle.contacts.models import Contact
from boucle.contacts.phone_numbers import has_words_and_numbers
from boucle.contacts.rules import ContactDetails, MatchField, MatchKey
from boucle.kit.conditions import Condition
from boucle.kit.database import Dialect, dialect
from boucle.kit.joint_reads import Read

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


def sharing_read(people: Sequence[ContactDetails]) -> Read | None:
    """Return what finds the contacts that share a value with any of these, oldest first, held as above."""
    references = [each.external_reference.lower() for each in people if each.external_reference]
    emails = [each.email.lower() for each in people if each.email]
    phones = [each.phone for each in people if each.phone]
    if not (references or emails or phones):
        return None
    wanted = (references, emails, phones)
    if dialect() is Dialect.POSTGRES:
        return Read(_SHARING_POSTGRES, wanted)
    return Read(_SHARING_SQLITE, [orjson.dumps(values).decode() for values in wanted])


# No row of SQLite needs holding: the unit of work is the only writer.
_SHARING = (
    "SELECT id, first_name, last_name, email, phone, external_reference, language, "
    "email_key, external_reference_key, search_text, version FROM contacts WHERE"
)
_SHARING_POSTGRES = f"""{_SHARING}
{" OR ".join(f"{column} = ANY(${place}::text[])" for place, column in enumerate(MATCH_COLUMNS.values(), 1))}
ORDER BY id FOR UPDATE"""
_SHARING_SQLITE = f"""{_SHARING}
{" OR ".join(f"{column} IN (SELECT value FROM json_each(?))" for column in MATCH_COLUMNS.values())}
ORDER BY id"""  # noqa: S608  (names are ours)


def matching(text: str | None) -> Condition:
    """Return the contacts that a search finds: every word must occur in names, e-mail, phone or reference."""
    return has_words_and_numbers(text, "search_text")
