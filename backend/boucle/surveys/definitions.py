"""What a survey asks: questions, choices and texts in every language, as frozen values. No I/O."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter

from boucle.kit.errors import DomainError, Invalid, Required, Several

MOST_QUESTIONS = 100
MOST_CHOICES = 50
MOST_EMBEDDED_FIELDS = 50
LONGEST_TEXT = 2000
LONGEST_KEY = 60
SCALES = (5, 7)  # points of CSAT and CES
NPS_MAXIMUM = 10
_KEY = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


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

    def into(self, language: str) -> str:
        """Return the text in a language; French where there is no such language."""
        return self.en if language == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose."""

    key: str
    text: LocalizedText


@dataclass(frozen=True, slots=True)
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
    def lowest(self) -> int:
        """The worst mark of a scored question."""
        return 0 if self.kind is QuestionKind.NPS else 1

    @property
    def highest(self) -> int:
        """The best mark of a scored question."""
        return NPS_MAXIMUM if self.kind is QuestionKind.NPS else self.points or SCALES[0]


@dataclass(frozen=True, slots=True)
class SurveyDefinition:
    """Everything that respondents see, and the names of the values that may travel with an answer."""

    title: LocalizedText
    introduction: LocalizedText
    thanks: LocalizedText
    questions: tuple[Question, ...]
    embedded_fields: tuple[str, ...] = ()

    @property
    def score_question(self) -> Question | None:
        """The question whose answer is the score, if any."""
        return next((question for question in self.questions if question.role is QuestionRole.SCORE), None)

    def question(self, key: str) -> Question | None:
        """Return the question with this key."""
        return next((question for question in self.questions if question.key == key), None)


_STORED = TypeAdapter(SurveyDefinition)


def definition_from_json(stored: object) -> SurveyDefinition:
    """Return the definition that `definition_to_json` made."""
    return _STORED.validate_python(stored)


def definition_to_json(definition: SurveyDefinition) -> dict[str, object]:
    """Return the definition as JSON to store."""
    return dict(_STORED.dump_python(definition, mode="json"))


def check_definition(definition: SurveyDefinition) -> None:
    """Raise `Several` that names every question and field that is wrong."""
    errors = list(_problems(definition))
    if errors:
        raise Several(errors)


def _problems(definition: SurveyDefinition) -> Iterator[DomainError]:
    yield from _text_problems(definition.title, ["title"], "The title")
    yield from _text_problems(definition.introduction, ["introduction"], "The introduction", may_be_empty=True)
    yield from _text_problems(definition.thanks, ["thanks"], "The thank-you text")
    if not definition.questions:
        yield Required("A survey needs at least one question.", field=["questions"])
    if len(definition.questions) > MOST_QUESTIONS:
        yield Invalid(f"A survey has at most {MOST_QUESTIONS} questions.", field=["questions"])
    for place, question in enumerate(definition.questions):
        yield from _question_problems(question, ["questions", str(place)])
    yield from _repeated([question.key for question in definition.questions], ["questions"], "Question")
    yield from _role_problems(definition)
    yield from _embedded_problems(definition.embedded_fields)


def _text_problems(
    text: LocalizedText, path: list[str], name: str, *, may_be_empty: bool = False
) -> Iterator[DomainError]:
    filled = {"fr": text.fr.strip(), "en": text.en.strip()}
    for language, words in filled.items():
        if not words and not (may_be_empty and not any(filled.values())):
            yield Required(f"{name} is missing in {_LANGUAGE_NAMES[language]}.", field=[*path, language])
        if len(words) > LONGEST_TEXT:
            yield Invalid(f"{name} is longer than {LONGEST_TEXT} characters.", field=[*path, language])


_LANGUAGE_NAMES = {"fr": "French", "en": "English"}


