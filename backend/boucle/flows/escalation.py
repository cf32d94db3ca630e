"""Escalation when a ticket is forgotten: claimed, decided anew, done and written down in one commit (ESC-21)."""

from datetime import datetime

import structlog

from boucle.accounts.models import TeamMember, User
from boucle.flows.escalation_mail import escalation_mail
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.actions import correct_due_time, escalate_by_rule, promise_mail
from boucle.tickets.actions.owners import Recipient
from boucle.tickets.due_times import hold_rules, next_due_of
from boucle.tickets.models import EscalationRule, Ticket, TicketId

log = structlog.get_logger(__name__)
BATCH = 200


async def escalate_due(ticket_id: TicketId, *, now: datetime, address: str) -> bool:
    """Escalate the ticket if a rule is due at `now`; return whether one fired.

    May run twice, at the wrong time, or on two workers at once: the claim, the ledger, the effect, the event and the
    promised mails are one commit, and what is due is decided from the rules again. `address` is the deployment's.
    """
    async with unit_of_work():
        await hold_rules()
        ticket = await _claim(ticket_id, now=now)
        if ticket is None:
            return False
        due = await next_due_of(ticket)
        if due is None or due.at > now:
            await correct_due_time(ticket)
            return False
        rule = await EscalationRule.get(id=due.rule_id)
        recipient = await escalate_by_rule(ticket, rule, due_at=due.at, now=now)
        for user in await _people_to_tell(rule, recipient):
            await promise_mail(escalation_mail(ticket, rule, user, address=address), now=now)
    log.info("ticket_escalated", ticket=ticket.key, rule_id=rule.id, due_at=due.at.isoformat())
    return True


async def _claim(ticket_id: TicketId, *, now: datetime) -> Ticket | None:
    """Lock the row if it is due and nobody else has it. On SQLite the unit of work is the only writer anyway."""
    due = Ticket.filter(id=ticket_id, next_due_at__lte=now)
    return await due.select_for_update(skip_locked=True, no_key=True).first()


async def _people_to_tell(rule: EscalationRule, recipient: Recipient | None) -> list[User]:
    if recipient is not None:
        return await User.filter(id=recipient.user_id)
    if rule.recipient_team_id is None:
        return []
    members = await TeamMember.filter(team_id=rule.recipient_team_id, user__is_active=True).prefetch_related("user")
    return [member.user for member in members]


async def sweep_due(*, now: datetime, address: str, limit: int = BATCH) -> int:
    """Escalate up to `limit` tickets whose time has come, whatever became of their jobs; return how many fired."""
    due = await Ticket.filter(next_due_at__lte=now).order_by("next_due_at", "id").limit(limit).values_list("id")
    fired = 0
    for (ticket_id,) in due:
        try:
            fired += await escalate_due(TicketId(int(ticket_id)), now=now, address=address)
        except Exception:
            # One broken ticket must not keep the others waiting.
            log.exception("escalation_failed", ticket_id=ticket_id)
    return fired
