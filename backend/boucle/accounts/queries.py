"""Reads of accounts that are not GraphQL selections: who is behind a secret, who belongs to what."""

from datetime import datetime

from boucle.accounts.access import Viewer
from boucle.accounts.models import ApiToken, Organisation, Session, TeamMember, User, UserType
from boucle.accounts.permissions import Permission, effective_permissions
from boucle.kit.passwords import digest_secret


async def the_organisation() -> Organisation:
    """Return the one organisation."""
    return await Organisation.get(id=1)


async def viewer_of(user: User, *, session_id: int | None = None, token: ApiToken | None = None) -> Viewer:
    """Return the user as a viewer with what they may do now; a token may narrow it."""
    user_type = await UserType.get(id=user.user_type_id)
    permissions = effective_permissions(user_type.permissions, granted=user.granted, revoked=user.revoked)
    if token is not None and token.permissions is not None:
        permissions &= {Permission(name) for name in token.permissions if name in set(Permission)}
    memberships = await TeamMember.filter(user_id=user.id)
    return Viewer(
        user_id=user.id,
        name=user.name,
        permissions=permissions,
        team_ids=frozenset(membership.team_id for membership in memberships),
        language=user.language,
        time_zone=user.time_zone,
        session_id=session_id,
        token_id=token.id if token is not None else None,
    )


async def find_session(secret: str, *, now: datetime) -> Session | None:
    """Return the live session behind a cookie's secret."""
    return await Session.get_or_none(secret_digest=digest_secret(secret), ended_at=None, expires_at__gt=now)


async def find_token(secret: str, *, now: datetime) -> ApiToken | None:
    """Return the live API token behind a bearer secret."""
    token = await ApiToken.get_or_none(secret_digest=digest_secret(secret), revoked_at=None)
    return None if token is None or (token.expires_at is not None and token.expires_at <= now) else token


async def viewer_of_session(session_id: int, *, now: datetime) -> Viewer | None:
    """Return the viewer of a session that is still live, with their rights as they are now."""
    session = await Session.get_or_none(id=session_id, ended_at=None, expires_at__gt=now)
    if session is None:
        return None
    user = await User.get_or_none(id=session.user_id, is_active=True)
    return await viewer_of(user, session_id=session.id) if user else None


async def viewer_of_token(token_id: int, *, now: datetime) -> Viewer | None:
    """Return the viewer of an API token that is still live, with their rights as they are now."""
    token = await ApiToken.get_or_none(id=token_id, revoked_at=None)
    if token is None or (token.expires_at is not None and token.expires_at <= now):
        return None
    user = await User.get_or_none(id=token.user_id, is_active=True)
    return await viewer_of(user, token=token) if user else None
