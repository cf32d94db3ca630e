"""What is measured of writing, and against whom."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from benchmarks.world import World
from boucle.kit.clock import utc_now
from boucle.kit.database import execute
from boucle.kit.models import IdempotencyKey
from boucle.kit.unit_of_work import unit_of_work

Act = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A name, what it means, and a maker of the two acts to compare."""

    name: str
    description: str
    sides: Callable[[World], Awaitable[tuple[Act, Act]]]


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
    Figure("whole loop", "an answer matched, stored, ticketed and logged, against one inserted row.", whole_loop),
    Figure("unit of work", "an empty transaction, against one empty statement.", bare_commit),
)
