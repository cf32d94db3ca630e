"""Which unit of work the running task is in; apart from `unit_of_work` so that the router can ask."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

Call = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Work:
    """What one transaction still has to do before and after its commit."""

    before_commit: list[Call] = field(default_factory=list)
    after_commit: list[Call] = field(default_factory=list)
    notes: dict[str, list[object]] = field(default_factory=dict)


current_work: ContextVar[Work | None] = ContextVar("boucle_unit_of_work", default=None)


def is_in_unit_of_work() -> bool:
    """Whether the running task is inside a unit of work."""
    return current_work.get() is not None
