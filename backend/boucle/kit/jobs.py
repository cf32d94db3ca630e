"""Jobs over arq: asking for one, and running a worker. Jobs are wake-ups; the truth is in the database.

Arguments travel as JSON, never as pickles, and a job id says what is unique.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

import orjson
import structlog
from arq import ArqRedis, Worker, cron, func
from arq.connections import RedisSettings, create_pool
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
QUEUE = "boucle:jobs"
JOB_TIMEOUT = timedelta(seconds=30)  # a killed worker's job returns after this + 10 s
MAX_TRIES = 5

JobArgument = int | str | None
JobFunction = Callable[..., Coroutine[Any, Any, None]]


class Queue(Protocol):
    """Something that can be asked to run a job."""

    async def enqueue(self, name: str, *args: JobArgument, at: datetime | None, job_id: str | None) -> None:
        """Ask for one run of the job `name`, now or at a time; a known `job_id` is not asked for twice."""


@dataclass(slots=True)
class RecordingQueue:
    """A queue that only remembers: commands without a worker, and tests."""

    asked: list[tuple[str, tuple[JobArgument, ...], datetime | None, str | None]] = field(default_factory=list)

    async def enqueue(self, name: str, *args: JobArgument, at: datetime | None, job_id: str | None) -> None:
        self.asked.append((name, args, at, job_id))


class ArqQueue:
    """Jobs for the arq workers behind one Valkey."""

    def __init__(self, pool: ArqRedis) -> None:
        self._pool = pool

    async def enqueue(self, name: str, *args: JobArgument, at: datetime | None, job_id: str | None) -> None:
        try:
            await self._pool.enqueue_job(name, *args, _defer_until=at, _job_id=job_id, _queue_name=QUEUE)
        except (RedisError, OSError) as error:
            # The due time is a column: the sweep finds what nobody was woken for.
            log.warning("job_not_enqueued", job=name, error=str(error))


class _Installed:
    queue: Queue = RecordingQueue()


def install_queue(queue: Queue) -> None:
    """Choose the queue of this process; composition roots call it."""
    _Installed.queue = queue


async def enqueue(name: str, *args: JobArgument, at: datetime | None = None, job_id: str | None = None) -> None:
    """Ask for a job; call it after the commit, never inside the transaction."""
    await _Installed.queue.enqueue(name, *args, at=at, job_id=job_id)


def _serialize(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, default=str)


def redis_settings(url: str) -> RedisSettings:
    """Return arq's settings for a Valkey URL."""
    settings = RedisSettings.from_dsn(url)
    settings.conn_retries = 3
    return settings


async def open_pool(url: str) -> ArqRedis:
    """Connect to the queue behind `url`."""
    return await create_pool(
        redis_settings(url), job_serializer=_serialize, job_deserializer=orjson.loads, default_queue_name=QUEUE
    )


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job that runs every so many seconds, on one of the workers."""

    run: JobFunction
    seconds: int


def make_worker(
    url: str,
    jobs: Sequence[JobFunction],
    periodic: Sequence[Periodic],
    *,
    concurrency: int,
    handle_signals: bool = False,
) -> Worker:
    """Return an arq worker for these jobs; `await worker.async_run()` runs it, `await worker.close()` ends it."""
    return Worker(
        functions=[func(job, keep_result=0, timeout=JOB_TIMEOUT, max_tries=MAX_TRIES) for job in jobs],
        cron_jobs=[
            cron(
                each.run,
                name=f"cron:{each.run.__name__}",
                second=set(range(0, 60, each.seconds)) if each.seconds < 60 else 0,
                minute=None if each.seconds <= 60 else set(range(0, 60, each.seconds // 60)),
                run_at_startup=True,
                keep_result=0,
                timeout=JOB_TIMEOUT,
            )
            for each in periodic
        ],
        redis_settings=redis_settings(url),
        queue_name=QUEUE,
        max_jobs=concurrency,
        job_serializer=_serialize,
        job_deserializer=orjson.loads,
        handle_signals=handle_signals,
        poll_delay=0.2,
        keep_result=0,
    )
