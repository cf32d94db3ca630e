"""The only writer of tickets and escalation rules. Every act is one transaction with one event."""

from boucle.tickets.actions.assigning import Assignment, assign_ticket, reassign_open_tickets, take_ticket
from boucle.tickets.actions.commenting import comment_ticket
from boucle.tickets.actions.editing import TicketEdit, change_status, update_ticket
from boucle.tickets.actions.escalating import correct_due_time, escalate_by_rule, escalate_ticket
from boucle.tickets.actions.mailing import promise_mail
from boucle.tickets.actions.opening import NewTicket, create_ticket, open_ticket_for_response
from boucle.tickets.actions.time_rules import (
    RuleDraft,
    create_escalation_rule,
    delete_escalation_rule,
    update_escalation_rule,
)

__all__ = [
    "Assignment",
    "NewTicket",
    "RuleDraft",
    "TicketEdit",
    "assign_ticket",
    "change_status",
    "comment_ticket",
    "correct_due_time",
    "create_escalation_rule",
    "create_ticket",
    "delete_escalation_rule",
    "escalate_by_rule",
    "escalate_ticket",
    "open_ticket_for_response",
    "promise_mail",
    "reassign_open_tickets",
    "take_ticket",
    "update_escalation_rule",
    "update_ticket",
]
