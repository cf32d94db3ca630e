"""Sweeps: what it costs to escalate a thousand due tickets while all others wait, against one UPDATE for each."""

import asyncio
import re
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import uvloop
from tortoise.connection import get_connection

from benchmarks import data
from benchmarks.copies import changed_copy, passing_copy
from benchmarks.peers.single_updates import opened_peer
from benchmarks.sections import Ratio, Section
from benchmarks.store import Store, opened_store
from boucle.accounts.models import User
from boucle.flows.escalation import Sweeper
from boucle.kit.database import (
    READER,
    WRITER,
    Dialect,
    close_database,
    dialect,
    execute,
    fetch,
    fetch_written,
    open_database,
)
from boucle.kit.embedded_valkey import embedded_valkey
from boucle.kit.garbage import spare_garbage_rounds
from boucle.kit.logging import configure_logging
from boucle.kit.unit_of_work import unit_of_work
from boucle.kit.valkey import connect_valkey
from boucle.tickets.models import EscalationRule, OutgoingMail, Ticket, TicketStatus

DUE = 1_000
LEAST_ROUNDS = 9  # each takes half a second, and in some a log is moved into its database
# PostgreSQL logs a page whole when it is first changed after a checkpoint, and the copy of the database ends with one:
# without these rounds the figure would be that of the seconds after it, which are few on a server that works.
ROUNDS_BEFORE = 4
IDLE_SWEEPS = 200
STATISTICS_SECONDS = 1.5  # a connection tells what it did once a second, at the end of a statement
WAITS = timedelta(days=3)
FIRST = datetime.fromtimestamp(data.FIRST_SECOND, UTC)
FIRST_COLUMNS = """SELECT of_table.relname AS table_name, first.attname AS column_name
FROM pg_index AS each JOIN pg_class AS of_table ON of_table.oid = each.indrelid
JOIN pg_attribute AS first ON first.attrelid = each.indrelid AND first.attnum = each.indkey[0]
WHERE of_table.relname IN ('tickets', 'events')"""
TEXT = """Every ticket is open and waits for a rule; {due:,} are due. Boucle finds and claims them, decides by the rules
anew, and writes status, owner, ledger, events and a mail for each batch that lists its tickets to the one who gets them
all, and wakes the workers by Valkey. The peer is told the ids and sets the same columns of the same number of tickets,
each by a statement of its own that is durable, through the same driver and with the same settings; it writes no ledger,
no event and no mail. PostgreSQL with fsync and synchronous_commit, and with its indexes in memory. {rounds} rounds,
after {before} that are not counted."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open database in which all tickets wait, in the order of their ids; who gets those that are due."""

    tickets: int
    due: int
    boss_id: int
    escalated_id: int

    def moment(self, window: int) -> datetime:
        """Return when the tickets of a window are due, and none of a later one."""
        last = (window + 1) * self.due
        return FIRST + timedelta(seconds=last * data.SECONDS // self.tickets) + WAITS

    def ids(self, window: int) -> range:
        """Return the tickets of a window."""
        return range(window * self.due + 1, (window + 1) * self.due + 1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One engine: seconds of each side in each round, and of a sweep that finds nothing."""

    engine: Dialect
    ours: tuple[float, ...]
    peer: tuple[float, ...]
    idle: float

    @property
    def ratios(self) -> tuple[float, ...]:
        return tuple(theirs / mine for mine, theirs in zip(self.ours, self.peer, strict=True))


def sweeps(tickets: int, rounds: int, _: float) -> Section:
    """Measure sweeps on both engines; each side of a round has its own tickets, and takes all of them once."""
    configure_logging(form="console", level="warning")
    rounds = max(rounds, LEAST_ROUNDS)
    due = min(DUE, tickets // (2 * (ROUNDS_BEFORE + rounds)))
    with opened_store() as store:
        outcomes = [_measured(store, engine, tickets=tickets, due=due, rounds=rounds) for engine in Dialect]
    name = f"{due:,} due of {tickets:,} open, against one UPDATE each"
    ratios = [Ratio(name, each.engine, "≥ 5", "15", each.ratios) for each in outcomes]
    return Section(
        "Sweeps",
        TEXT.format(due=due, rounds=rounds, before=ROUNDS_BEFORE),
        ratios,
        [_in_words(each) for each in outcomes],
    )


def _in_words(outcome: Outcome) -> str:
    ours, peer = (statistics.median(side) * 1000 for side in (outcome.ours, outcome.peer))
    return (
        f"- {outcome.engine}: {ours:,.0f} ms, the peer {peer:,.0f} ms; a sweep that finds nothing "
        f"{outcome.idle * 1000:.2f} ms. No statement reads all tickets."
    )


def _measured(store: Store, engine: Dialect, *, tickets: int, due: int, rounds: int) -> Outcome:
    kept = changed_copy(store, engine, tickets, name="waiting", change=_all_wait)
    with passing_copy(store, engine, kept) as url, _valkey() as valkey:
        return uvloop.run(_rounds(url, valkey, engine, tickets=tickets, due=due, rounds=rounds))


@contextmanager
def _valkey() -> Iterator[str]:
    with TemporaryDirectory(prefix="boucle-bench-") as folder, embedded_valkey(Path(folder)) as url:
        yield url


async def _all_wait(url: str) -> None:
    """Open every ticket, and let one rule escalate them to one person, the oldest first."""
    await open_database(url)
    try:
        boss, agent = await User.get(name="Admin"), await User.get(name="Agent·e 0")
        new = await TicketStatus.get(key="new")
        async with unit_of_work():
            await EscalationRule.create(
                name="Personne n’attend",
                delay_minutes=WAITS // timedelta(minutes=1),
                recipient_user_id=boss.id,
                created_at=FIRST - WAITS,
            )
        moment = data.Sql(dialect()).moment
        # The ids are in the order of time.
        created = f"{data.FIRST_SECOND} + id * {data.SECONDS} / (SELECT max(id) FROM tickets)"
        await execute(
            f"UPDATE tickets SET status_id = {new.id}, status_category = 'new', resolved_at = NULL, closed_at = NULL, "
            f"assignee_id = coalesce(assignee_id, {agent.id}), "
            f"next_due_at = {moment(f'{created} + {int(WAITS.total_seconds())}')}"
        )
        await execute("VACUUM (ANALYZE)" if dialect() is Dialect.POSTGRES else "ANALYZE")
    finally:
        await close_database()


async def _rounds(url: str, valkey: str, engine: Dialect, *, tickets: int, due: int, rounds: int) -> Outcome:
    async with AsyncExitStack() as stack:
        await open_database(url)
        stack.push_async_callback(close_database)
        await connect_valkey(valkey, stack)
        boss = await EscalationRule.all().first()
        assert boss is not None
        assert boss.recipient_user_id is not None
        escalated = await TicketStatus.get(key="escalated")
        world = Waiting(tickets, due, boss.recipient_user_id, escalated.id)
        if engine is Dialect.POSTGRES:
            await _read_indexes()
        peer = await stack.enter_async_context(opened_peer(url))
        spare_garbage_rounds()  # as the server does
        async with _no_whole_reads(engine):
            await _ours(world, 0)
        await _theirs(world, 1, peer)
        both = [
            (await _ours(world, 2 * each), await _theirs(world, 2 * each + 1, peer))
            for each in range(1, ROUNDS_BEFORE + rounds)
        ]
        timed = both[ROUNDS_BEFORE - 1 :]
        async with _no_whole_reads(engine):
            idle = await _idle(world, 2 * (ROUNDS_BEFORE + rounds) - 1)
    return Outcome(engine, tuple(mine for mine, _ in timed), tuple(theirs for _, theirs in timed), idle)


async def _read_indexes() -> None:
    """Read all indexes of tickets and events into the server's memory, where they are on a server that has worked."""
    async with unit_of_work():
        for setting in ("enable_seqscan", "enable_bitmapscan"):
            await execute(f"SET LOCAL {setting} = off")
        for row in await fetch_written(FIRST_COLUMNS, []):
            column, table = row["column_name"], row["table_name"]
            await execute(f"SELECT count({column}) FROM {table} WHERE {column} IS NOT NULL")


async def _ours(world: Waiting, window: int) -> float:
    now = world.moment(window)
    sweeper = Sweeper("https://boucle.example", lambda: now)
    started = time.perf_counter()
    fired = await sweeper.sweep(asyncio.Event())
    elapsed = time.perf_counter() - started
    assert fired == world.due, fired
    await _assert_escalated(world, window)
    for table, column in (("escalation_runs", "ran_at"), ("events", "at")):
        assert await _count(table, column, now) == world.due, table
    lists = await OutgoingMail.filter(created_at=now).values_list("subject", flat=True)
    assert sum(int(str(subject).split()[1]) for subject in lists) == world.due, lists
    return elapsed


async def _theirs(world: Waiting, window: int, update: Callable[..., Awaitable[None]]) -> float:
    now = world.moment(window)
    started = time.perf_counter()
    for ticket_id in world.ids(window):
        await update(ticket_id, world.escalated_id, world.boss_id, now)
    elapsed = time.perf_counter() - started
    await _assert_escalated(world, window)
    return elapsed


async def _assert_escalated(world: Waiting, window: int) -> None:
    """Both sides must have left the same in these columns."""
    ids, now = world.ids(window), world.moment(window)
    left = await Ticket.filter(
        id__gte=ids.start,
        id__lt=ids.stop,
        status_id=world.escalated_id,
        status_category="escalated",
        assignee_id=world.boss_id,
        escalated_at=now,
        updated_at=now,
        last_activity_at=now,
        resolved_at=None,
        closed_at=None,
        next_due_at=None,
        version=2,
    ).count()
    assert left == world.due, left


async def _count(table: str, column: str, at: datetime) -> int:
    moment = f"'{at.isoformat(' ')}'"
    rows = await fetch(f"SELECT count(*) AS found FROM {table} WHERE {column} = {moment}")
    return int(rows[0]["found"])


@asynccontextmanager
async def _no_whole_reads(engine: Dialect) -> AsyncIterator[None]:
    """Fail where a statement of this block reads the tickets from end to end."""
    if engine is Dialect.POSTGRES:  # its plan of a statement changes with use: it counts what it did
        before = await _sequential_scans()
        yield
        assert await _sequential_scans() == before, "a sweep reads the whole table"
        return
    sent: list[str] = []
    for name in (WRITER[engine], READER[engine]):
        async with get_connection(name).acquire_connection() as connection:
            await connection.set_trace_callback(sent.append)
    yield
    for name in (WRITER[engine], READER[engine]):
        async with get_connection(name).acquire_connection() as connection:
            await connection.set_trace_callback(None)
    asked = {each for each in sent if each.startswith(("SELECT", "UPDATE")) and " tickets" in each}
    assert asked
    for each in asked:
        steps = [str(step["detail"]) for step in await fetch(f"EXPLAIN QUERY PLAN {each}")]
        assert not any(re.match(r"SCAN (t|tickets)\b", step) for step in steps), (each, steps)


async def _sequential_scans() -> int:
    await asyncio.sleep(STATISTICS_SECONDS)
    [row] = await fetch("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'tickets'")
    return int(row["seq_scan"])


async def _idle(world: Waiting, window: int) -> float:
    now = world.moment(window)
    sweeper, stop = Sweeper("https://boucle.example", lambda: now), asyncio.Event()
    started = time.perf_counter()
    for _ in range(IDLE_SWEEPS):
        assert await sweeper.sweep(stop) == 0
    return (time.perf_counter() - started) / IDLE_SWEEPS
