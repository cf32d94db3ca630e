"""Doing together what is asked for at the same time: whoever asks while a batch is under way is in the next one."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class GroupCommit(Generic[T, R]):
    """Hands waiting items over in batches, one batch after another. Nobody waits for company: a lone item goes at once.

    `act` answers each item of a batch, in order, with its result or its own error.
    """

    def __init__(self, act: Callable[[Sequence[T]], Awaitable[Sequence[R | Exception]]], *, most: int) -> None:
        self._act = act
        self._most = most
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._worker: asyncio.Task[None] | None = None

    async def hand_in(self, item: T) -> R:
        """Return what became of the item once its batch is done, or raise its error."""
        answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._worker is None or self._worker.done():
            # A context of its own: a batch belongs to no request, and to no unit of work of whoever came first.
            self._worker = asyncio.create_task(self._work(), context=Context())
        return await answer

    async def _work(self) -> None:
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
            try:
                results = await self._act([item for item, _ in batch])
            except Exception as error:  # noqa: BLE001  (it is everybody's who waits)
                results = [error] * len(batch)
            except asyncio.CancelledError:
                for _, answer in (*batch, *self._waiting):
                    answer.cancel()
                self._waiting.clear()
                raise
            for (_, answer), result in zip(batch, results, strict=True):
                _tell(answer, result)


def _tell(answer: asyncio.Future[R], result: R | Exception) -> None:
    if answer.done():
        return  # whoever asked has gone
    if isinstance(result, Exception):
        answer.set_exception(result)
    else:
        answer.set_result(result)
