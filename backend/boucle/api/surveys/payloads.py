"""Answers of the mutations about programs, surveys and responses."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from boucle.accounts.models import Language
from boucle.api.errors import OBJECT, USER_ERRORS, Payload, UserError
from boucle.api.surveys.types import LeftOut, Program, Response, Survey
from boucle.flows.receiving import Outcome
from boucle.kit.errors import DomainError
from boucle.kit.ids import global_id

if TYPE_CHECKING:
    from boucle.api.tickets.types import Ticket

MOST_TOLD_OF_A_ROW = 5  # an import has a thousand rows


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
    warnings: list[LeftOut] = strawberry.field(
        default_factory=list, description="What was stored without: the answer's `leftOut`, empty where all was taken."
    )
    user_errors: list[UserError] = USER_ERRORS


@strawberry.enum(description="What became of one row of an import.")
class ImportStatus(StrEnum):
    CREATED = "created"
    REPEATED = "repeated"
    REJECTED = "rejected"


@strawberry.type(description="What became of one row of an import.")
class ImportedResponse:
    row: int = strawberry.field(description="Place in `rows`, from 0.")
    status: ImportStatus = strawberry.field(description="Stored now, stored before, or not stored.")
    response_id: strawberry.ID | None = strawberry.field(description="What was stored; null where rejected.")
    tracking_id: str | None = strawberry.field(description="Told to the customer; null where rejected.")
    errors: list[UserError] = strawberry.field(
        description="Why it was rejected: the first five reasons; empty otherwise."
    )
    warnings: list[LeftOut] = strawberry.field(
        default_factory=list, description="What it was stored without, part by part; empty where all was taken."
    )

    @classmethod
    def of(cls, row: int, outcome: Outcome | DomainError, language: Language) -> Self:
        """Return what the client is told of a row."""
        if isinstance(outcome, DomainError):
            errors = [UserError.of(part, language) for part in outcome.parts[:MOST_TOLD_OF_A_ROW]]
            for error in errors:
                error.field = ["rows", str(row), *(error.field or [])]
            return cls(row=row, status=ImportStatus.REJECTED, response_id=None, tracking_id=None, errors=errors)
        return cls(
            row=row,
            status=ImportStatus.REPEATED if outcome.is_repeat else ImportStatus.CREATED,
            response_id=strawberry.ID(global_id("rsp", outcome.response.id)),
            tracking_id=outcome.response.tracking_id,
            errors=[],
            warnings=[LeftOut.of(part) for part in outcome.left_out],
        )


@strawberry.type(description="Answer of `responseImport`. Rejected rows are not `userErrors`: the others were stored.")
class ResponseImportPayload(Payload):
    created: int = strawberry.field(default=0, description="How many rows were stored now.")
    repeated: int = strawberry.field(default=0, description="How many rows had been stored before.")
    rejected: int = strawberry.field(default=0, description="How many rows were not stored.")
    opened_tickets: int = strawberry.field(default=0, description="How many tickets the stored rows opened.")
    rows: list[ImportedResponse] = strawberry.field(default_factory=list, description="All rows, in order.")
    user_errors: list[UserError] = USER_ERRORS

    @classmethod
    def of(cls, outcomes: Sequence[Outcome | DomainError], language: Language) -> Self:
        """Return what the client is told of all rows."""
        rows = [ImportedResponse.of(place, outcome, language) for place, outcome in enumerate(outcomes)]
        counts = Counter(row.status for row in rows)
        new = [outcome for outcome in outcomes if isinstance(outcome, Outcome) and not outcome.is_repeat]
        return cls(
            created=counts[ImportStatus.CREATED],
            repeated=counts[ImportStatus.REPEATED],
            rejected=counts[ImportStatus.REJECTED],
            opened_tickets=sum(outcome.ticket is not None for outcome in new),
            rows=rows,
        )
