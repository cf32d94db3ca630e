"""Running jobs over arq, and what runs every so many seconds beside them.

The periodic part goes by the monotonic clock and needs no Valkey: a wall clock that jumps, or a queue that is away,
delays nothing that a sweep can find.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
import structlog
from arq import Worker, func
from redis.exceptions import RedisError

from boucle.kit.jobs import QUEUE, JobContext, JobFunction, redis_settings, serialize_job
from boucle.kit.logging import bind_log_context
from boucle.kit.outages import valkey_outage
from boucle.kit.storage import note_trouble
from boucle.kit.waiting import is_set_within

log = structlog.get_logger(__name__)
JOB_TIMEOUT = timedelta(seconds=30)  # a killed worker's job returns after this + 10 s
MAX_TRIES = 5
GRACE_SECONDS = 8
POLL_SECONDS = 0.2
RETRY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Periodic:
    """Something that runs at once, and again so many seconds after it ended."""

    name: str
    run: Callable[[], Awaitable[None]]
    seconds: float


async def run_periodic(each: Periodic, stop: asyncio.Event) -> None:
    """Run it until `stop`; a failure is logged and does not end the round."""
    bind_log_context(job_id=each.name)
    while not stop.is_set():
        try:
            await each.run()
        except Exception as error:
            if note_trouble(error, during=each.name) is None:
                log.exception("periodic_failed", name=each.name)
        await is_set_within(stop, each.seconds)


async def run_jobs(
    url: str, jobs: Sequence[JobFunction], context: JobContext, *, concurrency: int, stop: asyncio.Event
) -> None:
    """Run jobs of the queue until `stop`, then let the running ones end; start anew when Valkey comes back."""
    while not stop.is_set():
        worker = make_worker(url, jobs, context, concurrency=concurrency)
        try:
            await _run_until(worker, stop)
        except (RedisError, OSError) as error:
            valkey_outage.goes_on(error, during="queue")
            await is_set_within(stop, RETRY_SECONDS)
        finally:
            with suppress(RedisError, OSError, asyncio.CancelledError):
                await worker.close()


def make_worker(url: str, jobs: Sequence[JobFunction], context: JobContext, *, concurrency: int) -> Worker:
    """Return an arq worker for these jobs that leaves signals to its process."""
    return Worker(
        functions=[
            func(job, name=job.__name__, keep_result=0, timeout=JOB_TIMEOUT, max_tries=MAX_TRIES) for job in jobs
        ],
        redis_settings=redis_settings(url),
        queue_name=QUEUE,
        max_jobs=concurrency,
        job_completion_wait=GRACE_SECONDS,
        job_serializer=serialize_job,
        job_deserializer=orjson.loads,
        on_job_start=_bind_job,
        ctx=dict(context),
        handle_signals=False,
        poll_delay=POLL_SECONDS,
        keep_result=0,
    )


async def _bind_job(ctx: dict[Any, Any]) -> None:
    bind_log_context(job_id=ctx["job_id"])


async def _run_until(worker: Worker, stop: asyncio.Event) -> None:
    running = asyncio.create_task(worker.async_run())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            worker.handle_sig_wait_for_completion(signal.SIGTERM)
        with suppress(asyncio.CancelledError):
            await running
    finally:
        stopping.cancel()
