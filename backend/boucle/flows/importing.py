"""Answers of the past, brought in by the hundred from another system: each is stored or refused by itself (INT-12)."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from boucle.accounts.access import Viewer, require
from boucle.accounts.permissions import Permission
from boucle.flows.closing_the_loop import receive_responses
from boucle.flows.receiving import Arrival, Outcome, arrival_of, number_of_names
from boucle.kit.errors import DomainError, Invalid
from boucle.surveys.answers import Submission
from boucle.surveys.models import Channel, Survey

log = structlog.get_logger(__name__)
MOST_ROWS = 1000
MOST_IN_A_PART = 500
# About as many as answers that come in together may hold.
MOST_NAMES = 1200
ROWS_AT_A_STRETCH = 20


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One answer to be brought in. `submission` is why it cannot even be read; `submitted_at` `None`: now."""

    submission: Submission | DomainError
    submitted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """Who brings answers in, to which survey, when, and whether they open tickets as a native answer would."""

    viewer: Viewer
    survey: Survey
    opens_tickets: bool
    now: datetime


async def import_responses(wanted: Import, rows: Sequence[ImportedRow]) -> list[Outcome | DomainError]:
    """Store rows as if they had come in one after another; return what became of each, in order.

    A row with the external id and the answers of an earlier one is a repeat: a file can be sent again. A file that is
    cut off by a failure of the database keeps its first rows. A part with a row that the database refuses is tried
    again by halves, and may then come after rows of the next part.
    """
    require(wanted.viewer, Permission.SURVEYS_MANAGE)
    if len(rows) > MOST_ROWS:
        raise Invalid("Rows at once: {count}; send at most {most}.", field=["rows"], count=len(rows), most=MOST_ROWS)
    parts: list[asyncio.Task[Sequence[Outcome | DomainError]]] = []
    turn = asyncio.Event()
    turn.set()
    try:
        # Each part is prepared while the two before are written.
        async for checked in _parts(wanted, rows):
            # It begins once one of them is done, and the other holds what it is about.
            if len(parts) > 1:
                await parts[-2]
            await turn.wait()
            turn = asyncio.Event()
            parts.append(asyncio.create_task(_stored(checked, turn)))
        return [outcome for part in parts for outcome in await part]
    finally:
        await asyncio.gather(*parts, return_exceptions=True)


async def _parts(wanted: Import, rows: Sequence[ImportedRow]) -> AsyncIterator[list[Arrival | DomainError]]:
    """Yield checked rows, in order, as many at a time as may share a commit."""
    part: list[Arrival | DomainError] = []
    names = 0
    for place, row in enumerate(rows):
        if place % ROWS_AT_A_STRETCH == 0:
            await asyncio.sleep(0)  # others are served meanwhile
        checked = await _arrival(wanted, row)
        held = number_of_names(checked) if isinstance(checked, Arrival) else 0
        if len(part) == MOST_IN_A_PART or names + held > MOST_NAMES:
            yield part
            part, names = [], 0
        part.append(checked)
        names += held
    if part:
        yield part


async def _arrival(wanted: Import, row: ImportedRow) -> Arrival | DomainError:
    if isinstance(row.submission, DomainError):
        return row.submission
    submitted_at = row.submitted_at
    if submitted_at is not None and submitted_at.tzinfo is None:
        submitted_at = submitted_at.replace(tzinfo=UTC)
    if submitted_at is not None and submitted_at > wanted.now:
        return Invalid("The date of an answer cannot lie in the future.", field=["submittedAt"])
    return await arrival_of(
        wanted.viewer.actor,
        wanted.survey,
        row.submission,
        channel=Channel.IMPORT,
        now=wanted.now,
        submitted_at=submitted_at,
        opens_ticket=wanted.opens_tickets,
    )


async def _stored(rows: Sequence[Arrival | DomainError], turn: asyncio.Event) -> list[Outcome | DomainError]:
    """Store a part; it is the next one's turn when this one holds what it is about, or has ended."""
    try:
        arrivals = [row for row in rows if isinstance(row, Arrival)]
        received = iter(await receive_responses(arrivals, once_held=turn.set))
    finally:
        turn.set()
    return [row if isinstance(row, DomainError) else _told(next(received)) for row in rows]


def _told(outcome: Outcome | Exception) -> Outcome | DomainError:
    """Return the outcome, or what the sender may know of an error; the log knows the rest."""
    if isinstance(outcome, Outcome | DomainError):
        return outcome
    incident = secrets.token_hex(6)
    log.error("row_refused", incident=incident, exc_info=outcome)
    return Invalid(
        "The database refused this answer, and nothing of it was stored. Quote {incident} when you report it.",
        incident=incident,
    )
