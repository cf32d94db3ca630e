"""Root fields that read programs, surveys and responses."""

from typing import Annotated

import strawberry
from tortoise.queryset import QuerySet

from boucle.accounts.permissions import Permission
from boucle.api.connections import After, Before, Connection, First, Last, connect
from boucle.api.context import Info
from boucle.api.guards import needs, signed_in
from boucle.api.surveys.inputs import ResponseFilter, SurveyFilter
from boucle.api.surveys.types import Program, Response, Survey
from boucle.kit.ids import number_of
from boucle.kit.pagination import NEWEST_FIRST, Order, PageRequest, fingerprint
from boucle.surveys import models
from boucle.surveys.access import visible_programs, visible_responses, visible_surveys
from boucle.surveys.queries import surveys_matching

BY_NAME = Order("name", is_descending=False)


@strawberry.type
class SurveysQuery:
    @strawberry.field(
        extensions=[signed_in()], description="Programs, by name; empty without a right to surveys or tickets."
    )
    async def programs(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Program]:
        page = PageRequest(first, after, last, before).checked()
        return await connect(visible_programs(info.context.signed_in), page, BY_NAME, of=Program.of)

    @strawberry.field(
        extensions=[signed_in()], description="Surveys, by name; empty without a right to surveys or tickets."
    )
    async def surveys(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: SurveyFilter | None = None,  # noqa: A002  (the schema's word)
    ) -> Connection[Survey]:
        page = PageRequest(first, after, last, before).checked()
        rows = surveys_matching(visible_surveys(info.context.signed_in), filter.text if filter else None)
        if filter and filter.program_ids is not None:
            rows = rows.filter(program_id__in=[number_of(each, "prg", field="filter") for each in filter.program_ids])
        return await connect(rows, page, BY_NAME, of=Survey.of, filter_print=fingerprint(filter))

    @strawberry.field(extensions=[signed_in()], description="The survey with this key; null: none, or not for you.")
    async def survey_by_key(
        self, info: Info, key: Annotated[str, strawberry.argument(description="Its name in addresses.")]
    ) -> Survey | None:
        return Survey.of_optional(await visible_surveys(info.context.signed_in).get_or_none(key=key))

    @strawberry.field(extensions=[needs(Permission.SURVEYS_READ)], description="Answers to all surveys, newest first.")
    async def responses(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: ResponseFilter | None = None,  # noqa: A002
    ) -> Connection[Response]:
        page = PageRequest(first, after, last, before).checked()
        rows = _filtered(visible_responses(info.context.signed_in), filter)
        return await connect(rows, page, NEWEST_FIRST, of=Response.of, filter_print=fingerprint(filter))


def _filtered(rows: QuerySet[models.Response], wanted: ResponseFilter | None) -> QuerySet[models.Response]:
    if wanted is None:
        return rows
    if wanted.survey_ids is not None:
        rows = rows.filter(survey_id__in=[number_of(each, "srv", field="filter") for each in wanted.survey_ids])
    if wanted.contact_ids is not None:
        rows = rows.filter(contact_id__in=[number_of(each, "con", field="filter") for each in wanted.contact_ids])
    if wanted.score_classes is not None:
        rows = rows.filter(score_class__in=wanted.score_classes)
    return rows
