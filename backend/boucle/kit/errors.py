"""Expected failures: each has a code that clients can rely on, and a sentence that names the way out."""

from collections.abc import Sequence
from enum import StrEnum
from typing import cast

from boucle.kit.phrases import Phrase


class ErrorCode(StrEnum):
    """Codes of `userErrors`; documented in docs/api.md."""

    INVALID = "INVALID"
    REQUIRED = "REQUIRED"
    NOT_FOUND = "NOT_FOUND"
    FORBIDDEN = "FORBIDDEN"
    CONFLICT = "CONFLICT"
    IMMUTABLE = "IMMUTABLE"
    IDEMPOTENCY_MISMATCH = "IDEMPOTENCY_MISMATCH"
    TAKEN = "TAKEN"
    NOT_ALLOWED_NOW = "NOT_ALLOWED_NOW"
    SIGN_IN_FAILED = "SIGN_IN_FAILED"
    RATE_LIMITED = "RATE_LIMITED"
    CLOSED = "CLOSED"
    REASSIGN_REQUIRED = "REASSIGN_REQUIRED"


MOST_TOLD = 20  # a form has no more fields; an input that is wrong in a thousand places tells of them twenty by twenty
LONGEST_NAMED = 200  # characters of a key that the client chose
RETRYABLE = frozenset({ErrorCode.CONFLICT, ErrorCode.RATE_LIMITED})


class DomainError(Exception):
    """A failure that the caller can understand and act on; never a bug.

    `template` and `values` make a `Phrase`, which the API says in the viewer's language; `message` is the English.
    """

    code: ErrorCode = ErrorCode.INVALID

    def __init__(self, template: str, *, field: Sequence[str] | str | None = None, **values: object) -> None:
        self.phrase = Phrase(template, **values)
        self.message = str(self.phrase)
        super().__init__(self.message)
        path = [field] if isinstance(field, str) else field or ()
        self.field: list[str] | None = [part[:LONGEST_NAMED] for part in path] or None

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed later."""
        return self.code in RETRYABLE

    @property
    def parts(self) -> "Sequence[DomainError]":
        """Each single failure; `Several` holds more than one."""
        return (self,)


class Invalid(DomainError):
    """The input breaks a rule."""


class Several(Invalid):
    """The input breaks several rules; the first twenty are told at once, each with its own field and code."""

    def __init__(self, errors: "Sequence[DomainError]") -> None:
        assert errors, "nothing went wrong"
        errors = errors[:MOST_TOLD]
        super().__init__("{all}", all=" ".join(error.message for error in errors), field=errors[0].field)
        self._parts = tuple(errors)

    @property
    def parts(self) -> "Sequence[DomainError]":
        return self._parts


def copy_of(error: Exception) -> Exception:
    """Return an error that says the same, for one more who is told: its traceback and its fields are its own."""
    copy = type(error).__new__(type(error), *error.args)
    copy.__dict__.update(error.__dict__)
    if isinstance(copy, Several):
        copy._parts = tuple(cast("DomainError", copy_of(part)) for part in copy.parts)  # noqa: SLF001  (of this module)
    copy.__cause__ = error
    return copy


class Required(DomainError):
    """A value that must be there is missing."""

    code = ErrorCode.REQUIRED


class NotFound(DomainError):
    """There is no such thing, or the viewer may not know of it."""

    code = ErrorCode.NOT_FOUND


class Forbidden(DomainError):
    """The viewer lacks the right."""

    code = ErrorCode.FORBIDDEN


class Conflict(DomainError):
    """Somebody changed the thing in between; `current` is its row as it stands, read it and decide anew."""

    code = ErrorCode.CONFLICT

    def __init__(
        self,
        template: str,
        *,
        current: object | None = None,
        field: Sequence[str] | str | None = None,
        **values: object,
    ) -> None:
        super().__init__(template, field=field, **values)
        self.current = current


class Immutable(DomainError):
    """The field never changes after creation (FLD-1, FLD-10, FLD-14)."""

    code = ErrorCode.IMMUTABLE


class IdempotencyMismatch(DomainError):
    """The idempotency key was used before with another input."""

    code = ErrorCode.IDEMPOTENCY_MISMATCH


class Taken(DomainError):
    """The value must be unique and another thing has it."""

    code = ErrorCode.TAKEN


class NotAllowedNow(DomainError):
    """The act is right but the state of the thing does not permit it."""

    code = ErrorCode.NOT_ALLOWED_NOW


class SignInFailed(DomainError):
    """The e-mail and the password do not belong together; which of them is wrong is not told."""

    code = ErrorCode.SIGN_IN_FAILED


class RateLimited(DomainError):
    """Too many attempts; wait and try again."""

    code = ErrorCode.RATE_LIMITED


class Closed(DomainError):
    """The survey takes no answers (not published, or closed)."""

    code = ErrorCode.CLOSED


class ReassignRequired(DomainError):
    """Open tickets need another owner first (PER-4)."""

    code = ErrorCode.REASSIGN_REQUIRED
