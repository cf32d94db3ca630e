"""One log reader per web process: reads each event once, finds who is interested, and writes it once for all alike."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import structlog

from boucle.accounts.access import Viewer
from boucle.api.live.messages import Group, Item, MakeTopic, Message, Renderer, Subscriber, Topic, Written, resync
from boucle.api.live.subscribers import Phase, Place, Subscription
from boucle.events.cursor import Cursor
from boucle.events.log import can_resume, cursor_of, head, read_after
from boucle.events.models import Event, EventKind
from boucle.kit.bus import installed_bell
from boucle.kit.ids import parse_global_id
from boucle.kit.phrases import Phrase
from boucle.kit.storage import note_trouble

log = structlog.get_logger(__name__)
BATCH = 200
POLL_SECONDS = 0.5  # the bell is only a hint; this finds what it lost
RECHECK_SECONDS = 30.0
RETRY_SECONDS = 1.0
CURSOR_TOO_OLD = Phrase("The cursor is older than the log promises to replay, or of another log.")
TRIES = 5
NOT_TOLD = Phrase("Some of what happened could not be told; read what is there now.")
RIGHTS_CHANGED = Phrase("Your rights have changed; read what you may see now.")
OF_ONE_USER = frozenset(
    {
        EventKind.USER_UPDATED,
        EventKind.USER_DEACTIVATED,
        EventKind.USER_REACTIVATED,
        EventKind.SESSION_ENDED,
        EventKind.API_TOKEN_REVOKED,
        EventKind.PASSWORD_CHANGED,
    }
)
OF_MANY_USERS = frozenset(
    {
        EventKind.USER_TYPE_UPDATED,
        EventKind.TEAM_CREATED,
        EventKind.TEAM_UPDATED,
        EventKind.TEAM_DELETED,
    }
)


class Watched(Protocol):
    """A connection whose access may end or change while it is open."""

    @property
    def user_id(self) -> int | None:
        """Whose it is; `None` while nobody has signed in."""

    async def check(self, at: Cursor) -> None:
        """Act by the rights and the access of now; `at` is where in the log they changed."""


W = TypeVar("W", bound=Watched)


class LiveHub:
    """The log reader of a web process. Start it with `start`, end it with `stop`."""

    def __init__(self, *, retention: timedelta, now: Callable[[], datetime]) -> None:
        self.retention = retention
        self.now = now
        self.position = Cursor(0, 0, 0)  # everything up to here was told, or is being told
        self._topics: dict[MakeTopic, Topic] = {}
        self._groups: dict[tuple[Topic, Hashable], Group] = {}
        self._subscriptions: set[Subscription] = set()
        self._watched: set[Watched] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._failures = 0  # to tell the events that come next

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
    def subscriptions(self) -> frozenset[Subscription]:
        """The subscriptions that are open."""
        return frozenset(self._subscriptions)

    @property
    def subscriber_count(self) -> int:
        """How many subscriptions are open."""
        return len(self._subscriptions)

    @property
    def socket_count(self) -> int:
        """How many connections are watched: sockets, and streams over HTTP."""
        return len(self._watched)

    @contextmanager
    def watched(self, connection: W) -> Iterator[W]:
        """Let a connection check its access whenever somebody's rights or sessions may have changed."""
        self._watched.add(connection)
        try:
            yield connection
        finally:
            self._watched.discard(connection)

    def topic(self, make: MakeTopic) -> Topic:
        """Return this process's topic of a kind."""
        if make not in self._topics:
            self._topics[make] = make(self.now)
        return self._topics[make]

    def join(self, subscription: Subscription, topic: Topic, interest: Hashable) -> None:
        """Tell a subscription of what it is interested in, from the next events on."""
        identity = topic.identity(subscription.renderer)
        self.leave(subscription)
        group = self._groups.get((topic, interest))
        if group is None:
            group = self._groups[(topic, interest)] = Group(interest)
            topic.joined(group)
        group.add(identity, subscription)
        subscription.place = Place(topic, group, identity)
        self._subscriptions.add(subscription)

    def leave(self, subscription: Subscription) -> None:
        """Tell a subscription nothing more."""
        self._subscriptions.discard(subscription)
        place, subscription.place = subscription.place, None
        if place is None:
            return
        place.group.discard(place.identity, subscription)
        if not place.group.members:
            self._groups.pop((place.topic, place.group.interest), None)
            place.topic.left(place.group)

    def show_to(self, subscription: Subscription, viewer: Viewer) -> None:
        """Go on telling a subscription, whose viewer has the same rights and another name or language."""
        assert subscription.place is not None, "it has joined"
        place, subscription.viewer = subscription.place, viewer
        subscription.renderer = subscription.renderer.as_seen_by(viewer)
        self.join(subscription, place.topic, place.group.interest)

    async def catch_up(self, subscription: Subscription, after: Cursor | None) -> AsyncGenerator[list[Item], None]:
        """Yield what a subscription that has joined missed since `after`, at the pace of its client.

        Then say `go_live`: it is told what happens, each event once. Raises `TooSlow` or `AccessEnded`.
        """
        subscription.last = after or self.position
        subscription.phase = Phase.CAUGHT_UP if after is None else Phase.REPLAYING
        if subscription.has_other_rights:
            yield await _as_items(subscription.renderer, [resync(await head(), RIGHTS_CHANGED)])
            return
        if after is not None and not await can_resume(after, now=self.now(), retention=self.retention):
            yield await _as_items(subscription.renderer, [resync(await head(), CURSOR_TOO_OLD)])
            return
        while subscription.phase is Phase.REPLAYING:
            # Listen before reading: an event committed in between would be lost.
            subscription.listen_anew()
            missed = await read_after(subscription.last, limit=BATCH)
            subscription.check()
            if missed:
                yield await self._replayed(subscription, missed)
            elif not subscription.has_missed:
                subscription.phase = Phase.CAUGHT_UP

    async def _replayed(self, subscription: Subscription, missed: Sequence[Event]) -> list[Item]:
        assert subscription.place is not None, "it has joined"
        place, end = subscription.place, cursor_of(missed[-1])
        if subscription.has_other_rights:
            return await _as_items(subscription.renderer, [resync(end, RIGHTS_CHANGED)])
        told = await place.topic.tell(missed, only=place.group)
        subscription.last = end
        subscription.replayed += len(missed)
        return await _as_items(subscription.renderer, told.get(place.group, []))

    async def tell_one(self, subscription: Subscription, message: Message) -> None:
        """Tell a single subscription something."""
        subscription.deliver(await _as_items(subscription.renderer, [message]))

    async def _read(self) -> None:
        async for _ in installed_bell().listen(at_least_every=POLL_SECONDS):
            try:
                while await self._read_some():
                    continue
            except Exception as error:
                if note_trouble(error, during="log reader") is None:
                    log.exception("log_reader_failed")
                await asyncio.sleep(RETRY_SECONDS)

    async def _read_some(self) -> bool:
        told = self.position
        events = await read_after(told, limit=BATCH)
        if not events:
            return False
        self.position = cursor_of(events[-1])
        try:
            # Before the events themselves: nobody may see by rights that are gone.
            await self._check_access(events)
            await self._tell_or_give_up(events)
        except BaseException:
            self.position = told  # once more, all of it: whoever was told already knows by the cursors
            raise
        return True

    async def _tell_or_give_up(self, events: Sequence[Event]) -> None:
        """Tell events; where they cannot be told, let everybody read anew, so that they do not stop all that follow."""
        try:
            await self._tell(events)
        except Exception:
            self._failures += 1
            if self._failures < TRIES:
                raise
            log.exception("events_not_told", first=events[0].id, last=events[-1].id)
            for each in list(self._subscriptions):
                await self.tell_one(each, resync(cursor_of(events[-1]), NOT_TOLD))
        self._failures = 0

    async def _tell(self, events: Sequence[Event]) -> None:
        told: dict[Group, list[Message]] = {}
        for topic in list(self._topics.values()):
            told |= await topic.tell(events)
        written = await _written(told)
        for group, messages in told.items():
            for subscribers in list(group.members.values()):
                _deliver(list(subscribers), messages, written)

    async def _check_access(self, events: Sequence[Event]) -> None:
        users = {_user_of(event) for event in events if event.kind in OF_ONE_USER}
        everybody = any(event.kind in OF_MANY_USERS for event in events) or None in users
        if not users and not everybody:
            return
        concerned = [each for each in self._watched if everybody or each.user_id in users]
        # Where one fails, all of it is repeated: to go on would be to tell by rights that may be gone.
        await asyncio.gather(*(each.check(cursor_of(events[-1])) for each in concerned))

    async def _recheck_now_and_then(self) -> None:
        while True:  # sessions and tokens also end by the clock
            await asyncio.sleep(RECHECK_SECONDS)
            for each in list(self._watched):
                await _guarded(each, self.position)


