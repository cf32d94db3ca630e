"""Expected failures as data: `userErrors` in every payload. Bugs are masked, with an id that the log knows."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, Self

import strawberry
import structlog
from graphql import GraphQLError
from strawberry.extensions import FieldExtension
from strawberry.utils.str_converters import to_camel_case

from boucle.accounts.models import Language
from boucle.api.context import Info
from boucle.api.words import in_language, message_of
from boucle.kit.database import is_out_of_time
from boucle.kit.errors import Conflict, DomainError, ErrorCode
from boucle.kit.phrases import Phrase
from boucle.kit.storage import explained, note_trouble

log = structlog.get_logger(__name__)
NEWEST_VERSION = 2**31 - 2  # no row gets there; the one after the largest number would not fit into its column


@strawberry.type(description="One reason why a write did not happen. Nothing was changed.")
class UserError:
    field: list[str] | None = strawberry.field(
        description='Path of the argument at fault, e.g. ["input", "email"]. Null: the operation as a whole.'
    )
    message: str = strawberry.field(description="For people, in their language: the thing, its state, the way out.")
    code: ErrorCode = strawberry.field(description="For programs.")
    retryable: bool = strawberry.field(description="Whether the same request may succeed later.")

    @classmethod
    def of(cls, error: DomainError, language: Language) -> Self:
        """Return the error as the client sees it."""
        message = message_of(error, language)
        return cls(field=error.field, message=message, code=error.code, retryable=error.retryable)


OBJECT = (
    "As it is after the write; on CONFLICT, as it stands; null on any other refusal, and where it is not for the "
    "viewer to see."
)
USER_ERRORS = strawberry.field(description="Why nothing happened; empty on success.", default_factory=list)


class Payload:
    """Base of every mutation's answer.

    A payload type names in `shows` the field that holds the object; on a conflict it carries the current one.
    """

    shows: ClassVar[tuple[str, Callable[[Any], object]] | None] = None

    @classmethod
    def failed(cls, error: DomainError, language: Language) -> Self:
        """Return the payload that says why nothing happened."""
        payload = cls(user_errors=[UserError.of(part, language) for part in error.parts])  # type: ignore[call-arg]  # each payload declares it
        if isinstance(error, Conflict) and error.current is not None and cls.shows is not None:
            name, of = cls.shows
            setattr(payload, name, of(error.current))
        return payload


class Expects(FieldExtension):
    """Turns expected failures of a mutation into its payload; everything else stays a bug."""

    def __init__(self, payload: type[Payload]) -> None:
        self.payload = payload

    async def resolve_async(self, next_: Callable[..., Awaitable[Any]], source: Any, info: Info, **kwargs: Any) -> Any:
        if "expected_version" in kwargs:
            kwargs["expected_version"] = min(kwargs["expected_version"], NEWEST_VERSION)
        try:
            return await next_(source, info, **kwargs)
        except DomainError as error:
            if "input" in kwargs:
                _place_in_input(error, {to_camel_case(name) for name in kwargs})
            return self.payload.failed(error, info.context.language)


def _place_in_input(error: DomainError, arguments: set[str]) -> None:
    """Complete the paths of an action's error: it names a value, the client knows it inside `input`."""
    for part in error.parts:
        if part.field and part.field[0] not in arguments:
            part.field = ["input", *part.field]


def expects(payload: type[Payload]) -> Expects:
    """Answer `DomainError`s with this payload."""
    return Expects(payload)


def presentable(error: GraphQLError, language: Language) -> GraphQLError:
    """Return what a client may see of an error: expected ones as they are, bugs masked with an id."""
    original = error.original_error
    while isinstance(original, GraphQLError) and original.original_error is not None:
        original = original.original_error
    if original is None or isinstance(original, GraphQLError):
        return error
    if isinstance(original, DomainError):
        return _like(error, message_of(original, language), {"code": original.code.value})
    if is_out_of_time(original):
        phrase = Phrase("The database took too long to read this. Ask for less at once.")
        return _like(error, in_language(phrase, language), {"code": "TIMEOUT"})
    trouble = note_trouble(original, during="graphql")
    if trouble is not None:
        return _like(error, in_language(explained(trouble), language), {"code": "UNAVAILABLE"})
    incident = secrets.token_hex(6)
    log.error("bug", incident=incident, path=error.path, exc_info=original)
    phrase = Phrase("Something went wrong on our side. Quote {incident} when you report it.", incident=incident)
    return _like(error, in_language(phrase, language), {"code": "INTERNAL", "incident": incident})


def _like(error: GraphQLError, message: str, extensions: dict[str, object]) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )
