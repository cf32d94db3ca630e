"""What is measured, and against whom."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

import orjson
from starlette.requests import HTTPConnection

from benchmarks.world import World
from boucle.accounts.queries import viewer_of
from boucle.api.context import Context
from boucle.api.schema import make_schema
from boucle.api.services import Services
from boucle.kit.clock import utc_now
from boucle.kit.database import execute, fetch, placeholders
from boucle.kit.models import IdempotencyKey
from boucle.kit.unit_of_work import unit_of_work
from boucle.settings import load_settings

Act = Callable[[], Awaitable[None]]
PAGE = 50
INBOX = f"""{{ tickets(first: {PAGE}) {{ nodes {{ key subject priority status {{ key }} assignee {{ name }}
  contact {{ name }} lastEvents(first: 3) {{ kind at }} }} }} }}"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A name, what it means, and a maker of the two acts to compare."""

    name: str
    description: str
    sides: Callable[[World], Awaitable[tuple[Act, Act]]]


async def inbox_page(world: World) -> tuple[Act, Act]:
    """Boucle: the GraphQL operation of an inbox page; the peer: one statement by the driver, dumped as JSON."""
    schema = make_schema()
    services = cast("Services", SimpleNamespace(settings=load_settings(), now=utc_now))
    viewer = await viewer_of(world.agent)

    async def ours() -> None:
        context = Context(services, cast("HTTPConnection", None), None, viewer)
        result = await schema.execute(INBOX, context_value=context)
        assert not result.errors, result.errors
        assert orjson.dumps(result.data).count(b'"lastEvents"') == PAGE

    async def peer() -> None:
        rows = await fetch(
            "SELECT t.id, t.subject, t.priority, s.key, u.name, c.first_name, c.last_name FROM tickets t "
            "JOIN ticket_statuses s ON s.id = t.status_id LEFT JOIN users u ON u.id = t.assignee_id "
            "LEFT JOIN contacts c ON c.id = t.contact_id ORDER BY t.last_activity_at DESC, t.id DESC LIMIT 50"
        )
        assert len(rows) == PAGE
        marks = ",".join(placeholders(PAGE))
        events = await fetch(
            f"SELECT ticket_id, kind, at FROM events WHERE ticket_id IN ({marks}) ORDER BY id DESC",
            [row["id"] for row in rows],
        )
        orjson.dumps([[dict(row) for row in rows], [dict(event) for event in events]], default=str)

    return ours, peer


async def whole_loop(world: World) -> tuple[Act, Act]:
    """Boucle: an answer through the whole loop, durable; the peer: one inserted row, durable."""

    async def peer() -> None:
        number = next(world.numbers)
        async with unit_of_work():
            await IdempotencyKey.create(
                scope="bench", key=str(number), input_hash="-", result_id=number, created_at=utc_now()
            )

    return world.answer, peer


async def bare_commit(_: World) -> tuple[Act, Act]:
    """Boucle: an empty unit of work; the peer: the driver's own empty statement."""

    async def ours() -> None:
        async with unit_of_work():
            pass

    async def peer() -> None:
        await execute("UPDATE write_lock SET id = id WHERE id = 0")

    return ours, peer


FIGURES = (
    Figure(
        "inbox page", f"{PAGE} tickets with assignee, contact and last events, against the driver's SQL.", inbox_page
    ),
    Figure("whole loop", "an answer matched, stored, ticketed and logged, against one inserted row.", whole_loop),
    Figure("unit of work", "an empty transaction, against one empty statement.", bare_commit),
)
