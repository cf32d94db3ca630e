"""Who may ask for a root field. Every root field has a guard; a test walks the schema."""

from collections.abc import Callable
from inspect import isawaitable
from typing import Any

from strawberry.extensions import FieldExtension

from boucle.accounts.access import Viewer, require, require_own_account
from boucle.accounts.permissions import Permission
from boucle.api.context import Context, Info
from boucle.kit.errors import Forbidden

Next = Callable[..., Any]


class Guard(FieldExtension):
    """Refuses the field before its resolver runs."""

    def __init__(self, permission: Permission | None, *, is_public: bool = False, is_own_account: bool = False) -> None:
        self.permission = permission
        self.is_public = is_public
        self.is_own_account = is_own_account

    def check(self, context: Context) -> None:
        """Raise unless the viewer may use the field."""
        if self.is_public:
            return
        viewer = context.signed_in
        try:
            self._check_rights(viewer)
        except Forbidden as error:
            named = {} if self.permission is None else {"permission": self.permission.name}
            raise context.refusal(error.code, error.phrase, **named) from error

    def _check_rights(self, viewer: Viewer) -> None:
        if self.is_own_account:
            require_own_account(viewer)
        if self.permission is not None:
            require(viewer, self.permission)

    def resolve(self, next_: Next, source: Any, info: Info, **kwargs: Any) -> Any:
        self.check(info.context)
        return next_(source, info, **kwargs)

    async def resolve_async(self, next_: Next, source: Any, info: Info, **kwargs: Any) -> Any:
        self.check(info.context)
        found = next_(source, info, **kwargs)
        return await found if isawaitable(found) else found  # a subscription is a generator, not an awaitable


def needs(permission: Permission) -> Guard:
    """Only for viewers who hold the right."""
    return Guard(permission)


def signed_in() -> Guard:
    """For every signed-in viewer; what they see inside is decided by `visible_*`."""
    return Guard(None)


def own_account() -> Guard:
    """For every signed-in viewer about themselves, but not for a token that was narrowed to some rights."""
    return Guard(None, is_own_account=True)


def public() -> Guard:
    """For everybody, signed in or not."""
    return Guard(None, is_public=True)
