"""The only writers of programs, surveys and responses."""

from boucle.surveys.actions.programs import ProgramState, create_program, update_program
from boucle.surveys.actions.responses import earlier_response, store_response
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
    "NewSurvey",
    "ProgramState",
    "SurveyState",
    "create_program",
    "create_survey",
    "earlier_response",
    "publish_survey",
    "rotate_intake_secret",
    "state_of",
    "store_response",
    "update_program",
    "update_survey",
]
