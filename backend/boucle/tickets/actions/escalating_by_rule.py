"""Escalation by rules: many tickets at once, with a handful of statements however many they are."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from boucle.events.actor import SYSTEM
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.conditions import IsOneOf
from boucle.kit.database import dialect
from boucle.kit.joint_reads import Read, fetch_together
from boucle.kit.row_batches import append_rows, update_rows
from boucle.kit.statements import Statement
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.actions.claiming import ClaimedTicket, Held
from boucle.tickets.actions.owners import Recipient, recipient_among
from boucle.tickets.actions.saving import save_all, status_values
from boucle.tickets.due_times import RuleBook, rule_book, wake_up_at
from boucle.tickets.events import OwnerNames, owned_data, owner_names, status_change, told_event
from boucle.tickets.models import EscalationRule, EscalationRun, StatusCategory, Ticket
from boucle.tickets.rules import Due
from boucle.tickets.statuses import ESCALATED

_WRITTEN = ("status_id", "status_category", "resolved_at", "closed_at", "escalated_at", "next_due_at")


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


async def escalate_by_rules(tickets: Sequence[ClaimedTicket], held: Held, *, now: datetime) -> list[Escalation]:
    """Do to claimed tickets what is due by the rules: ledger, status, owner, times and events (ESC-21).

    What is due is decided from the rules anew; a due time that does not follow from them is put right. The ledger's
    unique key is the last guard: a rule fires on a ticket once, for ever. `held` is what `hold_recipients` returned.
    """
    async with unit_of_work():
        book = await rule_book(tickets, held.rules)
        late: list[tuple[ClaimedTicket, Due]] = []
        early: list[tuple[ClaimedTicket, Due | None]] = []
        for ticket in tickets:
            due = book.next_due_of(ticket)
            if due is not None and due.at <= now:
                late.append((ticket, due))
            else:
                early.append((ticket, due))
        await _correct_due_times(early)
        if not late:
            return []
        circumstances = await _circumstances(late, held)
        escalations = _decided(late, book, held)
        await _apply(escalations, book, circumstances, now=now)
        return escalations


class _Status(NamedTuple):
    id: int
    key: str
    name: str
    category: StatusCategory


class _Circumstances(NamedTuple):
    """Names of all who lose or may get a ticket, and the statuses by id."""

    names: Mapping[int | None, str]
    statuses: Mapping[int, _Status]


async def _circumstances(late: Sequence[tuple[ClaimedTicket, Due]], held: Held) -> _Circumstances:
    user_ids = {ticket.assignee_id for ticket, _ in late} | {rule.recipient_user_id for rule in held.rules}
    user_ids |= set(held.substitutes.values())
    people = Statement(dialect())
    people.add("SELECT id, name FROM users u WHERE ")
    people.condition(IsOneOf("id", [user_id for user_id in user_ids if user_id is not None]), "u")
    statuses = Read("SELECT id, key, name, category FROM ticket_statuses", ())
    users, found = await fetch_together(Read(people.text, people.values), statuses)
    return _Circumstances(
        names={user["id"]: user["name"] for user in users},
        statuses={
            row["id"]: _Status(row["id"], row["key"], row["name"], StatusCategory(row["category"])) for row in found
        },
    )


def _decided(late: Sequence[tuple[ClaimedTicket, Due]], book: RuleBook, held: Held) -> list[Escalation]:
    """Somebody who may own tickets no more gets nothing: the ticket is escalated and keeps its owner."""
    meant = {rule.id: rule.recipient_user_id for rule in book.rules.values() if rule.recipient_user_id is not None}
    recipients = {
        rule_id: recipient_among(user_id, held.substitutes)
        for rule_id, user_id in meant.items()
        if user_id in held.owners
    }
    return [Escalation(ticket, book.rules[due.rule_id], due.at, recipients.get(due.rule_id)) for ticket, due in late]


async def _save(escalations: Sequence[Escalation], *, now: datetime) -> None:
    """Write the tickets; an owner that no rule changes is left alone, and so are the indexes that begin with it."""
    columns = [*_WRITTEN]
    if any(each.recipient is not None for each in escalations):
        columns.append("assignee_id")
    if any(each.rule.recipient_team_id is not None for each in escalations):
        columns.append("team_id")
    await save_all([each.ticket for each in escalations], columns, now=now)


async def _write_ledger(escalations: Sequence[Escalation], *, now: datetime) -> None:
    rows = [(each.rule.id, each.ticket.id, each.due_at, now) for each in escalations]
    await append_rows(EscalationRun, ("rule_id", "ticket_id", "due_at", "ran_at"), rows)


async def _apply(
    escalations: Sequence[Escalation], book: RuleBook, circumstances: _Circumstances, *, now: datetime
) -> None:
    """Write ledger and tickets, and record what happened to them."""
    statuses = circumstances.statuses
    after = next(status for status in statuses.values() if status.key == ESCALATED)
    teams = (await owner_names((), {(each.ticket.team_id, each.team_id) for each in escalations})).teams
    values = status_values(after, now=now)
    were = [_set(each, values, book) for each in escalations]
    # The connection takes one after the other; meanwhile what the log tells is worked out.
    writing = asyncio.gather(_write_ledger(escalations, now=now), _save(escalations, now=now), return_exceptions=True)
    try:
        await asyncio.sleep(0)
        names = OwnerNames(circumstances.names, teams)
        await record(*_events(zip(escalations, were, strict=True), names, statuses, after, now=now))
    finally:
        for failed in await writing:  # all have ended: none may run on after the transaction
            if failed is not None:
                raise failed


class _Before(NamedTuple):
    """What a ticket was before it was escalated."""

    status_id: int
    assignee_id: int | None
    team_id: int | None


def _set(escalation: Escalation, values: Mapping[str, object], book: RuleBook) -> _Before:
    """Set the ticket in memory as it is afterwards, and ask to be woken for the rule after this one."""
    ticket, due_before = escalation.ticket, escalation.ticket.next_due_at
    before = _Before(ticket.status_id, ticket.assignee_id, ticket.team_id)
    ticket.assignee_id, ticket.team_id = escalation.assignee_id, escalation.team_id
    for column, value in values.items():
        setattr(ticket, column, value)
    due = book.next_due_of(ticket, fired={escalation.rule.id})
    ticket.next_due_at = due.at if due is not None else None
    if ticket.next_due_at != due_before:
        wake_up_at(ticket.id, ticket.next_due_at)
    return before


def _events(
    escalations: Iterable[tuple[Escalation, _Before]],
    names: OwnerNames,
    statuses: Mapping[int, _Status],
    after: _Status,
    *,
    now: datetime,
) -> list[NewEvent]:
    """Return what happened; the same is told of all tickets that a rule finds in the same hands and status."""
    told: dict[tuple[int, _Before], Mapping[str, object]] = {}
    events = []
    for each, before in escalations:
        data = told.get((each.rule.id, before))
        if data is None:
            data = told[each.rule.id, before] = _data(each, before, names, statuses[before.status_id], after)
        events.append(told_event(EventKind.TICKET_ESCALATED, each.ticket, actor=SYSTEM, at=now, data=data))
    return events


def _data(
    each: Escalation, before: _Before, names: OwnerNames, status: _Status, after: _Status
) -> Mapping[str, object]:
    changes = names.changes(assignee=(before.assignee_id, each.assignee_id), team=(before.team_id, each.team_id))
    if status.id != after.id:
        changes.insert(0, status_change(status, after))
    owned = owned_data(changes, team_id=each.team_id, assignee_id=each.assignee_id)
    return owned | {"rule_id": each.rule.id} | dict(each.recipient.event_data if each.recipient is not None else {})


async def _correct_due_times(early: Sequence[tuple[ClaimedTicket, Due | None]]) -> None:
    """Store the due time anew where it no longer follows from the rules, and ask to be woken then."""
    for ticket, due in early:
        ticket.next_due_at = due.at if due is not None else None
        wake_up_at(ticket.id, ticket.next_due_at)
    await update_rows(Ticket, ("next_due_at",), [(ticket.id, ticket.next_due_at) for ticket, _ in early])
