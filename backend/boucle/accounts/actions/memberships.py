"""Who belongs to which team. Both sides are told: a team's members and a user's teams change together."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from tortoise.expressions import F

from boucle.accounts.models import Team, TeamMember, User
from boucle.events.actor import Actor
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.ids import global_id

Members = Mapping[int, bool]  # user id → whether they supervise the team


async def set_teams_of_user(user_id: int, team_ids: Iterable[int], *, by: Actor, now: datetime) -> None:
    """Make these the user's teams; the teams' versions grow, so that nobody overwrites it unseen."""
    wanted = set(team_ids)
    present = {each.team_id for each in await TeamMember.filter(user_id=user_id)}
    await TeamMember.filter(user_id=user_id, team_id__in=present - wanted).delete()
    for team_id in sorted(wanted - present):
        await TeamMember.create(user_id=user_id, team_id=team_id)
    for team_id in sorted(wanted ^ present):
        await Team.filter(id=team_id).update(version=F("version") + 1)
        await record(NewEvent(EventKind.TEAM_UPDATED, global_id("tea", team_id), by, now))


async def set_members_of_team(team_id: int, members: Members, *, by: Actor, now: datetime) -> None:
    """Make these the team's members; the users' versions grow, so that nobody overwrites it unseen."""
    present = {each.user_id: each for each in await TeamMember.filter(team_id=team_id)}
    await TeamMember.filter(team_id=team_id, user_id__in=present.keys() - members.keys()).delete()
    for user_id, is_supervisor in sorted(members.items()):
        if user_id not in present:
            await TeamMember.create(team_id=team_id, user_id=user_id, is_supervisor=is_supervisor)
        elif present[user_id].is_supervisor != is_supervisor:
            await TeamMember.filter(id=present[user_id].id).update(is_supervisor=is_supervisor)
    for user_id in sorted(present.keys() ^ members.keys()):
        await User.filter(id=user_id).update(version=F("version") + 1)
        await record(NewEvent(EventKind.USER_UPDATED, global_id("usr", user_id), by, now))
