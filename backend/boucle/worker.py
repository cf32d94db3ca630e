"""Composition root of the worker: its jobs, its sweeps, its heartbeat."""

import asyncio
import os
import signal
from contextlib import AsyncExitStack, suppress
from functools import partial

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from boucle.events.log import load_epoch
from boucle.flows.escalation import Sweeper
from boucle.flows.jobs import escalate_ticket
from boucle.kit.clock import utc_now
from boucle.kit.database import close_database, open_database
from boucle.kit.garbage import spare_garbage_rounds
from boucle.kit.heartbeat import INTERVAL, beat, stop_beating
from boucle.kit.idempotency import forget_old_keys
from boucle.kit.job_runner import Periodic, run_jobs, run_periodic
from boucle.kit.jobs import JobContext
from boucle.kit.mail import Mailer
from boucle.kit.outages import valkey_outage
from boucle.kit.valkey import connect_valkey
from boucle.kit.valkey_pool import client_of
from boucle.settings import Settings, SettingsError
from boucle.tickets.delivery import ask_for_waiting_mail
from boucle.tickets.jobs import send_mails

log = structlog.get_logger(__name__)
JOBS = (escalate_ticket, send_mails)
FORGET_SECONDS = 3600


async def run_worker(settings: Settings, stop: asyncio.Event) -> None:
    """Work until `stop`. The process has opened its database, bell and queue before."""
    url = _valkey_of(settings)
    redis = client_of(url)
    mailer = Mailer(settings.mail_url, settings.mail_from) if settings.mail_url else None
    context = JobContext(now=utc_now, mailer=mailer, address=settings.address)
    log.info("worker_started", pid=os.getpid(), sweep_seconds=settings.sweep_seconds)
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(run_jobs(url, JOBS, context, concurrency=settings.worker_concurrency, stop=stop))
            for each in _periodic(settings, redis, stop):
                tasks.create_task(run_periodic(each, stop))
    finally:
        with suppress(RedisError, OSError):
            await stop_beating(redis)
        await redis.aclose()
        log.info("worker_stopped", pid=os.getpid())


async def run_worker_process(settings: Settings) -> None:
    """Be a worker until SIGTERM or SIGINT (`boucle worker`)."""
    url = _valkey_of(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    async with AsyncExitStack() as stack:
        await open_database(settings.database, pool_size=settings.database_pool)
        stack.push_async_callback(close_database)
        await load_epoch()
        await connect_valkey(url, stack)
        spare_garbage_rounds()
        await run_worker(settings, stop)


def _periodic(settings: Settings, redis: Redis, stop: asyncio.Event) -> list[Periodic]:
    sweeper = Sweeper(settings.address, utc_now)
    return [
        Periodic("sweep_escalations", partial(_sweep_escalations, sweeper, stop), settings.sweep_seconds),
        Periodic("sweep_mail", _sweep_mail, settings.sweep_seconds),
        Periodic("heartbeat", partial(_beat, redis), INTERVAL.total_seconds()),
        Periodic("forget_old_keys", _forget_old_keys, FORGET_SECONDS),
    ]


async def _sweep_escalations(sweeper: Sweeper, stop: asyncio.Event) -> None:
    await sweeper.sweep(stop)


async def _sweep_mail() -> None:
    await ask_for_waiting_mail(now=utc_now())


async def _beat(redis: Redis) -> None:
    try:
        await beat(redis, now=utc_now())
    except (RedisError, OSError) as error:
        valkey_outage.goes_on(error, during="heartbeat")
    else:
        valkey_outage.is_over()


async def _forget_old_keys() -> None:
    await forget_old_keys(utc_now())


def _valkey_of(settings: Settings) -> str:
    if settings.valkey_url is None:
        raise SettingsError("BOUCLE_VALKEY_URL is not set: a worker needs the Valkey that the web processes use.")
    return settings.valkey_url
