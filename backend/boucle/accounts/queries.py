"""Reads of accounts that are not GraphQL selections: the organisation, a user as a viewer."""

from boucle.accounts.access import Viewer
from boucle.accounts.models import Organisation, TeamMember, User, UserType
from boucle.accounts.permissions import effective_permissions


async def the_organisation() -> Organisation:
    """Return the one organisation."""
    return await Organisation.get(id=1)


async def viewer_of(user: User, *, session_id: int | None = None) -> Viewer:
    """Return the user as a viewer with what they may do now."""
    user_type = await UserType.get(id=user.user_type_id)
    permissions = effective_permissions(user_type.permissions, granted=user.granted, revoked=user.revoked)
    memberships = await TeamMember.filter(user_id=user.id)
    return Viewer(
        user_id=user.id,
        name=user.name,
        permissions=permissions,
        team_ids=frozenset(membership.team_id for membership in memberships),
        language=user.language,
        time_zone=user.time_zone,
        session_id=session_id,
    )
