"""GraphQL types of tickets and escalation rules."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.accounts.types import VERSION, Team, User
from boucle.api.connections import Connection
from boucle.api.contacts.types import Contact
from boucle.api.context import Context
from boucle.api.rows import (
    RowObject,
    as_viewer,
    column,
    computed,
    computed_together,
    everybody,
    expression,
    global_id,
    paged,
    row_type,
    to_many,
    to_one,
)
from boucle.api.surveys.types import Response, Survey
from boucle.kit.conditions import NEVER, Condition, HasRow, IsMissing
from boucle.kit.database import Dialect
from boucle.kit.errors import Invalid
from boucle.kit.pagination import NEWEST_FIRST
from boucle.planner.declarations import Kind, Link, Rows, Values
from boucle.surveys.models import ScoreClass
from boucle.tickets import access, models, rules
from boucle.tickets.models import StatusCategory, TicketKind, TicketPriority
from boucle.tickets.queries import RulePreview, ticket_statuses, users_who_work

if TYPE_CHECKING:
    from boucle.api.events.types import Event

LazyEvent = Annotated["Event", strawberry.lazy("boucle.api.events.types")]
MOST_LAST_EVENTS = 10


@row_type(
    models.TicketStatus,
    visible=everybody,
    description="A label and a colour over a fixed category; also a column of the kanban.",
)
class TicketStatus(RowObject):
    id: strawberry.ID = global_id("sta")
    key: str = column(
        "Fixed name. Base statuses: new, open, in_progress, escalated, resolved, closed; "
        "screens translate those by the key."
    )
    name: str = column("Label for people.")
    category: StatusCategory = column("What the status means.")
    colour: str = column("Name of a colour of the palette.")
    position: int = column("Place among the columns, ascending.")


@strawberry.type(description="What the viewer may do with one ticket as it is now.")
class TicketRights:
    work: bool = strawberry.field(description="Change fields and status, comment.")
    assign: bool = strawberry.field(
        description="Give it to other people and teams; false: the viewer lacks the right TICKETS_ASSIGN."
    )
    take: bool = strawberry.field(description="Become its owner; false for one's own and for finished tickets.")
    escalate: bool = strawberry.field(description="Escalate by hand; false once done and for finished tickets.")

    @classmethod
    def of(cls, rights: rules.TicketRights) -> Self:
        return cls(work=rights.work, assign=rights.assign, take=rights.take, escalate=rights.escalate)


def _key(alias: str, _dialect: Dialect) -> str:
    return f"'T-' || {alias}.id"


def _customer_name(alias: str, _dialect: Dialect) -> str:
    return f"nullif({alias}.customer_name, '')"


def _newest_first(_asker: Context) -> Rows:
    return Rows(order=NEWEST_FIRST)


def _last_events(_asker: Context, first: Annotated[int, strawberry.argument(description="How many, 1 to 10.")]) -> Rows:
    if not 1 <= first <= MOST_LAST_EVENTS:
        raise Invalid(
            "`{name}` is {given}; it must be from 1 to {most}.",
            field="first",
            name="first",
            given=first,
            most=MOST_LAST_EVENTS,
        )
    return Rows(order=NEWEST_FIRST, limit=first)


async def _assignable(
    _asker: Context,
    rows: Sequence[Values],
    search: Annotated[
        str | None, strawberry.argument(description="Words that all occur in name or address; null: everybody.")
    ] = None,
) -> list[list[User]]:
    found = [User.numbered(row.id) for row in await users_who_work(search=search or None)]
    return [found for _ in rows]


async def _allowed_statuses(asker: Context, rows: Sequence[Values]) -> list[list[TicketStatus]]:
    if not asker.signed_in.can(Permission.TICKETS_WORK):
        return [[] for _ in rows]
    statuses = {status.id: status for status in await ticket_statuses()}
    return [
        [
            TicketStatus.of(status)
            for status in statuses.values()
            if status.id != row["status_id"] and rules.transition_refusal(statuses[row["status_id"]], status) is None
        ]
        for row in rows
    ]


def _rights(asker: Context, row: Values) -> TicketRights:
    rights = rules.rights_on(
        asker.signed_in,
        assignee_id=row["assignee_id"],
        category=StatusCategory(row["status_category"]),
        is_escalated_manually=row["is_escalated_manually"],
    )
    return TicketRights.of(rights)


@row_type(models.Ticket, visible=as_viewer(access.visibility), description="One unit of follow-up with one customer.")
class Ticket(RowObject):
    id: strawberry.ID = global_id("tkt")
    key: str = expression("The number people quote, e.g. T-42; for ever.", _key, Kind.TEXT, "id")
    kind: TicketKind = column("How it came to be.")
    subject: str = column("What it is called; editable.")
    priority: TicketPriority = column("How urgent it is; editable.")
    customer_name: str | None = expression(
        "As it came in; never changes (FLD-1). Null: the answer said nothing of its author.",
        _customer_name,
        Kind.TEXT,
        "customer_name",
    )
    customer_email: str | None = column("As it came in; never changes. Null: unknown.")
    customer_phone: str | None = column("As it came in; never changes. Null: unknown.")
    score: int | None = column("The customer's mark; null without a response that has one.")
    score_maximum: int | None = column("Best possible mark; null without a score.")
    score_class: ScoreClass | None = column("Class of the score; null without one.")
    comment: str | None = column("The customer's words; null where there are none.")
    original_segment: str | None = column("Segment it was first meant for; editable. Null: none.")
    current_segment: str | None = column("Segment it is in now; editable. Null: none.")
    segment_at_creation: str | None = column("Segment it began in; never changes. Null: none.")
    occurred_at: datetime = column("When the customer said it; never changes.")
    created_at: datetime = column("When the ticket was opened; never changes.")
    updated_at: datetime = column("When anybody last did anything with it.")
    last_activity_at: datetime = column("When something last happened; lists sort by it.")
    resolved_at: datetime | None = column("Since when it is resolved; null while it is not.")
    closed_at: datetime | None = column("Since when it is closed; null while it is not.")
    escalated_at: datetime | None = column("When it was last escalated; null: never.")
    is_escalated_manually: bool = column("Escalated by hand: rules leave it alone for ever.")
    next_due_at: datetime | None = column(
        "When a rule escalates it unless somebody acts; null when no rule waits. May be a moment ago."
    )
    version: int = column(VERSION)
    status: TicketStatus = to_one("Where it stands.", on="status_id")
    team: Team | None = to_one("The team that owns it; null: none.", on="team_id")
    assignee: User | None = to_one(
        "The one person who owns it; null: nobody yet. Once there is one there always is.", on="assignee_id"
    )
    contact: Contact | None = to_one(
        "The customer; null: not in the directory, or the viewer may not see contacts.", on="contact_id"
    )
    survey: Survey | None = to_one(
        "The survey it comes from; never changes. Null: none.", on="survey_id", seen_with_parent=True
    )
    response: Response | None = to_one(
        "The response it comes from; never changes. Null: none was chosen.", on="response_id", seen_with_parent=True
    )
    comments: Connection["TicketComment"] = paged(
        "Notes of colleagues, oldest first.", Link("ticket_id", seen_with_parent=True)
    )
    activity: Connection[LazyEvent] = paged(
        "Everything that happened to it, newest first.", Link("ticket_id", seen_with_parent=True), _newest_first
    )
    last_events: list[LazyEvent] = to_many(
        "The newest events, newest first, for a line in a list.",
        Link("ticket_id", seen_with_parent=True),
        _last_events,
    )
    assignable_users: list[User] = computed_together(
        "People who may own tickets, by name; at most 50: active, with the right to work on tickets.", _assignable, "id"
    )
    allowed_statuses: list[TicketStatus] = computed_together(
        "Statuses that the viewer may move it to now; empty without the right to work.", _allowed_statuses, "status_id"
    )
    viewer_can: TicketRights = computed(
        "What the viewer may do with it.", _rights, "assignee_id", "status_category", "is_escalated_manually"
    )


def _of_visible_ticket(asker: Context) -> Condition:
    visible = NEVER if asker.viewer is None else access.visibility(asker.viewer)
    return HasRow("tickets", "ticket_id", "id", visible)


@row_type(
    models.TicketComment,
    visible=_of_visible_ticket,
    description="An internal note; never changed, never shown to the customer.",
)
class TicketComment(RowObject):
    id: strawberry.ID = global_id("cmt")
    body: str = column("The note as it was written.")
    created_at: datetime = column("When it was written.")
    ticket: Ticket = to_one("The ticket it is about.", on="ticket_id", seen_with_parent=True)
    author: User | None = to_one("Who wrote it; null: the system.", on="author_id")


def _standing_rules(asker: Context) -> Condition:
    if asker.viewer is None or not asker.viewer.can(Permission.TICKETS_MANAGE):
        return NEVER
    return IsMissing("deleted_at")


def _fired_count(alias: str, _dialect: Dialect) -> str:
    return f"SELECT count(*) FROM escalation_runs x WHERE x.rule_id = {alias}.id"  # noqa: S608  (no input in it)


@row_type(
    models.EscalationRule,
    visible=_standing_rules,
    description="Escalates tickets that nobody finished in time (ESC-12). Counts from the later of the ticket's and "
    "the rule's creation; leaves alone what is finished, unassigned or escalated by hand; fires once per ticket.",
)
class EscalationRule(RowObject):
    id: strawberry.ID = global_id("esc")
    name: str = column("What it is called.")
    segment: str | None = column("Only tickets now in this segment; null: all.")
    delay_minutes: int = column("How long a ticket may stay unfinished, in minutes.")
    is_active: bool = column("False: it fires for nobody.")
    created_at: datetime = column("Older tickets count from here.")
    version: int = column(VERSION)
    survey: Survey | None = to_one("Only tickets of this survey; null: all.", on="survey_id")
    recipient_user: User | None = to_one("Becomes the owner; null: the recipient is a team.", on="recipient_user_id")
    recipient_team: Team | None = to_one(
        "Becomes the team, the owner stays; null: the recipient is a person.", on="recipient_team_id"
    )
    fired_count: int = expression("How many tickets it has escalated.", _fired_count, Kind.NUMBER, "id")


@strawberry.type(description="Whom a rule would touch if it were saved now (ESC-23). Nothing is written.")
class EscalationPreview:
    waiting: int = strawberry.field(description="Tickets that it would escalate unless somebody finishes them.")
    due_now: int = strawberry.field(
        description="Of these, how many are older than the delay already. A new rule still gives them its whole delay."
    )
    tickets: list[Ticket] = strawberry.field(description="The oldest of those the viewer may see, at most 20.")

    @classmethod
    def of(cls, preview: RulePreview) -> Self:
        return cls(
            waiting=preview.waiting, due_now=preview.due_now, tickets=[Ticket.seen(row.id) for row in preview.oldest]
        )
