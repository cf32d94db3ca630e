"""Who sends a request: a session cookie for browsers, a bearer token for machines."""

from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import Response

from boucle.accounts.access import Viewer
from boucle.accounts.actions.sessions import note_presence
from boucle.accounts.actions.tokens import note_use
from boucle.accounts.credentials import session_of_id, session_of_secret, token_of_id, token_of_secret
from boucle.api.services import Services
from boucle.kit.storage import note_trouble

COOKIE = "boucle_session"
DEVICE_COOKIE = "boucle_device"
DEVICE_DAYS = 400  # the longest that browsers keep a cookie


@dataclass(frozen=True, slots=True)
class Identity:
    """The outcome of looking at a request: a viewer, nobody, or a token that is not valid."""

    viewer: Viewer | None
    is_refused: bool = False


NOBODY = Identity(None)
REFUSED = Identity(None, is_refused=True)


async def identify(connection: HTTPConnection, services: Services, *, authorization: str | None = None) -> Identity:
    """Return who is behind a connection; `authorization` is the header or a socket's connection parameter.

    Where either is there, even empty, the cookie does not count: the request is not of a browser's page.
    """
    if authorization is None:
        authorization = connection.headers.get("authorization")
    if authorization is not None:
        return await _by_token(authorization, services)
    secret = connection.cookies.get(COOKIE)
    return await _by_session(secret, services) if secret else NOBODY


async def _by_token(authorization: str, services: Services) -> Identity:
    scheme, _, secret = authorization.partition(" ")
    token = await token_of_secret(secret.strip(), now=services.now()) if scheme.lower() == "bearer" else None
    if token is None:
        return REFUSED
    await _noted(note_use(token, now=services.now()))
    return Identity(token.viewer)


async def _by_session(secret: str, services: Services) -> Identity:
    session = await session_of_secret(secret, now=services.now())
    if session is None:
        return NOBODY
    lifetime = timedelta(days=services.settings.session_days)
    await _noted(note_presence(session, lifetime=lifetime, now=services.now()))
    return Identity(session.viewer)


async def _noted(note: Coroutine[Any, Any, None]) -> None:
    """Write down that a credential is used; that this cannot be is no reason to refuse what was asked."""
    try:
        await note
    except Exception as error:
        if note_trouble(error, during="last use") is None:
            raise


async def reload(viewer: Viewer, services: Services) -> Viewer | None:
    """Return the viewer with their rights as they are now, or `None` where their access has ended."""
    if viewer.token_id is not None:
        found = await token_of_id(viewer.token_id, now=services.now())
    else:
        assert viewer.session_id is not None, "a viewer comes from a session or a token"
        found = await session_of_id(viewer.session_id, now=services.now())
    return found.viewer if found is not None else None


def set_cookie(response: Response, secret: str, services: Services) -> None:
    """Give the browser its session; scripts cannot read it and other sites cannot send it along with a POST."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=services.settings.session_days * 86_400,
        httponly=True,
        samesite="lax",
        secure=services.settings.cookie_secure,
        path="/",
    )


def delete_cookie(response: Response) -> None:
    """Take the session away from the browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")


def device_of(connection: HTTPConnection) -> str | None:
    """Return the secret by which the browser is known again after it has signed out."""
    return connection.cookies.get(DEVICE_COOKIE)


def set_device_cookie(response: Response, secret: str, services: Services) -> None:
    """Give the browser what it is known by at its next sign-in; nothing else is ever opened by it."""
    response.set_cookie(
        DEVICE_COOKIE,
        secret,
        max_age=DEVICE_DAYS * 86_400,
        httponly=True,
        samesite="lax",
        secure=services.settings.cookie_secure,
        path="/graphql",
    )


def client_address(connection: HTTPConnection) -> str:
    """Return the address of the client; behind trusted proxies uvicorn has already put in the real one."""
    return connection.client.host if connection.client else ""
