"""The only writer of tickets and escalation rules. Every act is one transaction with one event."""

from boucle.tickets.actions.assigning import (
    Assignment,
    assign_ticket,
    open_tickets_by_owner,
    reassign_open_tickets,
    take_ticket,
)
from boucle.tickets.actions.claiming import ClaimedTicket, claim_due, hold_recipients
from boucle.tickets.actions.commenting import comment_ticket
from boucle.tickets.actions.editing import TicketEdit, change_status, update_ticket
from boucle.tickets.actions.escalating import escalate_ticket
from boucle.tickets.actions.escalating_by_rule import Escalation, escalate_by_rules
from boucle.tickets.actions.mailing import promise_mails
from boucle.tickets.actions.opening import NewTicket, create_ticket
from boucle.tickets.actions.opening_by_rule import (
    OpenedTicket,
    Opening,
    names_to_share,
    new_status_read,
    open_tickets,
)
from boucle.tickets.actions.time_rules import (
    RuleDraft,
    create_escalation_rule,
    delete_escalation_rule,
    update_escalation_rule,
)
from boucle.tickets.actions.undoing import undo_last_act

__all__ = [
    "Assignment",
    "ClaimedTicket",
    "Escalation",
    "NewTicket",
    "OpenedTicket",
    "Opening",
    "RuleDraft",
    "TicketEdit",
    "assign_ticket",
    "change_status",
    "claim_due",
    "comment_ticket",
    "create_escalation_rule",
    "create_ticket",
    "delete_escalation_rule",
    "escalate_by_rules",
    "escalate_ticket",
    "hold_recipients",
    "names_to_share",
    "new_status_read",
    "open_tickets",
    "open_tickets_by_owner",
    "promise_mails",
    "reassign_open_tickets",
    "take_ticket",
    "undo_last_act",
    "update_escalation_rule",
    "update_ticket",
]
