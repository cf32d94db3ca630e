"""Escalation rules: making, changing and deleting them, with the due times that follow (ESC-12, ESC-22)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from boucle.accounts.access import Viewer, require
from boucle.accounts.models import Team, User
from boucle.accounts.ownership import check_owner
from boucle.accounts.permissions import Permission
from boucle.events.log import record
from boucle.events.models import EventKind
from boucle.kit.errors import Conflict, Invalid, NotFound, Required
from boucle.kit.ids import global_id
from boucle.kit.texts import clean_line
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.models import Survey
from boucle.tickets.access import access_rule
from boucle.tickets.actions.editing import checked_segment
from boucle.tickets.actions.owners import check_team
from boucle.tickets.due_times import hold_rules_alone, recompute_due_times
from boucle.tickets.events import FieldChange, named_change, plain_change, rule_event
from boucle.tickets.models import EscalationRule, RuleId

LONGEST_NAME = 120
LONGEST_DELAY = timedelta(days=366)
_REFERENCES = {
    "survey_id": ("survey", Survey),
    "recipient_user_id": ("recipient", User),
    "recipient_team_id": ("recipient_team", Team),
}


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as it shall be: survey and segment `None` for all; exactly one recipient; the delay in whole minutes."""

    name: str
    delay_minutes: int
    survey_id: int | None = None
    segment: str | None = None
    recipient_user_id: int | None = None
    recipient_team_id: int | None = None
    is_active: bool = True


COLUMNS = tuple(RuleDraft.__dataclass_fields__)


async def create_escalation_rule(viewer: Viewer, draft: RuleDraft, *, now: datetime) -> EscalationRule:
    """Make a rule; it counts for tickets that are open already, from now on (§20 no. 2)."""
    require(viewer, Permission.TICKETS_MANAGE)
    async with unit_of_work():
        await hold_rules_alone()
        checked = await _checked(draft)
        values = {column: getattr(checked, column) for column in COLUMNS}
        rule = await EscalationRule.create(**values, created_at=now)
        await recompute_due_times([(rule.survey_id, rule.segment)])
        await record(rule_event(EventKind.ESCALATION_RULE_CREATED, rule, actor=viewer.actor, at=now))
        return rule


async def update_escalation_rule(
    viewer: Viewer, rule_id: RuleId, draft: RuleDraft, *, seen: int, now: datetime
) -> EscalationRule:
    """Change a rule; pending due times follow, what it already did stays done (ESC-22)."""
    async with unit_of_work():
        await hold_rules_alone()
        rule = await _access_version(viewer, rule_id, seen)
        checked = await _checked(draft)
        changes = [await _change(rule, checked, column) for column in COLUMNS if _differs(rule, checked, column)]
        if not changes:
            return rule
        scope_before = (rule.survey_id, rule.segment)
        await _save(rule, {column: getattr(checked, column) for column in COLUMNS})
        await recompute_due_times([scope_before, (rule.survey_id, rule.segment)])
        event = rule_event(EventKind.ESCALATION_RULE_UPDATED, rule, actor=viewer.actor, at=now, changes=changes)
        await record(event)
        return rule


async def delete_escalation_rule(viewer: Viewer, rule_id: RuleId, *, seen: int, now: datetime) -> EscalationRule:
    """Retire a rule. Its row stays for the history of what it did."""
    async with unit_of_work():
        await hold_rules_alone()
        rule = await _access_version(viewer, rule_id, seen)
        await _save(rule, {"deleted_at": now})
        await recompute_due_times([(rule.survey_id, rule.segment)])
        await record(rule_event(EventKind.ESCALATION_RULE_DELETED, rule, actor=viewer.actor, at=now))
        return rule


async def _access_version(viewer: Viewer, rule_id: RuleId, seen: int) -> EscalationRule:
    rule = await access_rule(viewer, rule_id)
    if rule.version != seen:
        raise Conflict("The rule '{name}' was changed in between. Look again.", current=rule, name=rule.name)
    return rule


async def _save(rule: EscalationRule, values: dict[str, object]) -> None:
    # Nobody else can write: rules are held alone.
    changed = await EscalationRule.filter(id=rule.id, version=rule.version).update(**values, version=rule.version + 1)
    assert changed == 1, rule.id
    for column, value in values.items():
        setattr(rule, column, value)
    rule.version += 1


async def _checked(draft: RuleDraft) -> RuleDraft:
    name = clean_line(draft.name, LONGEST_NAME, field=["input", "name"])
    if name is None:
        raise Required("A rule needs a name.", field=["input", "name"])
    check_delay(draft.delay_minutes)
    await _check_recipient(draft)
    if draft.survey_id is not None and not await Survey.filter(id=draft.survey_id).exists():
        raise NotFound("There is no survey {id}.", field=["input", "surveyId"], id=global_id("srv", draft.survey_id))
    return RuleDraft(
        name=name,
        delay_minutes=draft.delay_minutes,
        survey_id=draft.survey_id,
        segment=checked_segment(draft.segment, "segment"),
        recipient_user_id=draft.recipient_user_id,
        recipient_team_id=draft.recipient_team_id,
        is_active=draft.is_active,
    )


def check_delay(minutes: int) -> None:
    """Raise unless the delay is from one minute to a year."""
    longest = int(LONGEST_DELAY.total_seconds() // 60)
    if not 1 <= minutes <= longest:
        raise Invalid(
            "A rule waits from 1 to {most} minutes, not {given}.",
            field=["input", "delayMinutes"],
            most=longest,
            given=minutes,
        )


async def _check_recipient(draft: RuleDraft) -> None:
    if (draft.recipient_user_id is None) == (draft.recipient_team_id is None):
        raise Invalid("A rule needs exactly one recipient: a person or a team.", field=["input", "recipientUserId"])
    if draft.recipient_user_id is not None:
        await check_owner(draft.recipient_user_id, field=["input", "recipientUserId"])
    if draft.recipient_team_id is not None:
        await check_team(draft.recipient_team_id, field=["input", "recipientTeamId"])


def _differs(rule: EscalationRule, draft: RuleDraft, column: str) -> bool:
    return bool(getattr(rule, column) != getattr(draft, column))


async def _change(rule: EscalationRule, draft: RuleDraft, column: str) -> FieldChange:
    before, after = getattr(rule, column), getattr(draft, column)
    if column in _REFERENCES:
        field, model = _REFERENCES[column]
        return await named_change(column, before, after, field=field, model=model)
    return plain_change(column, before, after)
