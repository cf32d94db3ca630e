"""Who may own tickets: asked at every door through which somebody is given one, or is named to be given some.

Whoever asks holds the answer until the commit. A right that goes away is seen to by `flows.ownership`, which holds the
same names alone.
"""

from collections.abc import Collection, Iterable

from boucle.accounts.models import User
from boucle.accounts.permissions import NAMES, Permission, effective_permissions
from boucle.kit.database import lock_names
from boucle.kit.errors import Invalid, NotFound
from boucle.kit.ids import global_id

# Shared by all who give tickets to anybody; held alone by whoever takes the right from many people at once. It comes
# after the escalation rules, in the order of `lock_names` as well as where both are held one by one.
OWNERS = "owners"


def may_own_tickets(user: User, of_type: Iterable[str]) -> bool:
    """Whether an account of a type with these permissions may own tickets: active, and with the right to work."""
    rights = effective_permissions(of_type, granted=user.granted, revoked=user.revoked)
    return user.is_active and Permission.TICKETS_WORK in rights


async def owners_among(user_ids: Collection[int]) -> set[int]:
    """Return those of these users who may own tickets."""
    if not user_ids:
        return set()
    users = await User.filter(id__in=list(user_ids), is_active=True).select_related("user_type")
    return {user.id for user in users if may_own_tickets(user, user.user_type.permissions)}


async def check_owner(user_id: int, *, field: list[str]) -> None:
    """Raise unless the user may own tickets, and go on to do so until the commit."""
    await hold_owners([user_id])
    await check_may_own(user_id, field=field)


async def check_may_own(user_id: int, *, field: list[str]) -> None:
    """Raise unless the user, who is held, may own tickets: known, active, allowed to work on them."""
    user = await User.get_or_none(id=user_id).select_related("user_type")
    if user is None:
        raise NotFound("There is no user {id}.", field=field, id=global_id("usr", user_id))
    if not user.is_active:
        raise Invalid("{name}'s account is deactivated. Choose somebody else.", field=field, name=user.name)
    if not may_own_tickets(user, user.user_type.permissions):
        raise Invalid(
            "{name} does not have the right '{right}'. Choose somebody else.",
            field=field,
            name=user.name,
            right=NAMES[Permission.TICKETS_WORK],
        )


def name_of_owner(user_id: int) -> str:
    """Return what is held while tickets are given to the user, together, or while they lose the right, alone."""
    return f"owner:{user_id}"


def names_of_owners(user_ids: Iterable[int]) -> list[str]:
    """Return what is held, together with others, while tickets are given to any of these users."""
    return [OWNERS, *map(name_of_owner, user_ids)]


async def hold_owners(user_ids: Iterable[int]) -> None:
    """Keep the users' rights as they are until the commit, so that nobody is given a ticket while they lose theirs."""
    await lock_names((), shared=names_of_owners(user_ids))
