"""Doing together what is asked for at the same time: whoever asks while a batch is under way is in the next one."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar, cast

from boucle.kit.errors import copy_of

T = TypeVar("T")
R = TypeVar("R")
CROWD = 48


class GroupCommit(Generic[T, R]):
    """Hands waiting items over in batches. Nobody waits for company: a lone item goes at once.

    `act` answers each item of a batch, in order, with its result or its own error. Up to `lanes()` batches are under
    way: one is worked out while the database writes another.
    """

    def __init__(
        self,
        act: Callable[[Sequence[T]], Awaitable[Sequence[R | Exception]]],
        *,
        most: int,
        lanes: Callable[[], int] = lambda: 1,
    ) -> None:
        self._act = act
        self._most = most
        self._lanes = lanes
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._workers: set[asyncio.Task[None]] = set()

    async def hand_in(self, item: T) -> R:
        """Return what became of the item once its batch is done, or raise its error."""
        answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        self._workers = {worker for worker in self._workers if not worker.done()}  # one that never began is done too
        if len(self._workers) < self._lanes():
            # A context of its own: a batch belongs to no request, and to no unit of work of whoever came first.
            self._workers.add(asyncio.create_task(self._work(), context=Context()))
        return await answer

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._work_off([self._waiting.popleft() for _ in range(self._size_of_batch())])
        finally:
            # At once, not when the task is done: whoever hands in meanwhile would wait for nobody.
            self._workers.discard(cast("asyncio.Task[None]", asyncio.current_task()))

    async def _work_off(self, batch: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            results = await self._act([item for item, _ in batch])
        except Exception as error:  # noqa: BLE001  (it is everybody's who waits)
            results = [error, *(copy_of(error) for _ in batch[1:])]
        except asyncio.CancelledError:
            for _, answer in (*batch, *self._waiting):
                answer.cancel()
            self._waiting.clear()
            raise
        for (_, answer), result in zip(batch, results, strict=True):
            _tell(answer, result)

    def _size_of_batch(self) -> int:
        """Return how many go now. A crowd is shared among the lanes; a few are quickest together."""
        waiting = len(self._waiting)
        share = -(-waiting // self._lanes()) if waiting >= CROWD else waiting
        return min(self._most, share)


def _tell(answer: asyncio.Future[R], result: R | Exception) -> None:
    if answer.done():
        return  # whoever asked has gone
    if isinstance(result, Exception):
        answer.set_exception(result)
    else:
        answer.set_result(result)
