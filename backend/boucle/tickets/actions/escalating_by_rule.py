"""Escalation by rules: many tickets at once, with a handful of statements however many they are."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from boucle.events.actor import SYSTEM
from boucle.events.log import record
from boucle.events.models import EventKind
from boucle.kit.row_batches import append_rows, update_rows
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.actions.claiming import ClaimedTicket
from boucle.tickets.actions.owners import Recipient, recipients_for
from boucle.tickets.actions.saving import save_all, status_values
from boucle.tickets.due_times import RuleBook, rule_book, wake_up_at
from boucle.tickets.events import OwnerNames, owned_data, owner_names, status_change, told_event
from boucle.tickets.models import EscalationRule, EscalationRun, Ticket, TicketStatus
from boucle.tickets.rules import Due
from boucle.tickets.statuses import ESCALATED

_WRITTEN = (
    *("status_id", "status_category", "resolved_at", "closed_at", "escalated_at"),
    *("assignee_id", "team_id", "next_due_at"),
)


class Escalation(NamedTuple):
    """What a rule does to a ticket. `recipient` is the person who gets the ticket, if one does."""

    ticket: ClaimedTicket
    rule: EscalationRule
    due_at: datetime
    recipient: Recipient | None

    @property
    def assignee_id(self) -> int | None:
        """Who owns the ticket afterwards."""
        return self.recipient.user_id if self.recipient is not None else self.ticket.assignee_id

    @property
    def team_id(self) -> int | None:
        """Which team owns the ticket afterwards."""
        return self.rule.recipient_team_id if self.rule.recipient_team_id is not None else self.ticket.team_id


async def escalate_by_rules(
    tickets: Sequence[ClaimedTicket], substitutes: Mapping[int, int], *, now: datetime
) -> list[Escalation]:
    """Do to claimed tickets what is due by the rules: ledger, status, owner, times and events (ESC-21).

    What is due is decided from the rules anew; a due time that does not follow from them is put right. The ledger's
    unique key is the last guard: a rule fires on a ticket once, for ever. `substitutes` are those of `hold_recipients`.
    """
    async with unit_of_work():
        book = await rule_book(tickets)
        late: list[tuple[ClaimedTicket, Due]] = []
        early: list[tuple[ClaimedTicket, Due | None]] = []
        for ticket in tickets:
            due = book.next_due_of(ticket)
            if due is not None and due.at <= now:
                late.append((ticket, due))
            else:
                early.append((ticket, due))
        await _correct_due_times(early)
        escalations = await _decided(late, book, substitutes)
        if escalations:
            await _write_ledger(escalations, now=now)
            await _apply(escalations, book, now=now)
        return escalations


async def _decided(
    late: Sequence[tuple[ClaimedTicket, Due]], book: RuleBook, substitutes: Mapping[int, int]
) -> list[Escalation]:
    """Somebody who has left since the rule was made gets nothing: the ticket is escalated and keeps its owner."""
    rules = {rule_id: book.rules[rule_id] for rule_id in {due.rule_id for _, due in late}}
    wanted = {rule.recipient_user_id for rule in rules.values() if rule.recipient_user_id is not None}
    recipients = await recipients_for(wanted, substitutes)
    fires = {rule_id: (rule, recipients.get(rule.recipient_user_id or 0)) for rule_id, rule in rules.items()}
    return [
        Escalation(ticket, rule, due.at, recipient) for ticket, due in late for rule, recipient in (fires[due.rule_id],)
    ]


async def _write_ledger(escalations: Sequence[Escalation], *, now: datetime) -> None:
    rows = [(each.rule.id, each.ticket.id, each.due_at, now) for each in escalations]
    await append_rows(EscalationRun, ("rule_id", "ticket_id", "due_at", "ran_at"), rows)


async def _apply(escalations: Sequence[Escalation], book: RuleBook, *, now: datetime) -> None:
    statuses = {status.id: status for status in await TicketStatus.all()}
    after = next(status for status in statuses.values() if status.key == ESCALATED)
    assignees = {(each.ticket.assignee_id, each.assignee_id) for each in escalations}
    names = await owner_names(assignees, {(each.ticket.team_id, each.team_id) for each in escalations})
    values = status_values(after, now=now)
    told: dict[tuple[int | None, ...], Mapping[str, object]] = {}
    events = []
    for each in escalations:
        ticket = each.ticket
        alike = (each.rule.id, ticket.status_id, ticket.assignee_id, ticket.team_id)
        if alike not in told:
            told[alike] = _data(each, names, statuses[ticket.status_id], after)
        events.append(told_event(EventKind.TICKET_ESCALATED, ticket, actor=SYSTEM, at=now, data=told[alike]))
        _set(each, values, book)
    await record(*events)
    await save_all([each.ticket for each in escalations], _WRITTEN, now=now)


def _data(each: Escalation, names: OwnerNames, before: TicketStatus, after: TicketStatus) -> Mapping[str, object]:
    """Return what the event tells, which is the same of all tickets that a rule finds in the same hands and status."""
    ticket, recipient = each.ticket, each.recipient
    changes = names.changes(assignee=(ticket.assignee_id, each.assignee_id), team=(ticket.team_id, each.team_id))
    if before.id != after.id:
        changes.insert(0, status_change(before, after))
    owned = owned_data(changes, team_id=each.team_id, assignee_id=each.assignee_id)
    return owned | {"rule_id": each.rule.id} | dict(recipient.event_data if recipient is not None else {})


def _set(escalation: Escalation, values: Mapping[str, object], book: RuleBook) -> None:
    """Set the ticket in memory as it is afterwards, and ask to be woken for the rule after this one."""
    ticket, due_before = escalation.ticket, escalation.ticket.next_due_at
    ticket.assignee_id, ticket.team_id = escalation.assignee_id, escalation.team_id
    for column, value in values.items():
        setattr(ticket, column, value)
    due = book.next_due_of(ticket, fired={escalation.rule.id})
    ticket.next_due_at = due.at if due is not None else None
    if ticket.next_due_at != due_before:
        wake_up_at(ticket.id, ticket.next_due_at)


async def _correct_due_times(early: Sequence[tuple[ClaimedTicket, Due | None]]) -> None:
    """Store the due time anew where it no longer follows from the rules, and ask to be woken then."""
    for ticket, due in early:
        ticket.next_due_at = due.at if due is not None else None
        wake_up_at(ticket.id, ticket.next_due_at)
    await update_rows(Ticket, ("next_due_at",), [(ticket.id, ticket.next_due_at) for ticket, _ in early])
