"""Creating, changing and deleting teams."""

from collections.abc import Mapping
from datetime import datetime

from boucle.accounts.access import Viewer, require
from boucle.accounts.actions.memberships import Members, set_members_of_team
from boucle.accounts.granting import acting_on_rights
from boucle.accounts.models import Team, User
from boucle.accounts.permissions import Permission
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.database import lock_name
from boucle.kit.errors import Conflict, NotFound, Taken
from boucle.kit.ids import global_id
from boucle.kit.texts import required_name, sort_key
from boucle.kit.unit_of_work import unit_of_work

LONGEST_NAME = 80


async def create_team(viewer: Viewer, *, name: str, members: Members, now: datetime) -> Team:
    """Create a team with its members."""
    require(viewer, Permission.TEAMS_MANAGE)
    name = required_name(name, LONGEST_NAME)
    await _check_members(members)
    async with unit_of_work():
        await acting_on_rights(viewer, Permission.TEAMS_MANAGE, now=now)
        await _hold_name(name, except_id=None)
        team = await Team.create(name=name, created_at=now)
        await set_members_of_team(team.id, members, by=viewer.actor, now=now)
        await _record(EventKind.TEAM_CREATED, team.id, viewer, now=now, data={"members": sorted(members)})
    return team


async def update_team(
    viewer: Viewer, team_id: int, *, name: str, members: Members | None, seen_version: int, now: datetime
) -> Team:
    """Rename a team and set its members (`None`: leave them)."""
    require(viewer, Permission.TEAMS_MANAGE)
    name = required_name(name, LONGEST_NAME)
    await _known(team_id)
    await _check_members(members or {})
    async with unit_of_work():
        await acting_on_rights(viewer, Permission.TEAMS_MANAGE, now=now)
        await _hold_name(name, except_id=team_id)
        await _write(team_id, seen_version, name=name)
        if members is not None:
            await set_members_of_team(team_id, members, by=viewer.actor, now=now)
        await _record(EventKind.TEAM_UPDATED, team_id, viewer, now=now)
    return await Team.get(id=team_id)


async def delete_team(viewer: Viewer, team_id: int, *, seen_version: int, now: datetime) -> Team:
    """Delete a team that nothing names any more; the caller has checked what does."""
    async with unit_of_work():
        await acting_on_rights(viewer, Permission.TEAMS_MANAGE, now=now)
        team = await _known(team_id)
        await _write(team_id, seen_version, name=team.name)
        await set_members_of_team(team_id, {}, by=viewer.actor, now=now)
        await Team.filter(id=team_id).delete()
        await _record(EventKind.TEAM_DELETED, team_id, viewer, now=now, data={"name": team.name})
    return team


async def _known(team_id: int) -> Team:
    team = await Team.get_or_none(id=team_id)
    if team is None:
        raise NotFound("There is no such team (any more).", field="id")
    return team


async def _check_members(members: Members) -> None:
    if await User.filter(id__in=list(members), is_active=True).count() != len(members):
        raise NotFound("One of the members does not exist or is not active.", field="members")


async def _write(team_id: int, seen_version: int, *, name: str) -> None:
    values = {"name": name, "name_key": sort_key(name), "version": seen_version + 1}
    if not await Team.filter(id=team_id, version=seen_version).update(**values):
        current = await _known(team_id)
        raise Conflict("The team '{name}' was changed in between. Look again.", current=current, name=current.name)


async def _record(
    kind: EventKind, team_id: int, viewer: Viewer, *, now: datetime, data: Mapping[str, object] | None = None
) -> None:
    await record(NewEvent(kind, global_id("tea", team_id), viewer.actor, now, data=data or {}))


async def _hold_name(name: str, *, except_id: int | None) -> None:
    """Hold the names of teams; raise `Taken` where another has this one, in whatever case and accents.

    A team that shares its name with another since before keeps it until it is renamed.
    """
    await lock_name("team names")
    others = await Team.filter(name_key=sort_key(name)).exclude(id=except_id or 0)
    own = await Team.get_or_none(id=except_id or 0)
    if others and (own is None or own.name != name):
        raise Taken("Another team is already called '{name}'. Choose another name.", field="name", name=others[0].name)
