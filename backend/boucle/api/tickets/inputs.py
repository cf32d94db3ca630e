"""Inputs about tickets. In updates, a missing field stays as it is and null clears it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

import strawberry

from boucle.api.inputs import given
from boucle.kit.ids import number_of
from boucle.kit.texts import clean_line
from boucle.surveys.models import ScoreClass
from boucle.tickets import queries
from boucle.tickets.actions import Assignment, NewTicket, RuleDraft, TicketEdit
from boucle.tickets.actions.editing import IMMUTABLE
from boucle.tickets.models import EscalationRule, StatusCategory, Ticket, TicketKind, TicketPriority
from boucle.tickets.queries import TicketOrderField

T = TypeVar("T")
NEVER = "Always refused with IMMUTABLE: it never changes."


class SortDirection(StrEnum):
    """Which way a list runs."""

    ASC = "asc"
    DESC = "desc"


strawberry.enum(SortDirection, description="Which way a list runs.")


@strawberry.input(description="How tickets are sorted.")
class TicketOrder:
    field: TicketOrderField = strawberry.field(description="By what.")
    direction: SortDirection = strawberry.field(description="Ascending or descending.")

    def parsed(self) -> queries.TicketOrder:
        """Return the order as the domain takes it."""
        return queries.TicketOrder(self.field, is_descending=self.direction is SortDirection.DESC)


@strawberry.input(
    description="Which tickets; all conditions must hold. Null restricts nothing, an empty list matches nothing, "
    "false is the same as null."
)
class TicketFilter:
    text: str | None = strawberry.field(
        default=None,
        description="Words that all occur in subject, customer, data of the answer, comment or number; case and "
        "accents are free, and a phone number is found however it is written.",
    )
    status_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="In one of these statuses.")
    categories: list[StatusCategory] | None = strawberry.field(default=None, description="In one of these categories.")
    priorities: list[TicketPriority] | None = strawberry.field(default=None, description="Of one of these priorities.")
    kinds: list[TicketKind] | None = strawberry.field(default=None, description="Of one of these kinds.")
    survey_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="From one of these surveys.")
    team_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Owned by one of these teams.")
    assignee_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Owned by one of these people."
    )
    contact_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Of one of these customers.")
    segments: list[str] | None = strawberry.field(default=None, description="Now in one of these segments.")
    mine: bool | None = strawberry.field(default=None, description="Owned by the viewer.")
    my_teams: bool | None = strawberry.field(default=None, description="Owned by a team of the viewer.")
    unassigned: bool | None = strawberry.field(default=None, description="Owned by no person; a team does not count.")
    late: bool | None = strawberry.field(
        default=None, description="Past the due time, and neither resolved nor closed; escalated is a category."
    )
    without_due_time: bool | None = strawberry.field(default=None, description="Nothing is due on it.")
    created_after: datetime | None = strawberry.field(default=None, description="Opened at this moment or later.")
    created_before: datetime | None = strawberry.field(default=None, description="Opened before this moment.")
    due_after: datetime | None = strawberry.field(default=None, description="Due at this moment or later.")
    due_before: datetime | None = strawberry.field(default=None, description="Due before this moment.")
    minimum_score: int | None = strawberry.field(default=None, description="With at least this score.")
    maximum_score: int | None = strawberry.field(default=None, description="With at most this score.")

    score_classes: list[ScoreClass] | None = strawberry.field(
        default=None, description="With a score of one of these classes."
    )

    def parsed(self) -> queries.TicketFilter:
        """Return the filter as the domain takes it."""
        return queries.TicketFilter(
            text=self.text,
            status_ids=_numbers(self.status_ids, "sta", "statusIds"),
            categories=_tuple(self.categories),
            priorities=_tuple(self.priorities),
            kinds=_tuple(self.kinds),
            survey_ids=_numbers(self.survey_ids, "srv", "surveyIds"),
            team_ids=_numbers(self.team_ids, "tea", "teamIds"),
            assignee_ids=_numbers(self.assignee_ids, "usr", "assigneeIds"),
            contact_ids=_numbers(self.contact_ids, "con", "contactIds"),
            segments=None if self.segments is None else tuple(clean_line(each) or "" for each in self.segments),
            mine=self.mine,
            my_teams=self.my_teams,
            unassigned=self.unassigned,
            late=self.late,
            without_due_time=self.without_due_time,
            created_after=self.created_after,
            created_before=self.created_before,
            due_after=self.due_after,
            due_before=self.due_before,
            minimum_score=self.minimum_score,
            maximum_score=self.maximum_score,
            score_classes=_tuple(self.score_classes),
        )


def _numbers(ids: Sequence[strawberry.ID] | None, prefix: str, name: str) -> tuple[int, ...] | None:
    return None if ids is None else tuple(number_of(each, prefix, field=f"filter.{name}") for each in ids)


def _tuple(values: Sequence[T] | None) -> tuple[T, ...] | None:
    return None if values is None else tuple(values)


def _number(text: strawberry.ID | None, prefix: str, name: str) -> int | None:
    return None if text is None else number_of(text, prefix, field=name)


@strawberry.input(description="A ticket opened by hand.")
class TicketCreateInput:
    subject: str = strawberry.field(description="What it is about; up to 200 characters.")
    customer_name: str = strawberry.field(description="Who it is about; cannot be changed afterwards.")
    customer_email: str | None = strawberry.field(default=None, description="Cannot be changed afterwards.")
    customer_phone: str | None = strawberry.field(
        default=None, description="Cannot be changed afterwards. Without a country code it is read as French."
    )
    contact_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The customer in the directory. Null: whoever has the e-mail address or phone number, as they "
        "stand, or a new contact; none without either. Needs no right to contacts.",
    )
    response_id: strawberry.ID | None = strawberry.field(
        default=None, description="The response it is about: brings score, words, survey and contact along."
    )
    survey_id: strawberry.ID | None = strawberry.field(default=None, description="The survey it belongs to.")
    priority: TicketPriority | None = strawberry.field(default=None, description="Null: MEDIUM.")
    team_id: strawberry.ID | None = strawberry.field(
        default=None, description="Owning team; other teams than one's own need TICKETS_ASSIGN."
    )
    assignee_id: strawberry.ID | None = strawberry.field(
        default=None, description="Owner; others than oneself need TICKETS_ASSIGN. The absent are replaced."
    )
    segment: str | None = strawberry.field(default=None, description="Original and current segment.")
    occurred_at: datetime | None = strawberry.field(default=None, description="When it happened; null: now.")
    comment: str | None = strawberry.field(default=None, description="The customer's words.")

    def parsed(self) -> NewTicket:
        """Return the ticket as the domain takes it."""
        return NewTicket(
            subject=self.subject,
            customer_name=self.customer_name,
            customer_email=self.customer_email,
            customer_phone=self.customer_phone,
            contact_id=_number(self.contact_id, "con", "contactId"),
            response_id=_number(self.response_id, "rsp", "responseId"),
            survey_id=_number(self.survey_id, "srv", "surveyId"),
            priority=self.priority or TicketPriority.MEDIUM,
            team_id=_number(self.team_id, "tea", "teamId"),
            assignee_id=_number(self.assignee_id, "usr", "assigneeId"),
            segment=self.segment,
            occurred_at=self.occurred_at,
            comment=self.comment,
        )


@strawberry.input(description="Changes of a ticket's own fields. The last seven are refused, each with its reason.")
class TicketUpdateInput:
    subject: strawberry.Maybe[str] = strawberry.field(description="What it is called.")
    priority: strawberry.Maybe[TicketPriority] = strawberry.field(description="How urgent it is.")
    current_segment: strawberry.Maybe[str | None] = strawberry.field(description="Segment it is in now.")
    original_segment: strawberry.Maybe[str | None] = strawberry.field(description="Segment it was first meant for.")
    customer_name: strawberry.Maybe[str | None] = strawberry.field(description=NEVER)
    customer_email: strawberry.Maybe[str | None] = strawberry.field(description=NEVER)
    occurred_at: strawberry.Maybe[datetime | None] = strawberry.field(description=NEVER)
    key: strawberry.Maybe[str | None] = strawberry.field(description=NEVER)
    created_at: strawberry.Maybe[datetime | None] = strawberry.field(description=NEVER)
    response_id: strawberry.Maybe[strawberry.ID | None] = strawberry.field(description=NEVER)
    survey_id: strawberry.Maybe[strawberry.ID | None] = strawberry.field(description=NEVER)

    def immutable_asked(self) -> list[str]:
        """Return the names of the fields that never change and were given a value all the same."""
        values = {
            "customerName": self.customer_name,
            "customerEmail": self.customer_email,
            "occurredAt": self.occurred_at,
            "key": self.key,
            "createdAt": self.created_at,
            "responseId": self.response_id,
            "surveyId": self.survey_id,
        }
        assert values.keys() == IMMUTABLE.keys()
        return [name for name, value in values.items() if value is not None]

    def applied_to(self, row: Ticket) -> TicketEdit:
        """Return the ticket's fields with the changes that the client mentioned."""
        return TicketEdit(
            subject=given(self.subject, row.subject),
            priority=given(self.priority, row.priority),
            current_segment=given(self.current_segment, row.current_segment),
            original_segment=given(self.original_segment, row.original_segment),
        )


