"""Who the viewer is and which accounts they may see and change."""

from dataclasses import dataclass

from boucle.accounts.models import Language
from boucle.accounts.permissions import NAMES, Permission
from boucle.events.actor import Actor, user_actor
from boucle.kit.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in user (or a token of theirs) with what they may do at this moment."""

    user_id: int
    name: str
    permissions: frozenset[Permission]
    team_ids: frozenset[int]
    language: Language
    time_zone: str
    session_id: int | None = None
    token_id: int | None = None
    is_narrowed: bool = False  # an API token with only some of its user's rights

    @property
    def actor(self) -> Actor:
        """The author of events that this viewer causes."""
        return user_actor(self.user_id)

    def can(self, permission: Permission) -> bool:
        """Whether the viewer holds the right."""
        return permission in self.permissions


def require(viewer: Viewer, permission: Permission) -> None:
    """Raise `Forbidden` unless the viewer holds the right."""
    if not viewer.can(permission):
        raise Forbidden(
            "This needs the right '{right}', which {name} does not have. "
            "An organisation administrator can grant it under Settings, Users.",
            right=NAMES[permission],
            name=viewer.name,
        )


def require_own_account(viewer: Viewer) -> None:
    """Raise `Forbidden` where a narrowed token would act on the account of its user.

    What everybody may do with their own account (profile, password, absences, sessions, tokens) hangs on no single
    right; a token that was given only some rights was not given this.
    """
    if viewer.is_narrowed:
        raise Forbidden(
            "This API token has only some of the rights of {name}, so it may not act on the account itself. "
            "Sign in, or use a token that was not narrowed.",
            name=viewer.name,
        )
