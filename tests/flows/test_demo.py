"""The demo company's history, on a smaller scale: whatever it tells must agree with the rules that it went through."""

import os
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import phonenumbers
import pytest

from boucle.accounts.access import Viewer
from boucle.accounts.models import Absence, Team, User, UserType
from boucle.accounts.permissions import BUILT_IN_USER_TYPES
from boucle.commands.demo import fill, welcome_lines
from boucle.contacts.models import Contact
from boucle.demo.company import ADMIN, DOMAIN, PASSWORD
from boucle.demo.history import tell_history
from boucle.demo.live import Crowd
from boucle.events.models import Event, EventKind
from boucle.flows.escalation import sweep_due
from boucle.kit.database import close_database, open_database
from boucle.kit.errors import NotAllowedNow
from boucle.kit.passwords import is_password
from boucle.settings import Settings
from boucle.surveys.models import Program, Response, ScoreClass, Survey
from boucle.tickets.models import (
    EscalationRule,
    EscalationRun,
    OutgoingMail,
    StatusCategory,
    Ticket,
    TicketComment,
    TicketKind,
    TicketPriority,
    TicketStatus,
)
from boucle.tickets.queries import TicketFilter, count_tickets
from tests.factories.contacts import NOON, a_viewer

pytestmark = pytest.mark.usefixtures("queue")
SCALE = 0.08


async def tell() -> list[str]:
    said: list[str] = []
    await tell_history(end=NOON, scale=SCALE, say=said.append)
    return said


async def events(*kinds: EventKind) -> list[Event]:
    return list(await Event.filter(kind__in=list(kinds)).order_by("id"))


def usable_processors() -> set[int]:
    return os.sched_getaffinity(0) if sys.platform == "linux" else set()


def changes(event: Event) -> dict[str, Sequence[object]]:
    return dict(event.data.get("changes") or {})


async def test_the_demo_keeps_its_promises(db):
    said = await tell()
    assert said[0] == "12 people in 4 teams, 6 surveys"
    await check_company()
    await check_answers()
    await check_tickets()
    await check_log_agrees_with_tickets()
    await check_escalations()
    await check_absences()
    await check_nothing_is_left_to_do()


async def check_company() -> None:
    users = await User.all()
    types = {each.id: each.key for each in await UserType.all()}
    assert (len(users), await Team.all().count(), await Program.all().count()) == (12, 4, 3)
    assert {types[user.user_type_id] for user in users} == {each.key for each in BUILT_IN_USER_TYPES}
    admin = await User.get(email=f"{ADMIN}@{DOMAIN}")
    assert types[admin.user_type_id] == "organisation_admin"
    assert await is_password(PASSWORD, admin.password_hash)


async def check_answers() -> None:
    contacts = await Contact.all()
    assert len(contacts) == 400
    assert {contact.language for contact in contacts} == {"fr", "en"}
    phones = [contact.phone for contact in contacts if contact.phone]
    assert len(phones) > 250
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(phone)) for phone in phones)
    assert all(contact.email.endswith(".example") for contact in contacts if contact.email)
    responses = await Response.all().order_by("id")
    assert len(responses) == 640
    assert [each.submitted_at for each in responses] == sorted(each.submitted_at for each in responses)
    assert {each.survey_id for each in responses} == {survey.id for survey in await Survey.all()}
    assert all(each.embedded for each in responses)
    comments = Counter(each.comment for each in responses if each.score_class == ScoreClass.DETRACTOR)
    del comments[None]
    assert comments.total() > 70
    assert comments.most_common(1)[0][1] <= 3
    assert not [comment for comment in comments if "{" in str(comment)]
    classes = Counter(each.score_class for each in responses)
    assert classes[ScoreClass.PROMOTER] > classes[ScoreClass.PASSIVE] > classes[ScoreClass.DETRACTOR] > 0


async def check_tickets() -> None:
    tickets = await Ticket.all()
    assert 80 <= len(tickets) <= 125
    wanted = set(StatusCategory) - {StatusCategory.PENDING}  # no base status is pending
    assert {ticket.status_category for ticket in tickets} == wanted
    assert {ticket.kind for ticket in tickets} == set(TicketKind)
    assert {ticket.priority for ticket in tickets} == set(TicketPriority)
    assert {ticket.team_id for ticket in tickets} == {team.id for team in await Team.all()}
    assert any(ticket.assignee_id is None for ticket in tickets)
    assert any(ticket.is_escalated_manually for ticket in tickets)
    fresh = [ticket for ticket in tickets if ticket.created_at > NOON - timedelta(minutes=15)]
    assert len(fresh) >= 3
    assert NOON - max(ticket.last_activity_at for ticket in tickets) < timedelta(minutes=3)
    assert all(ticket.created_at <= ticket.last_activity_at <= NOON for ticket in tickets)
    old = [ticket for ticket in tickets if ticket.created_at < NOON - timedelta(days=20)]
    finished = [ticket for ticket in old if ticket.resolved_at is not None]
    assert len(finished) > 0.9 * len(old)


