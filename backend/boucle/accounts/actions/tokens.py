"""API tokens: keys for machines, shown once, ended at any time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from boucle.accounts.access import Viewer
from boucle.accounts.credentials import Credential
from boucle.accounts.models import ApiToken
from boucle.accounts.permissions import Permission
from boucle.events.actor import user_actor
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
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise Invalid(
            "A token lives from 1 to {most} days, not {given}.", field="expiresInDays", most=LONGEST_DAYS, given=days
        )
    secret = new_secret("bcl")
    async with unit_of_work():
        token = await ApiToken.create(
            user_id=user_id,
            name=required_name(name, LONGEST_NAME),
            secret_digest=digest_secret(secret),
            permissions=None if permissions is None else sorted(each.value for each in permissions),
            created_at=now,
            expires_at=now + timedelta(days=days) if days is not None else None,
        )
        await record(_event(EventKind.API_TOKEN_CREATED, token, now=now))
    return NewToken(token, secret)


async def revoke_token(viewer: Viewer, token_id: int, *, now: datetime) -> ApiToken:
    """End one of the viewer's own tokens; its sockets close at once."""
    token = await ApiToken.get_or_none(id=token_id, user_id=viewer.user_id)
    if token is None:
        raise NotFound("You have no such API token.", field="id")
    if token.revoked_at is None:
        async with unit_of_work():
            await ApiToken.filter(id=token.id).update(revoked_at=now)
            await record(_event(EventKind.API_TOKEN_REVOKED, token, now=now))
        token.revoked_at = now
    return token


async def note_use(token: Credential, *, now: datetime) -> None:
    """Remember that a token is in use, at most every few minutes."""
    if token.last_used_at is None or now - token.last_used_at >= USED_EVERY:
        async with unit_of_work():
            await ApiToken.filter(id=token.viewer.token_id).update(last_used_at=now)


def _event(kind: EventKind, token: ApiToken, *, now: datetime) -> NewEvent:
    data = {"user_id": token.user_id, "name": token.name}
    return NewEvent(kind, global_id("tok", token.id), user_actor(token.user_id), now, data=data)
