"""What happens to every request: an id for the log and the events, and headers that browsers heed."""

import logging
import re
import secrets
import time
from functools import lru_cache

import structlog
from prometheus_client import Histogram
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from boucle.api.failures import failed
from boucle.events.log import request_id_var

log = structlog.get_logger(__name__)
stdlib_log = logging.getLogger(__name__)
SECONDS = Histogram("boucle_http_seconds", "Time to answer HTTP requests.", ["path", "status"])
CLIENT_LEFT = 499
_SAFE_ID = re.compile(rb"[A-Za-z0-9._-]{1,40}")
_KNOWN_PATHS = re.compile(r"/(graphql|intake|r|healthz|readyz|metrics|assets)\b")
SECURITY_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"strict-origin-when-cross-origin",
    b"x-frame-options": b"DENY",
    # Whatever may be kept says so itself: answers are about people.
    b"cache-control": b"no-store",
}
# Headers are written as they travel: through an object with methods for each they cost as much as a short answer.
Headers = list[tuple[bytes, bytes]]


class EveryRequest:
    """Gives each request an id (or keeps the proxy's), logs it, measures its time.

    Each answer is told that id, and keeps browsers from guessing types and from framing our pages.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope["headers"])
        token, tokens = request_id_var.set(request_id), structlog.contextvars.bind_contextvars(request_id=request_id)
        started, status = time.perf_counter(), 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_ours(message.get("headers", ()), request_id)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except ClientDisconnect:
            status = CLIENT_LEFT  # in the middle of its request: nobody is there to be answered
        except Exception as error:
            if scope["type"] != "http" or status:
                raise
            await failed(scope, error)(scope, receive, send_with_headers)
        finally:
            if scope["type"] == "http":
                _note(scope["method"], scope["path"], status, time.perf_counter() - started)
            structlog.contextvars.reset_contextvars(**tokens)
            request_id_var.reset(token)


def _request_id(headers: Headers) -> str:
    for name, value in headers:
        if name == b"x-request-id":
            return value.decode() if _SAFE_ID.fullmatch(value) else secrets.token_hex(8)
    return secrets.token_hex(8)


def _with_ours(headers: Headers, request_id: str) -> Headers:
    """Return an answer's headers with ours; those that it says itself stand."""
    said = {name for name, _ in headers}
    ours = [each for each in SECURITY_HEADERS.items() if each[0] not in said]
    others = [each for each in headers if each[0] != b"x-request-id"]
    return [*others, *ours, (b"x-request-id", request_id.encode())]


def _note(method: str, path: str, status: int, seconds: float) -> None:
    known = _KNOWN_PATHS.match(path)
    _seconds(known[0] if known else "/", status).observe(seconds)
    if stdlib_log.isEnabledFor(logging.DEBUG):
        log.debug("request", method=method, path=path, status=status, milliseconds=round(seconds * 1000, 1))


@lru_cache(maxsize=1_000)
def _seconds(path: str, status: int) -> Histogram:
    return SECONDS.labels(path, str(status))
