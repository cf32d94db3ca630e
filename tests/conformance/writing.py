"""Colleagues who comment on tickets all at once: quick, slow, and such that change their mind."""

import asyncio
from dataclasses import dataclass, field
from random import Random

from boucle.accounts.access import Viewer
from boucle.kit.clock import utc_now
from boucle.kit.database import Dialect, dialect
from boucle.kit.unit_of_work import before_commit, unit_of_work
from boucle.tickets.actions import comment_ticket
from boucle.tickets.models import Ticket
from tests.factories.accounts import make_viewer
from tests.factories.tickets import make_ticket

WRITERS = 4
COMMENTS_AT_ONCE = 20
SLOW, ABANDONED = 0.2, 0.1


class ChangedTheirMind(Exception):
    """The unit of work is rolled back after its events have taken their ids."""


@dataclass
class Writers:
    """Write so many comments in all, never more than were asked for so far."""

    total: int
    random: Random
    allowed: int = 0
    written: int = 0
    has_been_asked: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def ask_for(self, more: int) -> None:
        """Let them write so many more."""
        async with self.has_been_asked:
            self.allowed = min(self.total, self.allowed + more)
            self.has_been_asked.notify_all()

    async def write(self) -> None:
        """Return when all is written."""
        boss = await make_viewer(user_type="cx_admin")
        tickets = [await make_ticket(viewer=boss, now=utc_now()) for _ in range(WRITERS)]
        async with asyncio.TaskGroup() as group:
            for ticket in tickets:
                group.create_task(self._keep_writing(boss, ticket))

    async def _keep_writing(self, author: Viewer, ticket: Ticket) -> None:
        while (count := await self._next_portion()) > 0:
            while not await self._comment(author, ticket, count):
                continue

    async def _next_portion(self) -> int:
        async with self.has_been_asked:
            await self.has_been_asked.wait_for(lambda: self.written < self.allowed or self.written == self.total)
            count = min(self.random.randint(1, COMMENTS_AT_ONCE), self.allowed - self.written)
            self.written += count
            self.has_been_asked.notify_all()
            return count

    async def _comment(self, author: Viewer, ticket: Ticket, count: int) -> bool:
        mood = self.random.random()
        try:
            async with unit_of_work():
                for number in range(count):
                    await comment_ticket(author, ticket.id, body=f"Note {number}", now=utc_now())
                # Registered behind the log's own flush: the events have their ids, and others may overtake them.
                before_commit(lambda: self._before_commit(mood))
        except ChangedTheirMind:
            return False
        return True

    async def _before_commit(self, mood: float) -> None:
        if mood < SLOW:
            longest = 0.05 if dialect() is Dialect.POSTGRES else 0.005  # on SQLite everybody waits behind it
            await asyncio.sleep(self.random.uniform(0, longest))
        if mood > 1 - ABANDONED:
            raise ChangedTheirMind
