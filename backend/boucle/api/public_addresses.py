"""Addresses beside those that the public knows: what is nothing there says so, and never shows the staff's screens."""

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from boucle.api.intake import receive
from boucle.api.respond import unknown_page

ALL = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
ALL_BUT_POST = [method for method in ALL if method != "POST"]


async def without_slash(request: Request) -> Response:
    """Lead to the same address without a slash at its end, with its query and, for a POST, its body."""
    url = request.url
    return RedirectResponse(url.path.rstrip("/") + (f"?{url.query}" if url.query else ""), status_code=308)


async def only_post(_: Request) -> Response:
    """Say that answers are sent, not read."""
    message = "Answers are sent here by POST. docs/intake.md says how."
    return _refused(405, message, "METHOD_NOT_ALLOWED", {"Allow": "POST"})


async def no_intake(_: Request) -> Response:
    """Say that nothing is taken here."""
    return _refused(404, "Answers are sent to /intake/ and the key of a survey.", "NOT_FOUND")


def _refused(status: int, message: str, code: str, headers: dict[str, str] | None = None) -> Response:
    errors = [{"field": None, "message": message, "code": code}]
    return JSONResponse({"errors": errors}, status_code=status, headers=headers)


routes = [
    *(Route(f"/{name}/", without_slash, methods=ALL) for name in ("graphql", "healthz", "readyz", "metrics")),
    Route("/r/{key}/", without_slash, methods=["GET", "POST"]),
    Route("/r", unknown_page, methods=ALL),
    Route("/r/{rest:path}", unknown_page, methods=ALL),
    Route("/intake/{key}/", receive, methods=["POST"]),  # senders often follow no redirect
    Route("/intake/{key}", only_post, methods=ALL_BUT_POST),
    Route("/intake/{key}/", only_post, methods=ALL_BUT_POST),
    Route("/intake", no_intake, methods=ALL),
    Route("/intake/{rest:path}", no_intake, methods=ALL),
]
