"""Sweeps: many tickets at once leave what one after the other would leave, and one that is broken stops no other."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boucle.accounts.models import Absence, Language, Organisation, User
from boucle.events.models import Event
from boucle.flows.escalation import Sweeper, escalate_due, sweep_due
from boucle.flows.escalation_mail import MOST_SINGLE_MAILS
from boucle.kit.database import Dialect, dialect, fetch
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.models import EscalationRule, EscalationRun, OutgoingMail, Ticket, TicketId, TicketStatus
from tests.factories.accounts import make_team, make_user, make_viewer
from tests.factories.contacts import NOON
from tests.factories.mails import tickets_told_by_mail
from tests.factories.surveys import make_survey
from tests.factories.tickets import make_rule, make_ticket
from tests.query_budget import query_budget

HOUR = timedelta(hours=1)
ADDRESS = "https://boucle.example"
WRITTEN = (OutgoingMail, Event, EscalationRun, Ticket, EscalationRule, Absence)
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Desk:
    """Rows that drawn tickets, rules and absences refer to."""

    users: Sequence[int]
    teams: Sequence[int]
    surveys: Sequence[int]
    statuses: Sequence[TicketStatus]


@dataclass(frozen=True, slots=True)
class World:
    """Drawn rows, by numbers of the desk's lists."""

    tickets: Sequence[Row]
    rules: Sequence[Row]
    absences: Sequence[tuple[int, int]]
    has_left: Sequence[int]
    is_forwarding: bool


@pytest.fixture
async def desk(db, queue) -> Desk:
    teams = [await make_team(name=name) for name in ("North", "South")]
    users = [await make_user(name=f"User {number}", teams=(teams[number % 2],)) for number in range(5)]
    surveys = [await make_survey(name=name) for name in ("First", "Second")]
    statuses = await TicketStatus.all().order_by("position")
    return Desk([each.id for each in users], [each.id for each in teams], [each.id for each in surveys], statuses)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.none(), values)


MOMENTS = st.integers(-300, 20).map(lambda minutes: NOON + timedelta(minutes=minutes))
SEGMENTS = maybe(st.sampled_from(["vip", "all"]))
TICKETS = st.fixed_dictionaries(
    {
        "status": st.integers(0, 5),
        "assignee": maybe(st.integers(0, 4)),
        "team": maybe(st.integers(0, 1)),
        "survey": maybe(st.integers(0, 1)),
        "current_segment": SEGMENTS,
        "created_at": MOMENTS,
        "is_escalated_manually": st.sampled_from([False, False, True]),
        "next_due_at": maybe(MOMENTS),
        "comment": maybe(st.sampled_from(["L’attente\nest longue 😡", '"quoted" \\ {braces}', "x" * 2_000])),
        "ran": st.sets(st.integers(0, 4), max_size=2),
    }
)
RULES = st.fixed_dictionaries(
    {
        "survey": maybe(st.integers(0, 1)),
        "segment": SEGMENTS,
        "delay_minutes": st.integers(1, 200),
        "recipient": st.integers(0, 6),
        "is_active": st.sampled_from([True, True, True, False]),
        "created_at": MOMENTS,
    }
)
WORLDS = st.builds(
    World,
    tickets=st.lists(TICKETS, min_size=1, max_size=12),
    rules=st.lists(RULES, min_size=1, max_size=5),
    absences=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=4),
    has_left=st.lists(st.integers(0, 4), max_size=2),
    is_forwarding=st.booleans(),
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(world=WORLDS)
async def test_a_batch_leaves_what_one_ticket_after_the_other_leaves(desk, world):
    await make(world, desk)
    one_by_one = []
    for _ in range(len(world.rules) + 1):
        for ticket_id in await due_ids():
            await escalate_due(ticket_id, now=NOON, address=ADDRESS)
        one_by_one.append(await content())
    await make(world, desk)
    for expected in one_by_one:
        await sweep_due(now=NOON, address=ADDRESS)
        assert await content() == expected
    assert not await due_ids()


async def due_ids() -> list[TicketId]:
    due = await Ticket.filter(next_due_at__lte=NOON).order_by("next_due_at", "id")
    return [TicketId(ticket.id) for ticket in due]


async def content() -> dict[str, list[Row]]:
    """All rows in their order, without the numbers that engines give them."""
    order = {"events": "txid, id"} if dialect() is Dialect.POSTGRES else {}
    found = {}
    for model in WRITTEN:
        table = model._meta.db_table
        rows = await fetch(f"SELECT * FROM {table} ORDER BY {order.get(table, 'id')}")
        hidden = {"txid"} if table in {"tickets", "escalation_rules"} else {"txid", "id"}
        found[table] = [{name: value for name, value in row.items() if name not in hidden} for row in rows]
    mails = [{"recipient": recipient, "ticket": number} for recipient, number in await tickets_told_by_mail()]
    return found | {"outgoing_mails": mails}


