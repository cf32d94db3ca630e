"""Who may ask for a root field. Every root field has a guard; a test walks the schema."""

from collections.abc import Callable
from inspect import isawaitable
from typing import Any

from graphql import GraphQLError
from strawberry.extensions import FieldExtension

from boucle.accounts.permissions import Permission
from boucle.api.context import Context, Info

Next = Callable[..., Any]


class Guard(FieldExtension):
    """Refuses the field before its resolver runs."""

    def __init__(self, permission: Permission | None, *, is_public: bool = False) -> None:
        self.permission = permission
        self.is_public = is_public

    def check(self, context: Context) -> None:
        """Raise unless the viewer may use the field."""
        if self.is_public:
            return
        viewer = context.signed_in
        if self.permission is not None and not viewer.can(self.permission):
            raise GraphQLError(
                f"{viewer.name} does not have the right {self.permission.name}. "
                "An organisation administrator can grant it under Settings, Users.",
                extensions={"code": "FORBIDDEN", "permission": self.permission.name},
            )

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


def public() -> Guard:
    """For everybody, signed in or not."""
    return Guard(None, is_public=True)
