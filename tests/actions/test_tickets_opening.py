"""How tickets begin: by the survey's rule, and by hand."""

import asyncio
from datetime import timedelta

import pytest
from tortoise.exceptions import IntegrityError

from boucle.accounts.models import User
from boucle.accounts.permissions import Permission
from boucle.contacts.models import Contact
from boucle.contacts.rules import ContactDetails
from boucle.events.actor import CUSTOMER
from boucle.events.models import Event, EventKind
from boucle.flows.closing_the_loop import receive_response
from boucle.kit.errors import DomainError, Forbidden, Invalid, NotFound, Required
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.models import Channel
from boucle.surveys.rules import TicketRule
from boucle.tickets.actions import NewTicket, create_ticket
from boucle.tickets.models import Ticket, TicketKind, TicketPriority, TicketStatus
from tests.factories.accounts import make_absence, make_team, make_user, make_viewer
from tests.factories.contacts import NOON, a_viewer, make_contact
from tests.factories.surveys import a_submission, make_survey
from tests.factories.tickets import event_kinds, last_event, make_rule, make_ticket

HOUR = timedelta(hours=1)


async def answered(rule: TicketRule, *, score: int = 2) -> Ticket | None:
    survey = await make_survey(ticket_rule=rule)
    outcome = await receive_response(CUSTOMER, survey, a_submission(score), channel=Channel.PAGE, now=NOON)
    return await Ticket.get(id=outcome.ticket.id) if outcome.ticket is not None else None


async def test_a_bad_answer_becomes_a_ticket_with_everything_the_agent_needs(db, queue):
    team = await make_team()
    ticket = await answered(TicketRule(team_id=team.id, segment="vip", priority="high"))
    assert ticket is not None
    ticket = await Ticket.get(id=ticket.id)
    assert ticket.kind is TicketKind.AUTOMATIC
    assert ticket.key == f"T-{ticket.id}"
    assert ticket.subject == "Colis jamais reçu"
    assert (ticket.customer_email, ticket.comment) == ("lea@exemple.fr", "Colis jamais reçu")
    assert (ticket.score, ticket.score_maximum, ticket.score_class) == (2, 10, "detractor")
    assert (ticket.team_id, ticket.assignee_id) == (team.id, None)
    assert (ticket.priority, ticket.priority_rank) == (TicketPriority.HIGH, 3)
    assert ticket.original_segment == ticket.current_segment == ticket.segment_at_creation == "vip"
    assert (await TicketStatus.get(id=ticket.status_id)).key == "new"
    assert ticket.occurred_at == ticket.created_at == NOON
    assert await event_kinds(ticket) == ["ticket_created"]
    event = await last_event(ticket)
    assert (event.contact_id, event.response_id) == (ticket.contact_id, ticket.response_id)
    assert event.data["changes"] == {"team_id": [None, team.id]}
    assert event.data["owners"] == {"team_id": team.id, "assignee_id": None}


@pytest.mark.parametrize("score", [7, 10])
async def test_a_score_above_the_rules_limit_opens_nothing(db, queue, score):
    assert await answered(TicketRule(), score=score) is None


async def test_a_rule_that_is_switched_off_opens_nothing(db, queue):
    assert await answered(TicketRule(enabled=False)) is None


async def test_a_response_has_one_automatic_ticket_for_ever(db, queue):
    first = await answered(TicketRule())
    assert first is not None
    async with unit_of_work():
        twin = Ticket(**{name: getattr(first, name) for name in first._meta.fields_db_projection if name != "id"})
        with pytest.raises(IntegrityError):
            await twin.save(force_create=True)


async def test_the_rules_absent_assignee_is_replaced_by_the_substitute(db, queue):
    away, between, there = await make_user(), await make_user(), await make_user()
    await make_absence(away, between)
    await make_absence(between, there)
    ticket = await answered(TicketRule(assignee_id=away.id))
    assert ticket is not None
    assert ticket.assignee_id == there.id
    data = (await last_event(ticket)).data
    assert (data["forwarded_from"], data["via"]) == (away.id, [between.id])


