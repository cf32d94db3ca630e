"""Pure decisions about tickets: who sees them, how statuses follow each other, what is due next."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from boucle.accounts.access import Viewer
from boucle.accounts.permissions import Permission
from boucle.kit.errors import NotAllowedNow
from boucle.kit.phrases import Phrase
from boucle.kit.texts import fold
from boucle.tickets.models import StatusCategory, TicketPriority
from boucle.tickets.statuses import FINISHED, LABELS

LONGEST_SUBJECT = 200
LONGEST_SEGMENT = 80
LONGEST_COMMENT = 10_000
EXCERPT = 100
LONGEST_SEARCH_TEXT = 15_000  # all of the longest comment, unless there is uncommonly much beside it
LONGEST_SEARCHED_DATA = 2_000
PRIORITY_RANK = {TicketPriority.HIGH: 3, TicketPriority.MEDIUM: 2, TicketPriority.LOW: 1}

_ACTIVE = frozenset({StatusCategory.OPEN, StatusCategory.PENDING})
_AFTER: Mapping[StatusCategory, frozenset[StatusCategory]] = {
    StatusCategory.NEW: _ACTIVE | FINISHED,
    StatusCategory.OPEN: _ACTIVE | FINISHED,
    StatusCategory.PENDING: _ACTIVE | FINISHED,
    StatusCategory.ESCALATED: _ACTIVE | {StatusCategory.RESOLVED},
    StatusCategory.RESOLVED: _ACTIVE | {StatusCategory.CLOSED},
    StatusCategory.CLOSED: frozenset({StatusCategory.OPEN}),
}


def can_see_ticket(viewer: Viewer, *, team_id: int | None, assignee_id: int | None) -> bool:
    """Whether the viewer may see a ticket of this team and assignee: own, my teams', nobody's, or all by right."""
    if not viewer.can(Permission.TICKETS_READ):
        return False
    if viewer.can(Permission.TICKETS_READ_ALL):
        return True
    if assignee_id == viewer.user_id or team_id in viewer.team_ids:
        return True
    return team_id is None and assignee_id is None


class StatusPoint(Protocol):
    """A status as the transition rules see it."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def category(self) -> StatusCategory: ...


class StoredStatus(StatusPoint, Protocol):
    """A status that has a row."""

    @property
    def id(self) -> int: ...


def transition_refusal(before: StatusPoint, after: StatusPoint) -> NotAllowedNow | None:
    """Return why people may not move a ticket from one status to the other, or `None` where they may (LIF-3)."""
    if after.category is StatusCategory.ESCALATED:
        return NotAllowedNow("A ticket becomes escalated by escalating it, not by a change of status.")
    if after.category is StatusCategory.NEW:
        return NotAllowedNow("A ticket is new only once. Choose Open instead.")
    is_reopened = before.category is not StatusCategory.CLOSED or after.key == "open"
    if after.category in _AFTER[before.category] and is_reopened:
        return None
    if before.category is StatusCategory.CLOSED:
        return NotAllowedNow("A closed ticket can only be reopened. Choose Open.")
    return NotAllowedNow(
        "A ticket cannot go from {before} to {after} directly. Resolve it first.",
        before=_label(before),
        after=_label(after),
    )


def _label(status: StatusPoint) -> Phrase | str:
    return LABELS.get(status.key, status.name)


def is_finished(category: StatusCategory) -> bool:
    """Whether no more work is expected (resolved or closed)."""
    return category in FINISHED


@dataclass(frozen=True, slots=True)
class TicketRights:
    """What a viewer may do with one ticket that they see."""

    work: bool
    assign: bool
    take: bool
    escalate: bool


def rights_on(
    viewer: Viewer, *, assignee_id: int | None, category: StatusCategory, is_escalated_manually: bool
) -> TicketRights:
    """Return what the viewer may do with a visible ticket in this state."""
    may_work = viewer.can(Permission.TICKETS_WORK)
    is_open = not is_finished(category)
    return TicketRights(
        work=may_work,
        assign=viewer.can(Permission.TICKETS_ASSIGN),
        take=may_work and is_open and assignee_id != viewer.user_id,
        escalate=may_work and is_open and not is_escalated_manually,
    )


