"""Escalation rules: what they need, and the due times that follow them."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from boucle.events.models import Event
from boucle.kit.database import lock_name
from boucle.kit.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Required
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.actions import RuleDraft, delete_escalation_rule, update_escalation_rule
from boucle.tickets.due_times import RULES, next_due_of
from boucle.tickets.models import EscalationRule, RuleId, Ticket
from boucle.tickets.queries import preview_rule
from tests.factories.accounts import make_team, make_user, make_viewer
from tests.factories.contacts import NOON
from tests.factories.surveys import make_survey
from tests.factories.tickets import make_rule, make_ticket

HOUR = timedelta(hours=1)
MICROSECONDS = timedelta(microseconds=123_456)


async def due_at(ticket: Ticket):
    return (await Ticket.get(id=ticket.id)).next_due_at


def as_draft(rule: EscalationRule) -> RuleDraft:
    return RuleDraft(**{name: getattr(rule, name) for name in RuleDraft.__dataclass_fields__})


@pytest.fixture
async def lead(db, queue):
    return await make_viewer(user_type="cx_admin")


async def test_a_new_rule_gives_open_tickets_their_due_time_from_its_own_beginning(lead):
    ticket = await make_ticket(viewer=lead, assignee_id=lead.user_id)
    await make_rule(viewer=lead, recipient_user_id=lead.user_id, now=NOON + 5 * HOUR + MICROSECONDS)
    assert await due_at(ticket) == NOON + 6 * HOUR + MICROSECONDS


async def test_a_changed_delay_moves_the_due_time_and_deleting_takes_it_away(lead):
    rule = await make_rule(viewer=lead, recipient_user_id=lead.user_id)
    ticket = await make_ticket(viewer=lead, assignee_id=lead.user_id, now=NOON + MICROSECONDS)
    assert await due_at(ticket) == NOON + HOUR + MICROSECONDS
    number, draft = RuleId(rule.id), replace(as_draft(rule), delay_minutes=90)
    await update_escalation_rule(lead, number, draft, seen=1, now=NOON + HOUR)
    assert await due_at(ticket) == NOON + HOUR * 1.5 + MICROSECONDS
    await delete_escalation_rule(lead, number, seen=2, now=NOON + HOUR)
    assert await due_at(ticket) is None
    kinds = [event.kind.value for event in await Event.filter(subject=f"esc_{rule.id}").order_by("id")]
    assert kinds == ["escalation_rule_created", "escalation_rule_updated", "escalation_rule_deleted"]
    assert (await EscalationRule.get(id=rule.id)).deleted_at == NOON + HOUR


async def test_a_paused_rule_waits_for_nobody(lead):
    rule = await make_rule(viewer=lead, recipient_user_id=lead.user_id)
    ticket = await make_ticket(viewer=lead, assignee_id=lead.user_id)
    paused = await update_escalation_rule(
        lead, RuleId(rule.id), replace(as_draft(rule), is_active=False), seen=1, now=NOON
    )
    assert await due_at(ticket) is None
    await update_escalation_rule(lead, RuleId(rule.id), replace(as_draft(paused), is_active=True), seen=2, now=NOON)
    assert await due_at(ticket) == NOON + HOUR


async def test_moving_a_rule_to_another_segment_touches_both_segments_and_no_other_ticket(lead):
    await make_rule(viewer=lead, recipient_user_id=lead.user_id, segment="other", delay_minutes=30)
    rule = await make_rule(viewer=lead, recipient_user_id=lead.user_id, segment="old")
    tickets = {
        segment: await make_ticket(viewer=lead, assignee_id=lead.user_id, segment=segment)
        for segment in ("old", "new", "other")
    }
    draft = replace(as_draft(rule), segment="new")
    await update_escalation_rule(lead, RuleId(rule.id), draft, seen=1, now=NOON)
    assert await due_at(tickets["old"]) is None
    assert await due_at(tickets["new"]) == NOON + HOUR
    assert await due_at(tickets["other"]) == NOON + HOUR / 2


async def test_a_rule_of_one_survey_leaves_other_tickets_alone(lead):
    survey, other = await make_survey(), await make_survey(name="Other")
    mine = await make_ticket(viewer=lead, assignee_id=lead.user_id, survey_id=survey.id)
    theirs = await make_ticket(viewer=lead, assignee_id=lead.user_id, survey_id=other.id)
    await make_rule(viewer=lead, recipient_user_id=lead.user_id, survey_id=survey.id)
    assert await due_at(mine) == NOON + HOUR
    assert await due_at(theirs) is None


async def test_the_statement_for_all_tickets_agrees_with_the_rule_for_one(lead):
    """The same due times, whether they were computed by the database or one by one."""
    survey = await make_survey()
    cases = [
        {"assignee_id": lead.user_id, "segment": segment, "survey_id": survey_id}
        for segment in (None, "vip")
        for survey_id in (None, survey.id)
    ]
    for number, case in enumerate([*cases, {"segment": "vip"}]):
        await make_ticket(viewer=lead, now=NOON + number * MICROSECONDS, **case)
    for number, given in enumerate([{"segment": "vip"}, {"survey_id": survey.id}, {"delay_minutes": 7}]):
        now = NOON + number * 3 * MICROSECONDS
        await make_rule(viewer=lead, recipient_user_id=lead.user_id, now=now, **{"delay_minutes": 5, **given})
        for ticket in await Ticket.all():
            due = await next_due_of(ticket)
            assert ticket.next_due_at == (due.at if due else None)


@pytest.mark.parametrize(
    ("given", "error", "field"),
    [
        ({"name": " "}, Required, "name"),
        ({"delay_minutes": 0}, Invalid, "delayMinutes"),
        ({"delay_minutes": 10_000_000}, Invalid, "delayMinutes"),
        ({"recipient_user_id": None}, Invalid, "recipientUserId"),
        ({"recipient_user_id": 999}, NotFound, "recipientUserId"),
        ({"recipient_user_id": None, "recipient_team_id": 999}, NotFound, "recipientTeamId"),
        ({"survey_id": 999}, NotFound, "surveyId"),
    ],
)
async def test_a_rule_with_a_wrong_field_is_refused(lead, given, error, field):
    with pytest.raises(DomainError) as caught:
        await make_rule(viewer=lead, **{"recipient_user_id": lead.user_id, **given})
    assert isinstance(caught.value, error)
    assert caught.value.field == ["input", field]


async def test_a_rule_has_one_recipient_only(lead):
    team = await make_team()
    with pytest.raises(Invalid):
        await make_rule(viewer=lead, recipient_user_id=lead.user_id, recipient_team_id=team.id)


async def test_rules_are_for_those_who_manage_tickets_and_meet_a_version(lead):
    rule = await make_rule(viewer=lead, recipient_user_id=lead.user_id)
    taker = await make_viewer()
    with pytest.raises(Forbidden):
        await make_rule(viewer=taker, recipient_user_id=lead.user_id)
    with pytest.raises(Forbidden):
        await delete_escalation_rule(taker, RuleId(rule.id), seen=1, now=NOON)
    with pytest.raises(Conflict) as caught:
        await delete_escalation_rule(lead, RuleId(rule.id), seen=7, now=NOON)
    assert isinstance(caught.value.current, EscalationRule)


async def test_a_dry_run_says_whom_a_rule_would_touch_and_writes_nothing(lead):
    for hours in (1, 3, 5):
        await make_ticket(viewer=lead, assignee_id=lead.user_id, segment="vip", now=NOON - hours * HOUR)
    await make_ticket(viewer=lead, segment="vip", now=NOON - 5 * HOUR)
    await make_ticket(viewer=lead, assignee_id=(await make_user()).id, now=NOON - 5 * HOUR)
    found = await preview_rule(lead, survey_id=None, segment="vip", delay=2 * HOUR, now=NOON)
    assert (found.waiting, found.due_now) == (3, 2)
    assert [ticket.created_at for ticket in found.oldest] == [NOON - 5 * HOUR, NOON - 3 * HOUR, NOON - HOUR]
    assert await EscalationRule.all().count() == 0


@pytest.mark.parametrize("engine", ["postgres"])  # SQLite has one writer at a time
async def test_a_ticket_written_while_a_rule_is_saved_does_not_miss_it(lead):
    """On PostgreSQL the ticket waits for the rule; otherwise it would have no due time for ever."""
    may_commit = asyncio.Event()

    async def save_a_rule() -> None:
        async with unit_of_work():
            await make_rule(viewer=lead, recipient_user_id=lead.user_id)
            await may_commit.wait()

    saving = asyncio.create_task(save_a_rule())
    await asyncio.sleep(0.1)
    opening = asyncio.create_task(make_ticket(viewer=lead, assignee_id=lead.user_id))
    await asyncio.sleep(0.1)
    assert not opening.done()
    may_commit.set()
    await saving
    assert await due_at(await opening) == NOON + HOUR


@pytest.mark.parametrize("engine", ["postgres"])  # SQLite has one writer at a time
async def test_a_rule_waits_for_tickets_that_are_being_written(lead):
    may_commit, tickets = asyncio.Event(), []

    async def open_a_ticket() -> None:
        async with unit_of_work():
            tickets.append(await make_ticket(viewer=lead, assignee_id=lead.user_id))
            await may_commit.wait()

    opening = asyncio.create_task(open_a_ticket())
    await asyncio.sleep(0.1)
    saving = asyncio.create_task(make_rule(viewer=lead, recipient_user_id=lead.user_id))
    await asyncio.sleep(0.1)
    assert not saving.done()
    may_commit.set()
    await asyncio.gather(opening, saving)
    assert await due_at(tickets[0]) == NOON + HOUR


@pytest.mark.parametrize("engine", ["postgres"])  # SQLite has one writer at a time
async def test_two_tickets_are_written_at_once(lead):
    """Tickets share the rules among themselves; only a change of rules excludes them."""
    async with unit_of_work():
        await make_ticket(viewer=lead)
        await asyncio.wait_for(asyncio.create_task(_outside(lead)), 5)
    async with unit_of_work():
        await lock_name(RULES)


async def _outside(lead) -> None:
    from boucle.kit.work_state import current_work

    current_work.set(None)
    await make_ticket(viewer=lead)
