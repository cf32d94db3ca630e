"""Root fields that read tickets and escalation rules."""

import re
from datetime import timedelta
from typing import Annotated

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.connections import Connection
from boucle.api.context import Context, Info
from boucle.api.guards import needs
from boucle.api.rows import paged, to_many
from boucle.api.tickets.inputs import EscalationRuleInput, TicketFilter, TicketOrder
from boucle.api.tickets.types import EscalationPreview, EscalationRule, Ticket, TicketStatus
from boucle.kit.pagination import Order
from boucle.planner.declarations import Rows
from boucle.tickets import queries
from boucle.tickets.actions.editing import checked_segment
from boucle.tickets.actions.time_rules import check_delay
from boucle.tickets.queries import count_tickets, preview_rule, segments_in_use

KEY = re.compile(r"(?:[tT]-)?([1-9][0-9]{0,17})")


BY_POSITION = Order("position", is_descending=False)


def _tickets(
    asker: Context,
    filter: TicketFilter | None = None,  # noqa: A002  (the schema's word)
    order_by: TicketOrder | None = None,
) -> Rows:
    wanted = filter.parsed() if filter is not None else queries.TicketFilter()
    order = order_by.parsed() if order_by is not None else queries.TicketOrder()
    now = asker.now() if wanted.late else None  # asked for only where needed: what time is part of is not kept
    such_that = queries.condition_of(asker.signed_in, wanted, now=now)
    return Rows(such_that, order.as_order)


def _by_position(_asker: Context) -> Rows:
    return Rows(order=BY_POSITION)


@strawberry.type
class TicketsQuery:
    tickets: Connection[Ticket] = paged(
        "Tickets that the viewer may see, by default those with the newest activity first.",
        rows=_tickets,
        extensions=[needs(Permission.TICKETS_READ)],
    )
    ticket_statuses: list[TicketStatus] = to_many(
        "All statuses, by position: the kanban's columns.",
        rows=_by_position,
        extensions=[needs(Permission.TICKETS_READ)],
    )
    escalation_rules: Connection[EscalationRule] = paged(
        "Escalation rules that stand, oldest first.", extensions=[needs(Permission.TICKETS_MANAGE)]
    )

    @strawberry.field(
        extensions=[needs(Permission.TICKETS_READ)],
        description="The ticket of a number like T-42 or 42; null: none, or not for the viewer.",
    )
    def ticket_by_key(self, key: str) -> Ticket | None:
        match = KEY.fullmatch(key.strip())
        return Ticket.numbered(int(match[1])) if match else None

    @strawberry.field(
        extensions=[needs(Permission.TICKETS_READ)],
        description="How many tickets fit each filter, in the order asked.",
    )
    async def ticket_counts(
        self,
        info: Info,
        filters: Annotated[list[TicketFilter], strawberry.argument(description="At most 20.")],
    ) -> list[int]:
        wanted = [each.parsed() for each in filters]
        return await count_tickets(info.context.signed_in, wanted, now=info.context.now())

    @strawberry.field(
        extensions=[needs(Permission.TICKETS_READ)],
        description="Names of segments on the tickets that the viewer may see, by name; to suggest while typing.",
    )
    async def segments(self, info: Info) -> list[str]:
        return await segments_in_use(info.context.signed_in)

    @strawberry.field(
        extensions=[needs(Permission.TICKETS_MANAGE)],
        description="Whom a rule would touch; writes nothing.",
    )
    async def escalation_preview(
        self,
        info: Info,
        rule: Annotated[EscalationRuleInput, strawberry.argument(description="The rule as it would be saved.")],
    ) -> EscalationPreview:
        draft = rule.parsed()
        check_delay(draft.delay_minutes)
        preview = await preview_rule(
            info.context.signed_in,
            survey_id=draft.survey_id,
            segment=checked_segment(draft.segment, "segment"),
            delay=timedelta(minutes=draft.delay_minutes),
            now=info.context.now(),
        )
        return EscalationPreview.of(preview)
