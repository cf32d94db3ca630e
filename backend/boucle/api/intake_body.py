"""The JSON body of intake: its shape, and what to say where it has another one."""

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr, ValidationError
from pydantic.alias_generators import to_camel

from boucle.contacts.rules import ContactDetails
from boucle.kit.errors import DomainError, Invalid, Required, Several
from boucle.surveys.answers import Submission

Mark = StrictInt | StrictStr | list[StrictStr] | None
Value = StrictStr | StrictInt | StrictFloat | StrictBool | None
MOST_VALUES = 6_000  # a hundred questions with fifty choices each, and all that travels with them
FREE_KEYS = {
    "answers": "takes a whole number, a text or a list of texts",
    "embeddedData": "takes a text, a number, true or false",
}


class _Shape(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)


class ContactBody(_Shape):
    """Who answered; all fields are optional."""

    first_name: StrictStr | None = None
    last_name: StrictStr | None = None
    email: StrictStr | None = None
    phone: StrictStr | None = None
    external_reference: StrictStr | None = None
    language: StrictStr | None = None


class IntakeBody(_Shape):
    """One person's answers, by the keys of the questions; a null is no answer."""

    answers: dict[StrictStr, Mark]
    external_id: StrictStr | None = None
    language: StrictStr | None = None
    contact: ContactBody = Field(default_factory=ContactBody)
    embedded_data: dict[StrictStr, Value] = Field(default_factory=dict)


def submission_of(body: object) -> Submission:
    """Return the answers in a parsed body; raise `Several` that names every field of another shape."""
    _refuse_crowd(body)
    try:
        parsed = IntakeBody.model_validate(body)
    except ValidationError as error:
        raise Several(_problems(error)) from error
    return Submission(
        answers={key: value for key, value in parsed.answers.items() if value is not None},
        embedded={name: _as_text(value) for name, value in parsed.embedded_data.items() if value is not None},
        contact=ContactDetails(**parsed.contact.model_dump()),
        language=parsed.language,
        external_id=parsed.external_id,
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


def _as_text(value: str | float | bool) -> str:  # noqa: FBT001  (a value, not a switch)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _problems(error: ValidationError) -> list[DomainError]:
    problems: dict[tuple[str, ...], DomainError] = {}
    for each in error.errors():
        path = tuple(str(part) for part in each["loc"])
        if len(path) > 1 and path[0] in FREE_KEYS:
            path = path[:2]  # one line per answer, not one per type that it might have had
            problems[path] = Invalid("'{key}' {takes}.", field=path, key=path[1], takes=FREE_KEYS[path[0]])
        elif each["type"] == "missing":
            problems[path] = Required("'{name}' is missing.", field=path, name=path[-1])
        elif each["type"] == "extra_forbidden":
            problems[path] = Invalid("There is no field '{name}' here.", field=path, name=path[-1])
        else:
            place = ".".join(path) or "The body"
            problems[path] = Invalid("{place}: {problem}.", field=path, place=place, problem=each["msg"])
    return list(problems.values())
