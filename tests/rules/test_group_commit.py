"""Whoever hands something in is answered, in whichever lane and company it goes."""

import asyncio
import traceback
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from boucle.kit.errors import Invalid, Required, Several
from boucle.kit.group_commit import GroupCommit

MOST = 40


class Desk:
    """Doubles numbers, refuses those that divide by seven, and counts how many batches are under way."""

    def __init__(self, pauses: Sequence[int]) -> None:
        self.pauses, self.under_way, self.most_under_way, self.batches = pauses, 0, 0, list[int]()

    async def act(self, items: Sequence[int]) -> list[int | Exception]:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        self.batches.append(len(items))
        for _ in range(self.pauses[len(self.batches) % len(self.pauses)]):
            await asyncio.sleep(0)
        self.under_way -= 1
        return [ValueError(item) if item % 7 == 0 else 2 * item for item in items]


async def heard_by(together: GroupCommit[int, int], client: int, times: int) -> list[object]:
    """What a client hears who hands in again at once."""
    heard: list[object] = []
    for place in range(times):
        try:
            heard.append(await together.hand_in(100 * client + place))
        except ValueError as error:
            heard.append(error.args[0])
    return heard


@settings(deadline=None)
@given(
    lanes=st.integers(1, 3),
    clients=st.integers(1, 130),
    times=st.integers(1, 5),
    pauses=st.lists(st.integers(0, 4), min_size=1, max_size=5),
)
def test_everybody_is_answered_and_no_lane_is_used_twice(lanes, clients, times, pauses):
    async def run() -> None:
        desk = Desk(pauses)
        together = GroupCommit(desk.act, most=MOST, lanes=lambda: lanes)
        calls = (heard_by(together, client, times) for client in range(clients))
        heard = await asyncio.wait_for(asyncio.gather(*calls), timeout=20)
        for client, answers in enumerate(heard):
            sent = [100 * client + place for place in range(times)]
            assert answers == [item if item % 7 == 0 else 2 * item for item in sent]
        assert desk.most_under_way <= lanes
        assert max(desk.batches) <= MOST
        assert sum(desk.batches) == clients * times

    asyncio.run(run())


def test_a_crowd_is_shared_among_the_lanes():
    async def run() -> None:
        desk = Desk([3])
        together = GroupCommit(desk.act, most=250, lanes=lambda: 2)
        await asyncio.gather(*(heard_by(together, client, 1) for client in range(64)))
        assert desk.batches == [32, 32]

    asyncio.run(run())


class Closed(Desk):
    """Refuses whole batches."""

    async def act(self, items: Sequence[int]) -> list[int | Exception]:
        raise Several([Invalid("Nobody is there.", field="externalId"), Required("Nor was.", field="answers")])


def test_everybody_hears_an_error_of_their_own():
    async def run() -> None:
        together = GroupCommit(Closed([0]).act, most=MOST)
        heard = await asyncio.gather(*(together.hand_in(item) for item in range(30)), return_exceptions=True)
        errors = [error for error in heard if isinstance(error, Several)]
        assert {error.message for error in errors} == {"Nobody is there. Nor was."}
        parts = [part for error in errors for part in error.parts]
        assert (len({id(error) for error in errors}), len({id(part) for part in parts})) == (30, 60)
        parts[0].field = ["input", "externalId"]
        assert [part.field for part in parts[2::2]] == [["externalId"]] * 29
        lengths = [len(traceback.extract_tb(error.__traceback__)) for error in errors]
        assert max(lengths) < 10

    asyncio.run(run())
