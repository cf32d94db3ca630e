"""The respondent's form: what is typed becomes a submission, and a refused one is shown again as it was typed."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import parse_qsl

from boucle.api.respond_link import CONTACT, EMBEDDED, Link, Pairs, clean_token, read_link
from boucle.contacts.rules import ContactDetails
from boucle.kit.errors import DomainError
from boucle.surveys.answers import AnswerValue, Submission
from boucle.surveys.definitions import SCORED, Question, QuestionKind, SurveyDefinition

ANSWER = "a."
TOKEN, HONEYPOT, SWITCH = "token", "leave_empty", "switch"
ERRORS = "errors"  # the switch of a page that names what is to be corrected
PAGE_IDS = "page:"  # keeps the page's own external ids apart from those of other systems
MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Form:
    """What the page shows in its fields. `typed` holds all values of a question, several for choices.

    `switch` is empty unless only another language is wanted: it says then what was on the page.
    """

    token: str
    link: Link = field(default_factory=Link)
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    honeypot: str = ""
    switch: str = ""

    def first(self, key: str) -> str:
        """Return what was typed for a question, empty for nothing."""
        return next(iter(self.typed.get(key, ())), "")

    def has(self, key: str, value: object) -> bool:
        """Whether this value was chosen for a question."""
        return str(value) in self.typed.get(key, ())


def fresh_form(definition: SurveyDefinition, query: Pairs) -> Form:
    """Return the form of somebody who follows a link, or comes back to it: known details filled in."""
    link = read_link(definition, query)
    asked = {detail.value: key for detail, key in definition.contact_keys}
    typed = {asked[name]: [value] for name, value in link.contact.items() if name in asked}
    return Form(token=link.token or _new_token(), link=link, typed=typed)


def posted_form(definition: SurveyDefinition, query: Pairs, body: bytes) -> Form:
    """Return the form as it was sent; raises `ValueError` where it has absurdly many fields."""
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    typed: dict[str, list[str]] = {}
    for name, value in pairs:
        key = name.removeprefix(ANSWER)
        if name != key and definition.question(key) is not None and value != "":
            typed.setdefault(key, []).append(value)
    single = dict(pairs)
    # A page of another site may send what a link would have brought along.
    brought = [pair for pair in pairs if pair[0].startswith((EMBEDDED, CONTACT))]
    link = read_link(definition, [*query, *brought])
    return Form(
        token=clean_token(single.get(TOKEN, "")) or link.token or _new_token(),
        link=link,
        typed=typed,
        honeypot=single.get(HONEYPOT, ""),
        switch=single.get(SWITCH, ""),
    )


def _new_token() -> str:
    return secrets.token_urlsafe(16)


def submission_of(definition: SurveyDefinition, form: Form, *, language: str) -> Submission:
    """Return the answers in the form as the domain takes them."""
    given = ((question, form.typed.get(question.key, ())) for question in definition.questions)
    asked = {detail.value for detail, _ in definition.contact_keys}
    told = {name: value for name, value in form.link.contact.items() if name not in asked}
    return Submission(
        answers={question.key: _value(question, values) for question, values in given if values},
        embedded=dict(form.link.embedded),
        contact=ContactDetails(**told),
        language=language,
        external_id=PAGE_IDS + form.token,
    )


def _value(question: Question, values: Sequence[str]) -> AnswerValue:
    if question.kind is QuestionKind.CHOICE:
        return list(values)
    if question.kind in SCORED and values[0].isascii() and values[0].isdigit():
        return int(values[0][:3])
    return values[0]


def blocks(definition: SurveyDefinition) -> list[list[Question]]:
    """Return the questions as they stand together: those for contact details side by side in one block."""
    together = groupby(definition.questions, key=lambda question: question.contact_field is not None)
    return [block for is_contact, group in together for block in _split(list(group), is_contact=is_contact)]


def _split(questions: list[Question], *, is_contact: bool) -> list[list[Question]]:
    return [questions] if is_contact else [[question] for question in questions]


def errors_by_question(errors: Sequence[DomainError]) -> dict[str, DomainError]:
    """Return the refusals of single answers by the key of their question."""
    return {part.field[1]: part for part in errors if part.field and part.field[0] == "answers" and len(part.field) > 1}
