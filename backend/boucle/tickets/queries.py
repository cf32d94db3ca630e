"""Reads of tickets: the one filter behind list, feed, kanban and counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from re import fullmatch

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from boucle.accounts.access import Viewer
from boucle.accounts.models import User, UserType
from boucle.accounts.ownership import may_own_tickets
from boucle.contacts.phone_numbers import has_words_and_numbers
from boucle.kit.condition_filters import as_filter
from boucle.kit.conditions import (
    Compare,
    Comparison,
    Condition,
    Contains,
    IsMissing,
    IsOneOf,
    Not,
    all_of,
    any_of,
    equals,
)
from boucle.kit.database import dialect, fetch
from boucle.kit.errors import Invalid
from boucle.kit.pagination import Order
from boucle.kit.statements import Statement
from boucle.kit.texts import sort_key, words_of
from boucle.tickets.access import visibility, visible_tickets
from boucle.tickets.models import (
    EscalationRule,
    StatusCategory,
    Ticket,
    TicketId,
    TicketKind,
    TicketPriority,
    TicketStatus,
)
from boucle.tickets.statuses import FINISHED

MOST_FILTERS = 20
MOST_CANDIDATES = 50
MOST_PREVIEWED = 20


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Conditions that all must hold; `None` restricts nothing, an empty sequence matches nothing.

    The five flags restrict when true; false is the same as `None`.
    """

    text: str | None = None
    status_ids: Sequence[int] | None = None
    categories: Sequence[StatusCategory] | None = None
    priorities: Sequence[TicketPriority] | None = None
    kinds: Sequence[TicketKind] | None = None
    survey_ids: Sequence[int] | None = None
    team_ids: Sequence[int] | None = None
    assignee_ids: Sequence[int] | None = None
    contact_ids: Sequence[int] | None = None
    segments: Sequence[str] | None = None
    mine: bool | None = None
    my_teams: bool | None = None
    unassigned: bool | None = None
    late: bool | None = None
    without_due_time: bool | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None
    due_after: datetime | None = None
    due_before: datetime | None = None
    minimum_score: int | None = None
    maximum_score: int | None = None
    score_classes: Sequence[str] | None = None


class TicketOrderField(StrEnum):
    """What a list of tickets may be sorted by."""

    CREATED_AT = "created_at"
    LAST_ACTIVITY_AT = "last_activity_at"
    PRIORITY = "priority"
    DUE_AT = "due_at"
    SCORE = "score"


_COLUMNS = {TicketOrderField.PRIORITY: "priority_rank", TicketOrderField.DUE_AT: "next_due_at"}
_NULLABLE = frozenset({TicketOrderField.DUE_AT, TicketOrderField.SCORE})


@dataclass(frozen=True, slots=True)
class TicketOrder:
    """A field and a direction."""

    by: TicketOrderField = TicketOrderField.LAST_ACTIVITY_AT
    is_descending: bool = field(default=True)

    @property
    def as_order(self) -> Order:
        """The keyset order; tickets without a value come last."""
        return Order(_COLUMNS.get(self.by, self.by.value), self.is_descending, nullable=self.by in _NULLABLE)


def tickets_matching(viewer: Viewer, wanted: TicketFilter | None, *, now: datetime) -> QuerySet[Ticket]:
    """Return the tickets that the viewer may see and that fit the filter."""
    query = visible_tickets(viewer)
    return query if wanted is None else query.filter(as_filter(condition_of(viewer, wanted, now=now)))


def condition_of(viewer: Viewer, wanted: TicketFilter, *, now: datetime | None) -> Condition:
    """Return the filter as a condition on rows; rights are not in it. Only `late` needs to know the time."""
    lists: Mapping[str, Sequence[object] | None] = {
        "status_id": wanted.status_ids,
        "status_category": wanted.categories,
        "priority": wanted.priorities,
        "kind": wanted.kinds,
        "survey_id": wanted.survey_ids,
        "team_id": wanted.team_ids,
        "assignee_id": wanted.assignee_ids,
        "contact_id": wanted.contact_ids,
        "current_segment": wanted.segments,
        "score_class": wanted.score_classes,
    }
    bounds = (
        ("created_at", Comparison.AT_LEAST, wanted.created_after),
        ("created_at", Comparison.LESS, wanted.created_before),
        ("next_due_at", Comparison.AT_LEAST, wanted.due_after),
        ("next_due_at", Comparison.LESS, wanted.due_before),
        ("score", Comparison.AT_LEAST, wanted.minimum_score),
        ("score", Comparison.AT_MOST, wanted.maximum_score),
    )
    return all_of(
        *(IsOneOf(column, values) for column, values in lists.items() if values is not None),
        *(Compare(column, comparison, value) for column, comparison, value in bounds if value is not None),
        *_flags(viewer, wanted, now),
        has_words_and_numbers(wanted.text, "search_text", word=_word),
    )


def _flags(viewer: Viewer, wanted: TicketFilter, now: datetime | None) -> list[Condition]:
    flags: list[tuple[bool | None, Condition]] = [
        (wanted.mine, equals("assignee_id", viewer.user_id)),
        (wanted.my_teams, IsOneOf("team_id", sorted(viewer.team_ids))),
        (wanted.unassigned, IsMissing("assignee_id")),
        (wanted.without_due_time, IsMissing("next_due_at")),
    ]
    conditions = [condition for is_wanted, condition in flags if is_wanted]
    if wanted.late:
        assert now is not None, "what is late depends on the time"
        conditions.append(late_condition(now))
    return conditions


