"""Asking for jobs over arq; `job_runner` runs them. Jobs are wake-ups; the truth is in the database.

Arguments travel as JSON, never as pickles, and a job id says what is unique.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypedDict

import orjson
import structlog
from arq import ArqRedis
from arq.connections import RedisSettings
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from boucle.kit.clock import utc_now
from boucle.kit.mail import Mailer

log = structlog.get_logger(__name__)
QUEUE = "boucle:jobs"

JobArgument = int | str | None
JobFunction = Callable[..., Coroutine[Any, Any, None]]


class JobContext(TypedDict):
    """What every job is handed. `mailer` is `None` without a mail server; `address` is where people reach us."""

    now: Callable[[], datetime]
    mailer: Mailer | None
    address: str


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
        # What is overdue is for now: the queue cannot keep a job that was to end long ago.
        later = at if at is not None and at > utc_now() else None
        try:
            await self._pool.enqueue_job(name, *args, _defer_until=later, _job_id=job_id, _queue_name=QUEUE)
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


def serialize_job(value: dict[str, Any]) -> bytes:
    """Return a job as JSON, never as a pickle."""
    return orjson.dumps(value, default=str)


def redis_settings(url: str) -> RedisSettings:
    """Return arq's settings for a Valkey URL."""
    settings = RedisSettings.from_dsn(url)
    settings.conn_retries = 3
    return settings


def open_pool(url: str) -> ArqRedis:
    """Return a way to the queue behind `url`; it connects when first used, so that a process starts without Valkey."""
    return ArqRedis(
        ConnectionPool.from_url(url),
        job_serializer=serialize_job,
        job_deserializer=orjson.loads,
        default_queue_name=QUEUE,
    )
