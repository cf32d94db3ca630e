"""Mail that is promised in a transaction, and what is written down of each attempt to send it."""

from datetime import datetime, timedelta
from functools import partial

from boucle.kit.jobs import enqueue
from boucle.kit.mail import Mail
from boucle.kit.unit_of_work import after_commit, unit_of_work
from boucle.tickets.models import OutgoingMail

SEND_JOB = "send_mail"
LONGEST_SUBJECT = 300
LONGEST_ERROR = 500
# Each wait is longer than the longest attempt, because it also protects an attempt that is under way.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)


async def promise_mail(mail: Mail, *, now: datetime) -> OutgoingMail:
    """Store a mail with the running transaction and ask for its delivery after the commit."""
    row = await OutgoingMail.create(
        recipient=mail.recipient,
        subject=" ".join(mail.subject.split())[:LONGEST_SUBJECT],
        body=mail.body,
        created_at=now,
        next_attempt_at=now,
    )
    after_commit(partial(enqueue, SEND_JOB, row.id, job_id=f"mail:{row.id}:0"))
    return row


async def claim_mail(mail_id: int, *, now: datetime) -> OutgoingMail | None:
    """Begin an attempt if the mail is due and nobody else is at it; the next one is set before this one starts."""
    async with unit_of_work():
        mail = await OutgoingMail.get_or_none(id=mail_id, next_attempt_at__lte=now, sent_at=None)
        if mail is None:
            return None
        attempt = mail.attempts + 1
        again = now + WAITS[min(attempt, len(WAITS)) - 1]
        unchanged = OutgoingMail.filter(id=mail.id, attempts=mail.attempts, next_attempt_at=mail.next_attempt_at)
        mine = await unchanged.update(attempts=attempt, next_attempt_at=again)
        mail.attempts = attempt
        return mail if mine else None


async def note_mail_sent(mail: OutgoingMail, *, now: datetime) -> None:
    """Write down that the server took the mail."""
    await _write(mail, {"sent_at": now, "next_attempt_at": None, "last_error": None})


async def note_mail_failed(mail: OutgoingMail, error: str) -> bool:
    """Write down a failed attempt; return whether it was the last."""
    is_last = mail.attempts > len(WAITS)
    values: dict[str, object] = {"last_error": error[:LONGEST_ERROR]}
    await _write(mail, values | {"next_attempt_at": None} if is_last else values)
    return is_last


async def give_up_mail(mail: OutgoingMail, reason: str) -> None:
    """Make no further attempt."""
    await _write(mail, {"last_error": reason[:LONGEST_ERROR], "next_attempt_at": None})


async def _write(mail: OutgoingMail, values: dict[str, object]) -> None:
    async with unit_of_work():
        await OutgoingMail.filter(id=mail.id, attempts=mail.attempts).update(**values)
