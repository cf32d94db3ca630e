"""Taking people and teams out of service without leaving a ticket behind (PER-4)."""

from datetime import datetime

from boucle.accounts.access import Viewer
from boucle.accounts.actions.teams import delete_team
from boucle.accounts.actions.users import deactivate_user
from boucle.accounts.granting import acting_on_rights
from boucle.accounts.models import Team, User
from boucle.accounts.ownership import name_of_owner
from boucle.accounts.permissions import Permission
from boucle.flows.ownership import hand_on, hold_leaving
from boucle.kit.errors import NotAllowedNow
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.models import Survey
from boucle.tickets.models import EscalationRule, Ticket


async def retire_user(
    viewer: Viewer, user_id: int, *, reassign_to: int | None, seen_version: int, now: datetime
) -> User:
    """Deactivate a user and give what they hold to somebody else; raise `ReassignRequired` without one."""
    async with unit_of_work():
        await acting_on_rights(viewer, Permission.USERS_MANAGE, now=now)
        successor = await hold_leaving([name_of_owner(user_id)], successor=reassign_to, now=now)
        user = await deactivate_user(viewer, user_id, seen_version=seen_version, now=now)
        await hand_on([user_id], successor, by=viewer.actor, now=now)
        return user


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
