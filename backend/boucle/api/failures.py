"""What is answered where a request could not be served: in the form of the address that was asked."""

import secrets

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from boucle.accounts.models import Language
from boucle.api.languages import preferred_language
from boucle.api.respond import unavailable_page
from boucle.api.words import in_language
from boucle.kit.phrases import Phrase
from boucle.kit.storage import Trouble, explained, note_trouble

log = structlog.get_logger(__name__)
STATUS = {Trouble.FULL: 507, Trouble.BUSY: 503, Trouble.AWAY: 503}
RETRY_AFTER_SECONDS = {Trouble.FULL: 60, Trouble.BUSY: 5, Trouble.AWAY: 5}


def failed(scope: Scope, error: Exception) -> Response:
    """Return the answer to a request that ended in an error that nobody expected, and tell the log."""
    path = scope["path"]
    trouble = note_trouble(error, during=path)
    if trouble is not None:
        response = _answer(scope, STATUS[trouble], "UNAVAILABLE", explained(trouble))
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS[trouble])
        return response
    incident = secrets.token_hex(6)
    log.error("bug", incident=incident, path=path, exc_info=error)
    phrase = Phrase("Something went wrong on our side. Quote {incident} when you report it.", incident=incident)
    return _answer(scope, 500, "INTERNAL", phrase)


def _answer(scope: Scope, status: int, code: str, phrase: Phrase) -> Response:
    request = Request(scope)
    if scope["path"].startswith("/r/"):
        return unavailable_page(request, status)
    accepted = request.headers.get("accept-language", "")
    language = Language(preferred_language(asked=None, accepted=accepted, otherwise=Language.EN))
    error = {"field": None, "message": in_language(phrase, language), "code": code, "extensions": {"code": code}}
    return JSONResponse({"errors": [error]}, status_code=status)
