"""What the types of accounts need in batches."""

from datetime import datetime

from tortoise.expressions import Q

from boucle.accounts.models import Absence, Team, TeamMember


async def load_teams_of_users(user_ids: list[int]) -> list[list[Team]]:
    """Return the teams of each user, by name."""
    memberships = await TeamMember.filter(user_id__in=user_ids).prefetch_related("team")
    teams: dict[int, list[Team]] = {user_id: [] for user_id in user_ids}
    for each in sorted(memberships, key=lambda membership: membership.team.name):
        teams[each.user_id].append(each.team)
    return [teams[user_id] for user_id in user_ids]


async def load_members_of_teams(team_ids: list[int]) -> list[list[TeamMember]]:
    """Return the active members of each team, by name."""
    found = await TeamMember.filter(team_id__in=team_ids, user__is_active=True).prefetch_related("user")
    members: dict[int, list[TeamMember]] = {team_id: [] for team_id in team_ids}
    for each in sorted(found, key=lambda member: member.user.name):
        members[each.team_id].append(each)
    return [members[team_id] for team_id in team_ids]


async def load_absences_in_force(keys: list[tuple[int, datetime]]) -> list[Absence | None]:
    """Return for each user and moment the absence in force, or `None`."""
    moment = max(now for _, now in keys)
    rows = await Absence.filter(
        Q(ends_at=None) | Q(ends_at__gt=moment),
        user_id__in=[user_id for user_id, _ in keys],
        starts_at__lte=moment,
        ended_at=None,
    ).order_by("starts_at", "id")
    found = {row.user_id: row for row in rows}
    return [found.get(user_id) for user_id, _ in keys]
