"""The loop as most would write it with Tortoise: one transaction for each answer, a model for each row.

All rules are those of Boucle: idempotent by external id, contacts matched by reference, e-mail and phone and brought up
to date, tickets by the survey's rule with owner, priority, segment and due time, every step in the log. Checking an
answer and deciding who gets a ticket are Boucle's own functions; only what talks to the database is written anew.
"""

from datetime import datetime

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from boucle.accounts.models import Team, User
from boucle.contacts.actions.values import DERIVED_FIELDS, TEXT_FIELDS, derived_values, wanted_values
from boucle.contacts.models import Contact
from boucle.contacts.queries import MATCH_COLUMNS
from boucle.contacts.rules import Candidate, ContactDetails, choose_match, match_keys
from boucle.events.models import ActorKind, Event, EventKind
from boucle.surveys.actions.responses import new_tracking_id
from boucle.surveys.answers import CheckedAnswers, Submission, check_answers
from boucle.surveys.models import Channel, Response, ResponseState, Survey
from boucle.surveys.queries import open_version
from boucle.surveys.rules import TicketRule, should_open_ticket, ticket_rule_from_json
from boucle.surveys.sameness import digest_of
from boucle.tickets.actions.owners import held_substitutes, recipient_among
from boucle.tickets.due_times import next_due_of
from boucle.tickets.events import owned_data, owner_changes
from boucle.tickets.models import Ticket, TicketKind, TicketPriority, TicketStatus
from boucle.tickets.rules import PRIORITY_RANK, automatic_subject, search_text_of


async def receive(survey: Survey, submission: Submission, *, channel: Channel, now: datetime) -> Response:
    """Take one answer."""
    async with in_transaction():
        digest = digest_of(submission)
        known = await Response.get_or_none(survey_id=survey.id, external_id=submission.external_id)
        if known is not None:
            assert known.input_hash == digest, "a mismatch"
            return known
        version = await open_version(survey)
        checked = check_answers(version.definition, submission)
        contact = None
        if not checked.details.is_empty:
            details = checked.details.with_fallback(checked.language or survey.language)
            contact = await _contact(details, now)
        response = await _response(survey, version.id, submission, checked, contact, digest, channel, now)
        rule = ticket_rule_from_json(survey.ticket_rule)
        if should_open_ticket(rule, response.score):
            await _ticket(survey, rule, response, contact, now)
        return response


async def _contact(details: ContactDetails, now: datetime) -> Contact:
    shared = [Q(**{MATCH_COLUMNS[key.field]: key.value}) for key in match_keys(details)]
    known = await Contact.filter(Q(*shared, join_type=Q.OR)).select_for_update().order_by("id") if shared else []
    candidates = [Candidate(each.id, each.external_reference_key, each.email_key, each.phone) for each in known]
    matched = choose_match(details, candidates)
    values = wanted_values(details)
    if matched is None:
        values["language"] = values["language"] or details.fallback_language
        contact = await Contact.create(**values, **derived_values(values), created_at=now, updated_at=now)
        changes = {name: (None, value) for name, value in values.items() if value}
        await _log(EventKind.CONTACT_CREATED, f"con_{contact.id}", now, {"changes": changes}, contact_id=contact.id)
        return contact
    contact = next(each for each in known if each.id == matched)
    told = {name: value for name, value in values.items() if value and getattr(contact, name) != value}
    if told:
        changes = {name: (getattr(contact, name), value) for name, value in told.items()}
        contact.update_from_dict(told)
        contact.update_from_dict(derived_values({name: getattr(contact, name) for name in TEXT_FIELDS}))
        contact.updated_at, contact.version = now, contact.version + 1
        await contact.save(update_fields=[*told, *DERIVED_FIELDS, "updated_at", "version"])
        await _log(EventKind.CONTACT_UPDATED, f"con_{contact.id}", now, {"changes": changes}, contact_id=contact.id)
    return contact


