"""Root fields that take answers: one, or many of the past."""

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.context import Info
from boucle.api.errors import expects
from boucle.api.guards import needs
from boucle.api.repeating import repeatable
from boucle.api.rows import key_of
from boucle.api.surveys.inputs import ResponseImportInput, ResponseInput
from boucle.api.surveys.payloads import ResponseImportPayload, ResponseSubmitPayload
from boucle.api.surveys.types import LeftOut, Response
from boucle.flows.closing_the_loop import receive_response
from boucle.flows.importing import Import, import_responses
from boucle.kit.errors import NotFound
from boucle.surveys import models
from boucle.surveys.left_out import left_out_from_json
from boucle.surveys.models import Channel
from boucle.surveys.queries import survey_by_key
from boucle.tickets.access import visible_tickets

MANAGE = needs(Permission.SURVEYS_MANAGE)


@strawberry.type
class ResponsesMutation:
    @strawberry.mutation(
        extensions=[MANAGE, expects(ResponseSubmitPayload)],
        description="Hand in somebody's answers: contact matched or made, ticket opened by the survey's rule. The same "
        "`externalId` with the same answers gives the first result. A wrong detail of the author is left out and named "
        "in `warnings`; wrong answers are refused one by one. Also CLOSED, IDEMPOTENCY_MISMATCH.",
    )
    async def response_submit(
        self,
        info: Info,
        survey_key: str,
        input: ResponseInput,  # noqa: A002
        idempotency_key: str | None = None,
    ) -> ResponseSubmitPayload:
        viewer, now = info.context.signed_in, info.context.now()
        survey = await _survey(survey_key)

        async def act() -> int:
            outcome = await receive_response(viewer.actor, survey, input.value(), channel=Channel.API, now=now)
            return int(outcome.response.id)

        response = await repeatable(info, Response, idempotency_key, act, given=input, within=survey.id)
        return await _submitted(info, response)

    @strawberry.mutation(
        extensions=[MANAGE, expects(ResponseImportPayload)],
        description="Hand in up to 1000 answers of the past. Each row is stored or rejected by itself; one with the "
        "`externalId` and the answers of an earlier one is a repeat, so that a file can be sent again.",
    )
    async def response_import(
        self,
        info: Info,
        survey_key: str,
        rows: list[ResponseImportInput],
        open_tickets: bool = True,  # noqa: FBT001, FBT002  (arguments of the schema have names)
    ) -> ResponseImportPayload:
        viewer, now = info.context.signed_in, info.context.now()
        wanted = Import(viewer, await _survey(survey_key), opens_tickets=open_tickets, now=now)
        outcomes = await import_responses(wanted, [row.row() for row in rows])
        return ResponseImportPayload.of(outcomes, info.context.language)


async def _survey(key: str) -> models.Survey:
    survey = await survey_by_key(key)
    if survey is None:
        raise NotFound("There is no survey '{key}'.", field="surveyKey", key=key)
    return survey


async def _submitted(info: Info, response: Response) -> ResponseSubmitPayload:
    from boucle.api.tickets.types import Ticket  # noqa: PLC0415  (tickets know their response: a cycle)

    number = key_of(response)
    opened = visible_tickets(info.context.signed_in).filter(response_id=number)
    row = await models.Response.get(id=number).only("id", "left_out")
    return ResponseSubmitPayload(
        response=response,
        ticket=Ticket.of_optional(await opened.order_by("id").first()),
        warnings=[LeftOut.of(part) for part in left_out_from_json(row.left_out)],
    )
