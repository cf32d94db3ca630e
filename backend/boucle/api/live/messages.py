"""What travels from the log to the clients: messages with their positions, written once and sent to many."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from boucle.accounts.access import Viewer
from boucle.events.cursor import Cursor
from boucle.events.models import Event
from boucle.kit.phrases import Phrase


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """What some subscribers are told, and how far in the log they are then. After the last one the stream ends."""

    cursor: Cursor
    body: object
    is_last: bool = False

    def is_news_after(self, last: Cursor) -> bool:
        """Whether somebody who has had everything up to `last` is still to be told this."""
        return self.is_last or self.cursor > last


@dataclass(frozen=True, slots=True)
class Resync:
    """The stream cannot go on: read a snapshot, then come back with the cursor; said in each reader's language."""

    at: Cursor
    reason: Phrase


def resync(at: Cursor, reason: Phrase) -> Message:
    """Return the message that ends a stream."""
    return Message(at, Resync(at, reason), is_last=True)


class Written(Protocol):
    """A message as a client reads it."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A message as some subscribers read it."""

    message: Message
    written: Written


class Renderer(Protocol):
    """Writes messages for one subscription, and for all whose key for them is the same."""

    def key(self, body: object) -> Hashable:
        """Return what tells apart who reads this body differently."""

    def identity(self, bodies: Sequence[object] | None) -> Hashable:
        """Return what tells apart who reads bodies like these, or any body, differently."""

    async def write(self, bodies: Sequence[object]) -> Sequence[Written]:
        """Return the bodies as they are sent."""

    def as_seen_by(self, viewer: Viewer) -> "Renderer":
        """Return the renderer of the same subscription once its viewer has another name or language."""


class Topic(Protocol):
    """One live field: knows who is interested in which events. Made once per process, by `LiveHub.topic`."""

    def identity(self, renderer: Renderer) -> Hashable:
        """Return a key that subscribers share who read all messages of this topic the same."""

    def joined(self, group: "Group") -> None:
        """Take note of an interest that is new."""

    def left(self, group: "Group") -> None:
        """Forget an interest that nobody has any more."""

    async def tell(self, events: Sequence[Event], only: "Group | None" = None) -> "dict[Group, list[Message]]":
        """Return what these events mean to each interest, or to one alone."""


MakeTopic = Callable[[Callable[[], datetime]], Topic]


@dataclass(slots=True, eq=False)
class Group:
    """Subscribers with the same interest: told of the same events, by who reads them the same."""

    interest: Hashable
    members: "dict[Hashable, dict[Subscriber, None]]" = field(default_factory=dict)

    def add(self, identity: Hashable, subscriber: "Subscriber") -> None:
        """Add a subscriber; it stays in the order of coming."""
        self.members.setdefault(identity, {})[subscriber] = None

    def discard(self, identity: Hashable, subscriber: "Subscriber") -> None:
        """Remove a subscriber who may not be here."""
        alike = self.members.get(identity, {})
        alike.pop(subscriber, None)
        if not alike:
            self.members.pop(identity, None)


class Subscriber(Protocol):
    """Somebody who is told."""

    renderer: Renderer

    def deliver(self, items: Sequence[Item]) -> None:
        """Take items in the order of the log; never wait."""
