"""What every request gets, whoever answers it."""

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

from boucle.api import middleware
from boucle.api.middleware import EveryRequest

Messages = list[MutableMapping[str, Any]]


async def answered(*given: tuple[bytes, bytes], said: tuple[tuple[bytes, bytes], ...] = ()) -> Messages:
    """What a request with these headers is answered by an application that says those."""
    sent: Messages = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(said)})
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": list(given)}
    await EveryRequest(app)(scope, receive, send)
    return sent


async def test_the_line_of_a_request_carries_its_id(monkeypatch):
    seen = []
    monkeypatch.setattr(middleware.stdlib_log, "isEnabledFor", lambda level: level == logging.DEBUG)
    monkeypatch.setattr(
        middleware.log, "debug", lambda _, **line: seen.append(structlog.contextvars.get_contextvars() | line)
    )
    await answered((b"x-request-id", b"mine-7"))
    assert [(line["request_id"], line["path"], line["status"]) for line in seen] == [("mine-7", "/graphql", 200)]
    assert "request_id" not in structlog.contextvars.get_contextvars()


async def test_an_answer_keeps_its_own_headers_and_has_one_id():
    own = (
        (b"set-cookie", b"a=1"),
        (b"set-cookie", b"b=2"),
        (b"x-frame-options", b"SAMEORIGIN"),
        (b"x-request-id", b"x"),
    )
    start, _ = await answered((b"x-request-id", b"a b\xff"), said=own)
    values = [value for name, value in start["headers"] if name == b"set-cookie"]
    assert values == [b"a=1", b"b=2"]
    headers = dict(start["headers"])
    assert headers[b"x-frame-options"] == b"SAMEORIGIN"
    assert headers[b"x-content-type-options"] == b"nosniff"
    [request_id] = [value for name, value in start["headers"] if name == b"x-request-id"]
    assert len(request_id) == 16
