"""GraphQL types of tickets and escalation rules."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from boucle.accounts.models import Team as TeamRow
from boucle.accounts.models import User as UserRow
from boucle.accounts.permissions import Permission
from boucle.api.accounts.types import Team, User
from boucle.api.connections import After, Before, Connection, First, Last, connect
from boucle.api.contacts.types import Contact, visible_contact
from boucle.api.context import Context, Info
from boucle.api.nodes import Node, finds
from boucle.api.surveys.types import Response, Survey
from boucle.api.tickets.loaders import load_candidates, load_last_events, load_statuses, load_visible_tickets
from boucle.events.models import Event as EventRow
from boucle.kit.errors import Invalid
from boucle.kit.ids import global_id
from boucle.kit.pagination import BY_ID, NEWEST_FIRST, PageRequest, fingerprint
from boucle.surveys.models import Response as ResponseRow
from boucle.surveys.models import ScoreClass
from boucle.surveys.models import Survey as SurveyRow
from boucle.tickets import models, rules
from boucle.tickets.models import StatusCategory, TicketKind, TicketPriority
from boucle.tickets.queries import RulePreview, runs_by_rule

if TYPE_CHECKING:
    from boucle.api.events.types import Event

MOST_LAST_EVENTS = 10
VERSION = "Send it back as `expectedVersion` when changing."


@strawberry.type(description="A label and a colour over a fixed category; also a column of the kanban.")
class TicketStatus(Node):
    key: str = strawberry.field(
        description="Fixed name. Base statuses: new, open, in_progress, escalated, resolved, closed; "
        "screens translate those by the key."
    )
    name: str = strawberry.field(description="Label for people.")
    category: StatusCategory = strawberry.field(description="What the status means.")
    colour: str = strawberry.field(description="Name of a colour of the palette.")
    position: int = strawberry.field(description="Place among the columns, ascending.")

    @classmethod
    def of(cls, row: models.TicketStatus) -> Self:
        return cls(
            id=strawberry.ID(global_id("sta", row.id)),
            key=row.key,
            name=row.name,
            category=row.category,
            colour=row.colour,
            position=row.position,
        )


@strawberry.type(description="What the viewer may do with one ticket as it is now.")
class TicketRights:
    work: bool = strawberry.field(description="Change fields and status, comment.")
    assign: bool = strawberry.field(description="Give it to other people and teams.")
    take: bool = strawberry.field(description="Become its owner; false for one's own and for finished tickets.")
    escalate: bool = strawberry.field(description="Escalate by hand; false once done and for finished tickets.")

    @classmethod
    def of(cls, rights: rules.TicketRights) -> Self:
        return cls(work=rights.work, assign=rights.assign, take=rights.take, escalate=rights.escalate)


@strawberry.type(description="One unit of follow-up with one customer.")
class Ticket(Node):
    row: strawberry.Private[models.Ticket]
    key: str = strawberry.field(description="The number people quote, e.g. T-42; for ever.")
    kind: TicketKind = strawberry.field(description="How it came to be.")
    subject: str = strawberry.field(description="What it is called; editable.")
    priority: TicketPriority = strawberry.field(description="How urgent it is; editable.")
    customer_name: str | None = strawberry.field(
        description="As it came in; never changes (FLD-1). Null: the answer said nothing of its author."
    )
    customer_email: str | None = strawberry.field(description="As it came in; never changes. Null: unknown.")
    customer_phone: str | None = strawberry.field(description="As it came in; never changes. Null: unknown.")
    score: int | None = strawberry.field(description="The customer's mark; null without a response that has one.")
    score_maximum: int | None = strawberry.field(description="Best possible mark; null without a score.")
    score_class: ScoreClass | None = strawberry.field(description="Class of the score; null without one.")
    comment: str | None = strawberry.field(description="The customer's words; null where there are none.")
    original_segment: str | None = strawberry.field(description="Segment it was first meant for; editable. Null: none.")
    current_segment: str | None = strawberry.field(description="Segment it is in now; editable. Null: none.")
    segment_at_creation: str | None = strawberry.field(description="Segment it began in; never changes. Null: none.")
    occurred_at: datetime = strawberry.field(description="When the customer said it; never changes.")
    created_at: datetime = strawberry.field(description="When the ticket was opened; never changes.")
    updated_at: datetime = strawberry.field(description="When anybody last did anything with it.")
    last_activity_at: datetime = strawberry.field(description="When something last happened; lists sort by it.")
    resolved_at: datetime | None = strawberry.field(description="Since when it is resolved; null while it is not.")
    closed_at: datetime | None = strawberry.field(description="Since when it is closed; null while it is not.")
    escalated_at: datetime | None = strawberry.field(description="When it was last escalated; null: never.")
    is_escalated_manually: bool = strawberry.field(description="Escalated by hand: rules leave it alone for ever.")
    next_due_at: datetime | None = strawberry.field(
        description="When a rule escalates it unless somebody acts; null when no rule waits. May be a moment ago."
    )
    version: int = strawberry.field(description=VERSION)

    @classmethod
    def of(cls, row: models.Ticket) -> Self:
        return cls(
            id=strawberry.ID(global_id("tkt", row.id)),
            row=row,
            key=row.key,
            kind=row.kind,
            subject=row.subject,
            priority=row.priority,
            customer_name=row.customer_name or None,
            customer_email=row.customer_email,
            customer_phone=row.customer_phone,
            score=row.score,
            score_maximum=row.score_maximum,
            score_class=ScoreClass(row.score_class) if row.score_class else None,
            comment=row.comment,
            original_segment=row.original_segment,
            current_segment=row.current_segment,
            segment_at_creation=row.segment_at_creation,
            occurred_at=row.occurred_at,
            created_at=row.created_at,
            updated_at=row.updated_at,
            last_activity_at=row.last_activity_at,
            resolved_at=row.resolved_at,
            closed_at=row.closed_at,
            escalated_at=row.escalated_at,
            is_escalated_manually=row.is_escalated_manually,
            next_due_at=row.next_due_at,
            version=row.version,
        )

    @classmethod
    def of_optional(cls, row: models.Ticket | None) -> Self | None:
        """Return the row as a ticket, or `None` for none."""
        return cls.of(row) if row is not None else None

    @strawberry.field(description="Where it stands.")
    async def status(self, info: Info) -> TicketStatus:
        row = await info.context.row(models.TicketStatus, self.row.status_id)
        assert row is not None, self.row.status_id
        return TicketStatus.of(row)

    @strawberry.field(description="The team that owns it; null: none.")
    async def team(self, info: Info) -> Team | None:
        return Team.of_optional(await info.context.row(TeamRow, self.row.team_id))

    @strawberry.field(description="The one person who owns it; null: nobody yet. Once there is one there always is.")
    async def assignee(self, info: Info) -> User | None:
        return User.of_optional(await info.context.row(UserRow, self.row.assignee_id))

    @strawberry.field(description="The customer; null: not in the directory, or the viewer may not see contacts.")
    async def contact(self, info: Info) -> Contact | None:
        return await visible_contact(info.context, self.row.contact_id)

    @strawberry.field(description="The survey it comes from; never changes. Null: none.")
    async def survey(self, info: Info) -> Survey | None:
        return Survey.of_optional(await info.context.row(SurveyRow, self.row.survey_id))

    @strawberry.field(description="The response it comes from; never changes. Null: none was chosen.")
    async def response(self, info: Info) -> Response | None:
        return Response.of_optional(await info.context.row(ResponseRow, self.row.response_id))

    @strawberry.field(description="Notes of colleagues, oldest first.")
    async def comments(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection["TicketComment"]:
        page = PageRequest(first, after, last, before).checked()
        rows = models.TicketComment.filter(ticket_id=self.row.id)
        return await connect(rows, page, BY_ID, of=TicketComment.of, filter_print=fingerprint(self.id))

    @strawberry.field(description="Everything that happened to it, newest first.")
    async def activity(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Annotated["Event", strawberry.lazy("boucle.api.events.types")]]:
        from boucle.api.events.types import Event  # noqa: PLC0415  (events know their ticket: a cycle)

        page = PageRequest(first, after, last, before).checked()
        rows = EventRow.filter(ticket_id=self.row.id)
        return await connect(rows, page, NEWEST_FIRST, of=Event.of, filter_print=fingerprint(self.id))

    @strawberry.field(description="The newest events, newest first, for a line in a list.")
    async def last_events(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many, 1 to 10.")],
    ) -> list[Annotated["Event", strawberry.lazy("boucle.api.events.types")]]:
        from boucle.api.events.types import Event  # noqa: PLC0415  (events know their ticket: a cycle)

        if not 1 <= first <= MOST_LAST_EVENTS:
            raise Invalid(
                "`{name}` is {given}; it must be from 1 to {most}.",
                field="first",
                name="first",
                given=first,
                most=MOST_LAST_EVENTS,
            )
        rows = await info.context.batch(load_last_events, (self.row.id, first))
        return [Event.of(row) for row in rows]

    @strawberry.field(description="Active people who may work on tickets, by name; at most 50.")
    async def assignable_users(
        self,
        info: Info,
        search: Annotated[
            str | None, strawberry.argument(description="Words that all occur in name or address; null: everybody.")
        ] = None,
    ) -> list[User]:
        return [User.of(row) for row in await info.context.batch(load_candidates, search or "")]

    @strawberry.field(description="Statuses that the viewer may move it to now; empty without the right to work.")
    async def allowed_statuses(self, info: Info) -> list[TicketStatus]:
        if not info.context.signed_in.can(Permission.TICKETS_WORK):
            return []
        statuses = await info.context.batch(load_statuses, None)
        now = next(row for row in statuses if row.id == self.row.status_id)
        others = [row for row in statuses if row.id != now.id]
        return [TicketStatus.of(row) for row in others if rules.transition_refusal(now, row) is None]

    @strawberry.field(description="What the viewer may do with it.")
    def viewer_can(self, info: Info) -> TicketRights:
        rights = rules.rights_on(
            info.context.signed_in,
            assignee_id=self.row.assignee_id,
            category=self.row.status_category,
            is_escalated_manually=self.row.is_escalated_manually,
        )
        return TicketRights.of(rights)


@strawberry.type(description="An internal note; never changed, never shown to the customer.")
class TicketComment(Node):
    row: strawberry.Private[models.TicketComment]
    body: str = strawberry.field(description="The note as it was written.")
    created_at: datetime = strawberry.field(description="When it was written.")

    @classmethod
    def of(cls, row: models.TicketComment) -> Self:
        return cls(
            id=strawberry.ID(global_id("cmt", row.id)),
            row=row,
            body=row.body,
            created_at=row.created_at,
        )

    @strawberry.field(description="The ticket it is about.")
    async def ticket(self, info: Info) -> Ticket:
        row = await info.context.row(models.Ticket, self.row.ticket_id)
        assert row is not None, self.row.ticket_id
        return Ticket.of(row)

    @strawberry.field(description="Who wrote it; null: the system.")
    async def author(self, info: Info) -> User | None:
        return User.of_optional(await info.context.row(UserRow, self.row.author_id))


@strawberry.type(
    description="Escalates tickets that nobody finished in time (ESC-12). Counts from the later of the ticket's and "
    "the rule's creation; leaves alone what is finished, unassigned or escalated by hand; fires once per ticket."
)
class EscalationRule(Node):
    row: strawberry.Private[models.EscalationRule]
    name: str = strawberry.field(description="What it is called.")
    segment: str | None = strawberry.field(description="Only tickets now in this segment; null: all.")
    delay_minutes: int = strawberry.field(description="How long a ticket may stay unfinished, in minutes.")
    is_active: bool = strawberry.field(description="False: it fires for nobody.")
    created_at: datetime = strawberry.field(description="Older tickets count from here.")
    version: int = strawberry.field(description=VERSION)

    @classmethod
    def of(cls, row: models.EscalationRule) -> Self:
        return cls(
            id=strawberry.ID(global_id("esc", row.id)),
            row=row,
            name=row.name,
            segment=row.segment,
            delay_minutes=row.delay_minutes,
            is_active=row.is_active,
            created_at=row.created_at,
            version=row.version,
        )

    @classmethod
    def of_optional(cls, row: models.EscalationRule | None) -> Self | None:
        """Return the row as a rule, or `None` for none."""
        return cls.of(row) if row is not None else None

    @strawberry.field(description="Only tickets of this survey; null: all.")
    async def survey(self, info: Info) -> Survey | None:
        return Survey.of_optional(await info.context.row(SurveyRow, self.row.survey_id))

    @strawberry.field(description="Becomes the owner; null: the recipient is a team.")
    async def recipient_user(self, info: Info) -> User | None:
        return User.of_optional(await info.context.row(UserRow, self.row.recipient_user_id))

    @strawberry.field(description="Becomes the team, the owner stays; null: the recipient is a person.")
    async def recipient_team(self, info: Info) -> Team | None:
        return Team.of_optional(await info.context.row(TeamRow, self.row.recipient_team_id))

    @strawberry.field(description="How many tickets it has escalated.")
    async def fired_count(self, info: Info) -> int:
        return await info.context.batch(runs_by_rule, self.row.id)


@strawberry.type(description="Whom a rule would touch if it were saved now (ESC-23). Nothing is written.")
class EscalationPreview:
    waiting: int = strawberry.field(description="Tickets that it would escalate unless somebody finishes them.")
    due_now: int = strawberry.field(
        description="Of these, how many are older than the delay already. A new rule still gives them its whole delay."
    )
    tickets: list[Ticket] = strawberry.field(description="The oldest of those the viewer may see, at most 20.")

    @classmethod
    def of(cls, preview: RulePreview) -> Self:
        return cls(waiting=preview.waiting, due_now=preview.due_now, tickets=[Ticket.of(row) for row in preview.oldest])


async def visible_ticket(context: Context, ticket_id: int | None) -> Ticket | None:
    """Return a ticket that another object names, `None` where the viewer may not see it."""
    if ticket_id is None or context.viewer is None:
        return None
    return Ticket.of_optional(await context.batch_as_viewer(load_visible_tickets, ticket_id))


@finds("tkt")
async def find_ticket(context: Context, number: int) -> Ticket | None:
    return await visible_ticket(context, number)


@finds("cmt")
async def find_comment(context: Context, number: int) -> TicketComment | None:
    row = await context.row(models.TicketComment, number) if context.viewer else None
    if row is None or await visible_ticket(context, row.ticket_id) is None:
        return None
    return TicketComment.of(row)


@finds("sta")
async def find_status(context: Context, number: int) -> TicketStatus | None:
    row = await context.row(models.TicketStatus, number) if context.viewer else None
    return TicketStatus.of(row) if row else None


@finds("esc")
async def find_rule(context: Context, number: int) -> EscalationRule | None:
    if context.viewer is None or not context.viewer.can(Permission.TICKETS_MANAGE):
        return None
    row = await context.row(models.EscalationRule, number)
    return EscalationRule.of(row) if row is not None and row.deleted_at is None else None
