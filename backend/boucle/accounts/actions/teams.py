"""Creating, changing and deleting teams."""

from collections.abc import Mapping
from datetime import datetime

from tortoise.exceptions import IntegrityError

from boucle.accounts.access import Viewer, require
from boucle.accounts.actions.memberships import Members, set_members_of_team
from boucle.accounts.granting import acting_on_rights
from boucle.accounts.models import Team, User
from boucle.accounts.permissions import Permission
from boucle.accounts.validation import checked_name
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.errors import Conflict, NotFound, Taken
from boucle.kit.ids import global_id
from boucle.kit.unit_of_work import unit_of_work


async def create_team(viewer: Viewer, *, name: str, members: Members, now: datetime) -> Team:
    """Create a team with its members."""
    require(viewer, Permission.TEAMS_MANAGE)
    name = checked_name(name, field="name", longest=80)
    await _check_members(members)
    try:
        async with unit_of_work():
            await acting_on_rights(viewer, Permission.TEAMS_MANAGE, now=now)
            team = await Team.create(name=name, created_at=now)
            await set_members_of_team(team.id, members, by=viewer.actor, now=now)
            await _record(EventKind.TEAM_CREATED, team.id, viewer, now=now, data={"members": sorted(members)})
    except IntegrityError as error:
        raise _name_taken(name) from error
    return team


async def update_team(
    viewer: Viewer, team_id: int, *, name: str, members: Members | None, seen_version: int, now: datetime
) -> Team:
    """Rename a team and set its members (`None`: leave them)."""
    require(viewer, Permission.TEAMS_MANAGE)
    name = checked_name(name, field="name", longest=80)
    await _known(team_id)
    await _check_members(members or {})
    try:
        async with unit_of_work():
            await acting_on_rights(viewer, Permission.TEAMS_MANAGE, now=now)
            await _write(team_id, seen_version, name=name)
            if members is not None:
                await set_members_of_team(team_id, members, by=viewer.actor, now=now)
            await _record(EventKind.TEAM_UPDATED, team_id, viewer, now=now)
    except IntegrityError as error:
        raise _name_taken(name) from error
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
    if not await Team.filter(id=team_id, version=seen_version).update(name=name, version=seen_version + 1):
        current = await _known(team_id)
        raise Conflict("The team '{name}' was changed in between. Look again.", current=current, name=current.name)


async def _record(
    kind: EventKind, team_id: int, viewer: Viewer, *, now: datetime, data: Mapping[str, object] | None = None
) -> None:
    await record(NewEvent(kind, global_id("tea", team_id), viewer.actor, now, data=data or {}))


def _name_taken(name: str) -> Taken:
    return Taken("Another team is already called '{name}'. Choose another name.", field="name", name=name)
