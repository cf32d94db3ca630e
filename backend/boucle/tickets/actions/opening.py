"""Opening tickets by hand; `opening_by_rule` opens them from responses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from boucle.accounts.access import Viewer, require
from boucle.accounts.ownership import check_owner
from boucle.accounts.permissions import Permission
from boucle.contacts.access import visible_contacts
from boucle.contacts.actions import find_or_make_contact, names_to_hold
from boucle.contacts.phone_numbers import clean_phone
from boucle.contacts.rules import ContactDetails, clean_email, named
from boucle.events.actor import Actor
from boucle.events.log import record
from boucle.events.models import EventKind
from boucle.kit.errors import DomainError, Invalid, NotFound, Required, Several
from boucle.kit.ids import global_id
from boucle.kit.texts import clean_block, clean_line
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.models import Response, Survey
from boucle.tickets.actions.editing import checked_segment, checked_subject, data_of_response
from boucle.tickets.actions.owners import Recipient, check_team, checked_recipient
from boucle.tickets.actions.saving import status_by_key
from boucle.tickets.due_times import hold_rules, next_due_of, wake_up_at
from boucle.tickets.events import owner_changes, ticket_event
from boucle.tickets.models import Ticket, TicketKind, TicketPriority
from boucle.tickets.rules import LONGEST_COMMENT, PRIORITY_RANK, search_text_of

NEW = "new"
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket made by hand. `comment` holds the customer's words; `occurred_at` `None`: now."""

    subject: str
    customer_name: str
    customer_email: str | None = None
    customer_phone: str | None = None
    contact_id: int | None = None
    response_id: int | None = None
    survey_id: int | None = None
    priority: TicketPriority = TicketPriority.MEDIUM
    team_id: int | None = None
    assignee_id: int | None = None
    segment: str | None = None
    occurred_at: datetime | None = None
    comment: str | None = None


async def create_ticket(viewer: Viewer, given: NewTicket, *, now: datetime) -> Ticket:
    """Open a ticket by hand (TCR-12); it is linked to a response only where one is chosen (TCR-13).

    A customer with a name and an address is in the directory afterwards: the ticket belongs to whoever has the
    address, or to a contact that is made as an answer would make one, whatever the viewer may do with contacts.
    """
    require(viewer, Permission.TICKETS_WORK)
    customer = _checked_customer(given)
    async with unit_of_work():
        response = await _chosen_response(viewer, given.response_id)
        contact_id = await _chosen_contact(viewer, given.contact_id, response)
        person = _person_of(customer) if contact_id is None else None
        await hold_rules(names_to_hold(person) if person is not None else ())
        if person is not None:
            contact_id = await find_or_make_contact(viewer.actor, person, now=now)
        ticket = Ticket(
            kind=TicketKind.MANUAL,
            subject=checked_subject(given.subject),
            contact_id=contact_id,
            survey_id=await _chosen_survey(given.survey_id, response),
            team_id=await _chosen_team(viewer, given.team_id),
            occurred_at=_checked_moment(given.occurred_at, response, now=now),
            **customer,
            **_priority_and_segment(given.priority, checked_segment(given.segment, "segment")),
            **_from_response(response),
        )
        words = clean_block(given.comment, LONGEST_COMMENT, field=["input", "comment"])
        ticket.comment = words or ticket.comment
        recipient = await _chosen_recipient(viewer, given.assignee_id, now=now)
        return await _open(ticket, recipient, actor=viewer.actor, now=now)


def _checked_customer(given: NewTicket) -> dict[str, str | None]:
    errors: list[DomainError] = []

    def cleaned(name: str, clean: Callable[[], str | None]) -> str | None:
        try:
            return clean()
        except Invalid as error:
            error.field = ["input", name]
            errors.append(error)
            return None

    customer = {
        "customer_name": cleaned("customerName", lambda: clean_line(given.customer_name, LONGEST_NAME)),
        "customer_email": cleaned("customerEmail", lambda: clean_email(given.customer_email)),
        "customer_phone": cleaned("customerPhone", lambda: clean_phone(given.customer_phone)),
    }
    if customer["customer_name"] is None and not any(error.field == ["input", "customerName"] for error in errors):
        errors.append(Required("A ticket needs the customer's name.", field=["input", "customerName"]))
    if errors:
        raise Several(errors)
    return customer


def _person_of(customer: Mapping[str, str | None]) -> ContactDetails | None:
    """Return whom a contact is found or made of: a name with an address, by which they can be known again."""
    name, email, phone = customer["customer_name"], customer["customer_email"], customer["customer_phone"]
    if name is None or not (email or phone):
        return None
    return named(name, ContactDetails(email=email, phone=phone))


