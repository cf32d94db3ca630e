"""Claiming due tickets: their rows are locked, and no one else works on them until the commit."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple

from boucle.accounts.ownership import owners_among
from boucle.kit.conditions import IsOneOf, all_of
from boucle.kit.database import Dialect, dialect, fetch_rows
from boucle.kit.statements import Statement
from boucle.tickets.actions.owners import held_substitutes
from boucle.tickets.due_times import hold_rules
from boucle.tickets.models import EscalationRule, StatusCategory, TicketId
from boucle.tickets.queries import due_by


@dataclass(slots=True)
class ClaimedTicket:
    """The columns of a locked row that rules, events and mails look at or that escalation sets.

    A model of Tortoise would do; reading a thousand of them takes longer than writing what becomes of them.
    """

    id: int
    version: int
    subject: str
    status_id: int
    status_category: StatusCategory
    team_id: int | None
    assignee_id: int | None
    contact_id: int | None
    survey_id: int | None
    response_id: int | None
    customer_name: str
    score: int | None
    score_maximum: int | None
    comment: str | None
    current_segment: str | None
    created_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    escalated_at: datetime | None
    next_due_at: datetime | None
    is_escalated_manually: bool

    @property
    def key(self) -> str:
        """The number people quote, `T-42`."""
        return f"T-{self.id}"


_COLUMNS = tuple(field.name for field in fields(ClaimedTicket))
_CATEGORY = _COLUMNS.index("status_category")
_CATEGORIES: Mapping[object, StatusCategory] = {each.value: each for each in StatusCategory}
_TIMES = tuple(place for place, name in enumerate(_COLUMNS) if name.endswith("_at"))
_LAST = len(_COLUMNS) - 1


class Held(NamedTuple):
    """The active rules, who stands in for whom, and who may own tickets of those whom rules name.

    They stay like this until the commit.
    """

    rules: Sequence[EscalationRule]
    substitutes: Mapping[int, int]
    owners: AbstractSet[int]


async def hold_recipients(*, now: datetime) -> Held:
    """Keep the rules, and all who may get a ticket by them, as they are until the commit.

    It comes before the claim: whoever retires somebody holds them, and then waits for the rows.
    """
    await hold_rules()
    rules = await EscalationRule.filter(deleted_at=None, is_active=True)
    user_ids = {rule.recipient_user_id for rule in rules if rule.recipient_user_id is not None}
    substitutes = await held_substitutes(user_ids, now=now) if user_ids else {}
    return Held(rules, substitutes, await owners_among(user_ids))


async def claim_due(
    *, now: datetime, limit: int, only: Collection[TicketId] | None = None, without: Collection[TicketId] = ()
) -> list[ClaimedTicket]:
    """Lock up to `limit` rows that are due and that nobody else has, those due longest first.

    Call `hold_recipients` before. On SQLite the unit of work is the only writer anyway.
    """
    due = due_by(now, without)
    statement = Statement(dialect())
    statement.add(f"SELECT {', '.join(_COLUMNS)} FROM tickets t WHERE ")  # noqa: S608  (names are ours)
    statement.condition(due if only is None else all_of(due, IsOneOf("id", list(only))), "t")
    statement.add(" ORDER BY t.next_due_at, t.id LIMIT ")
    statement.value(limit)
    if statement.dialect is Dialect.POSTGRES:
        statement.add(" FOR NO KEY UPDATE SKIP LOCKED")
    rows = await fetch_rows(statement.text, statement.values)
    read = _from_postgres if statement.dialect is Dialect.POSTGRES else _from_sqlite
    return [read(list(row)) for row in rows]


def _from_postgres(row: list[object]) -> ClaimedTicket:
    row[_CATEGORY] = _CATEGORIES[row[_CATEGORY]]
    return ClaimedTicket(*row)  # type: ignore[arg-type]  # the columns are the fields, in their order


def _from_sqlite(row: list[object]) -> ClaimedTicket:
    """SQLite knows neither times nor truth."""
    for place in _TIMES:
        written = row[place]
        row[place] = datetime.fromisoformat(written) if isinstance(written, str) else None
    row[_LAST] = bool(row[_LAST])
    return _from_postgres(row)
