"""Creating and changing users and user types. Users are never deleted, only deactivated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.exceptions import IntegrityError

from boucle.accounts.access import Viewer, require, require_own_account
from boucle.accounts.actions.memberships import set_teams_of_user
from boucle.accounts.actions.sessions import end_sessions, forget_devices
from boucle.accounts.actions.tokens import revoke_tokens
from boucle.accounts.granting import (
    acting,
    acting_on_rights,
    administering,
    keeping_administrators,
    refuse_to_give,
    refuse_to_lose_users,
    refuse_to_manage,
)
from boucle.accounts.models import Language, Team, TeamMember, User, UserType, search_text_of
from boucle.accounts.permissions import Permission, effective_permissions
from boucle.accounts.validation import checked_email, checked_password, checked_time_zone
from boucle.events.actor import Actor
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.errors import Conflict, Invalid, NotAllowedNow, NotFound, SignInFailed, Taken
from boucle.kit.fair_threads import Asker
from boucle.kit.ids import global_id
from boucle.kit.passwords import COMMAND_LINE, hash_password, is_password
from boucle.kit.texts import required_name, sort_key
from boucle.kit.unit_of_work import unit_of_work

LONGEST_NAME = 120
LONGEST_TYPE_NAME = 80


@dataclass(frozen=True, slots=True)
class UserDetails:
    """Everything an administrator decides about a user, apart from the password."""

    name: str
    email: str
    user_type_id: int
    team_ids: tuple[int, ...] = ()
    language: Language = Language.FR
    time_zone: str = "Europe/Paris"
    granted: frozenset[Permission] = frozenset()
    revoked: frozenset[Permission] = frozenset()


async def create_user(by: Viewer | Actor, details: UserDetails, *, password: str, now: datetime) -> User:
    """Create an active user. Raises `Taken` for a known address, `Invalid` or `NotFound` for wrong input.

    A viewer gives no rights that they do not act with; an actor is the system itself, or the command line.
    """
    actor = by.actor if isinstance(by, Viewer) else by
    digest = await hash_password(checked_password(password, field="password"), asker=_asker(actor))
    values = await _checked(details)
    try:
        async with unit_of_work():
            if isinstance(by, Viewer):
                await _refuse_to_give(await acting_on_rights(by, Permission.USERS_MANAGE, now=now), details)
            user = await User.create(**values, password_hash=digest, created_at=now, updated_at=now)
            await set_teams_of_user(user.id, details.team_ids, by=actor, now=now)
            await _record(EventKind.USER_CREATED, user.id, actor, now=now)
    except IntegrityError as error:
        raise _email_taken(str(values["email"])) from error
    return user


async def update_user(viewer: Viewer, user_id: int, details: UserDetails, *, seen_version: int, now: datetime) -> User:
    """Write all details of a user. Nobody may take from themselves the right to manage users."""
    require(viewer, Permission.USERS_MANAGE)
    values = await _checked(details)
    before = await _known(user_id)
    changes = {name: [getattr(before, name), value] for name, value in values.items() if getattr(before, name) != value}
    teams_before = sorted([each.team_id for each in await TeamMember.filter(user_id=user_id)])
    if teams_before != sorted(details.team_ids):
        changes["team_ids"] = [teams_before, sorted(details.team_ids)]
    try:
        async with unit_of_work(), administering(viewer, user_id, now=now) as present:
            await _refuse_to_give(present, details)
            await _write(user_id, seen_version, now=now, **values, **_keys(values["name"], values["email"]))
            await refuse_to_lose_users(viewer, field="userTypeId", now=now)
            await set_teams_of_user(user_id, details.team_ids, by=viewer.actor, now=now)
            await _record(EventKind.USER_UPDATED, user_id, viewer.actor, now=now, changes=changes)
    except IntegrityError as error:
        raise _email_taken(str(values["email"])) from error
    return await User.get(id=user_id)


async def update_profile(
    viewer: Viewer, *, name: str, language: Language, time_zone: str, seen_version: int, now: datetime
) -> User:
    """Write what everybody decides about themselves."""
    require_own_account(viewer)
    values = {
        "name": required_name(name, LONGEST_NAME),
        "language": language,
        "time_zone": checked_time_zone(time_zone, field="timeZone"),
    }
    async with unit_of_work():
        await acting(viewer, now=now)
        before = await _known(viewer.user_id)
        await _write(viewer.user_id, seen_version, now=now, **values, **_keys(values["name"], before.email))
        await _record(EventKind.USER_UPDATED, viewer.user_id, viewer.actor, now=now)
    return await User.get(id=viewer.user_id)


async def change_password(viewer: Viewer, *, current: str, new: str, now: datetime) -> User:
    """Set the viewer's own password and end all their other sessions."""
    require_own_account(viewer)
    user = await _known(viewer.user_id)
    if not await is_password(current, user.password_hash, asker=_asker(viewer.actor)):
        raise SignInFailed("The current password is not right. Type it again.", field="current")
    digest = await hash_password(checked_password(new, field="new"), asker=_asker(viewer.actor))
    async with unit_of_work():
        require_own_account(await acting_on_rights(viewer, now=now))
        await _set_password(user, digest, by=viewer, now=now)
    return user


