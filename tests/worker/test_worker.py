"""The real worker: prompt, once, after kill -9, with two of them, with a wrong clock, with Valkey or mail away."""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from email.message import Message as EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP

from boucle.accounts.access import Viewer
from boucle.events.models import Event, EventKind
from boucle.kit.clock import utc_now
from boucle.kit.database import Dialect, dialect, fetch
from boucle.kit.embedded_valkey import _command, embedded_valkey
from boucle.kit.unit_of_work import unit_of_work
from boucle.kit.valkey import ValkeyUnreachable, living_workers
from boucle.tickets.models import EscalationRun, OutgoingMail, Ticket
from tests.blocking import blocked
from tests.factories.accounts import make_user, make_viewer
from tests.factories.mails import tickets_told_by_mail
from tests.factories.tickets import make_rule, make_ticket
from tests.worker.conftest import Workers

MINUTE = timedelta(minutes=1)


class Inbox(Message):
    """A mail server's inbox: recipient and subject of each mail."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[str] = []

    def handle_message(self, message: EmailMessage) -> None:
        # Nobody's out-of-office reply may come back, and the id belongs to the sender's domain.
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Message-ID"].endswith("@localhost>")
        self.received.append(f"{message['To']}: {message['Subject']}")


async def comes_true(is_true: Callable[[], Awaitable[bool]], *, seconds: float = 20) -> bool:
    """Whether something becomes so, in a while."""
    deadline = time.monotonic() + seconds
    while not await is_true():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.05)
    return True


async def fired() -> int:
    return await EscalationRun.all().count()


async def due_tickets(count: int, *, due: datetime) -> list[Ticket]:
    """Tickets that a rule of one minute escalates at `due`."""
    lead, boss = await make_viewer(user_type="cx_admin"), await make_user(name="Boss")
    await make_rule(viewer=lead, recipient_user_id=boss.id, delay_minutes=1, now=due - 9 * MINUTE)
    return [await _ticket(lead, due - MINUTE) for _ in range(count)]


async def _ticket(lead: Viewer, created: datetime) -> Ticket:
    return await make_ticket(viewer=lead, assignee_id=lead.user_id, now=created)


async def assert_each_fired_once(tickets: list[Ticket]) -> None:
    """Ledger, event, state and mail of every ticket, exactly once each."""
    ids = sorted(ticket.id for ticket in tickets)
    assert sorted(run.ticket_id for run in await EscalationRun.all()) == ids
    events = await Event.filter(kind=EventKind.TICKET_ESCALATED)
    assert Counter(event.ticket_id for event in events) == Counter(ids)
    stored = await Ticket.filter(id__in=ids)
    assert {(ticket.status_category.value, ticket.version) for ticket in stored} == {("escalated", 2)}
    assert [ticket_id for _, ticket_id in await tickets_told_by_mail()] == ids


def ledger_blocked(url: str) -> AbstractAsyncContextManager[None]:
    """Let nobody commit an escalation: on PostgreSQL the claim succeeds and the ledger's row waits."""
    return blocked(url, "escalation_runs", mode="SHARE")


async def is_claimed_and_blocked() -> bool:
    """On PostgreSQL another session waits for the ledger; SQLite cannot be asked, so give the worker time."""
    if dialect() is Dialect.SQLITE:
        await asyncio.sleep(2)
        return True
    rows = await fetch(
        "SELECT count(*) AS waiting FROM pg_locks JOIN pg_class ON pg_class.oid = relation"
        " WHERE relname = 'escalation_runs' AND NOT granted"
    )
    return bool(rows[0]["waiting"])


async def test_a_deferred_job_fires_promptly_at_its_time(workers: Workers):
    workers.environment["BOUCLE_SWEEP_SECONDS"] = "600"
    workers.start()
    assert await comes_true(_is_alive(workers))
    tickets = await due_tickets(1, due=utc_now() + timedelta(seconds=2))
    assert await fired() == 0
    assert await comes_true(_has_fired(1))
    run = await EscalationRun.get()
    assert timedelta() <= run.ran_at - run.due_at < timedelta(seconds=1.5)
    await assert_each_fired_once(tickets)


async def test_what_nobody_was_woken_for_is_found_by_the_sweep(workers: Workers, queue):
    """`queue` takes the job away: the column alone must be enough."""
    tickets = await due_tickets(3, due=utc_now())
    workers.start()
    assert await comes_true(_has_fired(3))
    await assert_each_fired_once(tickets)


async def test_a_worker_killed_between_claim_and_commit_fires_exactly_once_after_restart(workers: Workers):
    tickets = await due_tickets(2, due=utc_now())
    async with ledger_blocked(workers.environment["BOUCLE_DATABASE_URL"]):
        first = workers.start()
        assert await comes_true(_is_alive(workers))
        assert await comes_true(is_claimed_and_blocked)
        workers.kill(first)
        assert await fired() == 0
    workers.start()
    assert await comes_true(_has_fired(2))
    await asyncio.sleep(1.5)
    await assert_each_fired_once(tickets)


