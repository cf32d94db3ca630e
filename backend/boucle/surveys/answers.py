"""Checking one person's answers against a published definition, and reading score, comment and person from them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from boucle.contacts.phone_numbers import clean_phone
from boucle.contacts.rules import (
    ContactDetails,
    clean_details,
    clean_email,
    clean_language,
    clean_name,
)
from boucle.kit.errors import MOST_TOLD, DomainError, Invalid, Required, Several
from boucle.kit.texts import clean_block, is_plain
from boucle.surveys.definitions import (
    SCORED,
    ContactField,
    Question,
    QuestionKind,
    SurveyDefinition,
)
from boucle.surveys.rules import Score

MOST_NAMED = 10  # of the questions or choices that there are, to whoever names another
LONGEST_LINE = 500
LONGEST_ANSWER = 10_000
LONGEST_EMBEDDED_VALUE = 1000
LONGEST_EXTERNAL_ID = 200

_NOTHING_TOLD = ContactDetails()

AnswerValue = int | str | Sequence[str]
Stored = int | str | list[str]


@dataclass(frozen=True, slots=True)
class Submission:
    """One person's answers as they came in: question key → mark, text or choice keys."""

    answers: Mapping[str, AnswerValue]
    embedded: Mapping[str, str] = field(default_factory=dict)
    contact: ContactDetails = field(default_factory=ContactDetails)
    language: str | None = None
    external_id: str | None = None


class CheckedAnswers(NamedTuple):
    """Answers as they are stored. `details` is all that is told of the person, cleaned."""

    values: dict[str, Stored]
    embedded: dict[str, str]
    score: Score | None
    comment: str | None
    details: ContactDetails
    language: str | None


def check_answers(definition: SurveyDefinition, submission: Submission) -> CheckedAnswers:
    """Return what to store; raise `Several` that names every answer that is wrong."""
    checker, given = _Checker(), submission.answers
    for question in definition.questions:
        answer = given.get(question.key)
        if answer is not None or question.required:
            checker.take(question, answer)
    checker.refuse_unknown(definition, given)
    embedded = checker.take_embedded(definition.embedded_fields, submission.embedded)
    language = checker.take_language(submission.language)
    contact = checker.take_contact(submission.contact)
    checker.check_external_id(submission.external_id)
    if checker.errors:
        raise Several(checker.errors)
    return CheckedAnswers(
        checker.values,
        embedded,
        _score(definition, checker.values),
        _comment(definition, checker.values),
        _joined(contact, _details(definition, checker.values)),
        language,
    )


class _Checker:
    """Takes answer by answer and collects what is wrong."""

    def __init__(self) -> None:
        self.values: dict[str, Stored] = {}
        self.errors: list[DomainError] = []

    def take(self, question: Question, given: AnswerValue | None) -> None:
        try:
            value = _read(question, given)
        except DomainError as error:
            error.field = ["answers", question.key]
            self.errors.append(error)
            return
        if value is not None:
            self.values[question.key] = value

    def refuse_unknown(self, definition: SurveyDefinition, given: Mapping[str, AnswerValue]) -> None:
        known = definition.by_key
        for key in islice((key for key in given if key not in known), MOST_TOLD):
            self.errors.append(
                Invalid(
                    "There is no question '{key}'. Known: {known}.",
                    field=["answers", key],
                    key=key,
                    known=_some_of(known),
                )
            )

    def take_language(self, given: str | None) -> str | None:
        if given is None:
            return None
        try:
            return clean_language(given)
        except Invalid as error:
            error.field = ["language"]
            self.errors.append(error)
            return None

    def take_contact(self, given: ContactDetails) -> ContactDetails:
        try:
            return clean_details(given)
        except Several as several:
            for part in several.parts:
                part.field = ["contact", *(part.field or [])]
                self.errors.append(part)
            return ContactDetails()

    def check_external_id(self, external_id: str | None) -> None:
        if external_id is None:
            return
        if not is_external_id(external_id):
            self.errors.append(
                Invalid(
                    "An external id has 1 to {most} printable characters.",
                    field=["externalId"],
                    most=LONGEST_EXTERNAL_ID,
                )
            )

    def take_embedded(self, declared: tuple[str, ...], given: Mapping[str, str]) -> dict[str, str]:
        taken: dict[str, str] = {}
        if not given:
            return taken
        spelling = {name.lower(): name for name in declared}
        for name, value in given.items():
            where = ["embeddedData", name]
            known = spelling.get(name.lower())
            if known is None:
                self.errors.append(Invalid("The survey has no embedded field '{name}'.", field=where, name=name))
            elif known in taken:
                self.errors.append(Invalid("The embedded field '{name}' comes twice.", field=where, name=known))
            elif len(value) > LONGEST_EMBEDDED_VALUE:
                self.errors.append(
                    Invalid(
                        "The value of '{name}' has more than {most} characters.",
                        field=where,
                        name=name,
                        most=LONGEST_EMBEDDED_VALUE,
                    )
                )
            else:
                taken[known] = clean_block(value, LONGEST_EMBEDDED_VALUE) or ""
        return taken


