"""Who sees tickets, how statuses follow each other, what is due next."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boucle.accounts.permissions import Permission
from boucle.tickets.models import StatusCategory
from boucle.tickets.rules import (
    Due,
    TimeRule,
    automatic_subject,
    can_see_ticket,
    excerpt,
    is_eligible,
    next_due,
    rights_on,
    search_text_of,
    transition_refusal,
)
from boucle.tickets.statuses import BASE_STATUSES, BaseStatus
from tests.factories.contacts import NOON, a_viewer

HOUR = timedelta(hours=1)
STATUSES = {status.key: status for status in BASE_STATUSES}


@dataclass(frozen=True)
class Waiting:
    """A ticket as escalation rules see it."""

    survey_id: int | None = 1
    current_segment: str | None = "vip"
    status_category: StatusCategory = StatusCategory.NEW
    assignee_id: int | None = 7
    is_escalated_manually: bool = False
    created_at: datetime = NOON


FRESH = Waiting()
RULE = TimeRule(id=1, survey_id=None, segment=None, delay=HOUR, created_at=NOON - 24 * HOUR)


@dataclass(frozen=True)
class Case:
    team: int | None
    assignee: int | None
    is_visible: bool


@pytest.mark.parametrize(
    "case",
    [
        Case(None, None, is_visible=True),
        Case(None, 1, is_visible=True),
        Case(5, None, is_visible=True),
        Case(5, 2, is_visible=True),
        Case(6, 1, is_visible=True),
        Case(6, None, is_visible=False),
        Case(None, 2, is_visible=False),
    ],
)
def test_a_reader_sees_own_team_and_nobodys_tickets(case: Case):
    reader = replace(a_viewer(Permission.TICKETS_READ, user_id=1), team_ids=frozenset({5}))
    assert can_see_ticket(reader, team_id=case.team, assignee_id=case.assignee) is case.is_visible


def test_the_right_to_read_all_shows_every_ticket_and_no_right_shows_none():
    reads_all = a_viewer(Permission.TICKETS_READ, Permission.TICKETS_READ_ALL, user_id=1)
    assert can_see_ticket(reads_all, team_id=6, assignee_id=2)
    assert not can_see_ticket(a_viewer(Permission.TICKETS_READ_ALL, user_id=1), team_id=6, assignee_id=2)
    assert not can_see_ticket(a_viewer(Permission.TICKETS_WORK, user_id=1), team_id=None, assignee_id=1)


ALLOWED = {
    "new": {"open", "in_progress", "resolved", "closed"},
    "open": {"in_progress", "resolved", "closed"},
    "in_progress": {"open", "resolved", "closed"},
    "escalated": {"open", "in_progress", "resolved"},
    "resolved": {"open", "in_progress", "closed"},
    "closed": {"open"},
}


@pytest.mark.parametrize("before", STATUSES.values(), ids=STATUSES)
def test_statuses_follow_each_other_only_as_allowed(before: BaseStatus):
    others = [after for after in BASE_STATUSES if after != before]
    assert {after.key for after in others if transition_refusal(before, after) is None} == ALLOWED[before.key]


def test_a_refusal_says_what_to_do_instead():
    refusal = transition_refusal(STATUSES["escalated"], STATUSES["closed"])
    assert str(refusal) == "A ticket cannot go from Escalated to Closed directly. Resolve it first."


@pytest.mark.parametrize(
    "change",
    [
        {"status_category": StatusCategory.RESOLVED},
        {"status_category": StatusCategory.CLOSED},
        {"is_escalated_manually": True},
        {"assignee_id": None},
    ],
)
def test_finished_manually_escalated_and_unassigned_tickets_are_left_alone(change: dict[str, object]):
    assert is_eligible(FRESH)
    assert not is_eligible(replace(FRESH, **change))
    assert next_due(replace(FRESH, **change), [RULE], frozenset()) is None


def test_a_rule_younger_than_the_ticket_counts_from_its_own_beginning():
    assert next_due(FRESH, [RULE], frozenset()) == Due(1, NOON + HOUR)
    young = replace(RULE, created_at=NOON + 5 * HOUR)
    assert next_due(FRESH, [young], frozenset()) == Due(1, NOON + 6 * HOUR)


def test_rules_of_another_survey_or_segment_do_not_count():
    assert next_due(FRESH, [replace(RULE, survey_id=2), replace(RULE, segment="other")], frozenset()) is None
    assert next_due(FRESH, [replace(RULE, survey_id=1, segment="vip")], frozenset()) is not None


def test_the_earliest_rule_that_has_not_run_is_next():
    later = replace(RULE, id=2, delay=3 * HOUR)
    assert next_due(FRESH, [later, RULE], frozenset()) == Due(1, NOON + HOUR)
    assert next_due(FRESH, [later, RULE], {1}) == Due(2, NOON + 3 * HOUR)
    assert next_due(FRESH, [later, RULE], {1, 2}) is None


@given(delays=st.lists(st.integers(min_value=1, max_value=500), max_size=6), ran=st.sets(st.integers(0, 5)))
def test_nothing_is_due_before_its_delay_and_nothing_twice(delays: list[int], ran: set[int]):
    rules = [replace(RULE, id=number, delay=timedelta(minutes=delay)) for number, delay in enumerate(delays)]
    waiting = {rule.id: NOON + rule.delay for rule in rules if rule.id not in ran}
    due = next_due(FRESH, rules, ran)
    assert (due is None) == (not waiting)
    if due is not None:
        assert due.at == min(waiting.values()) == waiting[due.rule_id]


def test_rights_on_a_ticket_follow_permissions_and_state():
    worker = a_viewer(Permission.TICKETS_READ, Permission.TICKETS_WORK, user_id=1)
    on = {"assignee_id": 2, "category": StatusCategory.OPEN, "is_escalated_manually": False}
    rights = rights_on(worker, **on)
    assert (rights.work, rights.assign, rights.take, rights.escalate) == (True, False, True, True)
    mine = rights_on(worker, **{**on, "assignee_id": 1, "is_escalated_manually": True})
    assert (mine.take, mine.escalate) == (False, False)
    finished = rights_on(worker, **{**on, "category": StatusCategory.CLOSED})
    assert (finished.work, finished.take, finished.escalate) == (True, False, False)
    reader = rights_on(a_viewer(Permission.TICKETS_READ, user_id=1), **on)
    assert not any((reader.work, reader.assign, reader.take, reader.escalate))


def test_an_automatic_ticket_is_called_by_the_first_words_or_the_score():
    long = "Colis jamais reçu, et personne ne répond au téléphone depuis dix jours malgré mes nombreux appels, honte"
    subject = automatic_subject(survey="Après l’achat", comment=long, score=2, score_maximum=10)
    assert subject.startswith("Colis jamais reçu")
    assert subject.endswith("mes nombreux appels")
    assert long.startswith(subject)
    dashes = "-" * 150
    assert automatic_subject(survey="NPS", comment=dashes, score=2, score_maximum=10) == "-" * 100
    assert automatic_subject(survey="NPS", comment="  ", score=2, score_maximum=10) == "NPS · 2/10"


def test_an_excerpt_is_one_line_and_cut_between_words():
    assert excerpt("one\ntwo  three") == "one two three"
    assert excerpt("one two three", 8) == "one two…"


def test_search_text_has_neither_case_nor_accents():
    text = search_text_of(
        subject="Réclamation", customer_name="Léa", customer_email=None, customer_phone=None, comment="DÉÇUE"
    )
    assert text == "reclamation lea decue"
