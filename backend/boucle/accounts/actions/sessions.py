"""Signing in and out. Only digests of secrets are stored; every end of a session is in the log.

A session's secret is random: its plain digest tells nothing that could be guessed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from boucle.accounts.access import Viewer
from boucle.accounts.credentials import Credential
from boucle.accounts.granting import acting_on_rights, check_access_of
from boucle.accounts.models import Session, User
from boucle.accounts.validation import typed_email
from boucle.events.actor import user_actor
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.errors import NotFound, SignInFailed
from boucle.kit.fair_threads import Asker
from boucle.kit.ids import global_id
from boucle.kit.lookups import row_by_text
from boucle.kit.passwords import digest_secret, is_password, new_secret
from boucle.kit.unit_of_work import unit_of_work

SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session and the secrets that go into the browser's cookies, known to nobody else."""

    session: Session
    user: User
    secret: str
    device: str


async def is_known_device(email: str, device: str) -> bool:
    """Whether the browser with this secret has signed in to the account before; a new password forgets it."""
    return await Session.filter(device_digest=digest_secret(device), user__email=typed_email(email)).exists()


async def sign_in(
    email: str,
    password: str,
    *,
    asker: Asker,
    device: str | None,
    user_agent: str,
    address: str,
    lifetime: timedelta,
    now: datetime,
) -> SignedIn:
    """Start a session; raise `SignInFailed`, which tells nothing about whether the address is known.

    `device` is the secret by which the browser would be known again.
    """
    failed = SignInFailed("This e-mail and this password do not belong together. Check both and try again.")
    user = await row_by_text(User, "email", typed_email(email), is_active=True)
    if not await is_password(password, user.password_hash if user else None, asker=asker) or user is None:
        raise failed
    secret, device = new_secret("bcs"), await _device_secret(device)
    async with unit_of_work():
        session = await Session.create(
            user_id=user.id,
            secret_digest=digest_secret(secret),
            created_at=now,
            last_seen_at=now,
            expires_at=now + lifetime,
            user_agent=user_agent[:300],
            address=address[:60],
            device_digest=digest_secret(device),
        )
        # Checking took a while: a password that was changed meanwhile, or an account that ended, opens nothing.
        same = User.filter(id=user.id, password_hash=user.password_hash, is_active=True)
        if not await same.update(last_seen_at=now):
            raise failed
        await record(_event(EventKind.SESSION_STARTED, session, by=user.id, now=now))
    return SignedIn(session, user, secret, device)


async def _device_secret(given: str | None) -> str:
    """Return the browser's secret if it was ever ours, whoever signed in with it; never one that somebody made up."""
    if given and await Session.filter(device_digest=digest_secret(given)).exists():
        return given
    return new_secret("bcd")


async def forget_devices(user_id: int, *, keep: int | None = None) -> None:
    """Know none of the user's browsers any more, but the one of the session `keep`."""
    async with unit_of_work():
        await Session.filter(user_id=user_id).exclude(id=keep or 0).update(device_digest=None)


async def note_presence(session: Credential, *, lifetime: timedelta, now: datetime) -> None:
    """Prolong a session that is in use, at most every few minutes."""
    if session.last_used_at is not None and now - session.last_used_at < SEEN_EVERY:
        return
    async with unit_of_work():
        await Session.filter(id=session.viewer.session_id, ended_at=None).update(
            last_seen_at=now, expires_at=now + lifetime
        )
        await User.filter(id=session.viewer.user_id).update(last_seen_at=now)


async def end_session(viewer: Viewer, session_id: int, *, now: datetime) -> Session:
    """End one of the viewer's own sessions, or somebody's whose account they manage; its sockets close at once.

    The browser of another session is known no more.
    """
    async with unit_of_work():
        present = await acting_on_rights(viewer, now=now)
        unknown = NotFound("You have no such session.", field="id")
        session = await Session.get_or_none(id=session_id)
        if session is None:
            raise unknown
        await check_access_of(present, session.user_id, unknown=unknown)
        if session.ended_at is None:
            await end_sessions(session.user_id, by=present.user_id, only=session_id, now=now)
            if session_id != viewer.session_id:
                same_browser = Session.filter(user_id=session.user_id, device_digest=session.device_digest)
                await same_browser.exclude(device_digest=None).update(device_digest=None)
            session.ended_at = now
    return session


async def end_sessions(
    user_id: int, *, by: int, now: datetime, keep: int | None = None, only: int | None = None
) -> None:
    """End the sessions of a user: all, all but `keep`, or `only` one."""
    async with unit_of_work():
        query = Session.filter(user_id=user_id, ended_at=None)
        if only is not None:
            query = query.filter(id=only)
        for session in await query:
            if session.id != keep:
                await Session.filter(id=session.id).update(ended_at=now)
                await record(_event(EventKind.SESSION_ENDED, session, by=by, now=now))


def _event(kind: EventKind, session: Session, *, by: int, now: datetime) -> NewEvent:
    return NewEvent(kind, global_id("ses", session.id), user_actor(by), now, data={"user_id": session.user_id})
