"""Answers of the mutations about tickets and escalation rules."""

import strawberry

from boucle.api.errors import OBJECT, USER_ERRORS, Payload, UserError
from boucle.api.tickets.types import EscalationRule, Ticket, TicketComment


class TicketPayload(Payload):
    """What all payloads that show a ticket share."""

    shows = ("ticket", Ticket.of)


class RulePayload(Payload):
    """What all payloads that show an escalation rule share."""

    shows = ("rule", EscalationRule.of)


@strawberry.type(description="Answer of `ticketCreate`.")
class TicketCreatePayload(TicketPayload):
    ticket: Ticket | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `ticketUpdate`.")
class TicketUpdatePayload(TicketPayload):
    ticket: Ticket | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `ticketChangeStatus`.")
class TicketChangeStatusPayload(TicketPayload):
    ticket: Ticket | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `ticketAssign`.")
class TicketAssignPayload(TicketPayload):
    ticket: Ticket | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `ticketTake`.")
class TicketTakePayload(TicketPayload):
    ticket: Ticket | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `ticketUndo`.")
class TicketUndoPayload(TicketPayload):
    ticket: Ticket | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `ticketComment`.")
class TicketCommentPayload(TicketPayload):
    comment: TicketComment | None = strawberry.field(default=None, description="The new note; null on any refusal.")
    ticket: Ticket | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `ticketEscalate`.")
class TicketEscalatePayload(TicketPayload):
    ticket: Ticket | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `escalationRuleCreate`.")
class EscalationRuleCreatePayload(RulePayload):
    rule: EscalationRule | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `escalationRuleUpdate`.")
class EscalationRuleUpdatePayload(RulePayload):
    rule: EscalationRule | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `escalationRuleDelete`.")
class EscalationRuleDeletePayload(RulePayload):
    deleted_id: strawberry.ID | None = strawberry.field(
        default=None, description="Global id of the rule that is gone; null on any refusal."
    )
    rule: EscalationRule | None = strawberry.field(
        default=None, description="On CONFLICT, as it stands; else null, it is gone."
    )
    user_errors: list[UserError] = USER_ERRORS
