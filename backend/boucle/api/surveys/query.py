"""Root fields that read programs, surveys and responses."""

from typing import Annotated

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.accounts.types import BY_NAME
from boucle.api.connections import Connection
from boucle.api.context import Context
from boucle.api.guards import needs, signed_in
from boucle.api.rows import paged
from boucle.api.surveys.inputs import ResponseFilter, SurveyFilter
from boucle.api.surveys.types import Program, Response, Survey
from boucle.kit.conditions import Condition, IsOneOf, all_of
from boucle.kit.ids import number_of
from boucle.kit.pagination import NEWEST_FIRST
from boucle.planner.declarations import Rows
from boucle.surveys.queries import survey_by_key, surveys_matching


def _programs(_asker: Context) -> Rows:
    return Rows(order=BY_NAME)


def _surveys(_asker: Context, filter: SurveyFilter | None = None) -> Rows:  # noqa: A002  (the schema's word)
    such_that = surveys_matching(filter.text if filter else None)
    if filter and filter.program_ids is not None:
        program_ids = [number_of(each, "prg", field="filter") for each in filter.program_ids]
        such_that = all_of(such_that, IsOneOf("program_id", program_ids))
    return Rows(such_that, BY_NAME)


def _responses(_asker: Context, filter: ResponseFilter | None = None) -> Rows:  # noqa: A002
    return Rows(responses_matching(filter), NEWEST_FIRST)


def responses_matching(wanted: ResponseFilter | None) -> Condition:
    """Return the filter as a condition on responses."""
    parts: list[Condition] = []
    if wanted is not None and wanted.survey_ids is not None:
        parts.append(IsOneOf("survey_id", [number_of(each, "srv", field="filter") for each in wanted.survey_ids]))
    if wanted is not None and wanted.contact_ids is not None:
        parts.append(IsOneOf("contact_id", [number_of(each, "con", field="filter") for each in wanted.contact_ids]))
    if wanted is not None and wanted.score_classes is not None:
        parts.append(IsOneOf("score_class", wanted.score_classes))
    return all_of(*parts)


@strawberry.type
class SurveysQuery:
    programs: Connection[Program] = paged(
        "Programs, by name; empty without a right to surveys, tickets or contacts.",
        rows=_programs,
        extensions=[signed_in()],
    )
    surveys: Connection[Survey] = paged(
        "Surveys, by name; empty without a right to surveys, tickets or contacts.",
        rows=_surveys,
        extensions=[signed_in()],
    )
    responses: Connection[Response] = paged(
        "Answers to all surveys, newest first.", rows=_responses, extensions=[needs(Permission.SURVEYS_READ)]
    )

    @strawberry.field(extensions=[signed_in()], description="The survey with this key; null: none, or not for you.")
    async def survey_by_key(
        self, key: Annotated[str, strawberry.argument(description="Its name in addresses.")]
    ) -> Survey | None:
        row = await survey_by_key(key)
        return Survey.numbered(row.id) if row is not None else None
