"""Root fields that change programs and surveys."""

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.context import Info
from boucle.api.errors import expects
from boucle.api.guards import needs
from boucle.api.inputs import given
from boucle.api.repeating import repeatable
from boucle.api.surveys.inputs import (
    ProgramCreateInput,
    ProgramUpdateInput,
    SurveyCreateInput,
    SurveyUpdateInput,
)
from boucle.api.surveys.payloads import (
    ProgramCreatePayload,
    ProgramUpdatePayload,
    SurveyCreatePayload,
    SurveyPublishPayload,
    SurveyRotateSecretPayload,
    SurveyUpdatePayload,
)
from boucle.api.surveys.responses_mutation import ResponsesMutation
from boucle.api.surveys.types import Program, Survey
from boucle.kit.ids import number_of
from boucle.surveys.access import access_editable_program, access_editable_survey
from boucle.surveys.actions import (
    ProgramState,
    create_program,
    create_survey,
    publish_survey,
    rotate_intake_secret,
    state_of,
    update_program,
    update_survey,
)
from boucle.surveys.models import SurveyId

MANAGE = needs(Permission.SURVEYS_MANAGE)


@strawberry.type
class SurveysMutation(ResponsesMutation):
    @strawberry.mutation(extensions=[MANAGE, expects(ProgramCreatePayload)], description="Create a group of surveys.")
    async def program_create(
        self,
        info: Info,
        input: ProgramCreateInput,  # noqa: A002  (the schema's word)
        idempotency_key: str | None = None,
    ) -> ProgramCreatePayload:
        viewer, now = info.context.signed_in, info.context.now()

        async def act() -> int:
            state = ProgramState(input.name, input.description or "")
            return int((await create_program(viewer, state, now=now)).id)

        program = await repeatable(info, Program, idempotency_key, act, given=input)
        return ProgramCreatePayload(program=program)

    @strawberry.mutation(
        extensions=[MANAGE, expects(ProgramUpdatePayload)],
        description="Rename or describe a program. Refuses CONFLICT.",
    )
    async def program_update(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        input: ProgramUpdateInput,  # noqa: A002
    ) -> ProgramUpdatePayload:
        viewer, number = info.context.signed_in, number_of(id, "prg", field="id")
        row = await access_editable_program(viewer, number)
        description: str | None = given(input.description, row.description)
        wanted = ProgramState(given(input.name, row.name), description or "")
        program = await update_program(viewer, number, expected_version, wanted, info.context.now())
        return ProgramUpdatePayload(program=Program.of(program))

    @strawberry.mutation(
        extensions=[MANAGE, expects(SurveyCreatePayload)],
        description="Create an unpublished survey. Refuses a key in use (TAKEN) and names every wrong question.",
    )
    async def survey_create(
        self,
        info: Info,
        input: SurveyCreateInput,  # noqa: A002
        idempotency_key: str | None = None,
    ) -> SurveyCreatePayload:
        viewer, now = info.context.signed_in, info.context.now()

        async def act() -> int:
            return int((await create_survey(viewer, input.value(), now=now)).id)

        survey = await repeatable(info, Survey, idempotency_key, act, given=input)
        return SurveyCreatePayload(survey=survey)

    @strawberry.mutation(
        extensions=[MANAGE, expects(SurveyUpdatePayload)],
        description="Change a survey: questions in draft until published, all else at once. Names every wrong "
        "question; refuses CONFLICT.",
    )
    async def survey_update(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        input: SurveyUpdateInput,  # noqa: A002
    ) -> SurveyUpdatePayload:
        viewer, number = info.context.signed_in, SurveyId(number_of(id, "srv", field="id"))
        row = await access_editable_survey(viewer, number)
        wanted = input.applied_to(state_of(row))
        survey = await update_survey(viewer, number, expected_version, wanted, info.context.now())
        return SurveyUpdatePayload(survey=Survey.of(survey))

    @strawberry.mutation(
        extensions=[MANAGE, expects(SurveyPublishPayload)],
        description="Show the draft to respondents as a new version. NOT_ALLOWED_NOW without changes; CONFLICT.",
    )
    async def survey_publish(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        note: str | None = None,
    ) -> SurveyPublishPayload:
        viewer, number = info.context.signed_in, SurveyId(number_of(id, "srv", field="id"))
        survey = await publish_survey(viewer, number, expected_version, note=note or "", now=info.context.now())
        return SurveyPublishPayload(survey=Survey.of(survey))

    @strawberry.mutation(
        extensions=[MANAGE, expects(SurveyRotateSecretPayload)],
        description="Replace the secret that signs intake; the old one stops working at once. Refuses CONFLICT.",
    )
    async def survey_rotate_secret(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
    ) -> SurveyRotateSecretPayload:
        viewer, number = info.context.signed_in, SurveyId(number_of(id, "srv", field="id"))
        survey = await rotate_intake_secret(viewer, number, expected_version, info.context.now())
        return SurveyRotateSecretPayload(survey=Survey.of(survey))
