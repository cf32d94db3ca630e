"""What happens to every request: an id for the log and the events, and headers that browsers heed."""

import re
import secrets
import time

import structlog
from prometheus_client import Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from boucle.events.log import request_id_var

log = structlog.get_logger(__name__)
SECONDS = Histogram("boucle_http_seconds", "Time to answer HTTP requests.", ["path", "status"])
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{1,40}")
_KNOWN_PATHS = re.compile(r"/(graphql|intake|r|healthz|readyz|metrics|assets)\b")
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "DENY",
}


class RequestIds:
    """Gives each request an id (or keeps the proxy's), logs it and measures its time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _SAFE_ID.fullmatch(given) else secrets.token_hex(8)
        token = request_id_var.set(request_id)
        started, status = time.perf_counter(), 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_with_id)
            finally:
                request_id_var.reset(token)
                if scope["type"] == "http":
                    _note(scope["method"], scope["path"], status, time.perf_counter() - started)


def _note(method: str, path: str, status: int, seconds: float) -> None:
    known = _KNOWN_PATHS.match(path)
    SECONDS.labels(known[0] if known else "/", str(status)).observe(seconds)
    log.debug("request", method=method, path=path, status=status, milliseconds=round(seconds * 1000, 1))


class SecurityHeaders:
    """Adds headers that keep browsers from guessing types and from framing our pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