async def set_password(
    viewer: Viewer, user_id: int, *, password: str, revokes_tokens: bool = True, now: datetime
) -> User:
    """Set somebody's password and end all that they are signed in with: sessions, and API tokens unless spared."""
    require(viewer, Permission.USERS_MANAGE)
    user = await _known(user_id)
    digest = await hash_password(checked_password(password, field="password"), asker=_asker(viewer.actor))
    async with unit_of_work(), administering(viewer, user_id, now=now):
        await _set_password(user, digest, by=viewer, now=now)
        if revokes_tokens:
            await revoke_tokens(user_id, by=viewer, now=now)
    return user


async def deactivate_user(viewer: Viewer, user_id: int, *, seen_version: int, now: datetime) -> User:
    """Take away all access; open tickets must have been given to others before (PER-4)."""
    if user_id == viewer.user_id:
        raise NotAllowedNow("You cannot deactivate yourself. Ask another organisation administrator.", field="id")
    async with unit_of_work(), administering(viewer, user_id, now=now):
        await _write(user_id, seen_version, now=now, is_active=False)
        await set_teams_of_user(user_id, (), by=viewer.actor, now=now)
        await revoke_tokens(user_id, by=viewer, now=now)
        await end_sessions(user_id, by=viewer.user_id, now=now)
        await forget_devices(user_id)
        await _record(EventKind.USER_DEACTIVATED, user_id, viewer.actor, now=now)
    return await User.get(id=user_id)


async def reactivate_user(viewer: Viewer, user_id: int, *, seen_version: int, now: datetime) -> User:
    """Let a deactivated user sign in again, without their former teams."""
    async with unit_of_work(), administering(viewer, user_id, now=now):
        await _write(user_id, seen_version, now=now, is_active=True)
        await _record(EventKind.USER_REACTIVATED, user_id, viewer.actor, now=now)
    return await User.get(id=user_id)


async def update_user_type(
    viewer: Viewer,
    user_type_id: int,
    *,
    name: str,
    permissions: frozenset[Permission],
    seen_version: int,
    now: datetime,
) -> UserType:
    """Change what users of a type may do; it holds for all of them at once."""
    require(viewer, Permission.USERS_MANAGE)
    async with unit_of_work():
        present = await acting_on_rights(viewer, Permission.USERS_MANAGE, now=now)
        user_type = await UserType.get_or_none(id=user_type_id)
        if user_type is None:
            raise NotFound("There is no such user type.", field="id")
        before = effective_permissions(user_type.permissions, granted=(), revoked=())
        refuse_to_manage(present, user_type.name, before)
        refuse_to_give(present, permissions, field="permissions")
        async with keeping_administrators():
            await _write_type(user_type, seen_version, name=name, permissions=permissions)
            await refuse_to_lose_users(viewer, field="permissions", now=now)
        await record(_type_event(user_type, before, permissions, by=viewer, now=now))
    return await UserType.get(id=user_type_id)