async def test_an_assignee_who_left_leaves_the_ticket_to_the_team(db, queue):
    gone, team = await make_user(), await make_team()
    survey = await make_survey(ticket_rule=TicketRule(assignee_id=gone.id, team_id=team.id))
    async with unit_of_work():
        await User.filter(id=gone.id).update(is_active=False)
    outcome = await receive_response(CUSTOMER, survey, a_submission(), channel=Channel.PAGE, now=NOON)
    assert outcome.ticket is not None
    ticket = await Ticket.get(id=outcome.ticket.id)
    assert (ticket.assignee_id, ticket.team_id) == (None, team.id)


async def test_an_automatic_ticket_is_due_by_the_earliest_rule_and_a_job_is_asked_for(db, queue):
    owner, lead = await make_user(), await make_user()
    await make_rule(recipient_user_id=lead.id, delay_minutes=120, now=NOON - HOUR)
    await make_rule(recipient_user_id=lead.id, delay_minutes=60, now=NOON - HOUR)
    ticket = await answered(TicketRule(assignee_id=owner.id))
    assert ticket is not None
    assert (await Ticket.get(id=ticket.id)).next_due_at == NOON + HOUR
    name, arguments, at, job_id = queue.asked[-1]
    assert (name, arguments) == ("escalate_ticket", (ticket.id,))
    assert at is not None
    assert NOON + HOUR < at <= NOON + HOUR + timedelta(milliseconds=5)
    assert job_id == f"escalate:{ticket.id}:{int((NOON + HOUR).timestamp())}"


async def test_an_unassigned_ticket_is_never_due(db, queue):
    lead = await make_user()
    await make_rule(recipient_user_id=lead.id, now=NOON - HOUR)
    ticket = await answered(TicketRule())
    assert ticket is not None
    assert ticket.next_due_at is None


async def test_a_manual_ticket_keeps_what_was_typed(db, queue):
    contact = await make_contact()
    viewer = await make_viewer()
    given = NewTicket(
        subject="  Refund   missing ",
        customer_name="Léa Durand",
        customer_email="lea@exemple.fr",
        customer_phone="06 12 34 56 78",
        contact_id=contact.id,
        assignee_id=viewer.user_id,
        segment="vip",
        occurred_at=NOON - HOUR,
        comment="Where is my money?",
    )
    ticket = await Ticket.get(id=(await create_ticket(viewer, given, now=NOON)).id)
    assert ticket.kind is TicketKind.MANUAL
    assert (ticket.subject, ticket.customer_phone) == ("Refund missing", "+33612345678")
    assert (ticket.assignee_id, ticket.contact_id, ticket.response_id) == (viewer.user_id, contact.id, None)
    assert (ticket.occurred_at, ticket.created_at) == (NOON - HOUR, NOON)
    assert ticket.priority is TicketPriority.MEDIUM
    event = await last_event(ticket)
    assert (event.kind.value, event.actor_id) == ("ticket_created", viewer.user_id)
    assert event.data["labels"] == {"assignee": [None, viewer.name]}


async def test_a_manual_ticket_from_a_response_brings_its_score_words_survey_and_contact(db, queue):
    automatic = await answered(TicketRule())
    assert automatic is not None
    viewer = a_viewer()
    manual = await make_ticket(viewer=viewer, response_id=automatic.response_id)
    assert (manual.score, manual.comment) == (2, "Colis jamais reçu")
    assert (manual.survey_id, manual.contact_id) == (automatic.survey_id, automatic.contact_id)
    assert manual.origin is None


