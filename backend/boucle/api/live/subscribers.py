"""The places of subscriptions in the process: bounded, and nothing is ever dropped in silence."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from boucle.accounts.access import Viewer
from boucle.api.live.messages import Group, Item, Renderer, Topic
from boucle.events.cursor import Cursor

BEGINNING = Cursor(0, 0, 0)


class TooSlow(Exception):
    """A subscriber fell further behind than its queue holds; its client must come back with its cursor."""


class AccessEnded(Exception):
    """The viewer of a subscriber may no longer listen."""


class StreamEnded(Exception):
    """A subscriber has had its last message."""


class Phase(Enum):
    """What a subscriber does with what it is told."""

    REPLAYING = "reads the log itself; what is told meanwhile waits, or is read there later"
    CAUGHT_UP = "has read the log to its end, and is about to say so; what is told meanwhile waits"
    LIVE = "passes on what it is told"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a subscriber stands: in which group of which topic, and with whom it shares what is written."""

    topic: Topic
    group: Group
    identity: Hashable


@dataclass(eq=False, slots=True)
class Subscription(ABC):
    """One subscription of the process. What waits is bounded; beyond that the client resumes by cursor."""

    limit: int
    viewer: Viewer
    renderer: Renderer
    on_overflow: Callable[[], None]
    last: Cursor = field(default=BEGINNING)
    replayed: int = 0
    waiting: list[Item] = field(default_factory=list)  # a deque would take more room than all the rest
    phase: Phase = Phase.LIVE
    has_missed: bool = False
    has_other_rights: bool = False
    ended_by: Exception | None = None
    place: Place | None = None

    def deliver(self, items: Sequence[Item]) -> None:
        """Take items in the order of the log; never wait."""
        if self.ended_by is not None or self.has_missed:
            return
        if self.phase is Phase.LIVE:
            self.pass_on(items)
        else:
            self.hold(items)

    def hold(self, items: Sequence[Item]) -> None:
        """Let items wait; beyond the limit give up, so that the client resumes by cursor instead of losing some."""
        if len(self.waiting) + len(items) <= self.limit:
            self.waiting.extend(items)
            return
        self.waiting.clear()
        if self.phase is Phase.REPLAYING:
            self.has_missed = True  # the log still has them, and the replay goes on reading it
            return
        self.end(TooSlow())
        self.on_overflow()

    @abstractmethod
    def pass_on(self, items: Sequence[Item]) -> None:
        """Let the client have items that it has not had."""

    def end(self, reason: Exception) -> None:
        """Pass on nothing more."""
        self.ended_by = self.ended_by or reason
        self.waiting.clear()

    def check(self) -> None:
        """Raise the reason for which the subscriber was ended."""
        if self.ended_by is not None:
            raise self.ended_by

    def listen_anew(self) -> None:
        """Forget what waits, because the log will be read after this call."""
        self.waiting.clear()
        self.has_missed = False

    def go_live(self) -> None:
        """Pass on what waited while the log was read, and from now on everything at once."""
        self.phase = Phase.LIVE
        held, self.waiting = self.waiting, []
        if self.ended_by is None:
            self.pass_on(held)


@dataclass(eq=False, slots=True)
class QueuedSubscription(Subscription):
    """A subscription whose messages are taken by a task, one batch after the other."""

    has_news: asyncio.Event = field(default_factory=asyncio.Event)

    def pass_on(self, items: Sequence[Item]) -> None:
        fresh = [item for item in items if item.message.is_news_after(self.last)]
        if fresh:
            self.last = fresh[-1].message.cursor
            self.hold(fresh)
            self.has_news.set()

    def end(self, reason: Exception) -> None:
        Subscription.end(self, reason)
        self.has_news.set()

    async def take(self) -> list[Item]:
        """Wait for items and return all of them."""
        while not self.waiting and self.ended_by is None:
            self.has_news.clear()
            await self.has_news.wait()
        self.check()
        taken, self.waiting = self.waiting, []
        return taken
