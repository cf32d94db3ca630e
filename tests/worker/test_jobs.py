"""What is asked of the queue, as Valkey keeps it."""

from datetime import timedelta

from boucle.kit.clock import utc_now
from boucle.kit.jobs import QUEUE, ArqQueue, open_pool


async def test_a_job_that_is_long_overdue_is_asked_for_now(fresh_valkey):
    pool = open_pool(fresh_valkey)
    now = utc_now()
    await ArqQueue(pool).enqueue("escalate_ticket", 7, at=now - timedelta(days=9), job_id="overdue")
    await ArqQueue(pool).enqueue("escalate_ticket", 8, at=now + timedelta(days=9), job_id="later")
    kept = dict(await pool.zrange(QUEUE, 0, -1, withscores=True))
    await pool.aclose()
    assert kept[b"overdue"] <= utc_now().timestamp() * 1000
    in_nine_days = (now + timedelta(days=9)).timestamp() * 1000
    assert abs(kept[b"later"] - in_nine_days) <= 1  # the queue rounds to milliseconds
