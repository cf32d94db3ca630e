"""Delivering promised mail: each attempt is claimed first, so that two workers never make the same one."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from boucle.kit.jobs import enqueue
from boucle.kit.mail import Mail, Mailer, MailFailed
from boucle.tickets.actions.mailing import claim_mail, give_up_mail, note_mail_failed, note_mail_sent, wake_ups
from boucle.tickets.models import OutgoingMail

log = structlog.get_logger(__name__)
BATCH = 200
ENOUGH_SECONDS = 10  # a job may last thirty, and the last mail may take fifteen
NO_SERVER = "No mail server is configured (BOUCLE_MAIL_URL)."


async def deliver_mail(mail_id: int, mailer: Mailer | None, *, now: datetime) -> bool:
    """Make one attempt if the mail is due; return whether the server took it.

    A worker that dies after the server took the mail and before that is written down sends it once more later:
    better told twice than never. Without a mail server the mail is given up, so that no flood of old mail follows
    once there is one.
    """
    mail = await claim_mail(mail_id, now=now)
    if mail is None:
        return False
    if mailer is None:
        await give_up_mail(mail, NO_SERVER)
        return False
    try:
        await mailer.send(Mail(mail.recipient, mail.subject, mail.body))
    except MailFailed as error:
        is_last = await note_mail_failed(mail, str(error))
        log.warning("mail_failed", mail_id=mail.id, attempt=mail.attempts, is_given_up=is_last, error=str(error))
        return False
    await note_mail_sent(mail, now=now)
    return True


async def deliver_mails(mail_ids: Sequence[int], mailer: Mailer | None, *, clock: Callable[[], datetime]) -> None:
    """Make one attempt for each mail, one after the other.

    Where the server takes its time the rest is left to the sweep: a job is not given longer than others.
    """
    begun = time.monotonic()
    for mail_id in mail_ids:
        if time.monotonic() - begun > ENOUGH_SECONDS:
            break
        await deliver_mail(mail_id, mailer, now=clock())


async def ask_for_waiting_mail(*, now: datetime, limit: int = BATCH) -> int:
    """Ask for an attempt of every mail that is due, whatever became of its job; return how many."""
    waiting: list[OutgoingMail] = (
        await OutgoingMail.filter(next_attempt_at__lte=now).order_by("next_attempt_at", "id").limit(limit)
    )
    if waiting:
        await enqueue(wake_ups(waiting))
    return len(waiting)
