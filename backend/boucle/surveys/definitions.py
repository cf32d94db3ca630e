"""What a survey asks: questions, choices and texts in every language, as frozen values. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from pydantic import TypeAdapter

from boucle.kit.texts import clean_block

LONGEST_KEY = 60
SCALES = (5, 7)  # points of CSAT and CES
NPS_MAXIMUM = 10


class QuestionKind(StrEnum):
    """How a question is answered (INT-1)."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    CHOICE = "choice"
    TEXT = "text"


SCORED = frozenset({QuestionKind.NPS, QuestionKind.CSAT, QuestionKind.CES})


class QuestionRole(StrEnum):
    """What the answer means for the response as a whole."""

    SCORE = "score"
    COMMENT = "comment"


class ContactField(StrEnum):
    """Which detail of the respondent a text answer is."""

    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """One text in every language of the product."""

    fr: str
    en: str

    @property
    def cleaned(self) -> "LocalizedText":
        """The text as it is stored."""
        return LocalizedText(clean_block(self.fr) or "", clean_block(self.en) or "")

    def into(self, language: str) -> str:
        """Return the text in a language; French where there is no such language."""
        return self.en if language == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose."""

    key: str
    text: LocalizedText

    @property
    def cleaned(self) -> "Choice":
        """The choice as it is stored."""
        return Choice(self.key, self.text.cleaned)


@dataclass(frozen=True)  # no slots: what follows from it is worked out once, not once for every answer
class Question:
    """One question. `points` belongs to CSAT and CES, `choices` and `multiple` to CHOICE, the last two to TEXT."""

    key: str
    kind: QuestionKind
    text: LocalizedText
    required: bool = False
    role: QuestionRole | None = None
    points: int | None = None
    choices: tuple[Choice, ...] = ()
    multiple: bool = False
    multiline: bool = False
    contact_field: ContactField | None = None

    @property
    def cleaned(self) -> "Question":
        """The question as it is stored."""
        return replace(self, text=self.text.cleaned, choices=tuple(choice.cleaned for choice in self.choices))

    @cached_property
    def lowest(self) -> int:
        """The worst mark of a scored question."""
        return 0 if self.kind is QuestionKind.NPS else 1

    @cached_property
    def highest(self) -> int:
        """The best mark of a scored question."""
        return NPS_MAXIMUM if self.kind is QuestionKind.NPS else self.points or SCALES[0]


@dataclass(frozen=True)  # no slots, as above
class SurveyDefinition:
    """Everything that respondents see, and the names of the values that may travel with an answer."""

    title: LocalizedText
    introduction: LocalizedText
    thanks: LocalizedText
    questions: tuple[Question, ...]
    embedded_fields: tuple[str, ...] = ()

    @property
    def cleaned(self) -> "SurveyDefinition":
        """The definition as it is stored; what is wrong with it is another question."""
        return replace(
            self,
            title=self.title.cleaned,
            introduction=self.introduction.cleaned,
            thanks=self.thanks.cleaned,
            questions=tuple(question.cleaned for question in self.questions),
        )

    @cached_property
    def score_question(self) -> Question | None:
        """The question whose answer is the score, if any."""
        return next((question for question in self.questions if question.role is QuestionRole.SCORE), None)

    @cached_property
    def comment_keys(self) -> tuple[str, ...]:
        """The keys of the questions that are answered in the customer's words."""
        return tuple(question.key for question in self.questions if question.role is QuestionRole.COMMENT)

    @cached_property
    def contact_keys(self) -> tuple[tuple[ContactField, str], ...]:
        """The details of the customer that are asked for, each with the key of its question."""
        asked = ((question.contact_field, question.key) for question in self.questions)
        return tuple((detail, key) for detail, key in asked if detail is not None)

    @cached_property
    def by_key(self) -> Mapping[str, Question]:
        """The questions by their keys."""
        return {question.key: question for question in self.questions}

    def question(self, key: str) -> Question | None:
        """Return the question with this key."""
        return self.by_key.get(key)


_STORED = TypeAdapter(SurveyDefinition)


def definition_from_json(stored: object) -> SurveyDefinition:
    """Return the definition that `definition_to_json` made."""
    return _STORED.validate_python(stored)


def definition_to_json(definition: SurveyDefinition) -> dict[str, object]:
    """Return the definition as JSON to store."""
    return dict(_STORED.dump_python(definition, mode="json"))


def ready_nps_definition() -> SurveyDefinition:
    """Return a complete NPS survey: the score, the reason, and how to reach the customer."""
    return SurveyDefinition(
        title=LocalizedText("Votre avis compte", "Your opinion counts"),
        introduction=LocalizedText(
            "Deux minutes suffisent. Nous lisons chaque réponse.",
            "It takes two minutes. We read every answer.",
        ),
        thanks=LocalizedText(
            "Merci d’avoir pris le temps de nous répondre.",
            "Thank you for taking the time to answer.",
        ),
        questions=(
            Question(
                "recommendation",
                QuestionKind.NPS,
                LocalizedText(
                    "Sur une échelle de 0 à 10, recommanderiez-vous nos services à un proche ?",
                    "On a scale from 0 to 10, how likely are you to recommend us to a friend?",
                ),
                required=True,
                role=QuestionRole.SCORE,
            ),
            Question(
                "reason",
                QuestionKind.TEXT,
                LocalizedText("Qu’est-ce qui explique votre note ?", "What is the reason for your score?"),
                role=QuestionRole.COMMENT,
                multiline=True,
            ),
            _contact_question("first_name", ContactField.FIRST_NAME, "Prénom", "First name"),
            _contact_question("last_name", ContactField.LAST_NAME, "Nom", "Last name"),
            _contact_question("email", ContactField.EMAIL, "Adresse e-mail", "E-mail address"),
            _contact_question("phone", ContactField.PHONE, "Téléphone", "Phone"),
        ),
    )


def _contact_question(key: str, detail: ContactField, fr: str, en: str) -> Question:
    return Question(key, QuestionKind.TEXT, LocalizedText(fr, en), contact_field=detail)