async def _write_type(user_type: UserType, seen_version: int, *, name: str, permissions: frozenset[Permission]) -> None:
    changed = await UserType.filter(id=user_type.id, version=seen_version).update(
        name=required_name(name, LONGEST_TYPE_NAME),
        permissions=sorted(each.value for each in permissions),
        version=seen_version + 1,
    )
    if not changed:
        raise Conflict(
            "The user type '{name}' was changed in between. Look again.", current=user_type, name=user_type.name
        )


def _type_event(
    user_type: UserType, before: frozenset[Permission], after: frozenset[Permission], *, by: Viewer, now: datetime
) -> NewEvent:
    changes = {"permissions": [sorted(before), sorted(after)]} if before != after else {}
    data = {"changes": changes, "name": user_type.name}
    return NewEvent(EventKind.USER_TYPE_UPDATED, global_id("utp", user_type.id), by.actor, now, data=data)


async def _checked(details: UserDetails) -> dict[str, Any]:
    if not await UserType.filter(id=details.user_type_id).exists():
        raise NotFound("There is no such user type.", field="userTypeId")
    if await Team.filter(id__in=details.team_ids).count() != len(set(details.team_ids)):
        raise NotFound("One of the teams does not exist (any more).", field="teamIds")
    if details.granted & details.revoked:
        names = ", ".join(sorted(each.name for each in details.granted & details.revoked))
        raise Invalid("{names}: granted and revoked at once. Choose one.", field="grantedPermissions", names=names)
    return {
        "name": required_name(details.name, LONGEST_NAME),
        "email": checked_email(details.email, field="email"),
        "user_type_id": details.user_type_id,
        "language": details.language,
        "time_zone": checked_time_zone(details.time_zone, field="timeZone"),
        "granted": sorted(each.value for each in details.granted),
        "revoked": sorted(each.value for each in details.revoked),
    }


def _keys(name: str, email: str) -> dict[str, str]:
    """Return what users are sorted and found by."""
    return {"name_key": sort_key(name), "search_text": search_text_of(name, email)}


async def _refuse_to_give(viewer: Viewer, details: UserDetails) -> None:
    user_type = await UserType.get(id=details.user_type_id)
    of_type = effective_permissions(user_type.permissions, granted=(), revoked=details.revoked)
    refuse_to_give(viewer, of_type, field="userTypeId")
    refuse_to_give(viewer, details.granted, field="grantedPermissions")


async def _known(user_id: int) -> User:
    user = await User.get_or_none(id=user_id)
    if user is None:
        raise NotFound("There is no such user.", field="id")
    return user


async def _write(user_id: int, seen_version: int, *, now: datetime, **values: object) -> None:
    changed = await User.filter(id=user_id, version=seen_version).update(
        **values, updated_at=now, version=seen_version + 1
    )
    if not changed:
        current = await _known(user_id)
        raise Conflict("The user {name} was changed in between. Look again.", current=current, name=current.name)


async def _set_password(user: User, digest: str, *, by: Viewer, now: datetime) -> None:
    await User.filter(id=user.id).update(password_hash=digest)
    await end_sessions(user.id, by=by.user_id, keep=by.session_id, now=now)
    await forget_devices(user.id, keep=by.session_id)
    await _record(EventKind.PASSWORD_CHANGED, user.id, by.actor, now=now)


def _asker(actor: Actor) -> Asker:
    return COMMAND_LINE if actor.user_id is None else Asker(f"user:{actor.user_id}", is_known=True)


async def _record(
    kind: EventKind, user_id: int, actor: Actor, *, now: datetime, changes: Mapping[str, object] | None = None
) -> None:
    data = {"changes": dict(changes)} if changes else {}
    await record(NewEvent(kind, global_id("usr", user_id), actor, now, data=data))


def _email_taken(email: str) -> Taken:
    return Taken("Another user already has the address {email}. Use another.", field="email", email=email)
