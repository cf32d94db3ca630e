"""The main path: an answer comes in, its customer is found, an unhappy one becomes a ticket; all in one commit."""

from dataclasses import dataclass, replace
from datetime import datetime

from boucle.contacts.actions import match_or_make_contact
from boucle.contacts.models import Contact
from boucle.contacts.rules import ContactDetails
from boucle.events.actor import Actor
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.actions import earlier_response, store_response
from boucle.surveys.answers import Submission, check_answers
from boucle.surveys.models import Channel, Response, Survey
from boucle.surveys.queries import open_version
from boucle.surveys.rules import ticket_rule_from_json
from boucle.tickets.actions import open_ticket_for_response
from boucle.tickets.models import Ticket
from boucle.tickets.queries import ticket_of_response


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer. `ticket` is `None` where none was opened; a repeat changed nothing."""

    response: Response
    ticket: Ticket | None
    is_repeat: bool


async def receive_response(
    actor: Actor, survey: Survey, submission: Submission, *, channel: Channel, now: datetime
) -> Outcome:
    """Store an answer, match or make its contact, open a ticket where the survey's rule says so.

    The same external id with the same answers gives the first outcome again, even after the survey was closed.
    Raises `Closed`, `IdempotencyMismatch`, or `Several` with every wrong answer; then nothing is stored.
    """
    async with unit_of_work():
        known = await earlier_response(survey, submission)
        if known is not None:
            return Outcome(known, await ticket_of_response(known.id), is_repeat=True)
        version = await open_version(survey)
        checked = check_answers(version.definition, submission)
        contact = await _contact(actor, checked.details, language=checked.language or survey.language, now=now)
        response = await store_response(
            actor,
            survey,
            version,
            submission,
            checked=checked,
            contact_id=contact.id if contact else None,
            channel=channel,
            now=now,
        )
        rule = ticket_rule_from_json(survey.ticket_rule)
        ticket = await open_ticket_for_response(response=response, survey=survey, contact=contact, rule=rule, now=now)
        return Outcome(response, ticket, is_repeat=False)


async def _contact(actor: Actor, details: ContactDetails, *, language: str, now: datetime) -> Contact | None:
    """Return who answered; `None` for an answer that says nothing of its author."""
    if details.is_empty:
        return None
    return await match_or_make_contact(actor, replace(details, fallback_language=language), now=now)
