"""Which programs, surveys and responses a viewer may see and change."""

from boucle.accounts.access import Viewer, require
from boucle.accounts.permissions import Permission
from boucle.kit.conditions import ALWAYS, NEVER, Condition
from boucle.kit.errors import NotFound
from boucle.kit.ids import global_id
from boucle.surveys.models import Program, Survey, SurveyId

# Whoever sees tickets or answers meets surveys as their origin and filters by them.
SURVEY_READERS = (
    Permission.SURVEYS_READ,
    Permission.SURVEYS_MANAGE,
    Permission.TICKETS_READ,
    Permission.CONTACTS_READ,
)
# A response is the customer's story: it belongs to surveys and to contacts alike.
RESPONSE_READERS = (Permission.SURVEYS_READ, Permission.SURVEYS_MANAGE, Permission.CONTACTS_READ)


def can_see_surveys(viewer: Viewer) -> bool:
    """Whether the viewer may see surveys and programs."""
    return any(viewer.can(permission) for permission in SURVEY_READERS)


def can_see_responses(viewer: Viewer) -> bool:
    """Whether the viewer may see responses beyond those of tickets that they see."""
    return any(viewer.can(permission) for permission in RESPONSE_READERS)


def survey_visibility(viewer: Viewer) -> Condition:
    """Return which programs, surveys and versions the viewer may see: all of them, or none."""
    return ALWAYS if can_see_surveys(viewer) else NEVER


def response_visibility(viewer: Viewer) -> Condition:
    """Return which responses the viewer may see by themselves: all of them, or none."""
    return ALWAYS if can_see_responses(viewer) else NEVER


async def access_editable_program(viewer: Viewer, program_id: int) -> Program:
    """Return the program for a change, or raise `Forbidden` or `NotFound`."""
    require(viewer, Permission.SURVEYS_MANAGE)
    program = await Program.get_or_none(id=program_id)
    if program is None:
        raise NotFound("There is no program {id}.", field="id", id=global_id("prg", program_id))
    return program


async def access_editable_survey(viewer: Viewer, survey_id: SurveyId) -> Survey:
    """Return the survey for a change, or raise `Forbidden` or `NotFound`."""
    require(viewer, Permission.SURVEYS_MANAGE)
    survey = await Survey.get_or_none(id=survey_id)
    if survey is None:
        raise NotFound("There is no survey {id}.", field="id", id=global_id("srv", survey_id))
    return survey
