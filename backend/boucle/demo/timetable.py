"""The moved clock: what happens when, in order, and when people are at work."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

Act = Callable[[datetime], Awaitable[None]]
PARIS = ZoneInfo("Europe/Paris")
OPENS, CLOSES = time(8, 30), time(19)
SUNDAY = 6
LAST_HOURS = timedelta(hours=10)  # whenever the story ends, its last hours are busy
HOUR_WEIGHTS = (1, 1, 0, 0, 0, 1, 3, 7, 10, 12, 13, 12, 14, 15, 12, 11, 12, 14, 17, 20, 22, 18, 10, 4)
DAY_WEIGHTS = (11, 10, 10, 10, 11, 14, 12)


@dataclass(slots=True)
class Timetable:
    """Acts that are still to come, up to the end of the story."""

    end: datetime
    _waiting: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def plan(self, at: datetime, act: Act) -> None:
        """Let something happen at a time; nothing happens after the end."""
        if at <= self.end:
            heappush(self._waiting, (at, next(self._numbers), act))

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens."""
        return not self._waiting

    def upcoming(self, most: int) -> Iterator[tuple[datetime, Act]]:
        """Take up to that many acts, one after another: each may plan others in between."""
        for _ in range(most):
            if self.is_over:
                return
            at, _, act = heappop(self._waiting)
            yield at, act

    def at_work(self, at: datetime, chance: Random) -> datetime:
        """Return `at`, or soon after the next opening where nobody is at work then."""
        if at > self.end - LAST_HOURS:
            return at
        local = at.astimezone(PARIS)
        if local.weekday() != SUNDAY and OPENS <= local.time() < CLOSES:
            return at
        day = local.date() + timedelta(days=local.time() >= OPENS)
        day += timedelta(days=day.weekday() == SUNDAY)
        opening = datetime.combine(day, OPENS, PARIS)
        return (opening + timedelta(minutes=chance.uniform(0, 150))).astimezone(at.tzinfo)


def moments(number: int, *, start: datetime, end: datetime, chance: Random) -> list[datetime]:
    """Return when customers answer: by the habits of days and hours, more often towards the end of the season."""
    days = [start + timedelta(days=day) for day in range((end - start).days + 2)]
    growing = [DAY_WEIGHTS[day.weekday()] * (1 + 0.9 * (place / len(days)) ** 4) for place, day in enumerate(days)]
    drawn: list[datetime] = []
    while len(drawn) < number:
        day = chance.choices(days, growing)[0].astimezone(PARIS)
        hour = chance.choices(range(24), HOUR_WEIGHTS)[0]
        at = datetime.combine(day, time(hour), PARIS) + timedelta(seconds=chance.uniform(0, 3600))
        if start <= at < end:
            drawn.append(at.astimezone(end.tzinfo))
    return sorted(drawn)