@pytest.mark.parametrize(
    ("given", "error", "field"),
    [
        ({"subject": " "}, Required, ["input", "subject"]),
        ({"customer_name": "  "}, Required, ["input", "customerName"]),
        ({"customer_email": "nobody"}, Invalid, ["input", "customerEmail"]),
        ({"customer_phone": "12"}, Invalid, ["input", "customerPhone"]),
        ({"occurred_at": NOON + HOUR}, Invalid, ["input", "occurredAt"]),
        ({"contact_id": 999}, NotFound, ["input", "contactId"]),
        ({"response_id": 999}, NotFound, ["input", "responseId"]),
        ({"survey_id": 999}, NotFound, ["input", "surveyId"]),
        ({"team_id": 999}, NotFound, ["input", "teamId"]),
        ({"assignee_id": 999}, NotFound, ["input", "assigneeId"]),
        ({"subject": "x" * 201}, Invalid, ["input", "subject"]),
        ({"segment": "x" * 81}, Invalid, ["input", "segment"]),
    ],
)
async def test_a_wrong_field_is_named_and_nothing_is_stored(db, queue, given, error, field):
    with pytest.raises(DomainError) as caught:
        await make_ticket(viewer=a_viewer(), **given)
    (part,) = caught.value.parts
    assert isinstance(part, error)
    assert part.field == field
    assert await Ticket.all().count() == 0


async def test_giving_a_new_ticket_to_others_needs_the_right_to_assign(db, queue):
    other, team = await make_user(), await make_team()
    taker = await make_viewer()
    for given in ({"assignee_id": other.id}, {"team_id": team.id}):
        with pytest.raises(Forbidden):
            await make_ticket(viewer=taker, **given)
    with pytest.raises(Forbidden):
        await make_ticket(viewer=a_viewer(Permission.TICKETS_READ))


async def test_a_contact_in_a_ticket_must_be_visible_to_its_author(db, queue):
    contact = await make_contact(ContactDetails(first_name="Léa", last_name="Durand"))
    blind = a_viewer(Permission.TICKETS_READ, Permission.TICKETS_WORK)
    with pytest.raises(NotFound):
        await make_ticket(viewer=blind, contact_id=contact.id)


async def test_a_customer_with_an_address_is_in_the_directory_afterwards(db, queue):
    taker = await make_viewer()
    assert not taker.can(Permission.CONTACTS_EDIT)
    customer = {"customer_name": "Barnabé de Picard", "customer_email": "Barnabe@exemple.fr"}
    first = await make_ticket(viewer=taker, **customer)
    contact = await Contact.get(id=first.contact_id)
    assert (contact.first_name, contact.last_name, contact.email) == ("Barnabé", "de Picard", "Barnabe@exemple.fr")
    made = await Event.get(kind=EventKind.CONTACT_CREATED)
    assert (made.contact_id, made.actor_id) == (contact.id, taker.user_id)
    second = await make_ticket(viewer=taker, **customer)
    assert second.contact_id == first.contact_id


async def test_a_known_customer_is_found_by_address_or_number_and_stays_as_they_were(db, queue):
    known = await make_contact(ContactDetails(first_name="Léa", last_name="Durand", phone="+33612345678"))
    ticket = await make_ticket(viewer=a_viewer(), customer_name="Mme Durand", customer_phone="06 12 34 56 78")
    assert ticket.contact_id == known.id
    now = await Contact.get(id=known.id)
    assert (now.first_name, now.last_name, now.version) == ("Léa", "Durand", known.version)


async def test_a_customer_without_an_address_is_not_in_the_directory(db, queue):
    ticket = await make_ticket(viewer=a_viewer(), customer_name="Quelqu’un au comptoir")
    assert ticket.contact_id is None
    assert await Contact.all().count() == 0


async def test_a_refused_ticket_leaves_no_contact_behind(db, queue):
    with pytest.raises(Invalid):
        await make_ticket(viewer=a_viewer(), subject="x" * 201, customer_email="lea@exemple.fr")
    assert await Contact.all().count() == 0


async def test_tickets_at_once_for_one_new_customer_make_one_contact(db, queue):
    taker = await make_viewer()
    tickets = await asyncio.gather(*(make_ticket(viewer=taker, customer_email="lea@exemple.fr") for _ in range(3)))
    assert {ticket.contact_id for ticket in tickets} == {(await Contact.get()).id}
