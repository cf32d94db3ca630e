"""Who is at which ticket: beside the log, in memory, never replayed.

Each process tells the others who is with it, again and again; of a process that has died nothing is heard any more,
and what it told expires.
"""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import partial

import orjson

from boucle.kit.broadcast import Broadcast
from boucle.kit.standing import keep_running
from boucle.kit.waiting import is_set_within

CHANNEL = "boucle:presence"
TOLD_EVERY = timedelta(seconds=10)
EXPIRES_AFTER = timedelta(seconds=25)
WRITES_FOR = timedelta(seconds=8)
LOOKS_EVERY_SECONDS = 0.5
ASKS = "?"  # in place of an activity: who is there?


class PresenceActivity(StrEnum):
    """What somebody does at a ticket."""

    VIEWING = "viewing"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Told:
    """What a process told of somebody, and until when that stands (by the monotonic clock)."""

    is_viewing: bool
    views_until: float
    writes_until: float

    def activity(self, now: float) -> PresenceActivity | None:
        """Return what they do now; `None`: they are not here."""
        if now < self.writes_until:
            return PresenceActivity.WRITING
        return PresenceActivity.VIEWING if self.is_viewing and now < self.views_until else None


@dataclass(slots=True)
class PresenceBoard:
    """What a web process knows of who is where. Start it with `opened_board`."""

    monotonic: Callable[[], float] = time.monotonic
    process: str = field(default_factory=lambda: secrets.token_hex(8))
    broadcast: Broadcast | None = None  # without one, this process is alone
    _sending: set[asyncio.Task[None]] = field(default_factory=set)
    _viewing: Counter[tuple[int, int]] = field(default_factory=Counter)
    _writing: dict[tuple[int, int], float] = field(default_factory=dict)
    _told: dict[int, dict[tuple[str, int], Told]] = field(default_factory=dict)
    _watching: dict[int, set[asyncio.Event]] = field(default_factory=dict)

    def people(self, ticket_id: int) -> dict[int, PresenceActivity]:
        """Return who is at the ticket, by user id, and what they do."""
        now = self.monotonic()
        found: dict[int, PresenceActivity] = {}
        for (_, user_id), told in self._told.get(ticket_id, {}).items():
            activity = told.activity(now)
            if activity is not None and found.get(user_id) is not PresenceActivity.WRITING:
                found[user_id] = activity
        return found

    async def write(self, ticket_id: int, user_id: int, *, is_writing: bool) -> None:
        """Say that somebody writes, for the next seconds, or no more."""
        until = self.monotonic() + WRITES_FOR.total_seconds()
        self._writing[ticket_id, user_id] = until if is_writing else 0.0
        await self._tell(ticket_id, user_id)

    async def view(self, ticket_id: int, user_id: int) -> AsyncGenerator[Mapping[int, PresenceActivity], None]:
        """Be at the ticket until the generator is closed; yield who is there, at once and whenever that changes."""
        changed = asyncio.Event()
        self._watching.setdefault(ticket_id, set()).add(changed)
        self._viewing[ticket_id, user_id] += 1
        try:
            await self._tell(ticket_id, user_id)
            await self._send(ticket_id, user_id, ASKS, 0)
            last = None
            while True:
                changed.clear()
                people = self.people(ticket_id)
                if people != last:
                    yield people
                last = people
                await is_set_within(changed, LOOKS_EVERY_SECONDS)  # what was told also ends by the clock
        finally:
            self._watching[ticket_id].discard(changed)
            if not self._watching[ticket_id]:
                del self._watching[ticket_id]
            self._viewing[ticket_id, user_id] -= 1
            await asyncio.shield(self._tell(ticket_id, user_id))

    def hear(self, message: bytes) -> None:
        """Take note of what another process tells, or answer what it asks."""
        process, ticket_id, user_id, is_viewing, writes_for = orjson.loads(message)
        if process == self.process:
            return  # said here and noted at once; its echo may be older than what was said since
        if is_viewing == ASKS:
            for each in self._here():
                if each[0] == ticket_id:
                    self._sending.add(task := asyncio.create_task(self._tell(*each)))
                    task.add_done_callback(self._sending.discard)
            return
        self._note(process, ticket_id, user_id, is_viewing=is_viewing, writes_for=writes_for)

    def _note(self, process: str, ticket_id: int, user_id: int, *, is_viewing: bool, writes_for: float) -> None:
        now = self.monotonic()
        told = Told(is_viewing, now + EXPIRES_AFTER.total_seconds(), now + writes_for)
        people = self._told.setdefault(ticket_id, {})
        people[process, user_id] = told
        if told.activity(now) is None:
            del people[process, user_id]
        for changed in self._watching.get(ticket_id, ()):
            changed.set()

    async def tell_all(self) -> None:
        """Tell the others once more who is here, and forget what has expired."""
        now = self.monotonic()
        for ticket_id, people in list(self._told.items()):
            for key in [key for key, told in people.items() if told.activity(now) is None]:
                del people[key]
            if not people:
                del self._told[ticket_id]
        self._writing = {here: until for here, until in self._writing.items() if now < until}
        for each in self._here():
            await self._tell(*each)

    def _here(self) -> list[tuple[int, int]]:
        return [each for each, count in self._viewing.items() if count > 0]

    async def _tell(self, ticket_id: int, user_id: int) -> None:
        key = (ticket_id, user_id)
        writes_for = max(0.0, self._writing.get(key, 0.0) - self.monotonic())
        if self._viewing[key] <= 0:
            del self._viewing[key]
        if not writes_for:
            self._writing.pop(key, None)
        is_viewing = key in self._viewing
        self._note(self.process, ticket_id, user_id, is_viewing=is_viewing, writes_for=writes_for)
        await self._send(ticket_id, user_id, is_viewing, writes_for)

    async def _send(self, *said: object) -> None:
        if self.broadcast is not None:
            await self.broadcast.send(orjson.dumps([self.process, *said]))


async def opened_board(valkey_url: str | None, stack: AsyncExitStack) -> PresenceBoard:
    """Return a board that shares what it knows with other processes where there is a Valkey; `stack` closes it."""
    board = PresenceBoard()
    if valkey_url is not None:
        board.broadcast = Broadcast(valkey_url, CHANNEL, board.hear)
        stack.push_async_callback(board.broadcast.close)
    telling = keep_running("presence", partial(_tell_now_and_then, board))
    stack.callback(telling.cancel)
    return board


async def _tell_now_and_then(board: PresenceBoard) -> None:
    while True:
        await asyncio.sleep(TOLD_EVERY.total_seconds())
        await board.tell_all()