def late_condition(now: datetime) -> Condition:
    """Return the condition of a late ticket: past its due time, and not finished. Escalated ones are late no more."""
    return all_of(Compare("next_due_at", Comparison.LESS, now), Not(finished()))


def finished() -> Condition:
    """Return the condition of a ticket on which no more work is expected."""
    return IsOneOf("status_category", sorted(FINISHED))


def _word(word: str) -> Condition:
    """A word like `T-42` or `42` also finds the ticket of that number."""
    number = fullmatch(r"(?:t-)?([1-9][0-9]{0,17})", word)
    anywhere = Contains("search_text", word)
    return any_of(anywhere, equals("id", int(number[1]))) if number else anywhere


async def count_tickets(viewer: Viewer, filters: Sequence[TicketFilter], *, now: datetime) -> list[int]:
    """Return how many visible tickets fit each filter, in the order asked; at most twenty filters."""
    if len(filters) > MOST_FILTERS:
        raise Invalid(
            "Filters at once: {count}; ask for at most {most}.", field="filters", count=len(filters), most=MOST_FILTERS
        )
    return [await _count(all_of(visibility(viewer), condition_of(viewer, wanted, now=now))) for wanted in filters]


async def _count(condition: Condition) -> int:
    # By a statement, as lists are read: a text or a number that no column could hold is a miss there, not an error.
    statement = Statement(dialect())
    statement.add("SELECT count(*) AS number FROM tickets t WHERE ")
    statement.condition(condition, "t")
    [row] = await fetch(statement.text, statement.values)
    return int(row["number"])


async def segments_in_use(viewer: Viewer) -> list[str]:
    """Return the names of segments on visible tickets, as people sort them."""
    names: set[str] = set()
    for column in ("current_segment", "original_segment"):
        query = visible_tickets(viewer).filter(as_filter(Not(IsMissing(column))))
        found = await query.distinct().values_list(column)
        names.update(str(name) for (name,) in found)
    return sorted(names, key=lambda name: (sort_key(name), name))


async def is_any_due(*, now: datetime, without: Collection[TicketId] = ()) -> bool:
    """Whether a rule may have to fire on any ticket but these: one row of the index of due times is read."""
    statement = Statement(dialect())
    statement.add("SELECT 1 AS is_due FROM tickets t WHERE ")
    statement.condition(due_by(now, without), "t")
    # Without the order PostgreSQL expects to meet one soon among all tickets, and reads them in vain.
    statement.add(" ORDER BY t.next_due_at LIMIT 1")
    return bool(await fetch(statement.text, statement.values))


def due_by(now: datetime, without: Collection[TicketId] = ()) -> Condition:
    """Return what tickets are due, but for these."""
    due = Compare("next_due_at", Comparison.AT_MOST, now)
    return all_of(due, Not(IsOneOf("id", list(without)))) if without else due


async def tickets_of_responses(response_ids: Sequence[int]) -> Mapping[int, int]:
    """Return the automatic tickets of responses by their response; those whose score opened none are missing."""
    origins = [f"response:{response_id}" for response_id in response_ids]
    found = await Ticket.filter(origin__in=origins).values_list("response_id", "id") if origins else []
    return {int(response_id): int(ticket_id) for response_id, ticket_id in found}


@dataclass(frozen=True, slots=True)
class RulePreview:
    """Whom a rule would touch: how many tickets wait for it, how many have waited its delay, the oldest of them."""

    waiting: int
    due_now: int
    oldest: Sequence[Ticket]


async def preview_rule(
    viewer: Viewer, *, survey_id: int | None, segment: str | None, delay: timedelta, now: datetime
) -> RulePreview:
    """Say what a rule would do, and write nothing (ESC-23). Tickets are shown as far as the viewer may see them."""
    wanted = Q(assignee_id__isnull=False, is_escalated_manually=False) & ~Q(status_category__in=list(FINISHED))
    if survey_id is not None:
        wanted &= Q(survey_id=survey_id)
    if segment is not None:
        wanted &= Q(current_segment=segment)
    return RulePreview(
        waiting=await Ticket.filter(wanted).count(),
        due_now=await Ticket.filter(wanted, created_at__lte=now - delay).count(),
        oldest=await visible_tickets(viewer).filter(wanted).order_by("created_at", "id").limit(MOST_PREVIEWED),
    )


async def ticket_statuses() -> list[TicketStatus]:
    """Return all statuses in the order of the kanban's columns."""
    return await TicketStatus.all().order_by("position", "id")


async def users_who_work(*, search: str | None = None) -> list[User]:
    """Return the people who may own tickets and so can be given one, by name; at most fifty."""
    query = User.filter(is_active=True).order_by("name_key", "id")
    types = {user_type.id: user_type.permissions for user_type in await UserType.all()}
    words = words_of(search)
    able = [
        user
        for user in await query
        if may_own_tickets(user, types[user.user_type_id]) and all(word in user.search_text for word in words)
    ]
    return able[:MOST_CANDIDATES]


async def names_of_rules(rule_ids: Collection[int]) -> Mapping[int, str]:
    """Return what escalation rules are called, deleted ones too: whoever reads what they did is told the name."""
    return dict(await EscalationRule.filter(id__in=rule_ids).values_list("id", "name")) if rule_ids else {}
