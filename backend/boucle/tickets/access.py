"""Which tickets a viewer may see and work on: the one choke point of ticket rows."""

from collections.abc import Mapping

from tortoise.queryset import QuerySet

from boucle.accounts.access import Viewer, require
from boucle.accounts.permissions import Permission
from boucle.kit.condition_filters import as_filter
from boucle.kit.conditions import ALWAYS, NEVER, Condition, IsMissing, IsOneOf, all_of, any_of, equals
from boucle.kit.errors import NotFound
from boucle.kit.ids import global_id
from boucle.tickets.models import EscalationRule, RuleId, Ticket, TicketId

DECIDING_COLUMNS = ("team_id", "assignee_id")


def visibility(viewer: Viewer) -> Condition:
    """Return the condition of `rules.can_see_ticket` for rows."""
    if not viewer.can(Permission.TICKETS_READ):
        return NEVER
    if viewer.can(Permission.TICKETS_READ_ALL):
        return ALWAYS
    return any_of(
        equals("assignee_id", viewer.user_id),
        IsOneOf("team_id", sorted(viewer.team_ids)),
        all_of(IsMissing("team_id"), IsMissing("assignee_id")),
    )


def as_visible_as(row: Mapping[str, object]) -> Condition:
    """Return the condition under which a ticket is visible to the same people as when this row of it was read."""
    return all_of(*(IsMissing(name) if row[name] is None else equals(name, row[name]) for name in DECIDING_COLUMNS))


def visible_tickets(viewer: Viewer) -> QuerySet[Ticket]:
    """Return the tickets that the viewer may see."""
    return Ticket.filter(as_filter(visibility(viewer)))


async def access_ticket(viewer: Viewer, ticket_id: TicketId, *, for_work: bool = False) -> Ticket:
    """Return a visible ticket or raise `NotFound`; `for_work` also needs the right to work, or raises `Forbidden`."""
    ticket = await visible_tickets(viewer).get_or_none(id=ticket_id)
    if ticket is None:
        raise NotFound("There is no ticket {key}, or you may not see it.", field="id", key=f"T-{ticket_id}")
    if for_work:
        require(viewer, Permission.TICKETS_WORK)
    return ticket


async def access_rule(viewer: Viewer, rule_id: RuleId) -> EscalationRule:
    """Return a rule that still stands, for those who manage rules."""
    require(viewer, Permission.TICKETS_MANAGE)
    rule = await EscalationRule.get_or_none(id=rule_id, deleted_at=None)
    if rule is None:
        raise NotFound("There is no escalation rule {id}, or it was deleted.", field="id", id=global_id("esc", rule_id))
    return rule
