"""Intake: answers through the whole loop, durable, on PostgreSQL; one by one by many, and by the thousand."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import asyncpg
import orjson
import uvloop

from benchmarks import data
from benchmarks.copies import passing_copy
from benchmarks.peers import ordinary_intake, staged_import
from benchmarks.sections import Ratio, Section
from benchmarks.store import opened_store
from boucle.accounts.access import Viewer
from boucle.accounts.models import User
from boucle.accounts.queries import viewer_of
from boucle.contacts.actions.values import derived_values, wanted_values
from boucle.contacts.models import Contact
from boucle.contacts.rules import ContactDetails
from boucle.events.actor import CUSTOMER
from boucle.flows.closing_the_loop import receive_response
from boucle.flows.importing import MOST_ROWS, Import, ImportedRow, import_responses
from boucle.kit.bus import LocalBell, install_bell
from boucle.kit.database import Dialect, close_database, open_database
from boucle.kit.garbage import spare_garbage_rounds
from boucle.kit.jobs import RecordingQueue, install_queue
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.actions.responses import new_tracking_id
from boucle.surveys.answers import CheckedAnswers, Submission, check_answers
from boucle.surveys.models import Channel, Survey
from boucle.surveys.queries import open_version
from boucle.surveys.rules import ticket_rule_from_json
from boucle.surveys.sameness import digest_of
from boucle.tickets.models import TicketPriority
from boucle.tickets.rules import PRIORITY_RANK, automatic_subject, search_text_of
from tests.stored_answers import last_ids, stored_after

CLIENTS = 64
LONE = 200
COMPARED = 60
TURNS = 4  # of each side within a round, so that whatever else the machine does slows both
BULKS = 8  # thousands that a side brings in within a round
TEXT = f"""{{tickets:,}} tickets are there, PostgreSQL with fsync and synchronous_commit, one process on
uvloop, a pool of ten connections, no HTTP on either side. Seven of ten answers come from known
contacts, three from new ones with name, e-mail and phone; three of ten open a ticket; all have an external id. Both
sides left the same rows before.
**Submissions**: {CLIENTS} clients, each sends its next answer once the last one is durable; the peer is the same loop
with a transaction for each answer and a model for each row, on the same pool. **Import**: {MOST_ROWS:,} answers of the
past by the action behind `responseImport`, which checks every row; the peer is handed rows already checked, copies them
into a staging table, and runs set-based SQL by the bare driver, in one transaction, with no locks against others."""


class Undo(Exception):
    """Takes what was compared back."""


@dataclass(slots=True)
class World:
    """An open database, and numbers of answers that nobody has sent."""

    survey: Survey
    viewer: Viewer
    contacts: int
    numbers: Iterator[int]

    def submission(self, number: int) -> Submission:
        """Return the answer with this number."""
        details = ContactDetails(email=f"Client{1 + number * 7919 % self.contacts}@exemple.fr")
        if number % 10 in {2, 5, 8}:
            phone = f"07 {number % 10**8:08d}"
            details = ContactDetails("Léa", f"Lefèvre-{number}", f"nouveau{number}@exemple.fr", phone)
        score = 2 if number % 10 in {0, 5, 9} else 9
        answers: dict[str, int | str] = {"recommendation": score, "reason": data.SUBJECTS[number % len(data.SUBJECTS)]}
        return Submission(answers, contact=details, external_id=f"bench-{number}")

    async def ours(self, number: int, now: datetime) -> None:
        """Send one answer through Boucle's loop."""
        await receive_response(CUSTOMER, self.survey, self.submission(number), channel=Channel.API, now=now)

    async def theirs(self, number: int, now: datetime) -> None:
        """Send one answer through the peer's loop."""
        await ordinary_intake.receive(self.survey, self.submission(number), channel=Channel.API, now=now)


