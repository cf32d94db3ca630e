"""What the types of surveys need in batches."""

from boucle.accounts.access import Viewer
from boucle.surveys.models import Survey, SurveyVersion
from boucle.tickets.access import visible_tickets
from boucle.tickets.models import Ticket


async def load_surveys_of_programs(program_ids: list[int]) -> list[list[Survey]]:
    """Return the surveys of each program, by name."""
    surveys: dict[int, list[Survey]] = {program_id: [] for program_id in program_ids}
    for survey in await Survey.filter(program_id__in=program_ids).order_by("name", "id"):
        surveys[survey.program_id].append(survey)
    return [surveys[program_id] for program_id in program_ids]


async def load_versions_of_surveys(survey_ids: list[int]) -> list[list[SurveyVersion]]:
    """Return the published versions of each survey, newest first."""
    versions: dict[int, list[SurveyVersion]] = {survey_id: [] for survey_id in survey_ids}
    for version in await SurveyVersion.filter(survey_id__in=survey_ids).order_by("-number"):
        versions[version.survey_id].append(version)
    return [versions[survey_id] for survey_id in survey_ids]


async def load_tickets_of_responses(viewer: Viewer, response_ids: list[int]) -> list[Ticket | None]:
    """Return the first ticket of each response, `None` where there is none that the viewer may see."""
    tickets: dict[int | None, Ticket] = {}
    for ticket in await visible_tickets(viewer).filter(response_id__in=response_ids).order_by("id"):
        tickets.setdefault(ticket.response_id, ticket)
    return [tickets.get(response_id) for response_id in response_ids]
