"""Answers that share a commit leave what they would have left one after another; one bad answer fails alone."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tortoise.exceptions import BaseORMException

from boucle.contacts.models import Contact
from boucle.contacts.rules import ContactDetails
from boucle.events.actor import CUSTOMER, user_actor
from boucle.events.log import head, read_after, request_id_var
from boucle.events.models import Event, EventKind
from boucle.flows.closing_the_loop import receive_response, receive_responses
from boucle.flows.receiving import Arrival, Outcome, arrival_of, receive_together
from boucle.kit import row_batches
from boucle.kit.database import close_database, fetch, open_database
from boucle.kit.errors import DomainError, IdempotencyMismatch, Several
from boucle.kit.jobs import RecordingQueue, install_queue
from boucle.kit.row_batches import ENOUGH_TO_COPY
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.actions import state_of, update_survey
from boucle.surveys.answers import Submission
from boucle.surveys.models import Channel, Response, Survey, SurveyId
from boucle.surveys.queries import open_version
from boucle.surveys.rules import TicketRule
from boucle.tickets.models import Ticket
from tests.databases import Databases
from tests.factories.accounts import make_absence, make_team, make_user
from tests.factories.contacts import NOON, a_viewer
from tests.factories.surveys import a_submission, full_definition, make_survey
from tests.factories.tickets import make_rule
from tests.query_budget import query_budget
from tests.stored_answers import TABLES, stored_after

DRAWS = 40
MOST = 12
HOUR = timedelta(hours=1)
NOTHING = dict.fromkeys(TABLES, 0)


class Undo(Exception):
    """Takes a unit of work back."""


@dataclass
class World:
    """Surveys of every kind, with a ticket for somebody who may be away."""

    surveys: list[Survey]
    user_id: int


async def make_world() -> World:
    team, away, there, lead = await make_team(), await make_user(), await make_user(name="Zoé"), await make_user()
    await make_absence(away, there, starts_at=NOON + 5 * HOUR, ends_at=NOON + 9 * HOUR)
    await make_rule(recipient_user_id=lead.id, delay_minutes=90, now=NOON + 4 * HOUR)
    rule = TicketRule(team_id=team.id, assignee_id=away.id, segment="vip", priority="medium")
    closed = await make_survey(name="Fermée")
    wanted = replace(state_of(closed), is_open=False)
    optional = replace(
        full_definition(), questions=tuple(replace(each, required=False) for each in full_definition().questions)
    )
    return World(
        surveys=[
            await make_survey(name="Suivie", ticket_rule=rule),
            await make_survey(name="Simple", definition=optional),
            await update_survey(a_viewer(), SurveyId(closed.id), closed.version, wanted, NOON),
        ],
        user_id=there.id,
    )


contacts = st.builds(
    ContactDetails,
    first_name=st.sampled_from([None, "Léa", "Zoé"]),
    last_name=st.sampled_from([None, "Durand"]),
    email=st.sampled_from([None, None, "lea@exemple.fr", "LEA@exemple.fr", "zoe@exemple.fr"]),
    phone=st.sampled_from([None, None, "06 12 34 56 78", "+33612345679"]),
    external_reference=st.sampled_from([None, None, "C-1", "c-1", "C-2"]),
    language=st.sampled_from([None, "fr", "en"]),
)
submissions = st.builds(
    Submission,
    answers=st.fixed_dictionaries(
        {},
        optional={
            "recommendation": st.sampled_from([0, 3, 6, 7, 10, 11]),
            "reason": st.sampled_from(["Colis jamais reçu", "Très\nbien", ""]),
            "first_name": st.sampled_from(["Anaïs", ""]),
        },
    ),
    embedded=st.sampled_from([{}, {"STORE": "Lyon"}]),
    contact=contacts,
    language=st.sampled_from([None, None, "en", "de"]),
    external_id=st.sampled_from([None, None, "x1", "x2", "\x00"]),
)


@dataclass(frozen=True)
class Draw:
    """One answer that somebody sends."""

    submission: Submission
    survey: int
    minutes: int
    by_user: bool
    opens_ticket: bool
    is_old: bool


draws = st.builds(
    Draw,
    submission=submissions,
    survey=st.sampled_from([0, 0, 0, 1, 1, 2]),
    minutes=st.integers(0, 600),
    by_user=st.booleans(),
    opens_ticket=st.sampled_from([True, True, True, False]),
    is_old=st.booleans(),
)


async def arrived(world: World, drawn: Draw) -> Arrival:
    now = NOON + timedelta(minutes=drawn.minutes)
    request_id_var.set(f"request-{drawn.minutes}")
    return await arrival_of(
        user_actor(world.user_id) if drawn.by_user else CUSTOMER,
        world.surveys[drawn.survey],
        drawn.submission,
        channel=Channel.INTAKE,
        now=now,
        submitted_at=now - 24 * HOUR if drawn.is_old else None,
        opens_ticket=drawn.opens_ticket,
    )


def told(outcome: Outcome | DomainError, stored: Mapping[str, int]) -> object:
    """What the sender hears, with numbers in the order of the rows."""
    if isinstance(outcome, DomainError):
        return [(type(part), part.field, part.message) for part in outcome.parts]
    response = outcome.response
    return (
        stored[f"rsp_{response.id}"],
        stored.get(f"con_{response.contact_id}"),
        stored[f"tkt_{outcome.ticket.id}"] if outcome.ticket else None,
        outcome.is_repeat,
        (response.score, response.score_maximum, response.score_class, response.comment),
    )


async def content(outcomes: Sequence[Outcome | DomainError]) -> object:
    """All that is stored and told."""
    plain, places = await stored_after(NOTHING)
    return plain, [told(outcome, places) for outcome in outcomes]


async def left_by(arrivals: Sequence[Arrival], *, together: bool) -> object:
    """What the answers leave, taken back afterwards."""
    left: list[object] = []
    outcomes: list[Outcome | DomainError] = []
    with suppress(Undo):
        async with unit_of_work() as work:
            if together:
                outcomes = await receive_together(arrivals)
            else:
                for arrival in arrivals:
                    outcomes += await receive_together([arrival])
            for call in work.before_commit:
                await call()
            left.append(await content(outcomes))
            raise Undo
    return left[0]


@pytest.mark.parametrize("enough_to_copy", [2, ENOUGH_TO_COPY])
def test_a_batch_leaves_what_one_after_another_leaves(
    engine: str, database_factory: Databases, monkeypatch: pytest.MonkeyPatch, enough_to_copy: int
) -> None:
    monkeypatch.setattr(row_batches, "ENOUGH_TO_COPY", enough_to_copy)
    with asyncio.Runner() as runner:
        install_queue(RecordingQueue())
        runner.run(open_database(database_factory.fresh(engine)))
        world = runner.run(make_world())

        @settings(max_examples=DRAWS, deadline=None, suppress_health_check=list(HealthCheck))
        @given(drawn=st.lists(draws, min_size=2, max_size=MOST))
        def compare(drawn: list[Draw]) -> None:
            arrivals = [runner.run(arrived(world, each)) for each in drawn]
            one_by_one = runner.run(left_by(arrivals, together=False))
            assert runner.run(left_by(arrivals, together=True)) == one_by_one

        try:
            compare()
        finally:
            runner.run(close_database())


@pytest.fixture
async def survey(db: str, queue: RecordingQueue) -> Survey:
    survey = await make_survey()
    await open_version(survey)  # from now on it is known, and nobody comes later for reading it
    return survey


async def submitted(survey: Survey, *submissions: Submission) -> list[Outcome | BaseException]:
    """What becomes of answers that are handed in at the same time."""
    calls = [receive_response(CUSTOMER, survey, each, channel=Channel.INTAKE, now=NOON) for each in submissions]
    return await asyncio.gather(*calls, return_exceptions=True)


def numbered(number: int, **more: Any) -> Submission:
    return a_submission(2, external_id=f"n{number}", email=f"c{number}@exemple.fr", **more)


async def test_one_person_who_answers_again_within_a_batch_is_updated_in_order(survey):
    start = await head()
    by_reference = ContactDetails(external_reference="C-1")
    await receive_responses(
        [
            await arrival_of(CUSTOMER, survey, each, channel=Channel.API, now=NOON)
            for each in (
                a_submission(2, email="lea@exemple.fr", first_name="Léa"),
                replace(a_submission(9, email="LEA@exemple.fr", last_name="Durand"), contact=by_reference),
                replace(a_submission(1, email="autre@exemple.fr"), contact=by_reference),
                a_submission(10, email="lea@exemple.fr"),
            )
        ]
    )
    first, second = await Contact.all().order_by("id")
    assert (first.first_name, first.last_name, first.email, first.external_reference) == (
        "Léa",
        "Durand",
        "autre@exemple.fr",
        "C-1",
    )
    assert (first.version, second.email) == (3, "lea@exemple.fr")  # the address was given up, so its next user is new
    events = await read_after(start, limit=20)
    assert [event.kind.value for event in events] == [
        "contact_created",
        "response_received",
        "ticket_created",
        "contact_updated",
        "response_received",
        "contact_updated",
        "response_received",
        "ticket_created",
        "contact_created",
        "response_received",
    ]
    assert events[5].data["changes"] == {"email": ["lea@exemple.fr", "autre@exemple.fr"]}
    assert [ticket.customer_email for ticket in await Ticket.all().order_by("id")] == [
        "lea@exemple.fr",
        "autre@exemple.fr",
    ]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_batch_costs_few_statements_however_large_it_is(survey):
    await submitted(survey, numbered(0))
    with query_budget(11):
        outcomes = await submitted(survey, *(numbered(number) for number in range(1, 101)))
    assert all(isinstance(outcome, Outcome) and outcome.ticket for outcome in outcomes)


async def test_answers_that_wait_are_one_commit(survey):
    start = await head()
    await submitted(survey, *(numbered(number) for number in range(30)))
    events = await read_after(start, limit=200)
    assert len(events) == 90
    if events[0].txid:
        assert len({event.txid for event in events}) == 1


async def test_each_event_names_the_request_that_it_belongs_to(survey):
    async def requested(number: int) -> None:
        request_id_var.set(f"request-{number}")
        await receive_response(CUSTOMER, survey, numbered(number), channel=Channel.INTAKE, now=NOON)

    await asyncio.gather(*(asyncio.create_task(requested(number)) for number in range(5)))
    for number in range(5):
        response = await Response.get(external_id=f"n{number}")
        contact = await Contact.get(email=f"c{number}@exemple.fr")
        events = await Event.filter(contact_id=contact.id).order_by("id")
        assert [event.request_id for event in events] == [f"request-{number}"] * 3
        assert events[1].response_id == response.id


async def test_wrong_answers_fail_beside_right_ones(survey):
    right, wrong, twin, other = await submitted(
        survey, numbered(1), a_submission(11), numbered(1), replace(numbered(1), embedded={"store": "Lille"})
    )
    assert isinstance(right, Outcome)
    assert isinstance(wrong, Several)
    assert isinstance(twin, Outcome)
    assert isinstance(other, IdempotencyMismatch)
    assert (twin.is_repeat, twin.response, twin.ticket) == (True, right.response, right.ticket)
    assert await Response.all().count() == 1


@asynccontextmanager
async def refusing(engine: str, words: str) -> AsyncIterator[None]:
    """Let the database itself refuse answers with these words, as any constraint would."""
    if engine == "sqlite":
        trigger = (
            "CREATE TRIGGER refusing BEFORE INSERT ON responses WHEN NEW.comment = '{}' "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    else:
        trigger = "ALTER TABLE responses ADD CONSTRAINT refusing CHECK (comment <> '{}')"
    async with unit_of_work():
        await fetch(trigger.format(words))
    yield


@pytest.mark.parametrize("bad", [{7}, {0, 19}, set(range(20))])
async def test_what_only_the_database_refuses_fails_alone(survey, engine, bad):
    given = [numbered(number, reason="refuse" if number in bad else "Bien") for number in range(20)]
    start = await head()
    async with refusing(engine, "refuse"):
        outcomes = await submitted(survey, *given)
    assert {place for place, outcome in enumerate(outcomes) if isinstance(outcome, BaseORMException)} == bad
    assert sum(isinstance(outcome, Outcome) for outcome in outcomes) == 20 - len(bad)
    stored = {response.external_id for response in await Response.all()}
    assert stored == {f"n{number}" for number in range(20) if number not in bad}
    assert await Contact.all().count() == await Ticket.all().count() == len(stored)
    assert [event.kind for event in await read_after(start, limit=99)].count(EventKind.RESPONSE_RECEIVED) == len(stored)


async def test_whoever_stops_waiting_takes_nobody_along(survey):
    calls = [
        asyncio.create_task(receive_response(CUSTOMER, survey, numbered(number), channel=Channel.INTAKE, now=NOON))
        for number in range(4)
    ]
    await asyncio.sleep(0)
    calls[1].cancel()
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert isinstance(outcomes[1], asyncio.CancelledError)
    assert all(isinstance(outcomes[place], Outcome) for place in (0, 2, 3))


@pytest.mark.parametrize("engine", ["postgres"])
async def test_batches_of_two_processes_about_the_same_people_never_block_each_other(survey):
    """Each call is a batch of its own, as those of another process are."""

    async def batch(turn: int) -> Sequence[Outcome | Exception]:
        given = [
            replace(
                a_submission(2, external_id=f"n{(number * (1 if turn % 2 else 7)) % 20}"),
                contact=ContactDetails(
                    email=f"c{(number * 3 + turn) % 10}@exemple.fr", phone=f"061234567{number % 10}"
                ),
            )
            for number in range(20)
        ]
        return await receive_responses(
            [await arrival_of(CUSTOMER, survey, each, channel=Channel.API, now=NOON) for each in given]
        )

    batches = await asyncio.wait_for(asyncio.gather(*(batch(turn) for turn in range(8))), 30)
    assert not [
        each for outcomes in batches for each in outcomes if not isinstance(each, Outcome | IdempotencyMismatch)
    ]
    assert await Response.all().count() == 20
