"""Root fields that work on tickets."""

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.context import Info
from boucle.api.errors import expects
from boucle.api.guards import needs
from boucle.api.repeating import repeatable
from boucle.api.tickets.inputs import TicketAssignInput, TicketCreateInput, TicketUpdateInput
from boucle.api.tickets.payloads import (
    TicketAssignPayload,
    TicketChangeStatusPayload,
    TicketCommentPayload,
    TicketCreatePayload,
    TicketEscalatePayload,
    TicketTakePayload,
    TicketUndoPayload,
    TicketUpdatePayload,
)
from boucle.api.tickets.rules_mutation import EscalationRulesMutation
from boucle.api.tickets.types import Ticket, TicketComment
from boucle.kit.ids import number_of
from boucle.tickets.access import access_ticket
from boucle.tickets.actions import (
    assign_ticket,
    change_status,
    comment_ticket,
    create_ticket,
    escalate_ticket,
    take_ticket,
    undo_last_act,
    update_ticket,
)
from boucle.tickets.actions.editing import refuse_immutable
from boucle.tickets.models import StatusId, TicketId
from boucle.tickets.sight import told_of_the_faster


@strawberry.type
class TicketsMutation(EscalationRulesMutation):
    @strawberry.mutation(
        extensions=[needs(Permission.TICKETS_WORK), expects(TicketCreatePayload)],
        description="Open a ticket by hand (TCR-12). Refuses missing or wrong fields, and owners without the right.",
    )
    async def ticket_create(
        self,
        info: Info,
        input: TicketCreateInput,  # noqa: A002  (the schema's word)
        idempotency_key: str | None = None,
    ) -> TicketCreatePayload:
        viewer, now = info.context.signed_in, info.context.now()

        async def act() -> int:
            return int((await create_ticket(viewer, input.parsed(), now=now)).id)

        ticket = await repeatable(info, Ticket, idempotency_key, act, given=input)
        return TicketCreatePayload(ticket=ticket)

    @strawberry.mutation(
        extensions=[needs(Permission.TICKETS_WORK), expects(TicketUpdatePayload)],
        description="Change subject, priority or segments. Refuses what never changes (IMMUTABLE), CONFLICT.",
    )
    async def ticket_update(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        input: TicketUpdateInput,  # noqa: A002
    ) -> TicketUpdatePayload:
        viewer, now, number = info.context.signed_in, info.context.now(), _ticket_id(id)
        async with told_of_the_faster(viewer, number, now=now):
            row = await access_ticket(viewer, number)
            refuse_immutable(input.immutable_asked())
            edit = input.applied_to(row)
            row = await update_ticket(viewer, number, edit, seen=expected_version, now=now)
        return TicketUpdatePayload(ticket=Ticket.of(row))

    @strawberry.mutation(
        extensions=[needs(Permission.TICKETS_WORK), expects(TicketChangeStatusPayload)],
        description="Move a ticket to another status. Whoever reopens it becomes the owner where the owner may own "
        "tickets no more. Refuses a transition that is not allowed, CONFLICT.",
    )
    async def ticket_change_status(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        status_id: strawberry.ID,
    ) -> TicketChangeStatusPayload:
        viewer, now, number = info.context.signed_in, info.context.now(), _ticket_id(id)
        status = StatusId(number_of(status_id, "sta", field="statusId"))
        async with told_of_the_faster(viewer, number, now=now):
            row = await change_status(viewer, number, status, seen=expected_version, now=now)
        return TicketChangeStatusPayload(ticket=Ticket.of(row))

    @strawberry.mutation(
        extensions=[needs(Permission.TICKETS_WORK), expects(TicketAssignPayload)],
        description="Give a ticket to a person, a team or both; needs TICKETS_ASSIGN unless one takes it oneself. "
        "Refuses the inactive, those who may not work on tickets, taking the owner away (OWN-2), CONFLICT.",
    )
    async def ticket_assign(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        input: TicketAssignInput,  # noqa: A002
    ) -> TicketAssignPayload:
        viewer, now, number = info.context.signed_in, info.context.now(), _ticket_id(id)
        async with told_of_the_faster(viewer, number, now=now):
            standing = await access_ticket(viewer, number)
            assignment = input.applied_to(standing)
            row = await assign_ticket(viewer, number, assignment, seen=expected_version, now=now)
        return TicketAssignPayload(ticket=Ticket.of(row))

    @strawberry.mutation(
        extensions=[needs(Permission.TICKETS_WORK), expects(TicketTakePayload)],
        description="Become the owner. Refuses a finished ticket, and CONFLICT when somebody else was faster: with the "
        "ticket as it is, or without one where it is no longer for the viewer's eyes.",
    )
    async def ticket_take(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
    ) -> TicketTakePayload:
        viewer, now, number = info.context.signed_in, info.context.now(), _ticket_id(id)
        async with told_of_the_faster(viewer, number, now=now):
            row = await take_ticket(viewer, number, seen=expected_version, now=now)
        return TicketTakePayload(ticket=Ticket.of(row))

    @strawberry.mutation(
        extensions=[needs(Permission.TICKETS_WORK), expects(TicketUndoPayload)],
        description="Take back the viewer's own last act on a ticket, a change of status or of its owners, within ten "
        "minutes: a ticket closed by a slip is new again, one taken by a slip is nobody's again. Comments stay. "
        "Refuses acts of others, what was undone already, CONFLICT.",
    )
    async def ticket_undo(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
    ) -> TicketUndoPayload:
        viewer, now, number = info.context.signed_in, info.context.now(), _ticket_id(id)
        async with told_of_the_faster(viewer, number, now=now):
            row = await undo_last_act(viewer, number, seen=expected_version, now=now)
        return TicketUndoPayload(ticket=Ticket.of(row))

    @strawberry.mutation(
        extensions=[needs(Permission.TICKETS_WORK), expects(TicketCommentPayload)],
        description="Add an internal note; needs no version, two people may write at once.",
    )
    async def ticket_comment(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        body: str,
        idempotency_key: str | None = None,
    ) -> TicketCommentPayload:
        viewer, now, number = info.context.signed_in, info.context.now(), _ticket_id(id)

        async def act() -> int:
            async with told_of_the_faster(viewer, number, now=now):
                return int((await comment_ticket(viewer, number, body=body, now=now)).id)

        comment = await repeatable(info, TicketComment, idempotency_key, act, given=[id, body])
        return TicketCommentPayload(comment=comment, ticket=Ticket.numbered(number))

    @strawberry.mutation(
        extensions=[needs(Permission.TICKETS_WORK), expects(TicketEscalatePayload)],
        description="Escalate by hand: owner and team stay, and rules then leave the ticket alone (ESC-14). "
        "Refuses finished tickets, CONFLICT.",
    )
    async def ticket_escalate(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        note: str | None = None,
    ) -> TicketEscalatePayload:
        viewer, now, number = info.context.signed_in, info.context.now(), _ticket_id(id)
        async with told_of_the_faster(viewer, number, now=now):
            row = await escalate_ticket(viewer, number, note=note, seen=expected_version, now=now)
        return TicketEscalatePayload(ticket=Ticket.of(row))


def _ticket_id(text: strawberry.ID) -> TicketId:
    return TicketId(number_of(text, "tkt", field="id"))
