"""Tables of tickets and of the rules that keep them moving."""

from enum import StrEnum
from typing import NewType

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

TicketId = NewType("TicketId", int)
StatusId = NewType("StatusId", int)
RuleId = NewType("RuleId", int)


class StatusCategory(StrEnum):
    """The fixed meaning under a free label (LIF-6)."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    CLOSED = "closed"


class TicketPriority(StrEnum):
    """How urgent a ticket is (TCR-2)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class TicketKind(StrEnum):
    """Whether a response or a person opened the ticket (TCR-13)."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


class TicketStatus(Model):
    """A label and colour over a fixed category. Base statuses have well-known keys (LIF-1, LIF-4)."""

    id = fields.IntField(primary_key=True)
    key = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=60)
    category = fields.CharEnumField(StatusCategory, max_length=10)
    colour = fields.CharField(max_length=30)
    position = fields.IntField()

    class Meta:
        table = "ticket_statuses"


class Ticket(Model):
    """One unit of follow-up, key `T-<id>`.

    Customer fields, dates and origin are copied at creation and never change (FLD-1, FLD-10). `next_due_at` is the
    truth about the next escalation; a deferred job only makes it prompt.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharEnumField(TicketKind, max_length=10)
    subject = fields.CharField(max_length=200)
    status: fields.ForeignKeyRelation[TicketStatus] = fields.ForeignKeyField(
        "boucle.TicketStatus", related_name="tickets", on_delete=fields.RESTRICT
    )
    status_id: int
    status_category = fields.CharEnumField(StatusCategory, max_length=10)
    priority = fields.CharEnumField(TicketPriority, max_length=10)
    priority_rank = fields.SmallIntField()  # high 3, medium 2, low 1: what lists sort by
    team: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "boucle.Team", related_name="tickets", null=True, on_delete=fields.RESTRICT
    )
    team_id: int | None
    assignee: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "boucle.User", related_name="tickets", null=True, on_delete=fields.RESTRICT
    )
    assignee_id: int | None
    contact: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "boucle.Contact", related_name="tickets", null=True, on_delete=fields.RESTRICT
    )
    contact_id: int | None
    survey: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "boucle.Survey", related_name="tickets", null=True, on_delete=fields.RESTRICT
    )
    survey_id: int | None
    response: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "boucle.Response", related_name="tickets", null=True, on_delete=fields.RESTRICT
    )
    response_id: int | None
    # "response:<id>" for automatic tickets: one response never opens two (TCR-16)
    origin = fields.CharField(max_length=60, null=True, unique=True)
    customer_name = fields.CharField(max_length=200)  # empty where the answer says nothing of its author
    customer_email = fields.CharField(max_length=254, null=True)
    customer_phone = fields.CharField(max_length=30, null=True)
    score = fields.SmallIntField(null=True)
    score_maximum = fields.SmallIntField(null=True)
    score_class = fields.CharField(max_length=10, null=True)
    comment = fields.TextField(null=True)  # the customer's words
    original_segment = fields.CharField(max_length=80, null=True)
    current_segment = fields.CharField(max_length=80, null=True)
    segment_at_creation = fields.CharField(max_length=80, null=True)
    occurred_at = fields.DatetimeField()
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    last_activity_at = fields.DatetimeField()
    resolved_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)
    escalated_at = fields.DatetimeField(null=True)
    is_escalated_manually = fields.BooleanField(db_default=False)
    next_due_at = fields.DatetimeField(null=True)
    search_text = fields.TextField(db_default="")  # without case and accents: subject, customer, comment
    version = fields.IntField(db_default=1)

    class Meta:
        table = "tickets"
        indexes = (
            Index(fields=("last_activity_at", "id"), name="tickets_activity"),
            Index(fields=("created_at", "id"), name="tickets_created"),
            Index(fields=("assignee_id", "status_category"), name="tickets_assignee"),
            Index(fields=("team_id", "status_category"), name="tickets_team"),
            Index(fields=("status_id", "last_activity_at"), name="tickets_status"),
            Index(fields=("contact_id", "id"), name="tickets_contact"),
            Index(fields=("response_id",), name="tickets_response"),
        )

    @property
    def key(self) -> str:
        """The number people quote, `T-42` (TCR-15)."""
        return f"T-{self.id}"


class TicketComment(Model):
    """An internal note, append-only (COM-13)."""

    id = fields.BigIntField(primary_key=True)
    ticket: fields.ForeignKeyRelation[Ticket] = fields.ForeignKeyField("boucle.Ticket", related_name="comments")
    ticket_id: int
    author_id = fields.BigIntField(null=True)
    body = fields.TextField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "ticket_comments"
        indexes = (Index(fields=("ticket_id", "id"), name="ticket_comments_ticket"),)


class EscalationRule(Model):
    """Survey (or all), segment (or all), delay, recipient (ESC-12). Deleted rules stay for history (ESC-22)."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=120)
    survey_id = fields.BigIntField(null=True)
    segment = fields.CharField(max_length=80, null=True)
    delay_minutes = fields.IntField()
    recipient_user_id = fields.BigIntField(null=True)
    recipient_team_id = fields.BigIntField(null=True)
    is_active = fields.BooleanField(db_default=True)
    created_at = fields.DatetimeField()
    deleted_at = fields.DatetimeField(null=True)
    version = fields.IntField(db_default=1)

    class Meta:
        table = "escalation_rules"


class EscalationRun(Model):
    """The ledger: a rule fires on a ticket once, for ever (ESC-21)."""

    id = fields.BigIntField(primary_key=True)
    rule: fields.ForeignKeyRelation[EscalationRule] = fields.ForeignKeyField(
        "boucle.EscalationRule", related_name="runs", db_constraint=False
    )
    rule_id: int
    ticket: fields.ForeignKeyRelation[Ticket] = fields.ForeignKeyField(
        "boucle.Ticket", related_name="runs", db_constraint=False
    )
    ticket_id: int
    due_at = fields.DatetimeField()
    ran_at = fields.DatetimeField()

    class Meta:
        table = "escalation_runs"
        unique_together = (("rule", "ticket"),)


class OutgoingMail(Model):
    """A mail that was promised in a transaction, the job sends it, the sweep repeats what was lost."""

    id = fields.BigIntField(primary_key=True)
    recipient = fields.CharField(max_length=254)
    subject = fields.CharField(max_length=300)
    body = fields.TextField()
    created_at = fields.DatetimeField()
    attempts = fields.IntField(db_default=0)
    next_attempt_at = fields.DatetimeField(null=True, db_index=True)  # null once sent or given up
    sent_at = fields.DatetimeField(null=True)
    last_error = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "outgoing_mails"
