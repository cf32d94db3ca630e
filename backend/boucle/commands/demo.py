"""`boucle demo`: fills an empty database with the demo company, and keeps its customers answering."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import perf_counter

from boucle.accounts.models import User
from boucle.commands.database import opened
from boucle.commands.terminal import say
from boucle.contacts.models import Contact
from boucle.demo.company import ADMIN, AGENT, LEAD, PASSWORD, PEOPLE
from boucle.demo.history import tell_history
from boucle.demo.live import Crowd
from boucle.kit.clock import utc_now
from boucle.kit.errors import DomainError, NotAllowedNow
from boucle.kit.jobs import RecordingQueue, install_queue
from boucle.kit.logging import configure_logging
from boucle.kit.waiting import is_set_within
from boucle.settings import Settings
from boucle.surveys.models import Survey

WELCOMED = {ADMIN: "organisation administrator", LEAD: "lead of a team", AGENT: "agent"}


async def fill(settings: Settings) -> None:
    """Tell the demo company's last ninety days into an empty database."""
    with _on_one_processor():
        await _fill(settings)


async def _fill(settings: Settings) -> None:
    async with opened(settings):
        if await User.all().exists() or await Contact.all().exists() or await Survey.all().exists():
            raise NotAllowedNow(
                "This database is in use, and demo data belongs into an empty one. "
                "Choose another with --data-dir or BOUCLE_DATABASE_URL."
            )
        # What lies in the past needs no worker; what is due later is found by the sweep.
        install_queue(RecordingQueue())
        started = perf_counter()
        with _few_words(settings):
            await tell_history(end=utc_now(), say=lambda line: say(f"  {line}"))
        say(f"The demo company is ready after {perf_counter() - started:.0f} s")


@contextmanager
def _on_one_processor() -> Iterator[None]:
    """Keep this thread and the threads that it starts on one processor, where the system lets us choose.

    We and SQLite's thread take turns: to wake the other one across processors takes longer than most statements.
    """
    if sys.platform != "linux":
        yield
        return
    allowed = os.sched_getaffinity(0)
    with suppress(OSError):  # a sandbox may forbid the choice
        os.sched_setaffinity(0, {sorted(allowed)[os.getpid() % len(allowed)]})
    try:
        yield
    finally:
        with suppress(OSError):
            os.sched_setaffinity(0, allowed)


@contextmanager
def _few_words(settings: Settings) -> Iterator[None]:
    """Log warnings only: hundreds of escalations of the past are no news."""
    configure_logging(form=settings.log_format, level=settings.log_level)
    logger = logging.getLogger("boucle")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)


async def welcome_lines(settings: Settings) -> list[str]:
    """Return how to sign in: the demo accounts, or how to make the first account, or nothing to say."""
    async with opened(settings):
        people = {person.handle: person for person in PEOPLE}
        if await User.filter(email=people[ADMIN].email, is_active=True).exists():
            lines = [f"  {people[handle].email:<22} {role}" for handle, role in WELCOMED.items()]
            return [f"Demo accounts, password {PASSWORD}:", *lines]
        if await User.all().exists():
            return []
        return ['Nobody has an account yet: boucle user create you@example.org --name "Your Name"']


async def send_answers(settings: Settings, *, every: float) -> None:
    """Send one answer after another until Ctrl-C."""
    configure_logging(form=settings.log_format, level=settings.log_level)
    stop = _stop_on_signals()
    crowd = Crowd()
    async with opened(settings):
        say(f"An answer every {every:g} s. Ctrl-C stops it.")
        while not stop.is_set():
            await _send(crowd)
            await is_set_within(stop, every)


async def _send(crowd: Crowd) -> None:
    try:
        say(str(await crowd.send_one_answer(now=utc_now())))
    except NotAllowedNow:
        raise
    except DomainError as error:
        # Somebody closed or changed the survey: the others still take answers.
        say(f"Not taken: {error.message}")


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    return stop
