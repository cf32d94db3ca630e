"""Reads of surveys and responses that are not GraphQL selections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from boucle.kit.database import fetch, memory_of, placeholders
from boucle.kit.errors import Closed
from boucle.surveys.definitions import SurveyDefinition, definition_from_json
from boucle.surveys.models import Response, ResponseState, ScoreClass, Survey, SurveyVersion
from boucle.surveys.rules import slug_of, ticket_rule_from_json


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """What came in for one survey. `last_at` and `average` are `None` before the first (scored) response."""

    count: int = 0
    last_at: datetime | None = None
    average: float | None = None


@dataclass(frozen=True, slots=True)
class ContactFigures:
    """What one contact answered. The last score is of their last completed response that has one, with its scale."""

    count: int = 0
    last_score: int | None = None
    last_score_maximum: int | None = None
    last_score_class: ScoreClass | None = None


async def survey_by_key(key: str) -> Survey | None:
    """Return the survey that an address names."""
    # A zero byte in an address is an error to PostgreSQL, not a miss.
    return await Survey.get_or_none(key=key) if key.isprintable() else None


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A stored version as respondents answer it."""

    id: int
    definition: SurveyDefinition


# What is published never changes: each version is read and parsed once, not once for every answer.
_published = memory_of(PublishedVersion)


async def published_version(survey: Survey) -> PublishedVersion | None:
    """Return what respondents see, `None` before the first publication."""
    version_id = survey.published_version_id
    if version_id is None:
        return None
    if version_id not in _published:
        row = await SurveyVersion.get(id=version_id)
        _published[version_id] = PublishedVersion(row.id, definition_from_json(row.definition))
    return _published[version_id]


async def open_version(survey: Survey) -> PublishedVersion:
    """Return what respondents answer now; raise `Closed` where the survey takes no answers."""
    version = await published_version(survey)
    if version is None:
        raise Closed("The survey '{key}' was not published yet. Publish it under Settings, Surveys.", key=survey.key)
    if not survey.is_open:
        raise Closed("The survey '{key}' is closed and takes no more answers.", key=survey.key)
    return version


async def repeated_response(survey_id: int, external_id: str | None) -> Response | None:
    """Return the response that came in under this external id before."""
    if external_id is None:
        return None
    return await Response.get_or_none(survey_id=survey_id, external_id=external_id)


async def response_by_tracking_id(survey_id: int, tracking_id: str) -> Response | None:
    """Return the response that a customer was told this id of."""
    if not tracking_id.isprintable():
        return None
    return await Response.get_or_none(survey_id=survey_id, tracking_id=tracking_id.upper())


async def surveys_naming_team(team_id: int) -> list[Survey]:
    """Return the surveys whose tickets start with this team."""
    return [survey for survey in await Survey.all() if ticket_rule_from_json(survey.ticket_rule).team_id == team_id]


async def surveys_naming_user(user_id: int) -> list[Survey]:
    """Return the surveys whose tickets start with this assignee."""
    return [survey for survey in await Survey.all() if ticket_rule_from_json(survey.ticket_rule).assignee_id == user_id]


def surveys_matching(surveys: QuerySet[Survey], text: str | None) -> QuerySet[Survey]:
    """Return those whose name or key contains the text."""
    words = (text or "").strip()
    if not words:
        return surveys
    return surveys.filter(Q(name__icontains=words) | Q(key__contains=slug_of(words) or words))


async def survey_figures(survey_ids: Sequence[int]) -> list[SurveyFigures]:
    """Return the figures of each survey, in the order asked, in one statement."""
    marks = ",".join(placeholders(len(survey_ids)))
    rows = await fetch(
        "SELECT survey_id, count(*) AS count, max(submitted_at) AS last_at, avg(score) AS average "  # noqa: S608
        f"FROM responses WHERE survey_id IN ({marks}) GROUP BY survey_id",
        list(survey_ids),
    )
    found = {
        int(row["survey_id"]): SurveyFigures(
            count=int(row["count"]),
            last_at=_moment(row["last_at"]),
            average=None if row["average"] is None else float(row["average"]),
        )
        for row in rows
    }
    return [found.get(survey_id, SurveyFigures()) for survey_id in survey_ids]


async def contact_figures(contact_ids: Sequence[int]) -> list[ContactFigures]:
    """Return the figures of each contact, in the order asked, in one statement."""
    marks = ",".join(placeholders(len(contact_ids)))
    rows = await fetch(
        "SELECT counted.contact_id, counted.count, scored.score, scored.score_maximum, scored.score_class FROM ("  # noqa: S608
        "SELECT contact_id, count(*) AS count, "
        f"max(CASE WHEN score IS NOT NULL AND state = '{ResponseState.COMPLETED.value}' THEN id END) AS scored_id "
        f"FROM responses WHERE contact_id IN ({marks}) GROUP BY contact_id) AS counted "
        "LEFT JOIN responses AS scored ON scored.id = counted.scored_id",
        list(contact_ids),
    )
    found = {
        int(row["contact_id"]): ContactFigures(
            count=int(row["count"]),
            last_score=row["score"],
            last_score_maximum=row["score_maximum"],
            last_score_class=ScoreClass(row["score_class"]) if row["score_class"] else None,
        )
        for row in rows
    }
    return [found.get(contact_id, ContactFigures()) for contact_id in contact_ids]


def _moment(value: object) -> datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    return value if isinstance(value, datetime) else None
