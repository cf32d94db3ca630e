"""Mail that is promised in a transaction, and what is written down of each attempt to send it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from boucle.kit.jobs import WakeUp, enqueue_after_commit
from boucle.kit.mail import Mail
from boucle.kit.row_batches import insert_rows
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.models import OutgoingMail

SEND_JOB = "send_mails"
# A job tells of several: asking for a job each takes longer than storing the mails. Not of many: they go out one after
# the other, and each may wait for its server.
MAILS_OF_A_JOB = 10
LONGEST_SUBJECT = 300
LONGEST_ERROR = 500
_PROMISED = ("recipient", "subject", "body", "created_at", "next_attempt_at")
# Each wait is longer than the longest attempt, because it also protects an attempt that is under way.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)


async def promise_mails(mails: Sequence[Mail], *, now: datetime) -> Sequence[int]:
    """Store mails with the running transaction and ask for their delivery after the commit; return their ids."""
    if not mails:
        return ()
    rows = [(each.recipient, " ".join(each.subject.split())[:LONGEST_SUBJECT], each.body, now, now) for each in mails]
    async with unit_of_work():
        ids = await insert_rows(OutgoingMail, _PROMISED, rows)
        for wake_up in _wake_ups(ids, attempts=0):
            enqueue_after_commit(wake_up)
        return ids


def wake_ups(waiting: Iterable[OutgoingMail]) -> list[WakeUp]:
    """Return the wake-ups for the next attempts of mails."""
    by_attempts: defaultdict[int, list[int]] = defaultdict(list)
    for mail in waiting:
        by_attempts[mail.attempts].append(mail.id)
    return [each for attempts, ids in by_attempts.items() for each in _wake_ups(ids, attempts=attempts)]


def _wake_ups(ids: Sequence[int], *, attempts: int) -> list[WakeUp]:
    several = [tuple(ids[first : first + MAILS_OF_A_JOB]) for first in range(0, len(ids), MAILS_OF_A_JOB)]
    return [WakeUp(SEND_JOB, each, job_id=f"mail:{each[0]}:{attempts}") for each in several]


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