class TimedTicket(Protocol):
    """A ticket as escalation rules see it, whether stored or not yet."""

    @property
    def survey_id(self) -> int | None: ...
    @property
    def current_segment(self) -> str | None: ...
    @property
    def status_category(self) -> StatusCategory: ...
    @property
    def assignee_id(self) -> int | None: ...
    @property
    def is_escalated_manually(self) -> bool: ...
    @property
    def created_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class TimeRule:
    """An active escalation rule; `None` matches every survey or segment."""

    id: int
    survey_id: int | None
    segment: str | None
    delay: timedelta
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """Which rule fires next, and when."""

    rule_id: int
    at: datetime


def is_eligible(ticket: TimedTicket) -> bool:
    """Whether rules may escalate the ticket: not finished, not escalated by hand, not unassigned (ESC-13)."""
    if ticket.is_escalated_manually or ticket.assignee_id is None:
        return False
    return not is_finished(ticket.status_category)


def is_match(ticket: TimedTicket, rule: TimeRule) -> bool:
    """Whether the rule's survey and segment are the ticket's (ESC-12)."""
    is_of_survey = rule.survey_id is None or rule.survey_id == ticket.survey_id
    return is_of_survey and (rule.segment is None or rule.segment == ticket.current_segment)


def due_time(ticket: TimedTicket, rule: TimeRule) -> datetime:
    """Return when the rule fires: the delay after ticket and rule both exist (no rule is retroactive)."""
    return max(ticket.created_at, rule.created_at) + rule.delay


def next_due(ticket: TimedTicket, rules: Iterable[TimeRule], ran: AbstractSet[int]) -> Due | None:
    """Return the earliest due time among matching rules that have not run on the ticket, or `None`."""
    if not is_eligible(ticket):
        return None
    waiting = [(due_time(ticket, rule), rule.id) for rule in rules if rule.id not in ran and is_match(ticket, rule)]
    if not waiting:
        return None
    at, rule_id = min(waiting)
    return Due(rule_id, at)


def excerpt(text: str, longest: int = EXCERPT) -> str:
    """Return the beginning of a text on one line, cut between words."""
    joined = " ".join(text.split())
    return joined if len(joined) <= longest else _whole_words(joined, longest - 1) + "…"


def _whole_words(joined: str, longest: int) -> str:
    return joined[: longest + 1].rsplit(" ", 1)[0][:longest].rstrip(" ,;:.-") or joined[:longest]


def automatic_subject(*, survey: str, comment: str | None, score: int | None, score_maximum: int | None) -> str:
    """Return what a ticket from a response is called: the customer's first words, or the survey and the score.

    What is stored are whole words and nothing else: that it is cut is for whoever shows it to say.
    """
    if joined := " ".join((comment or "").split()):
        return joined if len(joined) <= EXCERPT else _whole_words(joined, EXCERPT)
    return (survey if score is None else f"{survey} · {score}/{score_maximum}")[:LONGEST_SUBJECT]


def search_text_of(
    *,
    subject: str,
    customer_name: str,
    customer_email: str | None,
    customer_phone: str | None,
    comment: str | None,
    data: Iterable[str] = (),
) -> str:
    """Return what a search looks through, folded: what people quote comes first, for what is too much is left out.

    `data` came along with the answer. The ticket's own number is looked up by itself.
    """
    parts = (subject, customer_name, customer_email, customer_phone, " ".join(data)[:LONGEST_SEARCHED_DATA], comment)
    return fold(" ".join([part for part in parts if part]))[:LONGEST_SEARCH_TEXT]


def ago(age: timedelta) -> Phrase:
    """Return how long ago something was, in one unit."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return Phrase("just now")
    if minutes < 60:
        return Phrase("{count} min ago", count=minutes)
    if minutes < 48 * 60:
        return Phrase("{count} h ago", count=minutes // 60)
    return Phrase("{count} days ago", count=minutes // 1440)
