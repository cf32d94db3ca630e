"""GraphQL types of the event log."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import strawberry

from boucle.accounts.models import Language
from boucle.api.accounts.types import User
from boucle.api.contacts.types import Contact
from boucle.api.context import Context
from boucle.api.events.words import in_words
from boucle.api.rows import (
    RowObject,
    as_viewer,
    column,
    computed,
    computed_together,
    global_id,
    row_type,
    the_language,
    the_row,
    to_one,
)
from boucle.api.scalars import LogCursor
from boucle.api.surveys.types import Response
from boucle.api.tickets.types import EscalationRule, Ticket
from boucle.events import models
from boucle.events.log import cursor_at
from boucle.events.models import ActorKind, EventKind
from boucle.flows import event_access
from boucle.planner.declarations import Values
from boucle.tickets.queries import names_of_rules


@strawberry.type(description="One field before and after an act, as people read it in the viewer's language.")
class Change:
    field: str = strawberry.field(
        description="status, priority, assignee, team, subject, current_segment, original_segment, … "
        "Other things name their own columns."
    )
    before: str | None = strawberry.field(description="Null: it had no value.")
    after: str | None = strawberry.field(description="Null: it has no value any more.")


def _number(data: Mapping[str, object], name: str) -> int | None:
    value = data.get(name)
    return value if isinstance(value, int) else None


def _pairs(data: Mapping[str, object]) -> Mapping[str, object]:
    """Labels where the act wrote them for people, else the raw changes."""
    for name in ("labels", "changes"):
        pairs = data.get(name)
        if isinstance(pairs, dict):
            return pairs
    return {}


def _change(field: str, pair: object, language: Language) -> Change:
    before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, None)
    return Change(
        field=field,
        before=in_words(field, _text(before), language),
        after=in_words(field, _text(after), language),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _cursor(_asker: Context, row: Values) -> LogCursor:
    return LogCursor(str(cursor_at(row["txid"], row["id"])))


def _changes(asker: Context, row: Values) -> list[Change]:
    language = asker.signed_in.language
    return [_change(field, pair, language) for field, pair in _pairs(row["data"]).items()]


def _words(_asker: Context, row: Values) -> str | None:
    words = row["data"].get("text")
    return words if isinstance(words, str) else None


def _rule(_asker: Context, row: Values) -> EscalationRule | None:
    number = _number(row["data"], "rule_id")
    return None if number is None else EscalationRule.numbered(number)


async def _rule_names(_asker: Context, rows: Sequence[Values]) -> list[str | None]:
    numbers = [_number(row["data"], "rule_id") for row in rows]
    names = await names_of_rules({number for number in numbers if number is not None})
    return [None if number is None else names.get(number) for number in numbers]


def _forwarded_from(_asker: Context, row: Values) -> User | None:
    number = _number(row["data"], "forwarded_from")
    return None if number is None else User.numbered(number)


@row_type(
    models.Event,
    visible=as_viewer(event_access.visibility),
    description="One line of the log: what happened, when, and by whom. Never changes.",
)
class Event(RowObject):
    id: strawberry.ID = global_id("evt")
    kind: EventKind = column("What happened.")
    at: datetime = column("When it happened.")
    actor_kind: ActorKind = column("Who acted.")
    cursor: LogCursor = computed(
        "Its place in the log; subscriptions resume after it.", _cursor, "txid", "id", depends_on=the_row
    )
    actor: User | None = to_one("The user who acted; null unless one did.", on="actor_id")
    ticket: Ticket | None = to_one(
        "The ticket it is about, as it is now; null: none, or not for the viewer.", on="ticket_id"
    )
    contact: Contact | None = to_one(
        "The customer it is about; null: none, or the viewer may not see contacts.", on="contact_id"
    )
    response: Response | None = to_one("The response it is about; null: none, or not for the viewer.", on="response_id")
    changes: list[Change] = computed(
        "What changed, field by field; empty where nothing did.", _changes, "data", depends_on=the_language
    )
    text: str | None = computed(
        "Words that belong to the act: a comment, a note with an assignment or escalation.",
        _words,
        "data",
        depends_on=the_row,
    )
    rule: EscalationRule | None = computed(
        "The rule that escalated the ticket; null unless one did, once it is deleted, and without TICKETS_MANAGE.",
        _rule,
        "data",
        depends_on=the_row,
    )
    rule_name: str | None = computed_together(
        "What the rule that escalated the ticket is called, for whoever sees the event; null unless one did.",
        _rule_names,
        "data",
        depends_on=the_row,
    )
    forwarded_from: User | None = computed(
        "The absent person whom an assignment was first meant for; null: not redirected.",
        _forwarded_from,
        "data",
        depends_on=the_row,
    )