Table = Mapping[tuple[Message, Hashable], Written]


async def _written(told: Mapping[Group, Sequence[Message]]) -> Table:
    """Write every message once for all who read it the same, in as few reads as their kinds allow."""
    wanted: dict[Hashable, tuple[Renderer, dict[Message, None]]] = {}
    for group, messages in told.items():
        for subscribers in group.members.values():
            renderer = next(iter(subscribers)).renderer
            for message in messages:
                key = renderer.key(message.body)
                wanted.setdefault(key, (renderer, {}))[1][message] = None
    table: dict[tuple[Message, Hashable], Written] = {}

    async def write(key: Hashable, renderer: Renderer, messages: Iterable[Message]) -> None:
        each = list(messages)
        written = await renderer.write([message.body for message in each])
        table.update({(message, key): text for message, text in zip(each, written, strict=True)})

    await asyncio.gather(*(write(key, renderer, messages) for key, (renderer, messages) in wanted.items()))
    return table


def _deliver(subscribers: Sequence[Subscriber], messages: Sequence[Message], written: Table) -> None:
    """Hand messages to subscribers who read them the same; who came while they were written has them in the log."""
    renderer = subscribers[0].renderer
    items = [
        Item(message, text)
        for message in messages
        if (text := written.get((message, renderer.key(message.body)))) is not None
    ]
    for subscriber in subscribers:
        subscriber.deliver(items)


async def _as_items(renderer: Renderer, messages: Sequence[Message]) -> list[Item]:
    written = await renderer.write([message.body for message in messages])
    return [Item(message, text) for message, text in zip(messages, written, strict=True)]


def _user_of(event: Event) -> int | None:
    """Return whose rights or access an event is about; `None`: cannot be told."""
    user_id = event.data.get("user_id")
    if isinstance(user_id, int):
        return user_id
    prefix, number = parse_global_id(event.subject) or ("", 0)
    return number if prefix == "usr" else None


async def _guarded(connection: Watched, at: Cursor) -> None:
    try:
        await connection.check(at)
    except Exception:
        log.exception("access_check_failed")
