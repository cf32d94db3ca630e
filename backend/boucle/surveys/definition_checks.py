"""What must hold of a survey's definition before it is stored or published. No I/O."""

import re
from collections.abc import Callable, Iterator

from boucle.kit.errors import DomainError, Invalid, Required, Several
from boucle.kit.phrases import Phrase
from boucle.surveys.definitions import (
    LONGEST_KEY,
    SCALES,
    SCORED,
    ContactField,
    LocalizedText,
    Question,
    QuestionKind,
    QuestionRole,
    SurveyDefinition,
)

MOST_QUESTIONS = 100
MOST_CHOICES = 50
MOST_EMBEDDED_FIELDS = 50
LONGEST_TEXT = 2000
_KEY = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


def check_definition(definition: SurveyDefinition) -> None:
    """Raise `Several` that names every question and field that is wrong."""
    errors = list(_problems(definition))
    if errors:
        raise Several(errors)


def _problems(definition: SurveyDefinition) -> Iterator[DomainError]:
    yield from _text_problems(definition.title, ["title"], Phrase("The title"))
    yield from _text_problems(definition.introduction, ["introduction"], Phrase("The introduction"), may_be_empty=True)
    yield from _text_problems(definition.thanks, ["thanks"], Phrase("The thank-you text"))
    if not definition.questions:
        yield Required("A survey needs at least one question.", field=["questions"])
    if len(definition.questions) > MOST_QUESTIONS:
        yield Invalid("A survey has at most {most} questions.", field=["questions"], most=MOST_QUESTIONS)
    for place, question in enumerate(definition.questions):
        yield from _question_problems(question, ["questions", str(place)])
    yield from _repeated([question.key for question in definition.questions], ["questions"], _question_name)
    yield from _role_problems(definition)
    yield from _embedded_problems(definition.embedded_fields)


def _question_name(key: str) -> Phrase:
    return Phrase("Question '{key}'", key=key)


def _text_problems(
    text: LocalizedText, path: list[str], name: Phrase, *, may_be_empty: bool = False
) -> Iterator[DomainError]:
    filled = {"fr": text.fr.strip(), "en": text.en.strip()}
    for language, words in filled.items():
        if not words and not (may_be_empty and not any(filled.values())):
            yield Required(
                "{name} is missing in {language}.",
                field=[*path, language],
                name=name,
                language=_LANGUAGE_NAMES[language],
            )
        if len(words) > LONGEST_TEXT:
            yield Invalid(
                "{name} is longer than {most} characters.", field=[*path, language], name=name, most=LONGEST_TEXT
            )


_LANGUAGE_NAMES = {"fr": Phrase("French"), "en": Phrase("English")}


def _question_problems(question: Question, path: list[str]) -> Iterator[DomainError]:
    name = _question_name(question.key)
    yield from _key_problems(question.key, [*path, "key"], name)
    text_name = Phrase("The text of question '{key}'", key=question.key)
    yield from _text_problems(question.text, [*path, "text"], text_name)
    if question.kind in {QuestionKind.CSAT, QuestionKind.CES}:
        if question.points not in SCALES:
            yield Invalid("{name} needs a scale of 5 or 7 points.", field=[*path, "points"], name=name)
    elif question.points is not None:
        yield Invalid("{name} has points, which only CSAT and CES questions have.", field=[*path, "points"], name=name)
    if question.role is QuestionRole.SCORE and question.kind not in SCORED:
        yield Invalid(
            "{name} cannot be the score: only NPS, CSAT and CES questions can.", field=[*path, "role"], name=name
        )
    if question.role is QuestionRole.COMMENT and question.kind is not QuestionKind.TEXT:
        yield Invalid("{name} cannot be the comment: only text questions can.", field=[*path, "role"], name=name)
    yield from _choice_problems(question, [*path, "choices"])
    yield from _text_question_problems(question, path)