def _some_of(known: Collection[str]) -> str:
    return ", ".join(islice(known, MOST_NAMED)) + (" …" if len(known) > MOST_NAMED else "")


def is_external_id(text: str) -> bool:
    """Whether an answer can be known again by this text."""
    return 0 < len(text) <= LONGEST_EXTERNAL_ID and is_plain(text)


def _read(question: Question, given: AnswerValue | None) -> Stored | None:
    value: Stored | None
    if question.kind in SCORED:
        value = _mark(question, given)
    elif question.kind is QuestionKind.CHOICE:
        value = _choices(question, given) or None
    else:
        value = _text(question, given)
    if value is None and question.required:
        raise Required("Question '{key}' must be answered.", key=question.key)
    return value


def _mark(question: Question, given: AnswerValue | None) -> int | None:
    if given is None:
        return None
    if not isinstance(given, int) or isinstance(given, bool) or not question.lowest <= given <= question.highest:
        raise Invalid(
            "Question '{key}' takes a whole number from {lowest} to {highest}, not {given!r}.",
            key=question.key,
            lowest=question.lowest,
            highest=question.highest,
            given=given,
        )
    return given


def _choices(question: Question, given: AnswerValue | None) -> list[str]:
    if given is None or given == "":
        return []
    if isinstance(given, int):
        raise Invalid("Question '{key}' takes keys of choices, not {given!r}.", key=question.key, given=given)
    chosen = list(dict.fromkeys([given] if isinstance(given, str) else given))
    known = [choice.key for choice in question.choices]
    unknown = [key for key in chosen if key not in known]
    if unknown:
        raise Invalid(
            "Question '{key}' has no choice '{choice}'. Choices: {known}.",
            key=question.key,
            choice=unknown[0],
            known=_some_of(known),
        )
    if len(chosen) > 1 and not question.multiple:
        raise Invalid("Question '{key}' takes one choice, not {count}.", key=question.key, count=len(chosen))
    return chosen


def _text(question: Question, given: AnswerValue | None) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str):
        raise Invalid("Question '{key}' takes text, not {given!r}.", key=question.key, given=given)
    if question.contact_field is not None:
        return _CLEAN_DETAIL[question.contact_field](given)
    return clean_block(given, LONGEST_ANSWER if question.multiline else LONGEST_LINE)


_CLEAN_DETAIL: dict[ContactField, Callable[[str], str | None]] = {
    ContactField.FIRST_NAME: clean_name,
    ContactField.LAST_NAME: clean_name,
    ContactField.EMAIL: clean_email,
    ContactField.PHONE: clean_phone,
}


def _score(definition: SurveyDefinition, values: Mapping[str, Stored]) -> Score | None:
    question = definition.score_question
    mark = values.get(question.key) if question else None
    if question is None or not isinstance(mark, int):
        return None
    return Score(mark, question.highest, question.kind)


def _comment(definition: SurveyDefinition, values: Mapping[str, Stored]) -> str | None:
    """Return the customer's words; those of several comment questions one under the other."""
    words = [str(values[key]) for key in definition.comment_keys if key in values]
    return "\n\n".join(words) or None


def _details(definition: SurveyDefinition, values: Mapping[str, Stored]) -> ContactDetails:
    asked = definition.contact_keys
    told = {detail.value: str(values[key]) for detail, key in asked if key in values} if asked else None
    return ContactDetails(**told) if told else _NOTHING_TOLD


def _joined(contact: ContactDetails, answered: ContactDetails) -> ContactDetails:
    """Return what was sent about the contact, its gaps filled by what the person answered."""
    if answered is _NOTHING_TOLD:
        return contact
    return ContactDetails(
        first_name=contact.first_name or answered.first_name,
        last_name=contact.last_name or answered.last_name,
        email=contact.email or answered.email,
        phone=contact.phone or answered.phone,
        external_reference=contact.external_reference,
        language=contact.language,
        fallback_language=contact.fallback_language,
    )
