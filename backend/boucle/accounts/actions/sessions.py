"""Signing in and out. Only digests of secrets are stored; every end of a session is in the log."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from boucle.accounts.access import Viewer
from boucle.accounts.credentials import Credential
from boucle.accounts.models import Session, User
from boucle.events.actor import user_actor
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.errors import NotFound, SignInFailed
from boucle.kit.ids import global_id
from boucle.kit.lookups import row_by_text
from boucle.kit.passwords import digest_secret, is_password, new_secret
from boucle.kit.texts import clean_line
from boucle.kit.unit_of_work import unit_of_work

SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session and the secret that goes into the browser's cookie, known to nobody else."""

    session: Session
    user: User
    secret: str


async def sign_in(
    email: str, password: str, *, user_agent: str, address: str, lifetime: timedelta, now: datetime
) -> SignedIn:
    """Start a session; raise `SignInFailed`, which tells nothing about whether the address is known."""
    user = await row_by_text(User, "email", (clean_line(email) or "").lower(), is_active=True)
    if not await is_password(password, user.password_hash if user else None) or user is None:
        raise SignInFailed("This e-mail and this password do not belong together. Check both and try again.")
    secret = new_secret("bcs")
    async with unit_of_work():
        session = await Session.create(
            user_id=user.id,
            secret_digest=digest_secret(secret),
            created_at=now,
            last_seen_at=now,
            expires_at=now + lifetime,
            user_agent=user_agent[:300],
            address=address[:60],
        )
        await User.filter(id=user.id).update(last_seen_at=now)
        await record(_event(EventKind.SESSION_STARTED, session, by=user.id, now=now))
    return SignedIn(session, user, secret)


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
    """End one of the viewer's own sessions; its sockets close at once."""
    session = await Session.get_or_none(id=session_id, user_id=viewer.user_id)
    if session is None:
        raise NotFound("You have no such session.", field="id")
    if session.ended_at is None:
        await end_sessions(viewer.user_id, by=viewer.user_id, only=session_id, now=now)
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
