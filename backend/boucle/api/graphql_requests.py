"""What a GraphQL request over HTTP must look like before anything of it is understood."""

from collections.abc import Collection
from urllib.parse import urlsplit

from cross_web import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from boucle.api.bodies import BodyTooLarge, read_body

LARGEST_BODY_KIB = 1024


async def checked_body(request: Request, allowed_origins: Collection[str]) -> bytes:
    """Return the body of a POST; raise `HTTPException` where it must not go further."""
    _refuse_foreign_page(request, allowed_origins)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise HTTPException(415, "Send the operation as JSON: Content-Type: application/json.")
    try:
        return await read_body(request, LARGEST_BODY_KIB * 1024)
    except BodyTooLarge:
        raise HTTPException(413, f"The body is larger than {LARGEST_BODY_KIB} KiB. Send less at once.") from None


def _refuse_foreign_page(request: Request, allowed_origins: Collection[str]) -> None:
    """Other sites' pages may not act with the browser's cookie."""
    origin = request.headers.get("origin")
    if origin is None or "authorization" in request.headers:
        return
    if urlsplit(origin).netloc == request.headers.get("host") or origin in allowed_origins:
        return
    raise HTTPException(403, f"Requests from {origin} are not allowed here (BOUCLE_ALLOWED_ORIGINS).")


def given_again(body: bytes, receive: Receive) -> Receive:
    """Return a way to read a body that was read already."""
    is_given = False

    async def replay() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
