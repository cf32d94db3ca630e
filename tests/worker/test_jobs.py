"""What is asked of the queue, as Valkey keeps it."""

from dataclasses import replace
from datetime import timedelta

from boucle.kit.clock import utc_now
from boucle.kit.jobs import QUEUE, ArqQueue, WakeUp, open_pool


async def test_a_job_that_is_long_overdue_is_asked_for_now(fresh_valkey):
    pool = open_pool(fresh_valkey)
    now = utc_now()
    overdue = WakeUp("escalate_ticket", (7,), now - timedelta(days=9), job_id="overdue")
    later = WakeUp("escalate_ticket", (8,), now + timedelta(days=9), job_id="later")
    await ArqQueue(pool).enqueue([overdue, later])
    kept = dict(await pool.zrange(QUEUE, 0, -1, withscores=True))
    await pool.aclose()
    assert kept[b"overdue"] <= utc_now().timestamp() * 1000
    in_nine_days = (now + timedelta(days=9)).timestamp() * 1000
    assert abs(kept[b"later"] - in_nine_days) <= 1  # the queue rounds to milliseconds


async def test_a_known_job_is_not_asked_for_twice(fresh_valkey):
    pool = open_pool(fresh_valkey)
    soon = utc_now() + timedelta(hours=1)
    first = WakeUp("escalate_ticket", (7,), soon, job_id="once")
    await ArqQueue(pool).enqueue([first, WakeUp("send_mails", (1,)), WakeUp("send_mails", (2,))])
    await ArqQueue(pool).enqueue([replace(first, args=(8,), at=soon + timedelta(hours=1))])
    kept = dict(await pool.zrange(QUEUE, 0, -1, withscores=True))
    jobs = {job.args[0]: job for job in await pool.queued_jobs(queue_name=QUEUE)}
    await pool.aclose()
    assert (len(kept), sorted(jobs)) == (3, [1, 2, 7])
    assert abs(kept[b"once"] - soon.timestamp() * 1000) <= 1
