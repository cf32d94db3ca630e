"""Root fields that manage escalation rules."""

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.context import Info
from boucle.api.errors import expects
from boucle.api.guards import needs
from boucle.api.repeating import repeatable
from boucle.api.tickets.inputs import EscalationRuleInput
from boucle.api.tickets.payloads import (
    EscalationRuleCreatePayload,
    EscalationRuleDeletePayload,
    EscalationRuleUpdatePayload,
)
from boucle.api.tickets.types import EscalationRule
from boucle.kit.ids import global_id, number_of
from boucle.tickets.access import access_rule
from boucle.tickets.actions import create_escalation_rule, delete_escalation_rule, update_escalation_rule
from boucle.tickets.models import RuleId


@strawberry.type
class EscalationRulesMutation:
    @strawberry.mutation(
        extensions=[needs(Permission.TICKETS_MANAGE), expects(EscalationRuleCreatePayload)],
        description="Make an escalation rule; due times of open tickets follow at once. Refuses wrong fields.",
    )
    async def escalation_rule_create(
        self,
        info: Info,
        input: EscalationRuleInput,  # noqa: A002  (the schema's word)
        idempotency_key: str | None = None,
    ) -> EscalationRuleCreatePayload:
        viewer, now = info.context.signed_in, info.context.now()

        async def act() -> int:
            return int((await create_escalation_rule(viewer, input.parsed(), now=now)).id)

        rule = await repeatable(info, EscalationRule, idempotency_key, act, given=input)
        return EscalationRuleCreatePayload(rule=rule)

    @strawberry.mutation(
        extensions=[needs(Permission.TICKETS_MANAGE), expects(EscalationRuleUpdatePayload)],
        description="Change an escalation rule; pending due times follow, what it did stays done. Refuses CONFLICT.",
    )
    async def escalation_rule_update(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        input: EscalationRuleInput,  # noqa: A002
    ) -> EscalationRuleUpdatePayload:
        viewer, number = info.context.signed_in, RuleId(number_of(id, "esc", field="id"))
        standing = await access_rule(viewer, number)
        draft = input.parsed(standing)
        rule = await update_escalation_rule(viewer, number, draft, seen=expected_version, now=info.context.now())
        return EscalationRuleUpdatePayload(rule=EscalationRule.of(rule))

    @strawberry.mutation(
        extensions=[needs(Permission.TICKETS_MANAGE), expects(EscalationRuleDeletePayload)],
        description="Delete an escalation rule; what it did stays in the tickets' activity. Refuses CONFLICT.",
    )
    async def escalation_rule_delete(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
    ) -> EscalationRuleDeletePayload:
        viewer, number = info.context.signed_in, RuleId(number_of(id, "esc", field="id"))
        rule = await delete_escalation_rule(viewer, number, seen=expected_version, now=info.context.now())
        return EscalationRuleDeletePayload(deleted_id=strawberry.ID(global_id("esc", rule.id)))