def _checked_moment(occurred_at: datetime | None, response: Response | None, *, now: datetime) -> datetime:
    if occurred_at is None:
        return response.submitted_at if response is not None else now
    if occurred_at > now:
        raise Invalid("The date of the feedback cannot lie in the future.", field=["input", "occurredAt"])
    return occurred_at


async def _chosen_response(viewer: Viewer, response_id: int | None) -> Response | None:
    if response_id is None:
        return None
    may_see = viewer.can(Permission.SURVEYS_READ) or viewer.can(Permission.CONTACTS_READ)
    response = await Response.get_or_none(id=response_id) if may_see else None
    if response is None:
        raise NotFound(
            "There is no response {id}, or you may not see it.",
            field=["input", "responseId"],
            id=global_id("rsp", response_id),
        )
    return response


async def _chosen_contact(viewer: Viewer, contact_id: int | None, response: Response | None) -> int | None:
    if contact_id is None:
        return response.contact_id if response is not None else None
    if response is not None and response.contact_id not in {None, contact_id}:
        raise Invalid("The response is another contact's. Leave the contact out.", field=["input", "contactId"])
    if not await visible_contacts(viewer).filter(id=contact_id).exists():
        raise NotFound(
            "There is no contact {id}, or you may not see it.",
            field=["input", "contactId"],
            id=global_id("con", contact_id),
        )
    return contact_id


async def _chosen_survey(survey_id: int | None, response: Response | None) -> int | None:
    if survey_id is None:
        return response.survey_id if response is not None else None
    if response is not None and response.survey_id != survey_id:
        raise Invalid("The response belongs to another survey. Leave the survey out.", field=["input", "surveyId"])
    if not await Survey.filter(id=survey_id).exists():
        raise NotFound("There is no survey {id}.", field=["input", "surveyId"], id=global_id("srv", survey_id))
    return survey_id


async def _chosen_team(viewer: Viewer, team_id: int | None) -> int | None:
    if team_id is None:
        return None
    await check_team(team_id, field=["input", "teamId"])
    if team_id not in viewer.team_ids:
        require(viewer, Permission.TICKETS_ASSIGN)
    return team_id


async def _chosen_recipient(viewer: Viewer, assignee_id: int | None, *, now: datetime) -> Recipient | None:
    if assignee_id is None:
        return None
    if assignee_id == viewer.user_id:
        await check_owner(assignee_id, field=["input", "assigneeId"])
        return Recipient(assignee_id)
    require(viewer, Permission.TICKETS_ASSIGN)
    return await checked_recipient(assignee_id, field=["input", "assigneeId"], now=now)


def _priority_and_segment(priority: TicketPriority, segment: str | None) -> dict[str, object]:
    return {
        "priority": priority,
        "priority_rank": PRIORITY_RANK[priority],
        "original_segment": segment,
        "current_segment": segment,
        "segment_at_creation": segment,
    }


def _from_response(response: Response | None) -> dict[str, object]:
    if response is None:
        return {}
    return {
        "response_id": response.id,
        "score": response.score,
        "score_maximum": response.score_maximum,
        "score_class": str(response.score_class) if response.score_class else None,
        "comment": response.comment,
    }


async def _open(ticket: Ticket, recipient: Recipient | None, *, actor: Actor, now: datetime) -> Ticket:
    """Store a ticket that has everything but its status, owner and times."""
    status = await status_by_key(NEW)
    ticket.status_id, ticket.status_category = status.id, status.category
    ticket.assignee_id = recipient.user_id if recipient is not None else None
    ticket.created_at = ticket.updated_at = ticket.last_activity_at = now
    ticket.version = 1
    ticket.is_escalated_manually = False
    ticket.search_text = search_text_of(
        subject=ticket.subject,
        customer_name=ticket.customer_name,
        customer_email=ticket.customer_email,
        customer_phone=ticket.customer_phone,
        data=await data_of_response(ticket.response_id),
        comment=ticket.comment,
    )
    due = await next_due_of(ticket)
    ticket.next_due_at = due.at if due is not None else None
    await ticket.save(force_create=True)
    wake_up_at(ticket.id, ticket.next_due_at)
    changes = await owner_changes(assignee=(None, ticket.assignee_id), team=(None, ticket.team_id))
    more: Mapping[str, object] = recipient.event_data if recipient is not None else {}
    await record(ticket_event(EventKind.TICKET_CREATED, ticket, actor=actor, at=now, changes=changes, more=more))
    return ticket