Send = Callable[[int, datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Round:
    """Answers a second of each side, and seconds of a lone answer."""

    ours: float
    theirs: float
    our_import: float
    floor: float
    our_lone: float
    their_lone: float


def intake(tickets: int, rounds: int, seconds: float) -> Section:
    """Measure submissions and imports; the sides take turns on one copy of the kept database."""
    install_queue(RecordingQueue())
    install_bell(LocalBell())  # that of another part rings at a Valkey that is gone, and complains at each commit
    with opened_store() as store, passing_copy(store, Dialect.POSTGRES, store.url(Dialect.POSTGRES, tickets)) as url:
        seen = uvloop.run(_measured(url, tickets=tickets, rounds=rounds, seconds=seconds))
    ratios = [
        _ratio("submissions, concurrent", "≥ 8", "12", [each.ours / each.theirs for each in seen]),
        _ratio("bulk import, share of COPY and SQL", "≥ 0.7", "0.9", [each.our_import / each.floor for each in seen]),
        _ratio("lone submission, peer's time ÷ ours", "≥ 1", "1", [each.their_lone / each.our_lone for each in seen]),
    ]
    return Section("Intake", TEXT.format(tickets=tickets), ratios, _in_words(seen))


def _ratio(name: str, must: str, aim: str, values: Sequence[float]) -> Ratio:
    return Ratio(name, Dialect.POSTGRES, must, aim, values)


def _in_words(seen: Sequence[Round]) -> list[str]:
    def middle(name: str) -> float:
        return statistics.median(getattr(each, name) for each in seen)

    return [
        f"- submissions: {middle('ours'):,.0f}/s, the peer {middle('theirs'):,.0f}/s",
        f"- alone: {middle('our_lone') * 1000:.2f} ms, the peer {middle('their_lone') * 1000:.2f} ms",
        f"- import: {middle('our_import'):,.0f} rows/s, the floor {middle('floor'):,.0f} rows/s",
    ]


async def _measured(url: str, *, tickets: int, rounds: int, seconds: float) -> list[Round]:
    await open_database(url)
    spare_garbage_rounds()  # as the server does
    connection = await asyncpg.connect(url)
    try:
        for setting in ("fsync", "synchronous_commit"):
            assert await connection.fetchval(f"SHOW {setting}") == "on", setting
        await staged_import.prepare(connection)
        world = World(
            await Survey.all().order_by("id").first(),
            await viewer_of(await User.get(name="Admin")),
            max(1, tickets // data.TICKETS_PER_CONTACT),
            count(1),
        )
        await _assert_same_loop(world)
        await _assert_same_import(world, connection)
        await _round(world, connection, seconds=min(seconds, 0.5), bulks=1)  # warms caches and the pool
        return [await _round(world, connection, seconds=seconds, bulks=BULKS) for _ in range(rounds)]
    finally:
        await connection.close()
        await close_database()


async def _round(world: World, connection: asyncpg.Connection, *, seconds: float, bulks: int) -> Round:
    ours, theirs = 0.0, 0.0
    for _ in range(TURNS):
        ours += await _rate(world, world.ours, seconds / TURNS) / TURNS
        theirs += await _rate(world, world.theirs, seconds / TURNS) / TURNS
    our_import, floor = 0.0, 0.0
    for _ in range(bulks):
        our_import += await _import_time(world)
        floor += await _floor_time(world, connection)
    lone = await _lone(world, world.ours), await _lone(world, world.theirs)
    rows = bulks * MOST_ROWS
    return Round(ours, theirs, rows / our_import, rows / floor, *lone)


async def _rate(world: World, send: Send, seconds: float) -> float:
    done, started = 0, time.perf_counter()

    async def client() -> None:
        nonlocal done
        while time.perf_counter() - started < seconds:
            await send(next(world.numbers), datetime.now(UTC))
            done += 1

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return done / (time.perf_counter() - started)


async def _lone(world: World, send: Send) -> float:
    times = []
    for _ in range(LONE):
        started = time.perf_counter()
        await send(next(world.numbers), datetime.now(UTC))
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def _rows(world: World, now: datetime) -> list[ImportedRow]:
    numbers = [next(world.numbers) for _ in range(MOST_ROWS)]
    return [ImportedRow(world.submission(each), now - timedelta(days=1 + each % 300)) for each in numbers]


async def _import_time(world: World) -> float:
    now = datetime.now(UTC)
    rows = _rows(world, now)
    started = time.perf_counter()
    await import_responses(Import(world.viewer, world.survey, opens_tickets=True, now=now), rows)
    return time.perf_counter() - started


async def _floor_time(world: World, connection: asyncpg.Connection) -> float:
    now = datetime.now(UTC)
    rows = await _staged(world, _rows(world, now), now)
    started = time.perf_counter()
    await staged_import.import_rows(connection, rows)
    return time.perf_counter() - started


async def _staged(world: World, rows: Sequence[ImportedRow], now: datetime) -> list[tuple[object, ...]]:
    """Return rows as the floor gets them: checked, with all that is made of words."""
    version, rule = await open_version(world.survey), ticket_rule_from_json(world.survey.ticket_rule)
    staged, known = [], await _known(rows)
    for place, row in enumerate(rows):
        assert isinstance(row.submission, Submission)
        checked = check_answers(version.definition, row.submission)
        values, score = wanted_values(checked.details), checked.score
        assert score is not None
        derived = derived_values(values)
        subject = automatic_subject(
            survey=world.survey.name, comment=checked.comment, score=score.value, score_maximum=score.maximum
        )
        customer = known.get(str(derived["email_key"])) or Contact(**values)
        staged.append(
            (
                *(place, world.survey.id, version.id, row.submission.external_id, digest_of(row.submission)),
                *(new_tracking_id(), world.survey.language, _json(checked.values), _json(checked.embedded)),
                *(score.value, score.maximum, score.kind.value, score.score_class.value, checked.comment),
                *(row.submitted_at, now, world.viewer.user_id, values["first_name"], values["last_name"]),
                *(values["email"], derived["email_key"], values["phone"], values["external_reference"]),
                *(derived["external_reference_key"], derived["search_text"], world.survey.name, subject),
                _search_text(subject, customer, checked),
                *(score.value <= rule.maximum_score, rule.priority, PRIORITY_RANK[TicketPriority(rule.priority)]),
            )
        )
    return staged


async def _known(rows: Sequence[ImportedRow]) -> Mapping[str, Contact]:
    """Return the contacts that answered, by what is compared of their addresses."""
    keys = [row.submission.contact.email.lower() for row in rows if isinstance(row.submission, Submission)]
    return {str(contact.email_key): contact for contact in await Contact.filter(email_key__in=keys)}


def _search_text(subject: str, customer: Contact, checked: CheckedAnswers) -> str:
    return search_text_of(
        subject=subject,
        customer_name=customer.name,
        customer_email=customer.email,
        customer_phone=customer.phone,
        data=checked.embedded.values(),
        comment=checked.comment,
    )


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


async def _assert_same_loop(world: World) -> None:
    """Both sides must leave the same, told in the same order."""
    now, numbers = datetime.now(UTC), [next(world.numbers) for _ in range(COMPARED)]

    async def ours() -> None:
        for number in numbers:
            await world.ours(number, now)

    async def theirs() -> None:
        for number in numbers:
            await world.theirs(number, now)

    mine = await _left_by(ours)
    before = await last_ids()
    await theirs()
    assert (await stored_after(before))[0] == mine


async def _assert_same_import(world: World, connection: asyncpg.Connection) -> None:
    now = datetime.now(UTC)
    rows = _rows(world, now)

    async def ours() -> None:
        await import_responses(Import(world.viewer, world.survey, opens_tickets=True, now=now), rows)

    mine = await _left_by(ours)
    before = await last_ids()
    await staged_import.import_rows(connection, await _staged(world, rows, now))
    assert (await stored_after(before))[0] == mine


async def _left_by(act: Callable[[], Awaitable[None]]) -> object:
    """Return the rows that the act leaves, and take them back."""
    before, left = await last_ids(), []
    with suppress(Undo):
        async with unit_of_work() as work:
            await act()
            for call in work.before_commit:
                await call()
            left.append((await stored_after(before))[0])
            raise Undo
    return left[0]
