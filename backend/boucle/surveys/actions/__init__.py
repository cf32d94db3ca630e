"""The only writers of programs, surveys and responses."""

from boucle.surveys.actions.programs import ProgramState, create_program, update_program
from boucle.surveys.actions.responses import (
    EarlierResponse,
    NewResponse,
    SentId,
    StoredResponse,
    earlier_of,
    earlier_read,
    name_to_hold,
    store_responses,
)
from boucle.surveys.actions.surveys import (
    NewSurvey,
    SurveyState,
    create_survey,
    publish_survey,
    rotate_intake_secret,
    state_of,
    update_survey,
)

__all__ = [
    "EarlierResponse",
    "NewResponse",
    "NewSurvey",
    "ProgramState",
    "SentId",
    "StoredResponse",
    "SurveyState",
    "create_program",
    "create_survey",
    "earlier_of",
    "earlier_read",
    "name_to_hold",
    "publish_survey",
    "rotate_intake_secret",
    "state_of",
    "store_responses",
    "update_program",
    "update_survey",
]
