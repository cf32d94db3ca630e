"""A few threads for costly work: those who ask take turns, and no more wait than can soon be served."""

import asyncio
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Crowded(Exception):
    """Too many wait already, or others had fewer waiting; the work was not begun."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose turn it is. Those whom we know go first: strangers may be as many as they like."""

    name: str
    is_known: bool


@dataclass(slots=True, eq=False)
class _Job:
    work: Callable[[], Any]
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]

    def run(self) -> None:
        result, error = None, None
        try:
            result = self.work()
        except Exception as raised:  # noqa: BLE001  (it is raised where the work was asked for)
            error = raised
        self.tell(result, error)

    def tell(self, result: object, error: Exception | None) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it whoever waited
            self.loop.call_soon_threadsafe(_told, self.answer, result, error)


Lanes = OrderedDict[str, deque[_Job]]


class FairThreads:
    """Runs work in up to `threads` threads; up to `most_waiting` known ones wait, and as many strangers."""

    def __init__(self, *, threads: int, most_waiting: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="fair")
        self._most_waiting = most_waiting
        self._lock = threading.Lock()
        self._known: Lanes = OrderedDict()
        self._strangers: Lanes = OrderedDict()

    async def run(self, asker: Asker, work: Callable[[], T]) -> T:
        """Return what `work` returns, or raise `Crowded` at once where too many wait already.

        Where it is full, whoever has the most waiting makes room for whoever has fewer.
        """
        loop = asyncio.get_running_loop()
        job = _Job(work, loop, loop.create_future())
        with self._lock:
            self._put(self._known if asker.is_known else self._strangers, asker.name, job)
        self._threads.submit(self._work_next)
        return cast("T", await job.answer)

    def _put(self, lanes: Lanes, name: str, job: _Job) -> None:
        if sum(map(len, lanes.values())) >= self._most_waiting:
            _make_room(lanes, name)
        lanes.setdefault(name, deque()).append(job)

    def _work_next(self) -> None:
        with self._lock:
            job = _next(self._known) or _next(self._strangers)
        if job is not None:
            job.run()


def _next(lanes: Lanes) -> _Job | None:
    """Take the first job of the lane whose turn it is; jobs that nobody waits for any more are left out."""
    while lanes:
        name, lane = lanes.popitem(last=False)
        job = lane.popleft() if lane else None
        if lane:
            lanes[name] = lane
        if job is not None and not job.answer.done():
            return job
    return None


def _make_room(lanes: Lanes, name: str) -> None:
    for lane in lanes.values():
        for job in [each for each in lane if each.answer.done()]:
            lane.remove(job)
            return
    longest = max(lanes.values(), key=len)
    if len(longest) <= len(lanes.get(name, ())) + 1:
        raise Crowded
    longest.pop().tell(None, Crowded())


def _told(answer: asyncio.Future[Any], result: object, error: Exception | None) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(result)
    else:
        answer.set_exception(error)