async def check_log_agrees_with_tickets() -> None:
    statuses = {status.id: status.category for status in await TicketStatus.all()}
    tickets = {ticket.id: ticket for ticket in await Ticket.all()}
    seen: dict[int, dict[str, object]] = {}
    for event in await Event.filter(ticket_id__isnull=False).order_by("id"):
        known = seen.setdefault(event.ticket_id, {})
        for column, (before, after) in changes(event).items():
            assert known.get(column, before) == before, (event.id, column)
            known[column] = after
    assert seen.keys() == tickets.keys()
    for number, ticket in tickets.items():
        assert all(getattr(ticket, column) == value for column, value in seen[number].items()), number
        assert ticket.status_category == statuses[ticket.status_id]
    noted = [event for event in await Event.filter(ticket_id__isnull=False) if event.data.get("comment_id")]
    assert len(noted) == await TicketComment.all().count() > 50
    times = await Event.all().order_by("id").values_list("at", flat=True)
    assert list(times) == sorted(times)


async def check_escalations() -> None:
    rules = await EscalationRule.all()
    assert len(rules) == 3
    runs = await EscalationRun.all()
    told = [event for event in await events(EventKind.TICKET_ESCALATED) if event.data.get("rule_id")]
    assert len(told) == len(runs) > 0
    assert {(event.ticket_id, event.data["rule_id"]) for event in told} == {
        (run.ticket_id, run.rule_id) for run in runs
    }
    prompt = [run for run in runs if timedelta(0) <= run.ran_at - run.due_at < timedelta(minutes=1)]
    assert all(run.ran_at >= run.due_at for run in runs)
    assert len(prompt) >= 0.8 * len(runs)  # the others were due when they were reopened or first given to somebody


async def check_absences() -> None:
    absences = await Absence.all()
    current = [each for each in absences if each.starts_at <= NOON < each.ends_at]
    assert len(current) == 2
    assert {each.substitute_id for each in current} & {each.user_id for each in current}, "a chain"
    assert any(each.starts_at > NOON for each in absences)
    given = await events(EventKind.TICKET_CREATED, EventKind.TICKET_ASSIGNED, EventKind.TICKET_ESCALATED)
    for event in given:
        receiver = changes(event).get("assignee_id", (None, None))[1]
        away = [each for each in absences if each.starts_at <= event.at < each.ends_at]
        assert receiver not in {each.user_id for each in away}, event.id
    forwarded = [event for event in given if event.data.get("forwarded_from")]
    assert any(event.data["via"] for event in forwarded)


async def check_nothing_is_left_to_do() -> None:
    assert await OutgoingMail.filter(sent_at=None).count() == 0
    assert (await sweep_due(now=NOON, address="http://localhost")).fired == 0
    viewer: Viewer = a_viewer()
    assert (await count_tickets(viewer, [TicketFilter(unassigned=True)], now=NOON))[0] > 0


async def test_the_same_day_tells_the_same_story(database_factory):
    stories = []
    for _ in range(2):
        await open_database(database_factory.fresh("sqlite"))
        await tell_history(end=NOON, scale=0.02, say=lambda line: None)
        told = await Event.all().order_by("id").values_list("kind", "at", "subject")
        comments = await Response.all().order_by("id").values_list("comment", flat=True)
        stories.append((list(told), list(comments)))
        await close_database()
    assert stories[0] == stories[1]


async def test_customers_go_on_answering(db):
    crowd = Crowd()
    with pytest.raises(NotAllowedNow):
        await crowd.send_one_answer(now=NOON)
    await tell_history(end=NOON, scale=0.01, say=lambda line: None)
    before = await Response.all().count()
    sent = [await crowd.send_one_answer(now=NOON + timedelta(seconds=number)) for number in range(12)]
    assert await Response.all().count() == before + 12
    assert await Contact.filter(external_reference_key__isnull=False, updated_at__gt=NOON, version__gt=1).count() == 0
    assert all(each.survey in str(each) and each.customer in str(each) for each in sent)


async def test_demo_data_goes_into_an_empty_database_only_and_says_how_to_sign_in(database_factory):
    settings = Settings(database_url=database_factory.fresh("sqlite"))
    assert "boucle user create" in (await welcome_lines(settings))[0]
    await open_database(settings.database)
    await tell_history(end=NOON, scale=0.01, say=lambda line: None)
    await close_database()
    processors = usable_processors()
    with pytest.raises(NotAllowedNow, match="--data-dir"):
        await fill(settings)
    assert usable_processors() == processors
    lines = await welcome_lines(settings)
    assert PASSWORD in lines[0]
    assert f"{ADMIN}@{DOMAIN}" in lines[1]