async def _response(
    survey: Survey,
    version_id: int,
    submission: Submission,
    checked: CheckedAnswers,
    contact: Contact | None,
    digest: str,
    channel: Channel,
    now: datetime,
) -> Response:
    score = checked.score
    response = await Response.create(
        survey_id=survey.id,
        survey_version_id=version_id,
        contact_id=contact.id if contact else None,
        external_id=submission.external_id,
        input_hash=digest,
        tracking_id=new_tracking_id(),
        state=ResponseState.COMPLETED,
        channel=channel,
        language=checked.language or survey.language,
        answers=checked.values,
        embedded=checked.embedded,
        score=score.value if score else None,
        score_maximum=score.maximum if score else None,
        score_kind=score.kind.value if score else None,
        score_class=score.score_class if score else None,
        comment=checked.comment,
        submitted_at=now,
    )
    await _log_response(response)
    return response


async def _log_response(response: Response) -> None:
    data = {
        "survey_id": response.survey_id,
        "channel": response.channel.value,
        "score": response.score,
        "score_maximum": response.score_maximum,
        "score_class": response.score_class,
    }
    subject, at = f"rsp_{response.id}", response.submitted_at
    about = {"contact_id": response.contact_id, "response_id": response.id}
    await _log(EventKind.RESPONSE_RECEIVED, subject, at, data, **about)


def _new_ticket(survey: Survey, rule: TicketRule, response: Response, contact: Contact | None, subject: str) -> Ticket:
    customer = {
        "customer_name": contact.name if contact else "",
        "customer_email": contact.email if contact else None,
        "customer_phone": contact.phone if contact else None,
    }
    return Ticket(
        kind=TicketKind.AUTOMATIC,
        origin=f"response:{response.id}",
        subject=subject,
        priority=TicketPriority(rule.priority),
        priority_rank=PRIORITY_RANK[TicketPriority(rule.priority)],
        contact_id=contact.id if contact else None,
        survey_id=survey.id,
        response_id=response.id,
        score=response.score,
        score_maximum=response.score_maximum,
        score_class=response.score_class,
        comment=response.comment,
        original_segment=rule.segment,
        current_segment=rule.segment,
        segment_at_creation=rule.segment,
        is_escalated_manually=False,
        version=1,
        search_text=search_text_of(
            subject=subject, comment=response.comment, data=response.embedded.values(), **customer
        ),
        **customer,
    )


async def _ticket(survey: Survey, rule: TicketRule, response: Response, contact: Contact | None, now: datetime) -> None:
    status = await TicketStatus.get(key="new")
    meant = await User.get_or_none(id=rule.assignee_id, is_active=True) if rule.assignee_id is not None else None
    substitutes = await held_substitutes([meant.id], now=now) if meant is not None else {}
    recipient = recipient_among(meant.id, substitutes) if meant is not None else None
    team = await Team.get_or_none(id=rule.team_id) if rule.team_id is not None else None
    subject = automatic_subject(
        survey=survey.name, comment=response.comment, score=response.score, score_maximum=response.score_maximum
    )
    ticket = _new_ticket(survey, rule, response, contact, subject)
    ticket.status_id, ticket.status_category = status.id, status.category
    ticket.team_id, ticket.assignee_id = team.id if team else None, recipient.user_id if recipient else None
    for name in ("occurred_at", "created_at", "updated_at", "last_activity_at"):
        setattr(ticket, name, now)
    due = await next_due_of(ticket)
    ticket.next_due_at = due.at if due else None
    await ticket.save()
    changes = await owner_changes(assignee=(None, ticket.assignee_id), team=(None, ticket.team_id))
    data = owned_data(changes, team_id=ticket.team_id, assignee_id=ticket.assignee_id)
    await _log(
        EventKind.TICKET_CREATED,
        f"tkt_{ticket.id}",
        now,
        data | dict(recipient.event_data if recipient else {}),
        actor=ActorKind.SYSTEM,
        ticket_id=ticket.id,
        contact_id=ticket.contact_id,
        response_id=response.id,
    )


async def _log(
    kind: EventKind,
    subject: str,
    at: datetime,
    data: dict[str, object],
    *,
    actor: ActorKind = ActorKind.CUSTOMER,
    **things: int | None,
) -> None:
    await Event.create(kind=kind, subject=subject, at=at, actor_kind=actor, data=data, **things)
