"""The log: order, cursors, and two transactions that overtake each other."""

import asyncio
from datetime import UTC, datetime, timedelta

from boucle.events.actor import SYSTEM
from boucle.events.cursor import Cursor, parse_cursor
from boucle.events.log import NewEvent, can_resume, cursor_of, head, read_after, record
from boucle.events.models import EventKind
from boucle.kit.unit_of_work import after_commit, unit_of_work

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def made(number: int, *, at: datetime = NOON) -> NewEvent:
    return NewEvent(EventKind.TICKET_CREATED, f"tkt_{number}", SYSTEM, at, ticket_id=number)


async def numbers_after(cursor: Cursor) -> list[int | None]:
    return [event.ticket_id for event in await read_after(cursor, limit=100)]


async def test_events_come_back_in_the_order_they_were_recorded(db):
    start = await head()
    async with unit_of_work():
        await record(made(1))
        await record(made(2))
    async with unit_of_work():
        await record(made(3))
    assert await numbers_after(start) == [1, 2, 3]


async def test_a_rolled_back_unit_of_work_leaves_no_event_and_runs_nothing(db):
    start, rung = await head(), []

    async def ring() -> None:
        rung.append(1)

    try:
        async with unit_of_work():
            await record(made(1))
            after_commit(ring)
            raise KeyError("the action fails after it recorded")
    except KeyError:
        pass
    assert await numbers_after(start) == []
    assert rung == []


async def test_a_slow_transaction_is_never_skipped_by_a_fast_one(db):
    """The slow one takes its place first and commits last: a reader that trusts ids alone would lose it."""
    start = await head()
    is_written, may_commit = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with unit_of_work() as work:
            await record(made(1))
            for call in work.before_commit:
                await call()
            work.before_commit.clear()
            is_written.set()
            await may_commit.wait()

    async def fast() -> None:
        async with unit_of_work():
            await record(made(2))

    slow_task = asyncio.create_task(slow())
    await is_written.wait()
    fast_task = asyncio.create_task(fast())
    await asyncio.sleep(0.2)
    seen = await read_after(start, limit=100)
    position = cursor_of(seen[-1]) if seen else start
    may_commit.set()
    await asyncio.gather(slow_task, fast_task)
    assert [event.ticket_id for event in seen] + await numbers_after(position) == [1, 2]


async def test_a_cursor_older_than_the_retention_cannot_be_resumed(db):
    start = await head()
    async with unit_of_work():
        await record(made(1))
    week = timedelta(days=7)
    assert await can_resume(start, now=NOON + timedelta(days=6), retention=week)
    assert not await can_resume(start, now=NOON + timedelta(days=8), retention=week)
    assert await can_resume(await head(), now=NOON + timedelta(days=8), retention=week)


async def test_a_cursor_of_another_epoch_or_of_the_future_cannot_be_resumed(db):
    now = await head()
    for strange in (Cursor(now.epoch + 1, now.txid, now.id), Cursor(now.epoch, now.txid + 10**9, now.id + 10**9)):
        assert not await can_resume(strange, now=NOON, retention=timedelta(days=7))


def test_cursor_text_comes_back_as_the_same_cursor():
    cursor = Cursor(1, 758, 42)
    assert parse_cursor(str(cursor)) == cursor
