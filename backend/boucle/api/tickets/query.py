"""Root fields that read tickets and escalation rules."""

import re
from datetime import timedelta
from typing import Annotated

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.connections import After, Before, Connection, First, Last, connect
from boucle.api.context import Info
from boucle.api.guards import needs
from boucle.api.tickets.inputs import EscalationRuleInput, TicketFilter, TicketOrder
from boucle.api.tickets.loaders import load_statuses
from boucle.api.tickets.types import EscalationPreview, EscalationRule, Ticket, TicketStatus, visible_ticket
from boucle.kit.pagination import BY_ID, PageRequest, fingerprint
from boucle.tickets import models, queries
from boucle.tickets.actions.time_rules import check_delay
from boucle.tickets.queries import count_tickets, preview_rule, segments_in_use, tickets_matching

KEY = re.compile(r"(?:[tT]-)?([1-9][0-9]{0,17})")


@strawberry.type
class TicketsQuery:
    @strawberry.field(
        extensions=[needs(Permission.TICKETS_READ)],
        description="Tickets that the viewer may see, by default those with the newest activity first.",
    )
    async def tickets(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: TicketFilter | None = None,  # noqa: A002  (the schema's word)
        order_by: TicketOrder | None = None,
    ) -> Connection[Ticket]:
        page = PageRequest(first, after, last, before).checked()
        wanted = filter.parsed() if filter is not None else None
        order = (order_by.parsed() if order_by is not None else queries.TicketOrder()).as_order
        rows = tickets_matching(info.context.signed_in, wanted, now=info.context.now())
        return await connect(rows, page, order, of=Ticket.of, filter_print=fingerprint(wanted))

    @strawberry.field(
        extensions=[needs(Permission.TICKETS_READ)],
        description="The ticket of a number like T-42 or 42; null: none, or not for the viewer.",
    )
    async def ticket_by_key(self, info: Info, key: str) -> Ticket | None:
        match = KEY.fullmatch(key.strip())
        return await visible_ticket(info.context, int(match[1])) if match else None

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
        description="All statuses, by position: the kanban's columns.",
    )
    async def ticket_statuses(self, info: Info) -> list[TicketStatus]:
        return [TicketStatus.of(row) for row in await info.context.batch(load_statuses, None)]

    @strawberry.field(
        extensions=[needs(Permission.TICKETS_READ)],
        description="Names of segments on the tickets that the viewer may see, by name; to suggest while typing.",
    )
    async def segments(self, info: Info) -> list[str]:
        return await segments_in_use(info.context.signed_in)

    @strawberry.field(
        extensions=[needs(Permission.TICKETS_MANAGE)],
        description="Escalation rules that stand, oldest first.",
    )
    async def escalation_rules(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[EscalationRule]:
        page = PageRequest(first, after, last, before).checked()
        return await connect(models.EscalationRule.filter(deleted_at=None), page, BY_ID, of=EscalationRule.of)

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
            segment=draft.segment or None,
            delay=timedelta(minutes=draft.delay_minutes),
            now=info.context.now(),
        )
        return EscalationPreview.of(preview)
