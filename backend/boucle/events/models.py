"""The event log's table and the closed set of kinds."""

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class EventKind(StrEnum):
    """Everything that can happen, named by the thing and what became of it."""

    TICKET_CREATED = "ticket_created"
    TICKET_UPDATED = "ticket_updated"
    TICKET_STATUS_CHANGED = "ticket_status_changed"
    TICKET_PRIORITY_CHANGED = "ticket_priority_changed"
    TICKET_SEGMENT_CHANGED = "ticket_segment_changed"
    TICKET_ASSIGNED = "ticket_assigned"
    TICKET_COMMENTED = "ticket_commented"
    TICKET_ESCALATED = "ticket_escalated"
    RESPONSE_RECEIVED = "response_received"
    CONTACT_CREATED = "contact_created"
    CONTACT_UPDATED = "contact_updated"
    PROGRAM_CREATED = "program_created"
    PROGRAM_UPDATED = "program_updated"
    SURVEY_CREATED = "survey_created"
    SURVEY_UPDATED = "survey_updated"
    SURVEY_PUBLISHED = "survey_published"
    ESCALATION_RULE_CREATED = "escalation_rule_created"
    ESCALATION_RULE_UPDATED = "escalation_rule_updated"
    ESCALATION_RULE_DELETED = "escalation_rule_deleted"
    USER_CREATED = "user_created"
    USER_UPDATED = "user_updated"
    USER_DEACTIVATED = "user_deactivated"
    USER_REACTIVATED = "user_reactivated"
    USER_TYPE_UPDATED = "user_type_updated"
    TEAM_CREATED = "team_created"
    TEAM_UPDATED = "team_updated"
    TEAM_DELETED = "team_deleted"
    ABSENCE_CREATED = "absence_created"
    ABSENCE_UPDATED = "absence_updated"
    ABSENCE_ENDED = "absence_ended"
    ORGANISATION_UPDATED = "organisation_updated"
    SESSION_STARTED = "session_started"
    SESSION_ENDED = "session_ended"
    API_TOKEN_CREATED = "api_token_created"
    API_TOKEN_REVOKED = "api_token_revoked"
    PASSWORD_CHANGED = "password_changed"


class ActorKind(StrEnum):
    """Who acted."""

    USER = "user"
    SYSTEM = "system"
    CUSTOMER = "customer"


class Event(Model):
    """One line of the log. Written by `boucle.events.log` only, never changed, never deleted.

    `txid` is the writing transaction on PostgreSQL and 0 on SQLite: there ids follow the order of commits,
    on PostgreSQL only `(txid, id)` below the oldest running transaction does.
    """

    id = fields.BigIntField(primary_key=True)
    txid = fields.BigIntField(db_default=0)
    kind = fields.CharEnumField(EventKind, max_length=40)
    at = fields.DatetimeField()
    actor_kind = fields.CharEnumField(ActorKind, max_length=10)
    actor_id = fields.BigIntField(null=True)
    subject = fields.CharField(max_length=30)  # global id of what changed
    ticket_id = fields.BigIntField(null=True)
    contact_id = fields.BigIntField(null=True)
    response_id = fields.BigIntField(null=True)
    data: fields.JSONField[dict[str, object]] = fields.JSONField()
    request_id = fields.CharField(max_length=40, null=True)

    class Meta:
        table = "events"
        indexes = (
            Index(fields=("txid", "id"), name="events_order"),
            Index(fields=("ticket_id", "id"), name="events_ticket"),
            Index(fields=("contact_id", "id"), name="events_contact"),
        )