def _choice_problems(question: Question, path: list[str]) -> Iterator[DomainError]:
    name = _question_name(question.key)
    if question.kind is not QuestionKind.CHOICE:
        if question.choices or question.multiple:
            yield Invalid("{name} has choices, which only choice questions have.", field=path, name=name)
        return
    if not question.choices:
        yield Required("{name} needs at least one choice.", field=path, name=name)
    if len(question.choices) > MOST_CHOICES:
        yield Invalid("{name} has more than {most} choices.", field=path, name=name, most=MOST_CHOICES)

    def choice_name(key: str) -> Phrase:
        return Phrase("Choice '{key}' of question '{question}'", key=key, question=question.key)

    for place, choice in enumerate(question.choices):
        yield from _key_problems(choice.key, [*path, str(place), "key"], choice_name(choice.key))
        yield from _text_problems(choice.text, [*path, str(place), "text"], choice_name(choice.key))
    yield from _repeated([choice.key for choice in question.choices], path, choice_name)


def _text_question_problems(question: Question, path: list[str]) -> Iterator[DomainError]:
    name = _question_name(question.key)
    if question.kind is not QuestionKind.TEXT and (question.multiline or question.contact_field):
        setting = "multiline" if question.multiline else "contactField"
        yield Invalid(
            "{name} is not a text question, so it has no '{setting}'.",
            field=[*path, setting],
            name=name,
            setting=setting,
        )
    if question.role is QuestionRole.COMMENT and question.contact_field:
        yield Invalid(
            "{name} is either the comment or a contact detail, not both.", field=[*path, "contactField"], name=name
        )


def _role_problems(definition: SurveyDefinition) -> Iterator[DomainError]:
    scores = [question.key for question in definition.questions if question.role is QuestionRole.SCORE]
    if len(scores) > 1:
        yield Invalid(
            "Only one question can be the score; these are: {keys}.", field=["questions"], keys=_listed(scores)
        )
    for detail in ContactField:
        asked = [question.key for question in definition.questions if question.contact_field is detail]
        if len(asked) > 1:
            yield Invalid(
                "Only one question can ask for {detail}; these do: {keys}.",
                field=["questions"],
                detail=_DETAIL_NAMES[detail],
                keys=_listed(asked),
            )


_DETAIL_NAMES = {
    ContactField.FIRST_NAME: Phrase("the first name"),
    ContactField.LAST_NAME: Phrase("the last name"),
    ContactField.EMAIL: Phrase("the e-mail address"),
    ContactField.PHONE: Phrase("the phone number"),
}


def _key_problems(key: str, path: list[str], name: Phrase) -> Iterator[DomainError]:
    if len(key) > LONGEST_KEY or not _KEY.fullmatch(key):
        yield Invalid(
            "{name}: a key has small letters, digits, '-' and '_', and at most {most} characters.",
            field=path,
            name=name,
            most=LONGEST_KEY,
        )


def _repeated(keys: list[str], path: list[str], name: Callable[[str], Phrase]) -> Iterator[DomainError]:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Invalid("{name} occurs more than once; keys must differ.", field=path, name=name(key))


def _embedded_problems(names: tuple[str, ...]) -> Iterator[DomainError]:
    where = ["embeddedFields"]
    if len(names) > MOST_EMBEDDED_FIELDS:
        yield Invalid("A survey has at most {most} embedded fields.", field=where, most=MOST_EMBEDDED_FIELDS)
    for name in names:
        if len(name) > LONGEST_KEY or not _FIELD_NAME.fullmatch(name):
            yield Invalid(
                "{name}: a name starts with a letter and has letters, digits, '_', '-' and '.', "
                "and at most {most} characters.",
                field=where,
                name=_embedded_name(name),
                most=LONGEST_KEY,
            )
    # Case never distinguishes fields (INT-6): "Store" and "store" would take each other's values.
    yield from _repeated([name.lower() for name in names], where, _embedded_name)


def _embedded_name(name: str) -> Phrase:
    return Phrase("Embedded field '{name}'", name=name)


def _listed(keys: list[str]) -> str:
    return ", ".join(keys)