async def make(world: World, desk: Desk) -> None:
    """Replace whatever is there by the drawn rows."""
    async with unit_of_work():
        for model in WRITTEN:
            await model.all().delete()
        await Organisation.all().update(forwarding_enabled=world.is_forwarding)
        await User.filter(id__in=desk.users).update(is_active=True)
        await User.filter(id__in=[desk.users[number] for number in world.has_left]).update(is_active=False)
        await EscalationRule.bulk_create([a_rule(row, desk, number) for number, row in enumerate(world.rules)])
        await Ticket.bulk_create([a_ticket(row, desk, number) for number, row in enumerate(world.tickets)])
        await EscalationRun.bulk_create(runs_of(world))
        await Absence.bulk_create([an_absence(pair, desk) for pair in world.absences if pair[0] != pair[1]])


def a_rule(row: Row, desk: Desk, number: int) -> EscalationRule:
    recipients = [*desk.users, *desk.teams]
    recipient = recipients[row["recipient"]]
    is_team = row["recipient"] >= len(desk.users)
    return EscalationRule(
        id=number + 1,
        name=f"Rule {number}",
        survey_id=chosen(row["survey"], desk.surveys),
        recipient_user_id=None if is_team else recipient,
        recipient_team_id=recipient if is_team else None,
        **{name: row[name] for name in ("segment", "delay_minutes", "is_active", "created_at")},
    )


def a_ticket(row: Row, desk: Desk, number: int) -> Ticket:
    status = desk.statuses[row["status"]]
    return Ticket(
        id=number + 1,
        kind="manual",
        subject=f"Subject {number}",
        status_id=status.id,
        status_category=status.category,
        priority="low",
        priority_rank=1,
        assignee_id=chosen(row["assignee"], desk.users),
        team_id=chosen(row["team"], desk.teams),
        survey_id=chosen(row["survey"], desk.surveys),
        customer_name="" if number % 2 else "Léa Durand",
        escalated_at=NOON - 9 * HOUR if row["ran"] else None,
        occurred_at=row["created_at"],
        updated_at=row["created_at"],
        last_activity_at=row["created_at"],
        **{
            name: row[name]
            for name in ("current_segment", "created_at", "is_escalated_manually", "next_due_at", "comment")
        },
    )


def runs_of(world: World) -> list[EscalationRun]:
    return [
        EscalationRun(rule_id=rule + 1, ticket_id=number + 1, due_at=NOON - 9 * HOUR, ran_at=NOON - 9 * HOUR)
        for number, row in enumerate(world.tickets)
        for rule in sorted(row["ran"])
        if rule < len(world.rules)
    ]


def an_absence(pair: tuple[int, int], desk: Desk) -> Absence:
    absent, substitute = (desk.users[number] for number in pair)
    return Absence(user_id=absent, substitute_id=substitute, starts_at=NOON - HOUR, created_at=NOON - HOUR)


def chosen(number: object, values: Sequence[int]) -> int | None:
    return None if number is None else values[number]


async def many_due(count: int) -> list[Ticket]:
    """Tickets that are due an hour after noon."""
    lead, boss = await make_viewer(user_type="cx_admin", name="Lea"), await make_user(name="Boss")
    await make_rule(viewer=lead, recipient_user_id=boss.id)
    return [await make_ticket(viewer=lead, assignee_id=lead.user_id) for _ in range(count)]


async def refuse_in_ledger(ticket: Ticket) -> None:
    """Let a constraint refuse the ticket's row, as a broken one would be."""
    rule = await EscalationRule.get()
    async with unit_of_work():
        # Not escalated, as the column says, and yet in the ledger: the unique key has the last word.
        await EscalationRun.create(rule_id=rule.id, ticket_id=ticket.id, due_at=NOON, ran_at=NOON)


async def test_a_broken_ticket_does_not_keep_the_others_waiting(db, queue, capsys):
    tickets = await many_due(9)
    broken = tickets[4]
    await refuse_in_ledger(broken)
    swept = await sweep_due(now=NOON + HOUR, address=ADDRESS)
    assert (swept.claimed, swept.fired, swept.broken) == (9, 8, (broken.id,))
    escalated = await Ticket.filter(status_category="escalated").values_list("id", flat=True)
    assert sorted(escalated) == [ticket.id for ticket in tickets if ticket.id != broken.id]
    assert (await Ticket.get(id=broken.id)).version == 1
    assert len(await tickets_told_by_mail()) == 8
    logged = capsys.readouterr().out
    assert logged.count("escalation_failed") == 1
    assert f"ticket_id={broken.id}" in logged


