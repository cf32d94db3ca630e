"""Nobody gives or takes over more rights than they act with, and somebody is always left who can give them."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from boucle.accounts.access import Viewer
from boucle.accounts.actions.absences import create_absence
from boucle.accounts.actions.organisation import update_organisation
from boucle.accounts.actions.sessions import end_session
from boucle.accounts.actions.tokens import create_own_token, create_token, revoke_token
from boucle.accounts.actions.users import (
    UserDetails,
    change_password,
    create_user,
    deactivate_user,
    reactivate_user,
    set_password,
    update_profile,
    update_user,
    update_user_type,
)
from boucle.accounts.credentials import token_of_id
from boucle.accounts.models import ApiToken, Language, Session, User, UserType
from boucle.accounts.permissions import Permission
from boucle.accounts.queries import viewer_of
from boucle.flows.retiring import retire_user
from boucle.kit.errors import DomainError, Forbidden, NotAllowedNow, NotFound
from boucle.kit.unit_of_work import unit_of_work
from tests.factories.accounts import make_user, make_viewer
from tests.factories.contacts import NOON

PASSWORD = "correct horse battery"
MANAGES_USERS = frozenset({Permission.USERS_MANAGE, Permission.TICKETS_READ})


async def with_rights(*, granted: frozenset[Permission] = MANAGES_USERS) -> Viewer:
    """Somebody who has exactly these rights."""
    user = await make_user(user_type="viewer", name="Max Manager")
    revoked = frozenset(Permission) - granted
    async with unit_of_work():
        await User.filter(id=user.id).update(granted=sorted(granted), revoked=sorted(revoked))
    return await viewer_of(await User.get(id=user.id))


async def by_token(user: Viewer, *permissions: Permission, days: int | None = None) -> Viewer:
    """The same person by a token that was narrowed to these rights."""
    made = await create_token(user.user_id, name="narrow", days=days, permissions=frozenset(permissions), now=NOON)
    found = await token_of_id(made.token.id, now=NOON)
    assert found is not None
    return found.viewer


async def details(*, user_type: str = "ticket_taker", **more: object) -> UserDetails:
    kind = await UserType.get(key=user_type)
    given = {"name": "Léa Roux", "email": "lea@boucle.example", "user_type_id": kind.id, "language": Language.EN}
    return UserDetails(**(given | more))


async def details_of(user_id: int, **more: object) -> UserDetails:
    user = await User.get(id=user_id)
    given = {
        "name": user.name,
        "email": user.email,
        "user_type_id": user.user_type_id,
        "granted": frozenset(map(Permission, user.granted)),
        "revoked": frozenset(map(Permission, user.revoked)),
    }
    return UserDetails(**(given | more))


async def make_session(user_id: int) -> Session:
    async with unit_of_work():
        return await Session.create(
            user_id=user_id,
            secret_digest=f"digest of {user_id}",
            created_at=NOON,
            last_seen_at=NOON,
            expires_at=NOON + timedelta(days=1),
        )


async def test_a_token_made_by_a_narrowed_one_has_its_rights_where_none_are_named(db):
    narrow = await by_token(await make_viewer(user_type="organisation_admin"), Permission.TICKETS_READ)
    made = await create_own_token(narrow, name="copy", days=None, permissions=None, now=NOON)
    assert made.token.permissions == ["tickets_read"]


async def test_a_narrowed_token_makes_no_better_one(db):
    narrow = await by_token(await make_viewer(user_type="organisation_admin"), Permission.TICKETS_READ)
    asked = frozenset({Permission.TICKETS_READ, Permission.USERS_MANAGE})
    with pytest.raises(Forbidden, match="Manage users"):
        await create_own_token(narrow, name="better", days=None, permissions=asked, now=NOON)
    assert await ApiToken.all().count() == 1


async def test_a_token_does_not_outlive_the_one_that_made_it(db):
    narrow = await by_token(await make_viewer(), Permission.TICKETS_READ, days=2)
    made = await create_own_token(narrow, name="longer", days=None, permissions=None, now=NOON)
    assert made.token.expires_at == NOON + timedelta(days=2)


async def test_a_revoked_token_makes_no_other(db):
    owner = await make_viewer()
    narrow = await by_token(owner, Permission.TICKETS_READ)
    await revoke_token(narrow, narrow.token_id, now=NOON)  # a key may end itself
    with pytest.raises(Forbidden):
        await create_own_token(narrow, name="ghost", days=None, permissions=None, now=NOON)


async def test_a_narrowed_token_does_not_act_on_the_account_of_its_user(db):
    owner, colleague = await make_viewer(), await make_user()
    narrow = await by_token(owner, *owner.permissions)
    session, other = await make_session(owner.user_id), await by_token(owner)
    period = {"user_id": owner.user_id, "starts_at": NOON, "ends_at": None, "note": "", "now": NOON}
    for act in (
        create_absence(narrow, substitute_id=colleague.id, **period),
        update_profile(narrow, name="X", language=Language.EN, time_zone="UTC", seen_version=1, now=NOON),
        change_password(narrow, current=PASSWORD, new="another good password", now=NOON),
        end_session(narrow, session.id, now=NOON),
        revoke_token(narrow, other.token_id, now=NOON),
    ):
        with pytest.raises(Forbidden, match="only some of the rights"):
            await act
    whole = replace(narrow, is_narrowed=False, token_id=None)
    assert (await create_absence(whole, substitute_id=colleague.id, **period)).user_id == owner.user_id


async def test_who_manages_users_gives_no_right_that_they_do_not_act_with(db):
    manager = await with_rights()
    with pytest.raises(Forbidden, match="Work on tickets"):
        await create_user(manager, await details(), password=PASSWORD, now=NOON)
    kind = await UserType.get(key="organisation_admin")
    for more in (
        {"granted": MANAGES_USERS | {Permission.ORGANISATION_MANAGE}, "revoked": frozenset()},
        {"user_type_id": kind.id, "revoked": frozenset()},
    ):
        own = await details_of(manager.user_id, **more)
        with pytest.raises(Forbidden, match="You would give the right"):
            await update_user(manager, manager.user_id, own, seen_version=1, now=NOON)
    fewer = await details(revoked=frozenset({Permission.TICKETS_WORK, Permission.CONTACTS_READ}))
    assert (await create_user(manager, fewer, password=PASSWORD, now=NOON)).is_active


async def test_who_manages_users_does_not_take_over_an_account_with_more_rights(db):
    manager, boss = await with_rights(), await make_viewer(user_type="organisation_admin", name="Bea Boss")
    session, token = await make_session(boss.user_id), await by_token(boss)
    renamed = await details_of(boss.user_id, email="mine@boucle.example")
    for act in (
        set_password(manager, boss.user_id, password=PASSWORD, now=NOON),
        update_user(manager, boss.user_id, renamed, seen_version=1, now=NOON),
        retire_user(manager, boss.user_id, reassign_to=None, seen_version=1, now=NOON),
        reactivate_user(manager, boss.user_id, seen_version=1, now=NOON),
        end_session(manager, session.id, now=NOON),
        revoke_token(manager, token.token_id, now=NOON),
    ):
        with pytest.raises(Forbidden, match="'Bea Boss' has the right"):
            await act


async def test_a_user_type_keeps_the_rights_that_the_act_may_not_give(db):
    manager = await with_rights()
    taker = await UserType.get(key="ticket_taker")
    with pytest.raises(Forbidden):
        await update_user_type(
            manager, taker.id, name="Taker", permissions=frozenset(Permission), seen_version=1, now=NOON
        )


async def test_an_administrators_narrow_token_gives_no_more_than_it_has(db):
    boss = await make_viewer(user_type="organisation_admin")
    narrow = await by_token(boss, Permission.USERS_MANAGE, Permission.ORGANISATION_MANAGE)
    with pytest.raises(Forbidden, match="See their tickets"):
        await create_user(narrow, await details(), password=PASSWORD, now=NOON)


async def test_organisation_administrators_give_what_they_do_not_hold_themselves(db):
    some = frozenset({Permission.USERS_MANAGE, Permission.ORGANISATION_MANAGE})
    boss = await with_rights(granted=some)
    assert (await create_user(boss, await details(), password=PASSWORD, now=NOON)).is_active


async def test_others_credentials_are_unknown_to_who_does_not_manage_users(db):
    taker, other = await make_viewer(), await make_viewer()
    token = await by_token(other)
    with pytest.raises(NotFound):
        await revoke_token(taker, token.token_id, now=NOON)


async def test_a_password_set_by_an_administrator_ends_sessions_and_tokens(db):
    boss, user = await make_viewer(user_type="organisation_admin"), await make_viewer()
    await make_session(user.user_id)
    await by_token(user, Permission.TICKETS_READ)
    await set_password(boss, user.user_id, password=PASSWORD, revokes_tokens=False, now=NOON)
    assert await Session.filter(ended_at=None).count() == 0
    assert await ApiToken.filter(revoked_at=None).count() == 1
    await set_password(boss, user.user_id, password=PASSWORD, now=NOON)
    assert await ApiToken.filter(revoked_at=None).count() == 0


async def test_of_two_administrators_who_deactivate_each_other_one_stays(db):
    first, second = [await make_viewer(user_type="organisation_admin") for _ in range(2)]
    outcomes = await asyncio.gather(
        retire_user(first, second.user_id, reassign_to=None, seen_version=1, now=NOON),
        retire_user(second, first.user_id, reassign_to=None, seen_version=1, now=NOON),
        return_exceptions=True,
    )
    assert [type(each) for each in outcomes if isinstance(each, DomainError)] == [Forbidden]
    assert await User.filter(is_active=True).count() == 1


async def test_the_last_administrator_of_the_organisation_stays_one(db):
    boss, other = [await make_viewer(user_type="organisation_admin") for _ in range(2)]
    lesser = frozenset({Permission.ORGANISATION_MANAGE})
    await update_user(boss, other.user_id, await details_of(other.user_id, revoked=lesser), seen_version=1, now=NOON)
    own = await details_of(boss.user_id, revoked=lesser)
    with pytest.raises(NotAllowedNow, match="Nobody would be left"):
        await update_user(boss, boss.user_id, own, seen_version=1, now=NOON)


async def test_of_two_who_step_down_at_once_one_stays_administrator(db):
    both = [await make_viewer(user_type="organisation_admin") for _ in range(2)]
    lesser = frozenset({Permission.ORGANISATION_MANAGE})
    wanted = [await details_of(each.user_id, revoked=lesser) for each in both]
    outcomes = await asyncio.gather(
        *(
            update_user(each, each.user_id, own, seen_version=1, now=NOON)
            for each, own in zip(both, wanted, strict=True)
        ),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["NotAllowedNow", "User"]


async def test_a_user_type_is_not_emptied_of_the_last_administrators(db):
    boss = await make_viewer(user_type="organisation_admin")
    kind = await UserType.get(key="organisation_admin")
    with pytest.raises(NotAllowedNow, match="Nobody would be left"):
        await update_user_type(
            boss,
            kind.id,
            name="Admin",
            permissions=frozenset(Permission) - {Permission.ORGANISATION_MANAGE},
            seen_version=1,
            now=NOON,
        )
    assert set((await UserType.get(id=kind.id)).permissions) == set(Permission)


async def test_who_has_just_been_deactivated_does_not_act_any_more(db):
    first, second = [await make_viewer(user_type="organisation_admin") for _ in range(2)]
    user = await make_user()
    await deactivate_user(first, second.user_id, seen_version=1, now=NOON)
    for act in (
        deactivate_user(second, user.id, seen_version=1, now=NOON),
        set_password(second, user.id, password=PASSWORD, now=NOON),
        create_user(second, await details(), password=PASSWORD, now=NOON),
        create_own_token(second, name="late", days=None, permissions=None, now=NOON),
        update_organisation(
            second,
            name="Mine",
            forwarding_enabled=True,
            language=Language.EN,
            time_zone="UTC",
            seen_version=1,
            now=NOON,
        ),
    ):
        with pytest.raises(Forbidden, match="has ended in the meantime"):
            await act
