"""Promised mail: sent once, tried again, given up in the end."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from boucle.kit.jobs import JobContext
from boucle.kit.mail import Mail, MailFailed
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.actions import promise_mails
from boucle.tickets.actions.mailing import MAILS_OF_A_JOB, WAITS
from boucle.tickets.delivery import ask_for_waiting_mail, deliver_mail, deliver_mails
from boucle.tickets.jobs import send_mails
from boucle.tickets.models import OutgoingMail
from tests.factories.contacts import NOON

MAIL = Mail("ana@boucle.example", "T-1 escalated", "Hello Ana")


@dataclass
class FakeMailer:
    """A mail server that may be down."""

    is_down: bool = False
    seconds: float = 0.0
    sent: list[Mail] = field(default_factory=list)

    async def send(self, mail: Mail) -> None:
        await asyncio.sleep(self.seconds)
        if self.is_down:
            raise MailFailed("ConnectionRefusedError: no")
        self.sent.append(mail)


async def promised() -> OutgoingMail:
    async with unit_of_work():
        (mail_id,) = await promise_mails([MAIL], now=NOON)
    return await OutgoingMail.get(id=mail_id)


async def test_a_promised_mail_is_sent_once(db, queue):
    mail, mailer = await promised(), FakeMailer()
    results = await asyncio.gather(*(deliver_mail(mail.id, mailer, now=NOON) for _ in range(4)))
    assert sorted(results) == [False, False, False, True]
    assert mailer.sent == [MAIL]
    stored = await OutgoingMail.get()
    assert (stored.sent_at, stored.next_attempt_at, stored.attempts) == (NOON, None, 1)


async def test_a_job_tells_of_several_mails_and_sends_each(db, queue):
    async with unit_of_work():
        mail_ids = list(await promise_mails([MAIL] * (MAILS_OF_A_JOB + 2), now=NOON))
    told = [args for _, args, _, _ in queue.asked]
    assert told == [tuple(mail_ids[:MAILS_OF_A_JOB]), tuple(mail_ids[MAILS_OF_A_JOB:])]
    assert len({job_id for *_, job_id in queue.asked}) == 2
    mailer = FakeMailer()
    for mail_ids_of_job in told:
        await send_mails(JobContext(now=lambda: NOON, mailer=mailer, address=""), *mail_ids_of_job)
    assert mailer.sent == [MAIL] * (MAILS_OF_A_JOB + 2)
    assert await OutgoingMail.filter(sent_at=None).count() == 0


async def test_a_slow_server_leaves_the_rest_of_a_job_to_the_sweep(db, queue, monkeypatch):
    monkeypatch.setattr("boucle.tickets.delivery.ENOUGH_SECONDS", 0.02)
    async with unit_of_work():
        mail_ids = await promise_mails([MAIL] * 3, now=NOON)
    mailer = FakeMailer(seconds=0.05)
    await deliver_mails(mail_ids, mailer, clock=lambda: NOON)
    assert len(mailer.sent) == 1
    queue.asked.clear()
    assert await ask_for_waiting_mail(now=NOON) == 2
    assert [args for _, args, _, _ in queue.asked] == [tuple(mail_ids[1:])]


async def test_a_rolled_back_act_promises_nothing(db, queue):
    try:
        async with unit_of_work():
            await promise_mails([MAIL], now=NOON)
            raise KeyError("the act fails")
    except KeyError:
        pass
    assert await OutgoingMail.all().count() == 0
    assert queue.asked == []


async def test_a_mail_that_fails_is_tried_again_ever_later_and_given_up(db, queue):
    mail, mailer, now = await promised(), FakeMailer(is_down=True), NOON
    for wait in WAITS:
        assert not await deliver_mail(mail.id, mailer, now=now)
        stored = await OutgoingMail.get()
        assert stored.next_attempt_at == now + wait
        assert stored.last_error == "ConnectionRefusedError: no"
        assert not await deliver_mail(mail.id, mailer, now=now + wait - timedelta(seconds=1))
        assert (await OutgoingMail.get()).attempts == stored.attempts
        now += wait
    assert not await deliver_mail(mail.id, mailer, now=now)
    stored = await OutgoingMail.get()
    assert (stored.next_attempt_at, stored.sent_at) == (None, None)


async def test_a_mail_goes_out_once_the_server_is_back(db, queue):
    mail, mailer = await promised(), FakeMailer(is_down=True)
    await deliver_mail(mail.id, mailer, now=NOON)
    mailer.is_down = False
    assert await deliver_mail(mail.id, mailer, now=NOON + WAITS[0])
    assert (await OutgoingMail.get()).last_error is None


async def test_the_sweep_asks_for_whatever_was_lost(db, queue):
    mail, mailer = await promised(), FakeMailer(is_down=True)
    queue.asked.clear()
    assert await ask_for_waiting_mail(now=NOON) == 1
    await deliver_mail(mail.id, mailer, now=NOON)
    assert await ask_for_waiting_mail(now=NOON) == 0
    assert await ask_for_waiting_mail(now=NOON + WAITS[0]) == 1
    assert [job_id for *_, job_id in queue.asked] == [f"mail:{mail.id}:0", f"mail:{mail.id}:1"]


async def test_without_a_mail_server_the_mail_is_given_up_with_the_reason(db, queue):
    mail = await promised()
    assert not await deliver_mail(mail.id, None, now=NOON)
    stored = await OutgoingMail.get()
    assert stored.next_attempt_at is None
    assert stored.last_error == "No mail server is configured (BOUCLE_MAIL_URL)."
