"""Programs, surveys and definitions for tests, through the real actions."""

from dataclasses import replace
from datetime import datetime

from boucle.accounts.access import Viewer
from boucle.surveys.actions import NewSurvey, ProgramState, create_program, create_survey, publish_survey
from boucle.surveys.answers import AnswerValue, Submission
from boucle.surveys.definitions import (
    Choice,
    LocalizedText,
    Question,
    QuestionKind,
    SurveyDefinition,
    ready_nps_definition,
)
from boucle.surveys.models import Program, Survey, SurveyId
from boucle.surveys.rules import TicketRule
from tests.factories.contacts import NOON, a_viewer


def text(words: str) -> LocalizedText:
    """The same words in both languages."""
    return LocalizedText(words, words)


def a_question(key: str = "q", kind: QuestionKind = QuestionKind.TEXT, **changes: object) -> Question:
    """A valid question of a kind."""
    scale = {QuestionKind.CSAT: {"points": 5}, QuestionKind.CES: {"points": 7}}.get(kind, {})
    choices = {"choices": (Choice("a", text("A")), Choice("b", text("B")))} if kind is QuestionKind.CHOICE else {}
    return Question(**{"key": key, "kind": kind, "text": text(f"Question {key}?"), **scale, **choices, **changes})


def a_definition(*questions: Question, embedded_fields: tuple[str, ...] = ()) -> SurveyDefinition:
    """A valid definition with these questions, by default one text."""
    return SurveyDefinition(
        text("Title"), text("Introduction"), text("Thanks"), questions or (a_question(),), embedded_fields
    )


def full_definition() -> SurveyDefinition:
    """The ready NPS survey, with a choice question and two embedded fields."""
    ready = ready_nps_definition()
    topics = a_question("topics", QuestionKind.CHOICE, multiple=True)
    questions = (*ready.questions[:2], topics, *ready.questions[2:])
    return replace(ready, questions=questions, embedded_fields=("store", "order_id"))


async def make_program(*, name: str = "Boutiques", now: datetime = NOON) -> Program:
    return await create_program(a_viewer(), ProgramState(name), now=now)


async def make_survey(
    *,
    name: str = "Après l’achat",
    key: str | None = None,
    definition: SurveyDefinition | None = None,
    ticket_rule: TicketRule | None = None,
    published: bool = True,
    viewer: Viewer | None = None,
    now: datetime = NOON,
) -> Survey:
    """A survey that respondents can answer."""
    admin = viewer or a_viewer()
    program = await Program.first() or await make_program(now=now)
    wanted = NewSurvey(
        program_id=program.id, name=name, key=key, definition=definition or full_definition(), ticket_rule=ticket_rule
    )
    survey = await create_survey(admin, wanted, now=now)
    return await publish_survey(admin, SurveyId(survey.id), 1, now=now) if published else survey


def a_submission(score: int | None = 2, *, external_id: str | None = None, **answers: AnswerValue) -> Submission:
    """Answers to `full_definition`, by default of an unhappy customer."""
    given: dict[str, AnswerValue] = {"reason": "Colis jamais reçu", "email": "lea@exemple.fr", **answers}
    if score is not None:
        given["recommendation"] = score
    return Submission(answers=given, external_id=external_id)
