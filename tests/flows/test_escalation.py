"""Escalation: once, late rather than never, whatever the clock and other workers do."""

import asyncio
from datetime import timedelta

import pytest

from boucle.accounts.models import Language, User
from boucle.flows.escalation import Swept, escalate_due, sweep_due
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.actions import change_status, escalate_ticket
from boucle.tickets.models import EscalationRule, EscalationRun, OutgoingMail, Ticket, TicketId
from tests.factories.accounts import make_absence, make_team, make_user, make_viewer
from tests.factories.contacts import NOON
from tests.factories.mails import tickets_told_by_mail
from tests.factories.tickets import event_kinds, last_event, make_rule, make_ticket, status_id

HOUR = timedelta(hours=1)
ADDRESS = "https://boucle.example"


async def fire(ticket: Ticket, *, now) -> bool:
    return await escalate_due(TicketId(ticket.id), now=now, address=ADDRESS)


@pytest.fixture
async def lead(db, queue):
    return await make_viewer(user_type="cx_admin", name="Lea")


@pytest.fixture
async def boss(lead):
    return await make_user(name="Boss")


async def waiting(lead, **rule: object) -> Ticket:
    """A ticket that is due an hour after noon."""
    await make_rule(viewer=lead, **rule)
    ticket = await make_ticket(viewer=lead, assignee_id=lead.user_id)
    assert ticket.next_due_at == NOON + HOUR
    return ticket


async def test_a_forgotten_ticket_goes_to_the_recipient_who_is_told(lead, boss, queue):
    ticket = await waiting(lead, recipient_user_id=boss.id)
    assert await fire(ticket, now=NOON + HOUR)
    stored = await Ticket.get(id=ticket.id)
    assert (stored.status_category.value, stored.assignee_id) == ("escalated", boss.id)
    assert (stored.escalated_at, stored.is_escalated_manually) == (NOON + HOUR, False)
    assert (stored.next_due_at, stored.version) == (None, 2)
    event = await last_event(ticket)
    assert (event.kind.value, event.actor_kind.value) == ("ticket_escalated", "system")
    assert event.data["labels"] == {"status": ["new", "escalated"], "assignee": ["Lea", "Boss"]}
    run = await EscalationRun.get(ticket_id=ticket.id)
    assert (event.data["rule_id"], run.due_at, run.ran_at) == (run.rule_id, NOON + HOUR, NOON + HOUR)
    mail = await OutgoingMail.get()
    assert (mail.recipient, mail.next_attempt_at) == (boss.email, NOON + HOUR)
    assert queue.asked[-1] == ("send_mails", (mail.id,), None, f"mail:{mail.id}:0")


async def test_nothing_fires_before_its_time_or_twice(lead, boss):
    ticket = await waiting(lead, recipient_user_id=boss.id)
    assert not await fire(ticket, now=NOON + HOUR - timedelta(microseconds=1))
    assert await fire(ticket, now=NOON + HOUR)
    assert not await fire(ticket, now=NOON + 2 * HOUR)
    assert await event_kinds(ticket) == ["ticket_created", "ticket_escalated"]
    assert await OutgoingMail.all().count() == 1


async def test_a_team_is_told_member_by_member_in_their_language_and_the_owner_stays(lead):
    team = await make_team()
    await make_user(name="Ana", teams=(team,), language=Language.FR)
    await make_user(name="Ben", teams=(team,), language=Language.EN)
    await make_user(name="Gone", teams=(team,), is_active=False)
    ticket = await waiting(lead, recipient_team_id=team.id)
    assert await fire(ticket, now=NOON + HOUR)
    stored = await Ticket.get(id=ticket.id)
    assert (stored.assignee_id, stored.team_id) == (lead.user_id, team.id)
    french, english = await OutgoingMail.all().order_by("id")
    assert french.subject == f"[Boucle] T-{ticket.id} escaladé : Parcel lost"
    assert english.subject == f"[Boucle] T-{ticket.id} escalated: Parcel lost"
    assert "Bonjour Ana," in french.body
    assert "Hello Ben," in english.body
    assert f"{ADDRESS}/tickets/T-{ticket.id}" in english.body


async def test_an_absent_recipient_is_replaced(lead, boss):
    there = await make_user(name="There")
    await make_absence(boss, there)
    ticket = await waiting(lead, recipient_user_id=boss.id)
    assert await fire(ticket, now=NOON + HOUR)
    assert (await Ticket.get(id=ticket.id)).assignee_id == there.id
    assert (await last_event(ticket)).data["forwarded_from"] == boss.id
    assert (await OutgoingMail.get()).recipient == there.email


async def test_a_recipient_who_left_leaves_the_owner_in_place(lead, boss):
    ticket = await waiting(lead, recipient_user_id=boss.id)
    async with unit_of_work():
        await User.filter(id=boss.id).update(is_active=False)
    assert await fire(ticket, now=NOON + HOUR)
    stored = await Ticket.get(id=ticket.id)
    assert (stored.status_category.value, stored.assignee_id) == ("escalated", lead.user_id)
    assert await OutgoingMail.all().count() == 0


