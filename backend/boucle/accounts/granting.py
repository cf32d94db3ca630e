"""Rights over people: nobody gives or takes over more than they act with, and somebody is always left who can.

Acts that use a right ask for it again inside their unit of work, by `acting` or `acting_on_rights`: what the request
was let in with may have gone while it waited.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime

from boucle.accounts.access import Viewer, require, require_own_account
from boucle.accounts.credentials import session_of_id, token_of_id
from boucle.accounts.models import User, UserType
from boucle.accounts.permissions import NAMES, Permission, effective_permissions
from boucle.accounts.queries import viewer_of
from boucle.kit.database import Dialect, dialect, fetch, lock_name, share_name
from boucle.kit.errors import Forbidden, NotAllowedNow, NotFound

RIGHTS = "rights"
ADMINISTRATION = frozenset({Permission.USERS_MANAGE, Permission.ORGANISATION_MANAGE})
# What somebody active always holds together: without, only the command line would help.
ALWAYS_HELD = (frozenset({Permission.USERS_MANAGE}), ADMINISTRATION)


async def acting(viewer: Viewer, *needed: Permission, now: datetime) -> Viewer:
    """Return the viewer with what they may do now, which stays so until the running unit of work ends."""
    await share_name(RIGHTS)
    return await _as_now(viewer, needed, now)


async def acting_on_rights(viewer: Viewer, *needed: Permission, now: datetime) -> Viewer:
    """Like `acting`, for acts that change what somebody may do: one after the other, and before any other name.

    Of two administrators who deactivate each other, the second finds that they may not any more.
    """
    await lock_name(RIGHTS)
    return await _as_now(viewer, needed, now)


async def _as_now(viewer: Viewer, needed: Iterable[Permission], now: datetime) -> Viewer:
    present = await _present(viewer, now)
    if present is None:
        raise Forbidden("The access of {name} has ended in the meantime. Sign in again.", name=viewer.name)
    for permission in needed:
        require(present, permission)
    return present


async def _present(viewer: Viewer, now: datetime) -> Viewer | None:
    if viewer.token_id is not None:
        token = await token_of_id(viewer.token_id, now=now)
        return token.viewer if token is not None else None
    if viewer.session_id is not None:
        session = await session_of_id(viewer.session_id, now=now)
        return session.viewer if session is not None else None
    user = await User.get_or_none(id=viewer.user_id, is_active=True)  # the demo acts for people without a session
    return await viewer_of(user) if user is not None else None


def givable(viewer: Viewer) -> frozenset[Permission]:
    """Return the rights that the viewer may give, and take over by a password: those that they act with.

    Organisation administrators give what they do not hold themselves, too: somebody has to be able to.
    """
    if not viewer.is_narrowed and viewer.permissions >= ADMINISTRATION:
        return frozenset(Permission)
    return viewer.permissions


def refuse_to_give(viewer: Viewer, wanted: Iterable[Permission], *, field: str) -> None:
    """Raise `Forbidden` where rights would be given that the viewer does not act with."""
    if beyond := _beyond(viewer, wanted):
        raise Forbidden(
            "You would give the right '{right}', which you do not act with yourself. An organisation administrator "
            "can.",
            field=field,
            right=NAMES[beyond],
        )


def refuse_to_manage(viewer: Viewer, name: str, held: Iterable[Permission], *, field: str = "id") -> None:
    """Raise `Forbidden` where somebody, or a user type, has rights that the viewer does not act with."""
    if beyond := _beyond(viewer, held):
        raise Forbidden(
            "'{name}' has the right '{right}', which you do not act with yourself. An organisation administrator can "
            "do this.",
            field=field,
            name=name,
            right=NAMES[beyond],
        )


def _beyond(viewer: Viewer, wanted: Iterable[Permission]) -> Permission | None:
    missing = frozenset(wanted) - givable(viewer)
    return next((each for each in Permission if each in missing), None)


async def rights_of(user: User) -> frozenset[Permission]:
    """Return what a user may do now."""
    user_type = await UserType.get(id=user.user_type_id)
    return effective_permissions(user_type.permissions, granted=user.granted, revoked=user.revoked)


async def check_access_of(viewer: Viewer, user_id: int, *, unknown: NotFound) -> None:
    """Raise unless the viewer may end what the user is signed in with: it is their own, or they manage the user."""
    if user_id == viewer.user_id:
        require_own_account(viewer)
        return
    if not viewer.can(Permission.USERS_MANAGE):
        raise unknown
    owner = await User.get(id=user_id)
    refuse_to_manage(viewer, owner.name, await rights_of(owner))


async def refuse_to_lose_users(viewer: Viewer, *, field: str, now: datetime) -> None:
    """Raise `NotAllowedNow` where what was written takes the right to manage users from the viewer themselves."""
    present = await _present(viewer, now)
    if present is None or not present.can(Permission.USERS_MANAGE):
        raise NotAllowedNow(
            "This would take the right to manage users from yourself. Ask another organisation administrator.",
            field=field,
        )


@asynccontextmanager
async def administering(viewer: Viewer, user_id: int, *, now: datetime) -> AsyncIterator[Viewer]:
    """Let an administrator act on the account of somebody whose rights they have, and leave an administrator.

    Yields the administrator with what they may do now.
    """
    present = await acting_on_rights(viewer, Permission.USERS_MANAGE, now=now)
    user = await User.get_or_none(id=user_id)
    if user is None:
        raise NotFound("There is no such user.", field="id")
    refuse_to_manage(present, user.name, await rights_of(user))
    async with keeping_administrators():
        yield present


@asynccontextmanager
async def keeping_administrators() -> AsyncIterator[None]:
    """Refuse what would leave nobody active who may manage users, or all of the organisation.

    Only within `acting_on_rights`: of two such acts at once, each would count on the other's administrator.
    """
    held = [rights for rights in ALWAYS_HELD if await _is_held(rights)]
    yield
    for rights in held:
        if not await _is_held(rights):
            raise NotAllowedNow(
                "Nobody would be left who may manage users and the organisation. Give those rights to somebody else "
                "first.",
                field="id",
            )


async def _is_held(rights: Iterable[Permission]) -> bool:
    """Whether somebody active has all of these rights."""
    holds = " AND ".join(f"({_holds(right)})" for right in sorted(rights))
    sql = f"SELECT 1 FROM users u JOIN user_types t ON t.id = u.user_type_id WHERE u.is_active AND {holds} LIMIT 1"  # noqa: S608  (no input in it)
    return bool(await fetch(sql))


def _holds(right: Permission) -> str:
    """Return the SQL of `effective_permissions` for one right. Names of rights hold no quote and no `%`."""
    by_type, granted, revoked = (f"{_text(column)} LIKE '%\"{right}\"%'" for column in _COLUMNS)
    return f"({by_type} OR {granted}) AND NOT {revoked}"


_COLUMNS = ("t.permissions", "u.granted", "u.revoked")


def _text(column: str) -> str:
    return f"CAST({column} AS text)" if dialect() is Dialect.POSTGRES else column
