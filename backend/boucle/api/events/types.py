"""GraphQL types of the event log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self

import strawberry

from boucle.accounts.models import Language
from boucle.accounts.models import User as UserRow
from boucle.api.accounts.types import User
from boucle.api.contacts.types import Contact, visible_contact
from boucle.api.context import Context, Info
from boucle.api.events.words import in_words
from boucle.api.nodes import Node, finds
from boucle.api.scalars import LogCursor
from boucle.api.surveys.types import Response, find_response
from boucle.api.tickets.types import EscalationRule, Ticket, visible_ticket
from boucle.events import models
from boucle.events.log import cursor_of
from boucle.events.models import ActorKind, EventKind
from boucle.flows.event_access import visible_event
from boucle.kit.ids import global_id
from boucle.tickets.models import EscalationRule as RuleRow


@strawberry.type(description="One field before and after an act, as people read it in the viewer's language.")
class Change:
    field: str = strawberry.field(
        description="status, priority, assignee, team, subject, current_segment, original_segment, … "
        "Other things name their own columns."
    )
    before: str | None = strawberry.field(description="Null: it had no value.")
    after: str | None = strawberry.field(description="Null: it has no value any more.")


@strawberry.type(description="One line of the log: what happened, when, and by whom. Never changes.")
class Event(Node):
    row: strawberry.Private[models.Event]
    kind: EventKind = strawberry.field(description="What happened.")
    at: datetime = strawberry.field(description="When it happened.")
    actor_kind: ActorKind = strawberry.field(description="Who acted.")

    @classmethod
    def of(cls, row: models.Event) -> Self:
        return cls(
            id=strawberry.ID(global_id("evt", row.id)),
            row=row,
            kind=EventKind(row.kind),
            at=row.at,
            actor_kind=ActorKind(row.actor_kind),
        )

    @strawberry.field(description="Its place in the log; subscriptions resume after it.")
    def cursor(self) -> LogCursor:
        return LogCursor(str(cursor_of(self.row)))

    @strawberry.field(description="The user who acted; null unless one did.")
    async def actor(self, info: Info) -> User | None:
        return User.of_optional(await info.context.row(UserRow, self.row.actor_id))

    @strawberry.field(description="The ticket it is about, as it is now; null: none, or not for the viewer.")
    async def ticket(self, info: Info) -> Ticket | None:
        return await visible_ticket(info.context, self.row.ticket_id)

    @strawberry.field(description="The customer it is about; null: none, or the viewer may not see contacts.")
    async def contact(self, info: Info) -> Contact | None:
        return await visible_contact(info.context, self.row.contact_id)

    @strawberry.field(description="The response it is about; null: none, or not for the viewer.")
    async def response(self, info: Info) -> Response | None:
        return await find_response(info.context, self.row.response_id) if self.row.response_id is not None else None

    @strawberry.field(description="What changed, field by field; empty where nothing did.")
    def changes(self, info: Info) -> list[Change]:
        language = info.context.signed_in.language
        return [_change(field, pair, language) for field, pair in _pairs(self.row.data).items()]

    @strawberry.field(description="Words that belong to the act: a comment, a note with an assignment or escalation.")
    def text(self) -> str | None:
        words = self.row.data.get("text")
        return words if isinstance(words, str) else None

    @strawberry.field(description="The rule that escalated the ticket; null unless one did.")
    async def rule(self, info: Info) -> EscalationRule | None:
        return EscalationRule.of_optional(await info.context.row(RuleRow, _number(self.row.data, "rule_id")))

    @strawberry.field(description="The absent person whom an assignment was first meant for; null: not redirected.")
    async def forwarded_from(self, info: Info) -> User | None:
        return User.of_optional(await info.context.row(UserRow, _number(self.row.data, "forwarded_from")))


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


@finds("evt")
async def find_event(context: Context, number: int) -> Event | None:
    row = await visible_event(context.viewer, number) if context.viewer else None
    return Event.of(row) if row is not None else None
