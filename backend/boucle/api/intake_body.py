"""The JSON body of intake: read as leniently as its senders are, who can seldom correct what a customer once wrote.

Refused is only what has no answers in it. Whatever else has another shape is left out and told as a warning.
"""

from collections.abc import Callable, Mapping
from typing import TypeGuard, TypeVar

from boucle.contacts.rules import ContactDetails
from boucle.kit.errors import DomainError, Invalid, Required, Several
from boucle.surveys.answers import AnswerValue, Submission
from boucle.surveys.left_out import MOST_KEPT, LeftOut, LeftOutReason, left_out

MOST_VALUES = 6_000  # a hundred questions with fifty choices each, and all that travels with them
FIELDS = frozenset({"answers", "externalId", "language", "contact", "embeddedData"})
DETAILS: Mapping[str, str] = {
    "firstName": "first_name",
    "lastName": "last_name",
    "email": "email",
    "phone": "phone",
    "externalReference": "external_reference",
    "language": "language",
}
ReadType = TypeVar("ReadType")


def submission_of(body: object) -> Submission:
    """Return the answers in a parsed body; raise `Several` that names every answer of another shape."""
    _refuse_crowd(body)
    if not isinstance(body, dict):
        raise Several([Invalid("The body is no JSON object. Send {example}.", example='{"answers": {…}}')])
    reader = _Reader()
    answers = reader.answers(body.get("answers"))
    external_id = reader.external_id(body.get("externalId"))
    contact = reader.part(body, "contact", _text, known=DETAILS)
    embedded = reader.part(body, "embeddedData", _embedded_text)
    language = reader.one(("language",), body.get("language"), _text)
    for name in body.keys() - FIELDS:
        reader.leave_out((name,), body[name], LeftOutReason.UNKNOWN)
    if reader.errors:
        raise Several(reader.errors)
    return Submission(
        answers=answers,
        embedded=embedded,
        contact=ContactDetails(**{DETAILS[name]: text for name, text in contact.items()}),
        language=language,
        external_id=external_id,
        left_out=reader.left_out,
    )


def _refuse_crowd(body: object) -> None:
    """Refuse more than any survey asks for: each value of a wrong shape would become an error or several."""
    count, todo = 0, [body]
    while todo and count <= MOST_VALUES:
        inside = todo.pop()
        values = inside if isinstance(inside, list) else list(inside.values()) if isinstance(inside, dict) else []
        count += len(values)
        todo += values
    if count > MOST_VALUES:
        raise Invalid("The body has more than {most} values. Send one person's answers.", most=MOST_VALUES)


class _Reader:
    """Reads part by part; collects what is no answer, and what is left out."""

    def __init__(self) -> None:
        self.errors: list[DomainError] = []
        self.left_out: list[LeftOut] = []

    def answers(self, given: object) -> dict[str, AnswerValue]:
        if given is None:
            self.errors.append(Required("'{name}' is missing.", field=["answers"], name="answers"))
            return {}
        if not isinstance(given, dict):
            wrong = Invalid("'answers' are by the keys of the questions: {example}.", field=["answers"], example="{…}")
            self.errors.append(wrong)
            return {}
        taken: dict[str, AnswerValue] = {}
        for key, value in given.items():
            if value is None:
                continue
            answer = _answer(value)
            if answer is None:
                takes = "takes a number, a text or a list of texts"
                self.errors.append(Invalid("'{key}' {takes}.", field=["answers", key], key=key, takes=takes))
            else:
                taken[key] = answer
        return taken

    def external_id(self, given: object) -> str | None:
        text = _text(given)
        if text is None and given is not None:
            self.errors.append(Invalid("'{name}' is a text or a number.", field=["externalId"], name="externalId"))
        # Form tools send an empty text for what they do not have.
        return text if text is None or text.strip() else None

    def part(
        self,
        body: Mapping[str, object],
        name: str,
        read: Callable[[object], ReadType | None],
        *,
        known: Mapping[str, str] | None = None,
    ) -> dict[str, ReadType]:
        given = body.get(name)
        if given is None:
            return {}
        if not isinstance(given, dict):
            self.leave_out((name,), given, LeftOutReason.NOT_UNDERSTOOD)
            return {}
        taken: dict[str, ReadType] = {}
        for key, value in given.items():
            if known is not None and key not in known:
                self.leave_out((name, key), value, LeftOutReason.UNKNOWN)
            elif (text := self.one((name, key), value, read)) is not None:
                taken[key] = text
        return taken

    def one(self, field: tuple[str, ...], given: object, read: Callable[[object], ReadType | None]) -> ReadType | None:
        if given is None:
            return None
        found = read(given)
        if found is None:
            self.leave_out(field, given, LeftOutReason.NOT_UNDERSTOOD)
        return found

    def leave_out(self, field: tuple[str, ...], given: object, reason: LeftOutReason) -> None:
        if given is not None and len(self.left_out) < MOST_KEPT:
            self.left_out.append(left_out(field, _shown(given), reason))


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _answer(value: object) -> AnswerValue | None:
    if isinstance(value, str) or _is_number(value):
        return value
    if isinstance(value, list):
        texts = [_text(each) for each in value]
        return None if None in texts else [text for text in texts if text is not None]
    return None


def _text(value: object) -> str | None:
    """Return a text; a number as people write it. Identifiers and phone numbers are numbers to many systems."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, str) or _is_number(value) else None


def _embedded_text(value: object) -> str | None:
    return str(value).lower() if isinstance(value, bool) else _text(value)


def _shown(value: object) -> object:
    """Return what is kept of a value; of one that has parts only that it has some, whatever they weigh."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return value