async def test_workers_killed_at_any_moment_fire_each_ticket_exactly_once(workers: Workers):
    tickets = await due_tickets(60, due=utc_now())
    for pause in (0.05, 0.1, 0.15, 0.2):
        before = await fired()
        process = workers.start()
        assert await comes_true(_has_fired(min(before + 1, 60)))
        await asyncio.sleep(pause)
        workers.kill(process)
    workers.start()
    assert await comes_true(_has_fired(60))
    await asyncio.sleep(1.5)
    await assert_each_fired_once(tickets)


async def test_two_workers_at_once_fire_each_ticket_once(workers: Workers):
    tickets = await due_tickets(40, due=utc_now())
    workers.start()
    workers.start()
    assert await comes_true(_has_fired(40))
    await asyncio.sleep(1.5)
    await assert_each_fired_once(tickets)
    assert "Traceback" not in workers.logs()


@pytest.mark.parametrize("wrong_by", [timedelta(days=2), timedelta(days=-2)])
async def test_a_worker_with_a_wrong_clock_fires_once_and_loses_nothing(workers: Workers, wrong_by: timedelta):
    tickets = await due_tickets(2, due=utc_now() + timedelta(hours=1) * (1 if wrong_by > timedelta() else -1))
    first = workers.start(clock_wrong_by=wrong_by.total_seconds())
    assert await comes_true(_is_alive(workers))
    if wrong_by > timedelta():
        assert await comes_true(_has_fired(2))
    else:
        await asyncio.sleep(1.5)
        assert await fired() == 0
    workers.kill(first)
    workers.start()
    assert await comes_true(_has_fired(2))
    await asyncio.sleep(1.5)
    await assert_each_fired_once(tickets)


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_escalation_goes_on_without_valkey_and_jobs_come_back_with_it(workers: Workers, tmp_path: Path):
    with embedded_valkey(tmp_path / "own") as url:
        workers.environment["BOUCLE_VALKEY_URL"] = url
        process = workers.start()
        assert await comes_true(_is_alive(workers))
    tickets = await due_tickets(1, due=utc_now())
    assert await comes_true(_has_fired(1))
    await assert_each_fired_once(tickets)
    assert await comes_true(_has_logged(workers, "away"))
    command = _command(Path(urlsplit(url).path), tmp_path / "own")
    again = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
    try:
        assert await comes_true(_is_alive(workers), seconds=30)
        assert process.poll() is None
    finally:
        again.kill()
        await again.wait()


async def test_a_worker_beats_while_it_lives_and_leaves_quietly(workers: Workers, fresh_valkey: str):
    process = workers.start()
    assert await comes_true(_is_alive(workers))
    (beat,) = await living_workers(fresh_valkey)
    assert beat.pid == process.pid
    assert abs(utc_now() - beat.at) < timedelta(seconds=15)
    process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(process.wait, 10) == 0
    assert await living_workers(fresh_valkey) == []
    assert '"event": "worker_stopped"' in workers.logs()


async def test_the_recipient_gets_one_mail_and_logs_name_the_job(workers: Workers):
    inbox = Inbox()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(inbox), "127.0.0.1", 0)
    async with server:
        workers.environment["BOUCLE_MAIL_URL"] = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        workers.start()
        (ticket,) = await due_tickets(1, due=utc_now() + timedelta(seconds=1))
        assert await comes_true(_is_sent)
        await asyncio.sleep(1.5)
    mail = await OutgoingMail.get()
    assert inbox.received == [f"{mail.recipient}: [Boucle] T-{ticket.id} escalated: Parcel lost"]
    assert '"tickets": ["T-' in workers.logs()
    assert '"job_id": "' in workers.logs()


async def test_old_idempotency_keys_are_forgotten(workers: Workers):
    from boucle.kit.models import IdempotencyKey

    async with unit_of_work():
        for number, age in enumerate((1, 30)):
            await IdempotencyKey.create(
                scope="s", key=str(number), input_hash="h", result_id=1, created_at=utc_now() - timedelta(hours=age)
            )
    workers.start()

    async def is_forgotten() -> bool:
        return [key.key for key in await IdempotencyKey.all()] == ["0"]

    assert await comes_true(is_forgotten)


def _has_fired(count: int) -> Callable[[], Awaitable[bool]]:
    async def check() -> bool:
        return await fired() >= count

    return check


def _is_alive(workers: Workers) -> Callable[[], Awaitable[bool]]:
    async def check() -> bool:
        assert workers.running[-1].poll() is None, workers.logs()
        try:
            return bool(await living_workers(workers.environment["BOUCLE_VALKEY_URL"]))
        except ValkeyUnreachable:
            return False

    return check


def _has_logged(workers: Workers, event: str) -> Callable[[], Awaitable[bool]]:
    async def check() -> bool:
        return f'"event": "{event}"' in workers.logs()

    return check


async def _is_sent() -> bool:
    return await OutgoingMail.filter(sent_at__isnull=False).exists()
