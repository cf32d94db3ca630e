"""Changes of a ticket's own fields and of its status."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from boucle.accounts.access import Viewer
from boucle.accounts.ownership import check_may_own, hold_owners, owners_among
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.errors import DomainError, Immutable, NotFound, Required, Several
from boucle.kit.ids import global_id
from boucle.kit.phrases import Phrase
from boucle.kit.texts import clean_line
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.models import Response
from boucle.tickets.access import access_ticket
from boucle.tickets.actions.saving import check_version, save, status_values
from boucle.tickets.due_times import hold_rules
from boucle.tickets.events import FieldChange, owner_changes, plain_change, status_change, ticket_event
from boucle.tickets.models import StatusId, Ticket, TicketId, TicketPriority, TicketStatus
from boucle.tickets.rules import (
    LONGEST_SEGMENT,
    LONGEST_SUBJECT,
    PRIORITY_RANK,
    is_finished,
    search_text_of,
    transition_refusal,
)

# Asked for by the name of the input (FLD-1, FLD-10), answered with the reason (FLD-14).
IMMUTABLE: Mapping[str, Phrase] = {
    "customerName": Phrase("The customer's name is part of what came in and never changes on the ticket."),
    "customerEmail": Phrase("The customer's e-mail is part of what came in and never changes on the ticket."),
    "occurredAt": Phrase("The date of the feedback is part of what came in and never changes."),
    "key": Phrase("A ticket keeps its number for ever, people quote it."),
    "createdAt": Phrase("The time of creation is a fact and never changes."),
    "responseId": Phrase("The response that a ticket comes from never changes. Open another ticket instead."),
    "surveyId": Phrase("The survey that a ticket comes from never changes. Open another ticket instead."),
}


@dataclass(frozen=True, slots=True)
class TicketEdit:
    """The editable fields as they shall be; take those that stay from the ticket."""

    subject: str
    priority: TicketPriority
    current_segment: str | None
    original_segment: str | None

    @classmethod
    def of(cls, ticket: Ticket) -> "TicketEdit":
        """Return the fields as they are."""
        return cls(ticket.subject, ticket.priority, ticket.current_segment, ticket.original_segment)


def refuse_immutable(asked: Sequence[str]) -> None:
    """Raise for every field that never changes, each named with its reason."""
    errors: list[DomainError] = [
        Immutable("{reason}", field=["input", name], reason=IMMUTABLE[name]) for name in asked if name in IMMUTABLE
    ]
    if errors:
        raise errors[0] if len(errors) == 1 else Several(errors)


async def update_ticket(viewer: Viewer, ticket_id: TicketId, edit: TicketEdit, *, seen: int, now: datetime) -> Ticket:
    """Change subject, priority or segments; nothing happens where nothing differs."""
    async with unit_of_work():
        await hold_rules()
        ticket = await access_ticket(viewer, ticket_id, for_work=True)
        await check_version(ticket, seen, now=now)
        changes = _changes(TicketEdit.of(ticket), _checked(edit))
        if not changes:
            return ticket
        await save(ticket, await _values(ticket, changes), now=now)
        await record(ticket_event(_kind(changes), ticket, actor=viewer.actor, at=now, changes=changes))
        return ticket


def _checked(edit: TicketEdit) -> TicketEdit:
    return TicketEdit(
        subject=checked_subject(edit.subject),
        priority=edit.priority,
        current_segment=checked_segment(edit.current_segment, "currentSegment"),
        original_segment=checked_segment(edit.original_segment, "originalSegment"),
    )


def checked_subject(text: str) -> str:
    """Return a subject on one line; raise where it is missing or too long."""
    subject = clean_line(text, LONGEST_SUBJECT, field=["input", "subject"])
    if subject is None:
        raise Required("A ticket needs a subject.", field=["input", "subject"])
    return subject


def checked_segment(text: str | None, name: str) -> str | None:
    """Return a segment's name on one line, `None` for none; raise where it is too long."""
    return clean_line(text, LONGEST_SEGMENT, field=["input", name])


def _changes(before: TicketEdit, after: TicketEdit) -> list[FieldChange]:
    pairs = [(each.name, getattr(before, each.name), getattr(after, each.name)) for each in fields(TicketEdit)]
    return [plain_change(name, old, new) for name, old, new in pairs if old != new]


async def _values(ticket: Ticket, changes: Sequence[FieldChange]) -> dict[str, object]:
    values: dict[str, object] = {change.column: change.after for change in changes}
    if "priority" in values:
        values["priority_rank"] = PRIORITY_RANK[TicketPriority(str(values["priority"]))]
    if "subject" in values:
        values["search_text"] = search_text_of(
            subject=str(values["subject"]),
            customer_name=ticket.customer_name,
            customer_email=ticket.customer_email,
            customer_phone=ticket.customer_phone,
            data=await data_of_response(ticket.response_id),
            comment=ticket.comment,
        )
    return values


async def data_of_response(response_id: int | None) -> Iterable[str]:
    """Return the values that came along with the answer that a ticket is from."""
    response = await Response.get_or_none(id=response_id) if response_id is not None else None
    return response.embedded.values() if response is not None else ()


def _kind(changes: Sequence[FieldChange]) -> EventKind:
    names = {change.column for change in changes}
    if names == {"priority"}:
        return EventKind.TICKET_PRIORITY_CHANGED
    if names <= {"current_segment", "original_segment"}:
        return EventKind.TICKET_SEGMENT_CHANGED
    return EventKind.TICKET_UPDATED


async def change_status(
    viewer: Viewer, ticket_id: TicketId, status_id: StatusId, *, seen: int, now: datetime
) -> Ticket:
    """Move the ticket to another status within the transition rules (FLD-4, LIF-3).

    Whoever reopens a ticket whose owner may own none any more takes it: finished ones stay with those who leave.
    """
    async with unit_of_work():
        await hold_rules()
        ticket = await access_ticket(viewer, ticket_id, for_work=True)
        await check_version(ticket, seen, now=now)
        statuses = await TicketStatus.in_bulk([ticket.status_id, status_id], "id")
        before, after = statuses[ticket.status_id], statuses.get(status_id)
        if after is None:
            raise NotFound("There is no status {id}.", field="statusId", id=global_id("sta", status_id))
        if after.id == before.id:
            return ticket
        if (refusal := transition_refusal(before, after)) is not None:
            refusal.field = ["statusId"]
            raise refusal
        taken = await taken_by_reopening(viewer, ticket, after, now=now)
        values = status_values(after, now=now, resolved_before=ticket.resolved_at)
        await save(ticket, values | {"assignee_id": ticket.assignee_id} if taken else values, now=now)
        await record(
            *taken,
            ticket_event(
                EventKind.TICKET_STATUS_CHANGED,
                ticket,
                actor=viewer.actor,
                at=now,
                changes=[status_change(before, after)],
            ),
        )
        return ticket


async def taken_by_reopening(viewer: Viewer, ticket: Ticket, after: TicketStatus, *, now: datetime) -> list[NewEvent]:
    """Make the viewer the owner where work begins again and the owner can do none; return what the log is told."""
    before = ticket.assignee_id
    if before is None or not is_finished(ticket.status_category) or is_finished(after.category):
        return []
    await hold_owners([before, viewer.user_id])
    if before in await owners_among([before]):
        return []
    await check_may_own(viewer.user_id, field=["id"])
    changes = await owner_changes(assignee=(before, viewer.user_id), team=(None, None))
    ticket.assignee_id = viewer.user_id
    return [ticket_event(EventKind.TICKET_ASSIGNED, ticket, actor=viewer.actor, at=now, changes=changes)]