async def test_several_rules_climb_one_after_the_other(lead, boss):
    top = await make_user(name="Top")
    ticket = await waiting(lead, recipient_user_id=boss.id)
    await make_rule(viewer=lead, recipient_user_id=top.id, delay_minutes=180)
    assert await fire(ticket, now=NOON + HOUR)
    assert (await Ticket.get(id=ticket.id)).next_due_at == NOON + 3 * HOUR
    assert not await fire(ticket, now=NOON + 2 * HOUR)
    assert await fire(ticket, now=NOON + 3 * HOUR)
    assert (await Ticket.get(id=ticket.id)).assignee_id == top.id


async def test_what_is_resolved_or_escalated_by_hand_meanwhile_is_left_alone(lead, boss):
    first = await waiting(lead, recipient_user_id=boss.id)
    second = await make_ticket(viewer=lead, assignee_id=lead.user_id)
    await change_status(lead, TicketId(first.id), await status_id("resolved"), seen=1, now=NOON)
    await escalate_ticket(lead, TicketId(second.id), note=None, seen=1, now=NOON)
    assert (await sweep_due(now=NOON + 5 * HOUR, address=ADDRESS)).fired == 0
    assert await EscalationRun.all().count() == 0


async def test_the_rule_is_looked_at_again_before_it_fires(lead, boss):
    """Whatever the column says, the decision is made from the rules; a wrong due time is put right."""
    ticket = await waiting(lead, recipient_user_id=boss.id)
    async with unit_of_work():
        await Ticket.filter(id=ticket.id).update(next_due_at=NOON)
    assert not await fire(ticket, now=NOON)
    assert (await Ticket.get(id=ticket.id)).next_due_at == NOON + HOUR
    async with unit_of_work():
        await EscalationRule.all().update(is_active=False)
    assert not await fire(ticket, now=NOON + HOUR)
    assert (await Ticket.get(id=ticket.id)).next_due_at is None


async def test_two_workers_at_once_fire_once(lead, boss):
    tickets = [await waiting(lead, recipient_user_id=boss.id)]
    tickets += [await make_ticket(viewer=lead, assignee_id=lead.user_id) for _ in range(4)]
    now = NOON + 2 * HOUR
    fired = await asyncio.gather(
        *(sweep_due(now=now, address=ADDRESS) for _ in range(2)),
        *(fire(ticket, now=now) for ticket in tickets for _ in range(3)),
    )
    await sweep_due(now=now, address=ADDRESS)
    assert await EscalationRun.all().count() == 5
    assert sum(each.fired if isinstance(each, Swept) else each for each in fired) <= 5
    for ticket in tickets:
        assert await event_kinds(ticket) == ["ticket_created", "ticket_escalated"]
    assert await tickets_told_by_mail() == [(boss.email, ticket.id) for ticket in tickets]


async def test_a_clock_that_jumps_fires_once_and_loses_nothing(lead, boss):
    early = await waiting(lead, recipient_user_id=boss.id)
    year = timedelta(days=365)
    assert (await sweep_due(now=NOON + year, address=ADDRESS)).fired == 1
    back = await make_ticket(viewer=lead, assignee_id=lead.user_id, now=NOON - year)
    assert back.next_due_at == NOON + HOUR
    assert (await sweep_due(now=NOON - year, address=ADDRESS)).fired == 0
    assert (await sweep_due(now=NOON + HOUR, address=ADDRESS)).fired == 1
    assert (await sweep_due(now=NOON + year, address=ADDRESS)).fired == 0
    assert await event_kinds(early) == await event_kinds(back) == ["ticket_created", "ticket_escalated"]


async def test_a_reopened_ticket_is_not_escalated_by_the_same_rule_again(lead, boss):
    ticket = await waiting(lead, recipient_user_id=boss.id)
    await fire(ticket, now=NOON + HOUR)
    number = TicketId(ticket.id)
    await change_status(lead, number, await status_id("resolved"), seen=2, now=NOON + HOUR)
    await change_status(lead, number, await status_id("open"), seen=3, now=NOON + 2 * HOUR)
    assert (await sweep_due(now=NOON + 9 * HOUR, address=ADDRESS)).fired == 0


async def test_a_crash_before_the_commit_leaves_nothing_behind(lead, boss, monkeypatch):
    ticket = await waiting(lead, recipient_user_id=boss.id)

    async def crash(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the worker dies while it writes the mail")

    with monkeypatch.context() as patched:
        patched.setattr("boucle.flows.escalation.promise_mails", crash)
        assert (await sweep_due(now=NOON + HOUR, address=ADDRESS)).fired == 0
    assert (await EscalationRun.all().count(), await event_kinds(ticket)) == (0, ["ticket_created"])
    assert (await sweep_due(now=NOON + HOUR, address=ADDRESS)).fired == 1


async def test_the_sweep_takes_the_oldest_first_and_no_more_than_asked(lead, boss):
    await waiting(lead, recipient_user_id=boss.id)
    older = await make_ticket(viewer=lead, assignee_id=lead.user_id, now=NOON - HOUR)
    async with unit_of_work():
        await Ticket.filter(id=older.id).update(next_due_at=NOON - HOUR)
    await EscalationRule.all().update(created_at=NOON - 9 * HOUR)
    assert (await sweep_due(now=NOON + HOUR, address=ADDRESS, limit=1)).fired == 1
    assert (await EscalationRun.get()).ticket_id == older.id
