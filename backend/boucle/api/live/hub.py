"""One log reader per web process: reads each event once and hands it to everybody who listens."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from boucle.events.cursor import Cursor
from boucle.events.log import can_resume, cursor_of, head, read_after
from boucle.events.models import Event, EventKind
from boucle.kit.bus import installed_bell
from boucle.kit.phrases import Phrase

log = structlog.get_logger(__name__)
BATCH = 200
POLL_SECONDS = 0.5  # the bell is only a hint; this finds what it lost
RECHECK_SECONDS = 30.0
RETRY_SECONDS = 1.0
CURSOR_TOO_OLD = Phrase("The cursor is older than the log promises to replay, or of another log.")
ACCESS_KINDS = frozenset(
    {
        EventKind.USER_UPDATED,
        EventKind.USER_DEACTIVATED,
        EventKind.USER_REACTIVATED,
        EventKind.USER_TYPE_UPDATED,
        EventKind.TEAM_CREATED,
        EventKind.TEAM_UPDATED,
        EventKind.TEAM_DELETED,
        EventKind.SESSION_ENDED,
        EventKind.API_TOKEN_REVOKED,
        EventKind.PASSWORD_CHANGED,
    }
)


@dataclass(frozen=True, slots=True)
class Resync:
    """The cursor cannot be resumed: read a snapshot, then go on from `at`."""

    at: Cursor
    reason: Phrase


@dataclass(frozen=True, slots=True)
class CaughtUpAt:
    """The replay is over; what follows is live."""

    at: Cursor
    replayed: int


class TooSlow(Exception):
    """A subscriber fell further behind than its queue holds; its client must come back with its cursor."""


class AccessEnded(Exception):
    """The viewer of a subscriber may no longer listen."""


@dataclass(eq=False, slots=True)
class Subscriber:
    """One subscription's place in the process: a bounded queue that never drops silently."""

    limit: int
    on_overflow: Callable[[], None]
    waiting: deque[Event] = field(default_factory=deque)
    has_news: asyncio.Event = field(default_factory=asyncio.Event)
    is_replaying: bool = False
    has_missed: bool = False
    ended_by: Exception | None = None

    def offer(self, events: Sequence[Event]) -> None:
        """Queue events; beyond the limit give up, so that the client resumes by cursor instead of losing some."""
        if self.ended_by is not None or self.has_missed:
            return
        if len(self.waiting) + len(events) <= self.limit:
            self.waiting.extend(events)
            self.has_news.set()
            return
        self.waiting.clear()
        if self.is_replaying:
            self.has_missed = True  # the log still has them, and the replay goes on reading it
            return
        self.end(TooSlow())
        self.on_overflow()

    def end(self, reason: Exception) -> None:
        """Let `take` raise the reason, at once."""
        self.ended_by = self.ended_by or reason
        self.has_news.set()

    def listen_anew(self) -> None:
        """Forget what waits, because the log will be read after this call."""
        self.waiting.clear()
        self.has_missed = False

    async def take(self) -> list[Event]:
        """Wait for events and return up to a batch of them."""
        while not self.waiting and self.ended_by is None:
            self.has_news.clear()
            await self.has_news.wait()
        self.check()
        return [self.waiting.popleft() for _ in range(min(BATCH, len(self.waiting)))]

    def check(self) -> None:
        """Raise the reason for which the subscriber was ended."""
        if self.ended_by is not None:
            raise self.ended_by


class LiveHub:
    """The log reader of a web process. Start it with `start`, end it with `stop`."""

    def __init__(self, *, retention: timedelta) -> None:
        self.retention = retention
        self.access_version = 0
        self.position = Cursor(0, 0, 0)
        self._subscribers: set[Subscriber] = set()
        self._access_checks: set[Callable[[], Awaitable[None]]] = set()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to read from the present end of the log."""
        self.position = await head()
        self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._recheck_now_and_then())]

    async def stop(self) -> None:
        """Stop reading; subscribers simply hear nothing more."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task

    @property
    def subscriber_count(self) -> int:
        """How many subscriptions are open."""
        return len(self._subscribers)

    @property
    def socket_count(self) -> int:
        """How many connections are watched: sockets, and streams over HTTP."""
        return len(self._access_checks)

    @contextmanager
    def watched(self, check_access: Callable[[], Awaitable[None]]) -> Iterator[None]:
        """Call `check_access` whenever somebody's rights or sessions may have changed."""
        self._access_checks.add(check_access)
        try:
            yield
        finally:
            self._access_checks.discard(check_access)

    async def follow(
        self, subscriber: Subscriber, after: Cursor | None, *, now: datetime
    ) -> AsyncGenerator[list[Event] | CaughtUpAt | Resync, None]:
        """Yield every event behind `after` once, in order: first what was missed, then what happens.

        Raises `TooSlow` or `AccessEnded` where the subscriber was ended.
        """
        last, replayed = after or self.position, 0
        self._subscribers.add(subscriber)
        try:
            if after is not None and not await can_resume(after, now=now, retention=self.retention):
                yield Resync(await head(), CURSOR_TOO_OLD)
                return
            async with aclosing(_replay(subscriber, after)) as replay:
                async for missed in replay:
                    last = cursor_of(missed[-1])
                    replayed += len(missed)
                    yield missed
            yield CaughtUpAt(last, replayed)
            while events := await subscriber.take():
                # Drop what the replay sent already.
                fresh = [event for event in events if cursor_of(event) > last]
                if fresh:
                    last = cursor_of(fresh[-1])
                    yield fresh
        finally:
            self._subscribers.discard(subscriber)

    async def _read(self) -> None:
        async for _ in installed_bell().listen(at_least_every=POLL_SECONDS):
            try:
                while events := await read_after(self.position, limit=BATCH):
                    self._dispatch(events)
            except Exception:
                log.exception("log_reader_failed")
                await asyncio.sleep(RETRY_SECONDS)

    def _dispatch(self, events: list[Event]) -> None:
        self.position = cursor_of(events[-1])
        if any(event.kind in ACCESS_KINDS for event in events):
            # Before the events themselves: nobody may see by rights that are gone.
            self.access_version += 1
            for check in list(self._access_checks):
                task = asyncio.create_task(_guarded(check))
                self._tasks.append(task)
                task.add_done_callback(self._tasks.remove)
        for subscriber in self._subscribers:
            subscriber.offer(events)

    async def _recheck_now_and_then(self) -> None:
        while True:  # sessions and tokens also end by the clock
            await asyncio.sleep(RECHECK_SECONDS)
            for check in list(self._access_checks):
                await _guarded(check)


async def _replay(subscriber: Subscriber, after: Cursor | None) -> AsyncGenerator[list[Event], None]:
    """Yield what the log holds behind `after`, at the pace of the client, however far it is behind."""
    last = after
    subscriber.is_replaying = last is not None
    while last is not None:
        # Listen before reading: an event committed in between would be lost.
        subscriber.listen_anew()
        missed = await read_after(last, limit=BATCH)
        subscriber.check()
        if not missed and not subscriber.has_missed:
            break
        if missed:
            last = cursor_of(missed[-1])
            yield missed
    subscriber.is_replaying = False


async def _guarded(check: Callable[[], Awaitable[None]]) -> None:
    try:
        await check()
    except Exception:
        log.exception("access_check_failed")
