"""Checking one person's answers against a published definition, and reading score, comment and person from them."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from boucle.contacts.phone_numbers import clean_phone
from boucle.contacts.rules import (
    LONGEST_NAME,
    ContactDetails,
    clean_email,
    clean_language,
    clean_name,
    read_details,
)
from boucle.kit.errors import MOST_TOLD, DomainError, Invalid, Required, Several
from boucle.kit.texts import clean_block, clean_line, is_plain
from boucle.surveys.definitions import (
    SCORED,
    ContactField,
    Question,
    QuestionKind,
    SurveyDefinition,
)
from boucle.surveys.left_out import MOST_KEPT, LeftOut, LeftOutReason, left_out
from boucle.surveys.rules import Score

MOST_NAMED = 10  # of the questions or choices that there are, to whoever names another
LONGEST_LINE = 500
LONGEST_ANSWER = 10_000
LONGEST_EMBEDDED_VALUE = 1000
LONGEST_EXTERNAL_ID = 200

_NOTHING_TOLD = ContactDetails()
_WHOLE_NUMBER = re.compile(r"([+-]?[0-9]{1,9})(?:[.,]0{1,9})?", re.ASCII)
_NAMES = {"firstName": "first_name", "lastName": "last_name"}
_DETAILS = {**_NAMES, "email": "email", "phone": "phone", "externalReference": "external_reference"}

AnswerValue = float | str | Sequence[str]
Stored = int | str | list[str]


@dataclass(frozen=True, slots=True)
class Submission:
    """One person's answers as they came in: question key → mark, text or choice keys.

    `left_out` is what could not even be read into this shape.
    """

    answers: Mapping[str, AnswerValue]
    embedded: Mapping[str, str] = field(default_factory=dict)
    contact: ContactDetails = field(default_factory=ContactDetails)
    language: str | None = None
    external_id: str | None = None
    left_out: Sequence[LeftOut] = ()


class CheckedAnswers(NamedTuple):
    """Answers as they are stored. `details` is all that is told of the person, cleaned; `left_out` what is not kept."""

    values: dict[str, Stored]
    embedded: dict[str, str]
    score: Score | None
    comment: str | None
    details: ContactDetails
    language: str | None
    left_out: Sequence[LeftOut] = ()


def check_answers(
    definition: SurveyDefinition, submission: Submission, *, is_corrected_by_author: bool = False
) -> CheckedAnswers:
    """Return what to store; raise `Several` that names every answer that is wrong.

    Where the author looks on and can correct it, a wrong detail of theirs is refused too. Elsewhere the answer is taken
    without it: a machine that hands in what a customer once wrote would lose an unhappy one for a bad phone number.
    """
    checker, given = _Checker(submission.left_out, is_strict=is_corrected_by_author), submission.answers
    for question in definition.questions:
        answer = given.get(question.key)
        if answer is not None or question.required:
            checker.take(question, answer)
    checker.take_unknown(definition, given)
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
        checker.left_out,
    )


class _Checker:
    """Takes answer by answer and collects what is wrong: to be refused, or left out where it is no answer."""

    def __init__(self, left_out: Sequence[LeftOut], *, is_strict: bool) -> None:
        self.values: dict[str, Stored] = {}
        self.errors: list[DomainError] = []
        self.left_out: list[LeftOut] = list(left_out)
        self.is_strict = is_strict

    def take(self, question: Question, given: AnswerValue | None) -> None:
        where = ["answers", question.key]
        try:
            value = _read(question, given)
        except DomainError as error:
            if question.contact_field is not None:
                self._refuse_or_leave_out(error, where, given, LeftOutReason.NOT_UNDERSTOOD)
            elif question.kind is QuestionKind.TEXT and isinstance(given, str) and not isinstance(error, Required):
                self._refuse_or_leave_out(error, where, given, LeftOutReason.TOO_LONG)
                self.values[question.key] = (clean_block(given) or "")[: _longest(question)].rstrip()
            else:
                error.field = where
                self.errors.append(error)
            return
        if value is not None:
            self.values[question.key] = value

    def take_unknown(self, definition: SurveyDefinition, given: Mapping[str, AnswerValue]) -> None:
        known = definition.by_key
        unknown = [key for key in given if key not in known]
        # A wrong name beside a right one is a slip; wrong names alone are answers to something else.
        is_other_survey = len(unknown) == len(given)
        for key in unknown[:MOST_TOLD]:
            named = Invalid(
                "There is no question '{key}'. Known: {known}.", field=["answers", key], key=key, known=_some_of(known)
            )
            if is_other_survey:
                self.errors.append(named)
            else:
                self._refuse_or_leave_out(named, ["answers", key], given[key], LeftOutReason.UNKNOWN)

    def take_language(self, given: str | None) -> str | None:
        if given is None:
            return None
        try:
            return clean_language(given)
        except Invalid as error:
            self._refuse_or_leave_out(error, ["language"], given, LeftOutReason.NOT_UNDERSTOOD)
            return None

    def take_contact(self, given: ContactDetails) -> ContactDetails:
        """Take what can be used; what a link says of people is nothing that they see, let alone can correct."""
        details, errors = read_details(given)
        for error in errors:
            [name] = error.field or ["language"]
            sent = getattr(given, _DETAILS.get(name, name))
            if name in _NAMES:
                self._leave_out(("contact", name), sent, LeftOutReason.TOO_LONG)
                beginning = clean_line((clean_line(sent) or "")[:LONGEST_NAME])
                details = details._replace(**{_NAMES[name]: beginning})
            else:
                self._leave_out(("contact", name), sent, LeftOutReason.NOT_UNDERSTOOD)
        return details

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
            where = ("embeddedData", name)
            known = spelling.get(name.lower())
            if known is None:
                self._leave_out(where, value, LeftOutReason.UNKNOWN)
            elif known in taken:
                self._leave_out(where, value, LeftOutReason.TWICE)
            else:
                cleaned = clean_block(value) or ""
                taken[known] = cleaned[:LONGEST_EMBEDDED_VALUE]
                if len(cleaned) > LONGEST_EMBEDDED_VALUE:
                    self._leave_out(where, value, LeftOutReason.TOO_LONG)
        return taken

    def _refuse_or_leave_out(
        self, error: DomainError, where: Sequence[str], value: object, reason: LeftOutReason
    ) -> None:
        if self.is_strict:
            error.field = list(where)
            self.errors.append(error)
        elif value not in (None, ""):  # what is missing was not left out by us
            self._leave_out(where, value, reason)

    def _leave_out(self, where: Sequence[str], value: object, reason: LeftOutReason) -> None:
        if len(self.left_out) < MOST_KEPT:
            self.left_out.append(left_out(where, value, reason))


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
    mark = whole_number(given)
    if given is None or given == "":
        return None
    if mark is None or not question.lowest <= mark <= question.highest:
        raise Invalid(
            "Question '{key}' takes a whole number from {lowest} to {highest}, not {given!r}.",
            key=question.key,
            lowest=question.lowest,
            highest=question.highest,
            given=given,
        )
    return mark


def whole_number(given: AnswerValue | None) -> int | None:
    """Return the number, however it was written: `3`, `3.0`, `"3"`."""
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    if isinstance(given, float):
        return int(given) if given.is_integer() else None
    found = _WHOLE_NUMBER.fullmatch(clean_line(given[:20]) or "") if isinstance(given, str) else None
    return int(found[1]) if found else None


def _choices(question: Question, given: AnswerValue | None) -> list[str]:
    if given is None or given == "":
        return []
    if isinstance(given, bool):
        raise Invalid("Question '{key}' takes keys of choices, not {given!r}.", key=question.key, given=given)
    chosen = list(dict.fromkeys([_as_text(given)] if isinstance(given, int | float | str) else given))
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
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise Invalid("Question '{key}' takes text, not {given!r}.", key=question.key, given=given)
    text = _as_text(given)
    if question.contact_field is not None:
        return _CLEAN_DETAIL[question.contact_field](text)
    return clean_block(text, _longest(question))


def _longest(question: Question) -> int:
    return LONGEST_ANSWER if question.multiline else LONGEST_LINE


def _as_text(given: float | str) -> str:
    """Return text as it was sent; a number as people write it."""
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    return given if isinstance(given, str) else str(given)


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
