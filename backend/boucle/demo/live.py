"""Answers that go on coming in while somebody watches."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from boucle.contacts.models import Contact
from boucle.contacts.rules import ContactDetails
from boucle.demo.answers import Voice
from boucle.demo.contacts import Customer, make_customer
from boucle.demo.names import FRENCH_WOMEN
from boucle.demo.surveys import PLANS, SurveyPlan
from boucle.events.actor import CUSTOMER
from boucle.flows.closing_the_loop import receive_response
from boucle.kit.errors import NotAllowedNow
from boucle.surveys.models import Survey

UNHAPPY_SHARE = 0.45  # more than in life: what opens tickets is worth watching
NEWCOMER_SHARE = 0.2
FIRST_NEWCOMER = 1_000_000  # behind every customer number of the history


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer that came in."""

    at: datetime
    survey: str
    mark: int
    maximum: int
    customer: str
    comment: str | None
    ticket: str | None

    def __str__(self) -> str:
        ticket = f"  → {self.ticket}" if self.ticket else ""
        words = f"  {self.comment}" if self.comment else ""
        return f"{self.at:%H:%M:%S}  {self.mark}/{self.maximum}  {self.survey}, {self.customer}{ticket}{words}"


class Crowd:
    """All the customers of the demo company, of whom one after another answers."""

    def __init__(self) -> None:
        self._chance = Random()
        self._voice = Voice(self._chance)

    async def send_one_answer(self, *, now: datetime) -> Sent:
        """Let somebody answer one of the demo's surveys; raise `NotAllowedNow` where there are none."""
        surveys = {survey.key: survey for survey in await Survey.filter(key__in=[plan.key for plan in PLANS])}
        plans = [plan for plan in PLANS if plan.key in surveys]
        if not plans:
            raise NotAllowedNow("The demo company is not here. `boucle demo` makes it in an empty database.")
        plan = self._chance.choices(plans, [plan.weight for plan in plans])[0]
        customer, signature = await self._somebody()
        answer = self._voice.answer(plan, customer, now, mark=self._mark(plan), signature=signature)
        survey = surveys[plan.key]
        outcome = await receive_response(CUSTOMER, survey, answer.submission, channel=answer.channel, now=now)
        return Sent(
            at=now.astimezone(),
            survey=survey.name,
            mark=answer.mark,
            maximum=plan.points or 10,
            customer=customer.name,
            comment=outcome.response.comment,
            ticket=outcome.ticket.key if outcome.ticket else None,
        )

    def _mark(self, plan: SurveyPlan) -> int | None:
        """Return a mark that opens a ticket, or `None` for whatever people give."""
        is_unhappy = self._chance.random() < UNHAPPY_SHARE
        return self._chance.randint(0 if plan.points is None else 1, plan.threshold) if is_unhappy else None

    async def _somebody(self) -> tuple[Customer, ContactDetails]:
        """Return a customer of old, or now and then a new one."""
        chance = self._chance
        newest = await Contact.all().order_by("-id").first()
        if newest is None or chance.random() < NEWCOMER_SHARE:
            newcomer = make_customer(FIRST_NEWCOMER + chance.randrange(FIRST_NEWCOMER), chance)
            return newcomer, newcomer.details
        known = await Contact.filter(id__lte=chance.randint(1, newest.id)).order_by("-id").first() or newest
        return _customer_of(known), ContactDetails(
            email=known.email, phone=known.phone, external_reference=known.external_reference
        )


def _customer_of(contact: Contact) -> Customer:
    first = contact.first_name or contact.name
    language = "en" if contact.language == "en" else "fr"
    is_woman = first in FRENCH_WOMEN
    return Customer(contact.id, first, contact.last_name, contact.email, contact.phone, language, is_woman)
