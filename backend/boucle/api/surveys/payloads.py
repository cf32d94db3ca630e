"""Answers of the mutations about programs, surveys and responses."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from boucle.api.errors import USER_ERRORS, Payload, UserError
from boucle.api.surveys.types import Program, Response, Survey

if TYPE_CHECKING:
    from boucle.api.tickets.types import Ticket

OBJECT = "As it is after the write; on CONFLICT, as it stands; null on any other refusal."


class ProgramPayload(Payload):
    """What all payloads that show a program share."""

    shows = ("program", Program.of)


class SurveyPayload(Payload):
    """What all payloads that show a survey share."""

    shows = ("survey", Survey.of)


@strawberry.type(description="Answer of `programCreate`.")
class ProgramCreatePayload(ProgramPayload):
    program: Program | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `programUpdate`.")
class ProgramUpdatePayload(ProgramPayload):
    program: Program | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `surveyCreate`.")
class SurveyCreatePayload(SurveyPayload):
    survey: Survey | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `surveyUpdate`.")
class SurveyUpdatePayload(SurveyPayload):
    survey: Survey | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `surveyPublish`.")
class SurveyPublishPayload(SurveyPayload):
    survey: Survey | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `surveyRotateSecret`.")
class SurveyRotateSecretPayload(SurveyPayload):
    survey: Survey | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `responseSubmit`.")
class ResponseSubmitPayload(Payload):
    response: Response | None = strawberry.field(default=None, description="What was stored, now or the first time.")
    ticket: Annotated["Ticket", strawberry.lazy("boucle.api.tickets.types")] | None = strawberry.field(
        default=None, description="The ticket it opened; null: none, or not for the viewer."
    )
    user_errors: list[UserError] = USER_ERRORS