def _question_problems(question: Question, path: list[str]) -> Iterator[DomainError]:
    name = f"Question '{question.key}'"
    yield from _key_problems(question.key, [*path, "key"], name)
    yield from _text_problems(question.text, [*path, "text"], f"The text of question '{question.key}'")
    if question.kind in {QuestionKind.CSAT, QuestionKind.CES}:
        if question.points not in SCALES:
            yield Invalid(f"{name} needs a scale of 5 or 7 points.", field=[*path, "points"])
    elif question.points is not None:
        yield Invalid(f"{name} has points, which only CSAT and CES questions have.", field=[*path, "points"])
    if question.role is QuestionRole.SCORE and question.kind not in SCORED:
        yield Invalid(f"{name} cannot be the score: only NPS, CSAT and CES questions can.", field=[*path, "role"])
    if question.role is QuestionRole.COMMENT and question.kind is not QuestionKind.TEXT:
        yield Invalid(f"{name} cannot be the comment: only text questions can.", field=[*path, "role"])
    yield from _choice_problems(question, path, name)
    yield from _text_question_problems(question, path, name)


def _choice_problems(question: Question, path: list[str], name: str) -> Iterator[DomainError]:
    where = [*path, "choices"]
    if question.kind is not QuestionKind.CHOICE:
        if question.choices or question.multiple:
            yield Invalid(f"{name} has choices, which only choice questions have.", field=where)
        return
    if not question.choices:
        yield Required(f"{name} needs at least one choice.", field=where)
    if len(question.choices) > MOST_CHOICES:
        yield Invalid(f"{name} has more than {MOST_CHOICES} choices.", field=where)
    for place, choice in enumerate(question.choices):
        label = f"Choice '{choice.key}' of question '{question.key}'"
        yield from _key_problems(choice.key, [*where, str(place), "key"], label)
        yield from _text_problems(choice.text, [*where, str(place), "text"], label)
    yield from _repeated([choice.key for choice in question.choices], where, f"{name}: choice")


def _text_question_problems(question: Question, path: list[str], name: str) -> Iterator[DomainError]:
    if question.kind is not QuestionKind.TEXT and (question.multiline or question.contact_field):
        where = "multiline" if question.multiline else "contactField"
        yield Invalid(f"{name} is not a text question, so it has no '{where}'.", field=[*path, where])
    if question.role is QuestionRole.COMMENT and question.contact_field:
        yield Invalid(f"{name} is either the comment or a contact detail, not both.", field=[*path, "contactField"])


def _role_problems(definition: SurveyDefinition) -> Iterator[DomainError]:
    scores = [question.key for question in definition.questions if question.role is QuestionRole.SCORE]
    if len(scores) > 1:
        yield Invalid(f"Only one question can be the score; {_listed(scores)} are.", field=["questions"])
    for detail in ContactField:
        asked = [question.key for question in definition.questions if question.contact_field is detail]
        if len(asked) > 1:
            yield Invalid(f"Only one question can ask for '{detail}'; {_listed(asked)} do.", field=["questions"])


def _key_problems(key: str, path: list[str], name: str) -> Iterator[DomainError]:
    if len(key) > LONGEST_KEY or not _KEY.fullmatch(key):
        yield Invalid(
            f"{name}: a key has small letters, digits, '-' and '_', and at most {LONGEST_KEY} characters.", field=path
        )


def _repeated(keys: list[str], path: list[str], name: str) -> Iterator[DomainError]:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Invalid(f"{name} '{key}' occurs more than once; keys must differ.", field=path)


def _embedded_problems(names: tuple[str, ...]) -> Iterator[DomainError]:
    where = ["embeddedFields"]
    if len(names) > MOST_EMBEDDED_FIELDS:
        yield Invalid(f"A survey has at most {MOST_EMBEDDED_FIELDS} embedded fields.", field=where)
    for name in names:
        if len(name) > LONGEST_KEY or not _FIELD_NAME.fullmatch(name):
            yield Invalid(
                f"Embedded field '{name}': a name starts with a letter and has letters, digits, '_', '-' and '.'.",
                field=where,
            )
    # Case never distinguishes fields (INT-6): "Store" and "store" would take each other's values.
    yield from _repeated([name.lower() for name in names], where, "Embedded field")


def _listed(keys: list[str]) -> str:
    return ", ".join(f"'{key}'" for key in keys)


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
