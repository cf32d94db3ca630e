"""Taking people and teams out of service without leaving a ticket behind (PER-4)."""

from datetime import datetime

from boucle.accounts.access import Viewer
from boucle.accounts.actions.teams import delete_team
from boucle.accounts.actions.users import deactivate_user
from boucle.accounts.granting import acting_on_rights, administering
from boucle.accounts.models import Team, User
from boucle.accounts.permissions import Permission
from boucle.flows.absence import reassign_open_tickets, stop_giving_tickets_to
from boucle.kit.errors import NotAllowedNow, NotFound, ReassignRequired
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.models import Survey
from boucle.tickets.models import EscalationRule, Ticket
from boucle.tickets.statuses import FINISHED


async def retire_user(
    viewer: Viewer, user_id: int, *, reassign_to: int | None, seen_version: int, now: datetime
) -> User:
    """Deactivate a user after giving their open tickets to somebody else; raise `ReassignRequired` without one."""
    async with unit_of_work(), administering(viewer, user_id, now=now):
        substitutes = await stop_giving_tickets_to(user_id, successor=reassign_to, now=now)
        held = await Ticket.filter(assignee_id=user_id, status_category__not_in=list(FINISHED)).count()
        if held and reassign_to is None:
            raise ReassignRequired(
                "Open tickets that this user still holds: {count}. Choose who takes them over.",
                field="reassignTo",
                count=held,
            )
        if reassign_to is not None:
            await _check_successor(reassign_to, user_id)
            await reassign_open_tickets(viewer.actor, user_id, reassign_to, substitutes=substitutes, now=now)
        await _refuse_if_rules_name(user_id)
        return await deactivate_user(viewer, user_id, seen_version=seen_version, now=now)


async def retire_team(viewer: Viewer, team_id: int, *, seen_version: int, now: datetime) -> Team:
    """Delete a team; refused while tickets, surveys or escalation rules name it."""
    async with unit_of_work():
        await acting_on_rights(viewer, Permission.TEAMS_MANAGE, now=now)
        if count := await Ticket.filter(team_id=team_id).count():
            raise NotAllowedNow(
                "Tickets that belong to this team: {count}. Give them to another team first.", field="id", count=count
            )
        if rule := await EscalationRule.filter(recipient_team_id=team_id, deleted_at=None).first():
            raise NotAllowedNow(
                "The escalation rule '{name}' sends tickets to this team. Change the rule first.",
                field="id",
                name=rule.name,
            )
        for survey in await Survey.all().only("id", "name", "ticket_rule"):
            if survey.ticket_rule.get("team_id") == team_id:
                raise NotAllowedNow(
                    "Tickets of the survey '{name}' go to this team. Change the survey first.",
                    field="id",
                    name=survey.name,
                )
        return await delete_team(viewer, team_id, seen_version=seen_version, now=now)


async def _check_successor(reassign_to: int, user_id: int) -> None:
    if reassign_to == user_id or not await User.filter(id=reassign_to, is_active=True).exists():
        raise NotFound("Choose another active user to take over the open tickets.", field="reassignTo")


async def _refuse_if_rules_name(user_id: int) -> None:
    if rule := await EscalationRule.filter(recipient_user_id=user_id, deleted_at=None).first():
        raise NotAllowedNow(
            "The escalation rule '{name}' sends tickets to this user. Change the rule first.",
            field="id",
            name=rule.name,
        )
    for survey in await Survey.all().only("id", "name", "ticket_rule"):
        if survey.ticket_rule.get("assignee_id") == user_id:
            raise NotAllowedNow(
                "Tickets of the survey '{name}' go to this user. Change the survey first.",
                field="id",
                name=survey.name,
            )
