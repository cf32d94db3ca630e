"""The main path: answer, contact, ticket and events in one commit, however often it is sent."""

import asyncio
from dataclasses import replace

import pytest

from boucle.accounts.models import Language, User
from boucle.contacts.models import Contact
from boucle.events.actor import CUSTOMER
from boucle.events.log import head, read_after
from boucle.events.models import EventKind
from boucle.flows.closing_the_loop import receive_response
from boucle.flows.escalation_mail import escalation_mails
from boucle.flows.receiving import Outcome
from boucle.kit.errors import Closed, IdempotencyMismatch, Several
from boucle.surveys.actions import state_of, update_survey
from boucle.surveys.answers import Submission
from boucle.surveys.models import Channel, Response, Survey, SurveyId
from boucle.surveys.rules import TicketRule
from boucle.tickets.actions import Escalation
from boucle.tickets.models import EscalationRule, Ticket
from tests.factories.contacts import NOON, a_viewer
from tests.factories.surveys import a_submission, make_survey
from tests.query_budget import query_budget

pytestmark = pytest.mark.usefixtures("queue")


async def receive(survey: Survey, submission: Submission) -> Outcome:
    return await receive_response(CUSTOMER, survey, submission, channel=Channel.INTAKE, now=NOON)


async def stored_ticket(outcome: Outcome) -> Ticket:
    assert outcome.ticket is not None
    return await Ticket.get(id=outcome.ticket.id)


async def close(survey: Survey) -> Survey:
    wanted = replace(state_of(survey), is_open=False)
    return await update_survey(a_viewer(), SurveyId(survey.id), survey.version, wanted, NOON)


async def test_an_unhappy_customer_becomes_a_contact_a_response_and_a_ticket(db):
    survey, start = await make_survey(), await head()
    outcome = await receive(survey, a_submission(2, first_name="Léa", last_name="Durand", phone="0612345678"))
    ticket, contact = await stored_ticket(outcome), await Contact.get()
    assert (ticket.response_id, ticket.contact_id) == (outcome.response.id, contact.id)
    assert (ticket.customer_name, ticket.customer_email) == ("Léa Durand", "lea@exemple.fr")
    assert (ticket.customer_phone, ticket.comment, ticket.score) == ("+33612345678", "Colis jamais reçu", 2)
    events = await read_after(start, limit=10)
    assert [event.kind for event in events] == [
        EventKind.CONTACT_CREATED,
        EventKind.RESPONSE_RECEIVED,
        EventKind.TICKET_CREATED,
    ]
    assert {event.contact_id for event in events} == {contact.id}


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_an_answer_costs_few_statements(db):
    survey = await make_survey()
    await receive(survey, a_submission(2, external_id="order-7"))
    with query_budget(5):  # write lock, external id, contact, response, event
        await receive(survey, a_submission(9, external_id="order-8"))
    with query_budget(7):
        assert (await receive(survey, a_submission(2))).ticket is not None


@pytest.mark.parametrize("score", [7, 10, None])
async def test_a_happy_or_silent_customer_opens_no_ticket(db, score):
    survey = await make_survey(definition=None)
    if score is None:
        wanted = replace(
            state_of(survey).definition,
            questions=tuple(replace(question, required=False) for question in state_of(survey).definition.questions),
        )
        survey = await make_survey(name="Libre", definition=wanted)
    outcome = await receive(survey, a_submission(score))
    assert outcome.ticket is None
    assert await Ticket.all().count() == 0
    assert (await Response.get()).score == score


async def test_the_rule_of_the_survey_decides_the_threshold(db):
    survey = await make_survey(ticket_rule=TicketRule(maximum_score=0))
    assert (await receive(survey, a_submission(1))).ticket is None
    assert (await receive(survey, a_submission(0))).ticket is not None


async def test_the_same_answer_sent_again_changes_nothing_and_gives_the_first_outcome(db):
    survey = await make_survey()
    first = await receive(survey, a_submission(2, external_id="order-7"))
    start = await head()
    again = await receive(await close(survey), a_submission(2, external_id="order-7"))
    assert first.ticket is not None
    assert again.ticket is not None
    assert again.is_repeat
    assert (again.response.id, again.ticket.id) == (first.response.id, first.ticket.id)
    assert [event.kind for event in await read_after(start, limit=9)] == [EventKind.SURVEY_UPDATED]


async def test_other_answers_under_a_known_external_id_are_refused(db):
    survey = await make_survey()
    await receive(survey, a_submission(2, external_id="order-7"))
    with pytest.raises(IdempotencyMismatch):
        await receive(survey, a_submission(9, external_id="order-7"))
    other = await make_survey(name="Autre")
    assert not (await receive(other, a_submission(9, external_id="order-7"))).is_repeat


async def test_an_answer_sent_many_times_at_once_is_stored_once(db):
    survey = await make_survey()
    outcomes = await asyncio.gather(*(receive(survey, a_submission(2, external_id="order-7")) for _ in range(6)))
    assert len({outcome.response.id for outcome in outcomes}) == 1
    assert sum(not outcome.is_repeat for outcome in outcomes) == 1
    assert (await Response.all().count(), await Ticket.all().count(), await Contact.all().count()) == (1, 1, 1)


async def test_answers_of_one_person_at_once_make_one_contact(db):
    survey = await make_survey()
    await asyncio.gather(*(receive(survey, a_submission(2, reason=f"Nº {number}")) for number in range(6)))
    assert (await Response.all().count(), await Ticket.all().count(), await Contact.all().count()) == (6, 6, 1)


async def test_an_answer_that_is_refused_leaves_nothing(db):
    start_survey = await make_survey()
    start = await head()
    with pytest.raises(Several):
        await receive(start_survey, a_submission(11))
    with pytest.raises(Closed):
        await receive(await make_survey(name="Brouillon", published=False), a_submission(2))
    assert (await Response.all().count(), await Contact.all().count()) == (0, 0)
    assert EventKind.RESPONSE_RECEIVED not in [event.kind for event in await read_after(start, limit=9)]


async def test_an_anonymous_answer_has_no_contact_and_still_opens_a_ticket(db):
    survey = await make_survey()
    outcome = await receive(survey, Submission({"recommendation": 1}))
    assert outcome.response.contact_id is None
    ticket = await stored_ticket(outcome)
    assert (ticket.contact_id, ticket.customer_name) == (None, "")


@pytest.mark.parametrize(("language", "line"), [("fr", "Client : anonyme"), ("en", "Customer: anonymous")])
async def test_the_mail_about_a_nameless_customer_speaks_the_recipients_language(db, language, line):
    ticket = await stored_ticket(await receive(await make_survey(), Submission({"recommendation": 1})))
    boss = User(name="Ana", email="ana@boucle.example", language=Language(language))
    escalation = Escalation(ticket, EscalationRule(name="4 h"), NOON, None)
    [mail] = escalation_mails([escalation], boss, address="http://boucle.example")
    assert line in mail.body


async def test_every_tracking_id_can_be_read_aloud(db):
    survey = await make_survey()
    ids = {(await receive(survey, a_submission(9))).response.tracking_id for _ in range(5)}
    assert len(ids) == 5
    assert all(len(each) == 11 and each[5] == "-" and not set(each) & set("ILOU") for each in ids)