@strawberry.input(description="A new owner. A missing field stays as it is.")
class TicketAssignInput:
    assignee_id: strawberry.Maybe[strawberry.ID | None] = strawberry.field(
        description="The person; the absent are replaced by their substitute. Cannot be cleared (OWN-2)."
    )
    team_id: strawberry.Maybe[strawberry.ID | None] = strawberry.field(description="The team; null: none.")
    note: str | None = strawberry.field(default=None, description="Becomes a comment.")

    def applied_to(self, row: Ticket) -> Assignment:
        """Return the owners with the changes that the client mentioned."""
        return Assignment(
            assignee_id=_chosen(self.assignee_id, row.assignee_id, prefix="usr", name="assigneeId"),
            team_id=_chosen(self.team_id, row.team_id, prefix="tea", name="teamId"),
            note=self.note,
        )


def _chosen(
    value: strawberry.Maybe[strawberry.ID | None], standing: int | None, *, prefix: str, name: str
) -> int | None:
    return standing if value is None else _number(value.value, prefix, name)


@strawberry.input(description="An escalation rule as it shall be; exactly one recipient.")
class EscalationRuleInput:
    name: str = strawberry.field(description="What it is called.")
    survey_id: strawberry.ID | None = strawberry.field(default=None, description="Null: tickets of all surveys.")
    segment: str | None = strawberry.field(default=None, description="Null: tickets of all segments.")
    delay_minutes: int = strawberry.field(description="At least 1, at most a year.")
    recipient_user_id: strawberry.ID | None = strawberry.field(default=None, description="Becomes the owner.")
    recipient_team_id: strawberry.ID | None = strawberry.field(default=None, description="Becomes the team.")
    is_active: bool | None = strawberry.field(default=None, description="Null: true when new, else as it is.")

    def parsed(self, standing: EscalationRule | None = None) -> RuleDraft:
        """Return the rule as the domain takes it."""
        is_active = standing.is_active if standing is not None else True
        return RuleDraft(
            name=self.name,
            delay_minutes=self.delay_minutes,
            survey_id=_number(self.survey_id, "srv", "surveyId"),
            segment=self.segment,
            recipient_user_id=_number(self.recipient_user_id, "usr", "recipientUserId"),
            recipient_team_id=_number(self.recipient_team_id, "tea", "recipientTeamId"),
            is_active=is_active if self.is_active is None else self.is_active,
        )
