"""Reads of surveys and responses that are not GraphQL selections."""

from dataclasses import dataclass

from boucle.kit.conditions import Condition
from boucle.kit.database import memory_of
from boucle.kit.errors import Closed
from boucle.kit.lookups import row_by_text
from boucle.kit.searching import has_words
from boucle.surveys.definitions import SurveyDefinition, definition_from_json
from boucle.surveys.models import Response, Survey, SurveyVersion


async def survey_by_key(key: str) -> Survey | None:
    """Return the survey that an address names; keys are in lower case, people type as they like."""
    return await row_by_text(Survey, "key", key.lower())


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
    return await row_by_text(Response, "tracking_id", tracking_id.upper(), survey_id=survey_id)


def surveys_matching(text: str | None) -> Condition:
    """Return the surveys that a search finds by name or key."""
    return has_words(text, "name_key", "key")
