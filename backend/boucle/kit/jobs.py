"""Asking for jobs over arq; `job_runner` runs them. Jobs are wake-ups; the truth is in the database.

Arguments travel as JSON, never as pickles, and a job id says what is unique.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypedDict
from uuid import uuid4

import orjson
from arq import ArqRedis
from arq.connections import RedisSettings
from arq.constants import expires_extra_ms, job_key_prefix
from arq.jobs import serialize_job as job_payload
from arq.utils import timestamp_ms, to_unix_ms
from redis.exceptions import RedisError

from boucle.kit.mail import Mailer
from boucle.kit.outages import valkey_outage
from boucle.kit.unit_of_work import after_commit
from boucle.kit.valkey_pool import pool_of
from boucle.kit.work_state import current_work

QUEUE = "boucle:jobs"
BUFFER = "wake_ups"
# Of each job: its id, its payload, when it starts, and for how long the payload is kept. One argument for all: packing
# thousands of them takes longer than the queue needs.
ENQUEUE = """
for _, job in ipairs(cjson.decode(ARGV[1])) do
  redis.call('SET', KEYS[2] .. job[1], job[2], 'PX', job[4], 'NX')
  redis.call('ZADD', KEYS[1], 'NX', job[3], job[1])
end
"""

JobArgument = int | str | None
JobFunction = Callable[..., Coroutine[Any, Any, None]]


class JobContext(TypedDict):
    """What every job is handed. `mailer` is `None` without a mail server; `address` is where people reach us."""

    now: Callable[[], datetime]
    mailer: Mailer | None
    address: str


@dataclass(frozen=True, slots=True)
class WakeUp:
    """One run of a job that is asked for, now or at a time; a known `job_id` is not asked for twice."""

    name: str
    args: tuple[JobArgument, ...] = ()
    at: datetime | None = None
    job_id: str | None = None


class Queue(Protocol):
    """Something that can be asked to run jobs."""

    async def enqueue(self, wanted: Sequence[WakeUp]) -> None:
        """Ask for all of them at once."""


@dataclass(slots=True)
class RecordingQueue:
    """A queue that only remembers: commands without a worker, and tests."""

    asked: list[tuple[str, tuple[JobArgument, ...], datetime | None, str | None]] = field(default_factory=list)

    async def enqueue(self, wanted: Sequence[WakeUp]) -> None:
        self.asked += [(each.name, each.args, each.at, each.job_id) for each in wanted]


class ArqQueue:
    """Jobs for the arq workers behind one Valkey."""

    def __init__(self, pool: ArqRedis) -> None:
        self._pool = pool
        self._enqueue = pool.register_script(ENQUEUE)

    async def enqueue(self, wanted: Sequence[WakeUp]) -> None:
        # The queue's own way asks for one job with two round trips: a batch of tickets would wait for thousands.
        asked_at = timestamp_ms()
        jobs: list[tuple[str, str, int, int]] = []
        for each in wanted:
            # What is overdue is for now: the queue cannot keep a job that was to end long ago.
            start = max(asked_at, to_unix_ms(each.at)) if each.at is not None else asked_at
            payload = job_payload(each.name, each.args, {}, None, asked_at, serializer=serialize_job).decode()
            jobs.append((each.job_id or uuid4().hex, payload, start, start - asked_at + expires_extra_ms))
        try:
            await self._enqueue(keys=[QUEUE, job_key_prefix], args=[orjson.dumps(jobs)])
        except (RedisError, OSError) as error:
            # The due time is a column: the sweep finds what nobody was woken for.
            valkey_outage.goes_on(error, during="jobs")


class _Installed:
    queue: Queue = RecordingQueue()


def install_queue(queue: Queue) -> None:
    """Choose the queue of this process; composition roots call it."""
    _Installed.queue = queue


async def enqueue(wanted: Sequence[WakeUp]) -> None:
    """Ask for jobs; call it after the commit, never inside the transaction."""
    await _Installed.queue.enqueue(wanted)


def enqueue_after_commit(wanted: WakeUp) -> None:
    """Ask for a job once the running unit of work is durable, together with all others that it asks for."""
    work = current_work.get()
    assert work is not None, "outside a unit of work nothing is committed"
    buffer = work.notes.get(BUFFER)
    if buffer is None:
        buffer = work.notes[BUFFER] = []
        after_commit(lambda: enqueue([each for each in buffer if isinstance(each, WakeUp)]))
    buffer.append(wanted)


def serialize_job(value: dict[str, Any]) -> bytes:
    """Return a job as JSON, never as a pickle."""
    return orjson.dumps(value, default=str)


def redis_settings(url: str) -> RedisSettings:
    """Return arq's settings for a Valkey URL."""
    settings = RedisSettings.from_dsn(url)
    settings.conn_retries = 0  # whoever asks tries again, and says so once
    return settings


def open_pool(url: str) -> ArqRedis:
    """Return a way to the queue behind `url`; it connects when first used, so that a process starts without Valkey."""
    return ArqRedis(
        pool_of(url),
        job_serializer=serialize_job,
        job_deserializer=orjson.loads,
        default_queue_name=QUEUE,
    )