async def test_a_sweep_goes_on_past_broken_tickets_and_tries_them_again_later(db, queue):
    tickets = await many_due(6)
    for ticket in tickets[:2]:
        await refuse_in_ledger(ticket)
    now = NOON + HOUR
    sweeper = Sweeper(ADDRESS, lambda: now, batch=2)
    assert await sweeper.sweep(asyncio.Event()) == 4
    assert await sweeper.sweep(asyncio.Event()) == 0
    await EscalationRun.filter(ticket_id=tickets[0].id).delete()
    now += HOUR
    assert await sweeper.sweep(asyncio.Event()) == 1


async def test_a_sweep_works_off_everything_that_is_due_and_ends(db, queue):
    await many_due(23)
    sweeper = Sweeper(ADDRESS, lambda: NOON + HOUR, batch=5)
    assert await sweeper.sweep(asyncio.Event()) == 23
    assert await EscalationRun.all().count() == 23


async def test_a_sweep_stops_between_two_batches(db, queue):
    await many_due(6)
    stop, asked = asyncio.Event(), count()

    def clock() -> datetime:
        if next(asked):  # the first batch is under way
            stop.set()
        return NOON + HOUR

    assert await Sweeper(ADDRESS, clock, batch=2).sweep(stop) == 2


async def test_a_sweep_that_finds_nothing_sends_one_statement(db, queue):
    await many_due(3)
    with query_budget(1):
        assert await Sweeper(ADDRESS, lambda: NOON).sweep(asyncio.Event()) == 0


async def test_a_batch_sends_as_many_statements_as_one_ticket(db, queue):
    await many_due(20)
    with query_budget(15):
        assert (await sweep_due(now=NOON + HOUR, address=ADDRESS, limit=1)).fired == 1
    with query_budget(15):
        assert (await sweep_due(now=NOON + HOUR, address=ADDRESS)).fired == 19


async def test_wake_ups_of_a_batch_are_asked_for_at_once(db, queue):
    await many_due(MOST_SINGLE_MAILS)
    queue.asked.clear()
    await sweep_due(now=NOON + HOUR, address=ADDRESS)
    mails = [mail.id for mail in await OutgoingMail.all().order_by("id")]
    assert [(name, args) for name, args, _, _ in queue.asked] == [("send_mails", tuple(mails))]


async def test_of_many_tickets_a_person_is_told_by_one_list(db, queue, monkeypatch):
    monkeypatch.setattr("boucle.flows.escalation_mail.MOST_LISTED", 5)
    tickets = await many_due(7)
    await User.filter(name="Boss").update(language=Language.FR)
    await sweep_due(now=NOON + HOUR, address=ADDRESS)
    mail = await OutgoingMail.get()
    assert mail.subject == "[Boucle] 7 tickets escaladés"
    first = tickets[0]
    assert f"- {first.key} · Parcel lost ({first.customer_name})\n  {ADDRESS}/tickets/{first.key}\n" in mail.body
    assert [number for _, number in await tickets_told_by_mail()] == [ticket.id for ticket in tickets[:5]]
    assert "… et 2 de plus." in mail.body
    assert f"{ADDRESS}/inbox?view=mine" in mail.body


async def test_what_a_person_gets_and_what_their_team_gets_are_two_lists(db, queue):
    team = await make_team()
    lead, boss = await make_viewer(user_type="cx_admin", name="Lea"), await make_user(name="Boss", teams=(team,))
    await make_rule(viewer=lead, segment="own", recipient_user_id=boss.id)
    await make_rule(viewer=lead, segment="team", recipient_team_id=team.id)
    many = range(MOST_SINGLE_MAILS + 1)
    own = [await make_ticket(viewer=lead, assignee_id=lead.user_id, segment="own") for _ in many]
    theirs = [await make_ticket(viewer=lead, assignee_id=lead.user_id, segment="team") for _ in many]
    await sweep_due(now=NOON + HOUR, address=ADDRESS)
    mine, teams = await OutgoingMail.all().order_by("id")
    assert f"{ADDRESS}/inbox?view=mine" in mine.body
    assert f"{ADDRESS}/inbox?view=teams" in teams.body
    assert all(f"{each.key} " in mine.body and f"{each.key} " not in teams.body for each in own)
    assert all(f"{each.key} " in teams.body and f"{each.key} " not in mine.body for each in theirs)
