"""Ninety days of the demo company, told act by act through the real actions with a moved clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random

from boucle.contacts.actions import create_contact
from boucle.demo.answers import Answer, Voice
from boucle.demo.company import ADMIN, LEAVES, PEOPLE, TEAMS, Company, Leave, found_company, plan_leave
from boucle.demo.contacts import Customer, make_customer
from boucle.demo.desk import WORKERS, Case, Desk
from boucle.demo.notes import BY_HAND
from boucle.demo.surveys import LOYAL, PLANS, make_escalation_rules, make_surveys
from boucle.demo.timetable import Timetable, moments
from boucle.demo.words import Deck, Topic
from boucle.events.actor import CUSTOMER
from boucle.flows.closing_the_loop import receive_response
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.models import ScoreClass, Survey
from boucle.tickets.actions import NewTicket, create_ticket
from boucle.tickets.models import StatusId, Ticket, TicketPriority, TicketStatus

SEED = 2026
LASTS = timedelta(days=90)
PREPARATION = timedelta(days=97)
CUSTOMERS, NEW_CUSTOMERS, ANSWERS, BY_HAND_TICKETS = 5000, 3400, 8000, 48
LAST_HOURS, ANSWERS_OF_LAST_HOURS = timedelta(hours=4), 40
ACTS_PER_COMMIT = 250
# Whoever signs in finds tickets that are minutes old: (how long ago, survey, mark).
FRESH = (
    (timedelta(minutes=14), "magasins-nord", 3),
    (timedelta(minutes=6), "livraison", 1),
    (timedelta(minutes=2), "apres-commande-web", 2),
)
ESCALATED_AGO = timedelta(minutes=41)
Say = Callable[[str], None]


@dataclass(slots=True)
class History:
    """The story so far and what it is told with."""

    company: Company
    surveys: Mapping[str, Survey]
    timetable: Timetable
    desk: Desk
    voice: Voice
    chance: Random
    subjects: Deck[tuple[str, str]]
    known: list[tuple[Customer, int]] = field(default_factory=list)  # with their contact's id
    lukewarm: list[tuple[int, Answer, Customer]] = field(default_factory=list)  # answers that opened no ticket
    answers: int = 0

    async def customer_answers(
        self, newcomer: Customer | None, survey_key: str | None, mark: int | None, at: datetime
    ) -> None:
        """Let one customer answer; a newcomer becomes a contact by it."""
        plan = self.voice.plan() if survey_key is None else next(each for each in PLANS if each.key == survey_key)
        customer = newcomer or self.known[int(len(self.known) * self.chance.random() ** 1.6)][0]
        signature = customer.details if newcomer is not None or survey_key is not None else None
        answer = self.voice.answer(plan, customer, at, mark=mark, signature=signature)
        survey = self.surveys[plan.key]
        outcome = await receive_response(CUSTOMER, survey, answer.submission, channel=answer.channel, now=at)
        self.answers += 1
        response = outcome.response
        if newcomer is not None and response.contact_id is not None:
            self.known.append((newcomer, response.contact_id))
        if outcome.ticket is not None:
            ticket = await Ticket.get(id=outcome.ticket.id)
            self.desk.receive(Case(ticket, answer.topic, answer.scene), at)
        elif response.score_class is ScoreClass.PASSIVE and response.comment and response.contact_id:
            self.lukewarm.append((response.id, answer, customer))

    async def somebody_opens_ticket(self, at: datetime) -> None:
        """Let an employee open a ticket by hand, now and then about an answer that opened none."""
        handle = self.chance.choice([each for each in WORKERS if not self.company.is_away(each, at)])
        viewer = self.company.viewers[handle]
        team = next(person.teams[0] for person in PEOPLE if person.handle == handle)
        subject, words = self.subjects.draw()
        customer, contact_id = self.chance.choice(self.known)
        topic = self.chance.choice((Topic.PHONE, Topic.LATE, Topic.SITE, Topic.STOCK))
        scene = self.voice.answer(self.voice.plan(), customer, at).scene
        response_id = None
        if self.lukewarm and self.chance.random() < 0.2:
            response_id, answer, customer = self.lukewarm.pop()
            subject, topic, scene = f"À rappeler : avis mitigé de {customer.name}", answer.topic, answer.scene
        wanted = NewTicket(
            subject=subject,
            customer_name=customer.name,
            customer_email=customer.email,
            customer_phone=customer.phone,
            contact_id=contact_id if response_id is None else None,
            response_id=response_id,
            priority=self.chance.choice(list(TicketPriority)),
            team_id=self.company.teams[team],
            assignee_id=viewer.user_id if self.chance.random() < 0.6 else None,
            segment=LOYAL if self.chance.random() < 0.2 else None,
            comment=words if response_id is None else None,
        )
        self.desk.receive(Case(await create_ticket(viewer, wanted, now=at), topic, scene), at)

    async def leave_is_planned(self, leave: Leave, at: datetime) -> None:
        """Let somebody enter their absence."""
        await plan_leave(self.company, leave, now=at)


async def tell_history(*, end: datetime, scale: float = 1.0, say: Say) -> None:
    """Fill an empty, founded database with a story that ends at `end`; a smaller `scale` makes a smaller company."""
    chance = Random(SEED)
    begin = end - PREPARATION
    async with unit_of_work():
        company = await found_company(at=begin, end=end)
        surveys = await make_surveys(company, now=begin + timedelta(hours=3))
        await make_escalation_rules(company, surveys, now=begin + timedelta(hours=4))
        statuses = {status.key: StatusId(status.id) for status in await TicketStatus.all()}
    say(f"{len(PEOPLE)} people in {len(TEAMS)} teams, {len(surveys)} surveys")
    timetable = Timetable(end)
    desk = Desk(company, timetable, statuses, chance)
    history = History(company, surveys, timetable, desk, Voice(chance), chance, Deck(BY_HAND, chance))
    customers = [make_customer(number, chance) for number in range(round(CUSTOMERS * scale))]
    newcomers = round(NEW_CUSTOMERS * scale)
    await _import_customers(history, customers[newcomers:], begin + timedelta(hours=5), say)
    _plan(history, customers[:newcomers], end=end, scale=scale)
    await _live_through(history, say)


async def _import_customers(history: History, customers: list[Customer], at: datetime, say: Say) -> None:
    """Enter those whom the shop knew before, a hundred an hour."""
    admin = history.company.viewers[ADMIN]
    for first in range(0, len(customers), ACTS_PER_COMMIT):
        async with unit_of_work():
            for place, customer in enumerate(customers[first : first + ACTS_PER_COMMIT], start=first):
                now = at + timedelta(seconds=36 * place)
                contact = await create_contact(admin, customer.details, now=now)
                history.known.append((customer, contact.id))
    say(f"{len(customers)} customers known before")


def _plan(history: History, newcomers: list[Customer], *, end: datetime, scale: float) -> None:
    """Put everything on the timetable that does not follow from something else."""
    chance, timetable, start = history.chance, history.timetable, end - LASTS
    of_last_hours = round(ANSWERS_OF_LAST_HOURS * scale)
    number = round(ANSWERS * scale) - of_last_hours - len(FRESH)
    times = moments(number, start=start, end=end - LAST_HOURS, chance=chance)
    times += [end - LAST_HOURS * chance.random() ** 2 - timedelta(seconds=20) for _ in range(of_last_hours)]
    places = dict(zip(chance.sample(range(len(times)), len(newcomers)), newcomers, strict=True))
    for place, at in enumerate(times):
        timetable.plan(at, partial(history.customer_answers, places.get(place), None, None))
    for ago, survey_key, mark in FRESH:
        timetable.plan(end - ago, partial(history.customer_answers, None, survey_key, mark))
    for at in moments(round(BY_HAND_TICKETS * scale), start=start, end=end, chance=chance):
        timetable.plan(timetable.at_work(at, chance), history.somebody_opens_ticket)
    for leave in LEAVES:
        timetable.plan(end + leave.planned, partial(history.leave_is_planned, leave))
    timetable.plan(end - ESCALATED_AGO, history.desk.escalate_one)


async def _live_through(history: History, say: Say) -> None:
    """Let everything happen in its order, many acts to a commit."""
    report_at = history.timetable.end - LASTS * 2 / 3
    while not history.timetable.is_over:
        async with unit_of_work():
            for at, act in history.timetable.upcoming(ACTS_PER_COMMIT):
                await act(at)
        if at >= report_at:
            report_at += LASTS / 3
            say(f"until {at:%d %B}: {history.answers} answers, {len(history.desk.cases)} tickets")
