"""Reading a request's body, up to a limit."""

from starlette.requests import Request


class BodyTooLarge(Exception):
    """The body is larger than allowed; nothing of it was kept."""


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body, or raise `BodyTooLarge` as soon as it is known to exceed `limit` bytes."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise BodyTooLarge
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise BodyTooLarge
        parts.append(part)
    return b"".join(parts)
