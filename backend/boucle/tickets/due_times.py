"""When tickets are due: `next_due_at` is the truth, the job that is asked for only makes it prompt."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from tortoise.expressions import Q

from boucle.kit.conditions import IsOneOf, all_of
from boucle.kit.database import Dialect, dialect, execute, fetch_rows, lock_name, lock_names, placeholders
from boucle.kit.jobs import WakeUp, enqueue_after_commit
from boucle.kit.statements import Statement
from boucle.tickets.models import EscalationRule
from boucle.tickets.rules import Due, TimedTicket, TimeRule, is_eligible, next_due

RULES = "escalation_rules"
ESCALATE_JOB = "escalate_ticket"
# The queue counts in whole milliseconds: without this a job could run a moment before its time.
AFTER_DUE = timedelta(milliseconds=1)


async def hold_rules(names: Iterable[str] = ()) -> None:
    """Keep the rules as they are until the commit, and hold `names`; call it before a ticket's row is locked.

    Otherwise a ticket that is written while a rule is being saved would miss the new due time for ever.
    """
    await lock_names(names, shared=(RULES,))


async def hold_rules_alone() -> None:
    """Wait for every ticket that is being written, and make later ones wait."""
    await lock_name(RULES)


class WaitingTicket(TimedTicket, Protocol):
    """A stored ticket, as far as due times look at it."""

    @property
    def id(self) -> int: ...
    @property
    def escalated_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The active rules, and which of them already ran on some tickets."""

    rules: Mapping[int, EscalationRule]
    _timed: Sequence[TimeRule]
    _ran: Mapping[int, AbstractSet[int]]

    def next_due_of(self, ticket: WaitingTicket, *, fired: AbstractSet[int] = frozenset()) -> Due | None:
        """Return which rule fires next on the ticket as it is in memory, and when; `fired` have run just now."""
        ran = self._ran.get(ticket.id)
        return next_due(ticket, self._timed, fired if ran is None else ran | fired)


async def rule_book(tickets: Sequence[WaitingTicket], known: Sequence[EscalationRule] | None = None) -> RuleBook:
    """Read the rules and what they did to these tickets, however many there are, with two statements at most.

    `known` are the active rules, where the caller holds them.
    """
    waiting = [ticket for ticket in tickets if is_eligible(ticket)]
    if not waiting:
        return RuleBook({}, (), {})
    surveys = {ticket.survey_id for ticket in waiting}
    if known is None:
        rules = await active_rules({survey_id for survey_id in surveys if survey_id is not None})
    else:
        rules = [rule for rule in known if rule.survey_id is None or rule.survey_id in surveys]
    # A rule that ran has escalated the ticket: only then is there anything in the ledger.
    escalated = [ticket.id for ticket in waiting if ticket.escalated_at is not None] if rules else []
    ran = await _ledger(escalated, rules) if escalated else {}
    return RuleBook({rule.id: rule for rule in rules}, [time_rule(rule) for rule in rules], ran)


async def active_rules(survey_ids: Collection[int]) -> Sequence[EscalationRule]:
    """Return the rules that may fire on tickets of these surveys."""
    of_these = Q(survey_id__isnull=True) | Q(survey_id__in=survey_ids)
    return await EscalationRule.filter(of_these, is_active=True, deleted_at=None)


async def _ledger(ticket_ids: Sequence[int], rules: Sequence[EscalationRule]) -> Mapping[int, AbstractSet[int]]:
    statement = Statement(dialect())
    statement.add("SELECT ticket_id, rule_id FROM escalation_runs r WHERE ")
    # The index begins with the rule.
    of_rules = IsOneOf("rule_id", [rule.id for rule in rules])
    statement.condition(all_of(of_rules, IsOneOf("ticket_id", ticket_ids)), "r")
    ran: defaultdict[int, set[int]] = defaultdict(set)
    for ticket_id, rule_id in await fetch_rows(statement.text, statement.values):
        ran[ticket_id].add(rule_id)
    return ran


async def next_due_of(ticket: WaitingTicket) -> Due | None:
    """Return which rule fires next on the ticket as it is in memory, and when."""
    return (await rule_book([ticket])).next_due_of(ticket)


def time_rule(rule: EscalationRule) -> TimeRule:
    """Return the rule as `rules.next_due` sees it."""
    return TimeRule(rule.id, rule.survey_id, rule.segment, timedelta(minutes=rule.delay_minutes), rule.created_at)


def wake_up_at(ticket_id: int, due_at: datetime | None) -> None:
    """Ask for the escalation job once the transaction is durable; nothing where nothing is due."""
    if due_at is None:
        return
    at = due_at.astimezone(UTC) + AFTER_DUE
    job_id = f"escalate:{ticket_id}:{int(due_at.timestamp())}"
    enqueue_after_commit(WakeUp(ESCALATE_JOB, (ticket_id,), at, job_id))


Scope = tuple[int | None, str | None]  # survey and segment of a rule; None: all

_SHIFTED = {
    Dialect.POSTGRES: "GREATEST(tickets.created_at, r.created_at) + r.delay_minutes * interval '1 minute'",
    # Times are stored as text with six digits; the delay is in whole minutes, so the seconds can be kept as they are.
    Dialect.SQLITE: (
        "strftime('%Y-%m-%d %H:%M', substr(max(tickets.created_at, r.created_at), 1, 16),"
        " '+' || r.delay_minutes || ' minutes') || substr(max(tickets.created_at, r.created_at), 17)"
    ),
}


async def recompute_due_times(scopes: Sequence[Scope]) -> int:
    """Set the due time of every waiting ticket in these scopes anew, in one statement; return how many (ESC-22).

    The sweep finds those that are due now; nobody is woken one by one.
    """
    wheres, values = _in_scopes(scopes)
    active = "true" if dialect() is Dialect.POSTGRES else "1"
    sql = f"""
        UPDATE tickets SET next_due_at = (
            SELECT min({_SHIFTED[dialect()]}) FROM escalation_rules r
            WHERE r.is_active = {active} AND r.deleted_at IS NULL
              AND (r.survey_id IS NULL OR r.survey_id = tickets.survey_id)
              AND (r.segment IS NULL OR r.segment = tickets.current_segment)
              AND NOT EXISTS (SELECT 1 FROM escalation_runs x WHERE x.rule_id = r.id AND x.ticket_id = tickets.id)
        )
        WHERE status_category NOT IN ('resolved', 'closed') AND NOT is_escalated_manually
          AND assignee_id IS NOT NULL AND ({wheres})"""  # noqa: S608  (no input in it)
    return await execute(sql, values)


def _in_scopes(scopes: Sequence[Scope]) -> tuple[str, list[object]]:
    alternatives: list[str] = []
    values: list[object] = []
    for survey_id, segment in scopes:
        parts = []
        for column, value in (("survey_id", survey_id), ("current_segment", segment)):
            if value is not None:
                values.append(value)
                parts.append(f"{column} = {placeholders(1, start=len(values))[0]}")
        alternatives.append(" AND ".join(parts) or "1 = 1")
    return " OR ".join(f"({alternative})" for alternative in alternatives), values
