"""API tokens: keys for machines, shown once, ended at any time.

A token's secret is random: its plain digest tells nothing that could be guessed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from boucle.accounts.access import Viewer
from boucle.accounts.credentials import Credential
from boucle.accounts.granting import acting, acting_on_rights, check_access_of, refuse_to_give
from boucle.accounts.models import ApiToken
from boucle.accounts.permissions import Permission
from boucle.events.actor import Actor, user_actor
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.errors import Invalid, NotFound
from boucle.kit.ids import global_id
from boucle.kit.passwords import digest_secret, new_secret
from boucle.kit.texts import required_name
from boucle.kit.unit_of_work import unit_of_work

LONGEST_NAME = 80
LONGEST_DAYS = 3650
USED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token and its secret, which nobody can read again."""

    token: ApiToken
    secret: str


async def create_token(
    user_id: int,
    *,
    name: str,
    days: int | None,
    permissions: frozenset[Permission] | None,
    now: datetime,
) -> NewToken:
    """Create a token of the user; `permissions` none: whatever the user may do, now and later."""
    return await _create(user_id, name=name, permissions=permissions, expires_at=_end(days, now), now=now)


async def create_own_token(
    viewer: Viewer,
    *,
    name: str,
    days: int | None,
    permissions: frozenset[Permission] | None,
    now: datetime,
) -> NewToken:
    """Create a token of the viewer, with at most the rights that they act with.

    One made by a token ends with it at the latest, and one made by a narrowed token has its rights where none are
    named: no key makes itself a better one.
    """
    expires_at = _end(days, now)
    async with unit_of_work():
        present = await acting(viewer, now=now)
        if permissions is not None:
            refuse_to_give(present, permissions, field="permissions")
        elif present.is_narrowed:
            permissions = present.permissions
        if present.token_id is not None:
            maker = await ApiToken.get(id=present.token_id)
            expires_at = min(filter(None, (expires_at, maker.expires_at)), default=None)
        return await _create(present.user_id, name=name, permissions=permissions, expires_at=expires_at, now=now)


def _end(days: int | None, now: datetime) -> datetime | None:
    if days is None:
        return None
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(
            "A token lives from 1 to {most} days, not {given}.", field="expiresInDays", most=LONGEST_DAYS, given=days
        )
    return now + timedelta(days=days)


async def _create(
    user_id: int,
    *,
    name: str,
    permissions: frozenset[Permission] | None,
    expires_at: datetime | None,
    now: datetime,
) -> NewToken:
    secret = new_secret("bcl")
    async with unit_of_work():
        token = await ApiToken.create(
            user_id=user_id,
            name=required_name(name, LONGEST_NAME),
            secret_digest=digest_secret(secret),
            permissions=None if permissions is None else sorted(each.value for each in permissions),
            created_at=now,
            expires_at=expires_at,
        )
        await record(_event(EventKind.API_TOKEN_CREATED, token, by=user_actor(user_id), now=now))
    return NewToken(token, secret)


async def revoke_token(viewer: Viewer, token_id: int, *, now: datetime) -> ApiToken:
    """End one of the viewer's own tokens, or somebody's whose account they manage; its sockets close at once."""
    async with unit_of_work():
        present = await acting_on_rights(viewer, now=now)
        token = await ApiToken.get_or_none(id=token_id)
        if token is None:
            raise _unknown()
        if token.id != present.token_id:  # any key may end itself
            await check_access_of(present, token.user_id, unknown=_unknown())
        if token.revoked_at is None:
            await _revoke(token, by=present.actor, now=now)
    return token


async def revoke_tokens(user_id: int, *, by: Viewer, now: datetime) -> None:
    """End all tokens of a user, within the unit of work that takes their access away."""
    for token in await ApiToken.filter(user_id=user_id, revoked_at=None):
        if token.id != by.token_id:
            await _revoke(token, by=by.actor, now=now)


def _unknown() -> NotFound:
    return NotFound("You have no such API token.", field="id")


async def _revoke(token: ApiToken, *, by: Actor, now: datetime) -> None:
    await ApiToken.filter(id=token.id).update(revoked_at=now)
    token.revoked_at = now
    await record(_event(EventKind.API_TOKEN_REVOKED, token, by=by, now=now))


async def note_use(token: Credential, *, now: datetime) -> None:
    """Remember that a token is in use, at most every few minutes."""
    if token.last_used_at is None or now - token.last_used_at >= USED_EVERY:
        async with unit_of_work():
            await ApiToken.filter(id=token.viewer.token_id).update(last_used_at=now)


def _event(kind: EventKind, token: ApiToken, *, by: Actor, now: datetime) -> NewEvent:
    return NewEvent(kind, global_id("tok", token.id), by, now, data={"user_id": token.user_id, "name": token.name})
