"""`POST /intake/{survey key}`: signed answers from other systems, as JSON.

The header `X-Boucle-Signature` is `sha256=` and the HMAC-SHA256 of the raw body, in hexadecimal, with the survey's
intake secret (Settings, Surveys):

    body='{"externalId": "order-7", "answers": {"recommendation": 3}}'
    signature=$(printf '%s' "$body" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)
    curl -i "$BOUCLE/intake/after-purchase" -H "X-Boucle-Signature: sha256=$signature" -d "$body"

docs/intake.md says what the body may hold and what each status means. Whatever is answered with 4xx left no trace.
"""

import hashlib
import hmac
from codecs import BOM_UTF8
from datetime import timedelta

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from boucle.api.bodies import BodyTooLarge, read_body
from boucle.api.intake_body import submission_of
from boucle.api.services import Services
from boucle.events.actor import CUSTOMER
from boucle.flows.closing_the_loop import receive_response
from boucle.flows.receiving import Outcome
from boucle.kit.errors import Closed, DomainError, ErrorCode, IdempotencyMismatch, Invalid, NotFound, RateLimited
from boucle.kit.ids import global_id
from boucle.kit.json_reading import read_json
from boucle.surveys.models import Channel, Survey
from boucle.surveys.queries import survey_by_key

SIGNATURE_HEADER = "X-Boucle-Signature"
SIGNATURE_PREFIX = "sha256="
MINUTE = timedelta(minutes=1)
UNSIGNED_PER_MINUTE = 60  # wrong signatures from one address


class Refused(Exception):
    """A request that is answered with a 4xx; nothing was stored."""

    def __init__(self, status: int, error: DomainError) -> None:
        super().__init__(status, error)
        self.status = status
        self.error = error


async def receive(request: Request) -> JSONResponse:
    """Take one answer: 201 with ids, 200 for a repeat, or a 4xx that says what is wrong."""
    try:
        return _accepted(await _receive(request))
    except Refused as refused:
        return _refusal(refused)


async def _receive(request: Request) -> Outcome:
    services: Services = request.app.state.services
    survey = await _survey(request.path_params["key"])
    body = await _body(request, services)
    await _check_signature(request, services, survey, body)
    await _check_rate(services, survey)
    try:
        submission = submission_of(_parse(body))
        return await receive_response(CUSTOMER, survey, submission, channel=Channel.INTAKE, now=services.now())
    except (Closed, IdempotencyMismatch) as error:
        raise Refused(409, error) from error
    except DomainError as error:
        raise Refused(422, error) from error


async def _survey(key: str) -> Survey:
    survey = await survey_by_key(key)
    if survey is None:
        raise Refused(
            404, NotFound("There is no survey '{key}'. Settings, Surveys shows the address of each.", key=key)
        )
    return survey


async def _body(request: Request, services: Services) -> bytes:
    limit = services.settings.intake_limit_kib
    try:
        return await read_body(request, limit * 1024)
    except BodyTooLarge as error:
        too_large = Invalid(
            "The body is larger than {limit} KiB (BOUCLE_INTAKE_LIMIT_KIB). Send one answer per request.", limit=limit
        )
        raise Refused(413, too_large) from error


async def _check_signature(request: Request, services: Services, survey: Survey, body: bytes) -> None:
    if is_signed(body, request.headers.get(SIGNATURE_HEADER, ""), survey.intake_secret):
        return
    address = request.client.host if request.client else "unknown"
    if not await services.limiter.hit(f"unsigned:{address}", UNSIGNED_PER_MINUTE, MINUTE):
        raise Refused(429, RateLimited("Too many requests with a wrong signature. Wait a minute."))
    unsigned = Invalid(
        "The header {header} is missing or wrong. It is '{prefix}' and the HMAC-SHA256 "
        "of the raw body with the survey's intake secret, in hexadecimal.",
        header=SIGNATURE_HEADER,
        prefix=SIGNATURE_PREFIX,
    )
    raise Refused(401, unsigned)


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether the signature belongs to the body; takes the same time for every wrong one."""
    expected = SIGNATURE_PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


async def _check_rate(services: Services, survey: Survey) -> None:
    limit = services.settings.intake_per_minute
    if not await services.limiter.hit(f"intake:{survey.id}", limit, MINUTE):
        too_many = RateLimited(
            "More than {limit} answers in a minute (BOUCLE_INTAKE_PER_MINUTE). Send this one again later.", limit=limit
        )
        raise Refused(429, too_many)


def _parse(body: bytes) -> object:
    try:
        return read_json(body.removeprefix(BOM_UTF8))
    except orjson.JSONDecodeError as error:
        raise Refused(400, Invalid("The body is not JSON: {error}.", error=error)) from error


def _accepted(outcome: Outcome) -> JSONResponse:
    response, ticket = outcome.response, outcome.ticket
    return JSONResponse(
        {
            "responseId": global_id("rsp", response.id),
            "trackingId": response.tracking_id,
            "contactId": global_id("con", response.contact_id) if response.contact_id else None,
            "ticketId": global_id("tkt", ticket.id) if ticket else None,
            "ticketKey": ticket.key if ticket else None,
            "repeated": outcome.is_repeat,
            "warnings": [
                {"field": each.field, "message": each.message, "code": each.reason.name} for each in outcome.left_out
            ],
        },
        status_code=200 if outcome.is_repeat else 201,
    )


def _refusal(refused: Refused) -> JSONResponse:
    code = {401: "UNAUTHENTICATED", 413: "TOO_LARGE"}.get(refused.status)
    errors = [
        {"field": part.field, "message": part.message, "code": code or ErrorCode(part.code).value}
        for part in refused.error.parts
    ]
    headers = {"Retry-After": "60"} if refused.status == 429 else None
    return JSONResponse({"errors": errors}, status_code=refused.status, headers=headers)


routes = [Route("/intake/{key}", receive, methods=["POST"])]
