"""Who is at a ticket: seen at once, gone when they are, and nobody's business who may not see the ticket."""

import asyncio
from contextlib import AsyncExitStack, aclosing

import pytest

from boucle.accounts.queries import viewer_of
from boucle.api.live.presence import EXPIRES_AFTER, WRITES_FOR, PresenceActivity, PresenceBoard, opened_board
from boucle.kit.embedded_valkey import embedded_valkey
from tests.api.conftest import make_account, token_of
from tests.conformance.waiting import until
from tests.factories.accounts import make_team
from tests.live.client import Socket, Subscription, connected
from tests.live.test_feed import give, open_ticket

PRESENCE = "subscription ($id: ID!) { ticketPresence(id: $id) { people { activity user { name } } } }"
ACTIVITY = """mutation ($id: ID!, $activity: PresenceActivity!) {
  ticketSetActivity(id: $id, activity: $activity) { userErrors { code } } }"""
VIEWING, WRITING = PresenceActivity.VIEWING, PresenceActivity.WRITING


async def who(presence: Subscription) -> list[tuple[str, str]]:
    return [(each["user"]["name"], each["activity"]) for each in (await presence.next())["people"]]


async def say(socket: Socket, ticket_id: str, activity: str) -> list[dict[str, str]]:
    answer = await (await socket.subscribe(ACTIVITY, id=ticket_id, activity=activity)).next()
    return answer["userErrors"]


async def test_people_see_each_other_come_write_and_go(boucle):
    ana, bob = (
        await make_account("ana@boucle.example", name="Ana"),
        await make_account("bob@boucle.example", name="Bob"),
    )
    ticket = f"tkt_{(await open_ticket()).id}"
    async with connected(boucle, await token_of(ana)) as first:
        mine = await first.subscribe(PRESENCE, id=ticket)
        assert await who(mine) == []
        async with connected(boucle, await token_of(bob)) as second:
            theirs = await second.subscribe(PRESENCE, id=ticket)
            assert await who(theirs) == [("Ana", "VIEWING")]
            assert await who(mine) == [("Bob", "VIEWING")]
            assert await say(second, ticket, "WRITING") == []
            assert await who(mine) == [("Bob", "WRITING")]
            assert await say(second, ticket, "VIEWING") == []
            assert await who(mine) == [("Bob", "VIEWING")]
        assert await who(mine) == []


async def test_two_windows_of_one_person_are_one_person(boucle):
    ana, bob = (
        await make_account("ana@boucle.example", name="Ana"),
        await make_account("bob@boucle.example", name="Bob"),
    )
    ticket = f"tkt_{(await open_ticket()).id}"
    async with connected(boucle, await token_of(ana)) as first, connected(boucle, await token_of(bob)) as second:
        mine = await first.subscribe(PRESENCE, id=ticket)
        assert await who(mine) == []
        windows = [await second.subscribe(PRESENCE, id=ticket) for _ in range(2)]
        assert await who(mine) == [("Bob", "VIEWING")]
        await windows[0].stop()
        await say(second, ticket, "WRITING")
        assert await who(mine) == [("Bob", "WRITING")]


async def test_who_may_not_see_the_ticket_sees_nobody_at_it(boucle):
    north = await make_team()
    ana = await make_account("ana@boucle.example", user_type="ticket_taker")
    ticket = f"tkt_{(await open_ticket(team_id=north.id)).id}"
    async with connected(boucle, await token_of(ana)) as socket:
        presence = await socket.subscribe(PRESENCE, id=ticket)
        assert await presence.is_ended()
        assert [error["code"] for error in await say(socket, ticket, "WRITING")] == ["NOT_FOUND"]
    assert socket.errors[presence.name]


async def test_who_loses_sight_of_the_ticket_hears_no_more_of_it(boucle):
    north, south = await make_team(), await make_team()
    ana = await make_account("ana@boucle.example", user_type="ticket_taker", teams=(north.id,))
    boss = await make_account("boss@boucle.example", name="Boss")
    ticket = await open_ticket(team_id=north.id)
    async with connected(boucle, await token_of(ana)) as one, connected(boucle, await token_of(boss)) as other:
        presence = await one.subscribe(PRESENCE, id=f"tkt_{ticket.id}")
        assert await who(presence) == []
        await give(await viewer_of(boss), ticket, assignee_id=None, team_id=south.id)
        await other.subscribe(PRESENCE, id=f"tkt_{ticket.id}")
        assert await presence.is_ended()


async def test_processes_tell_each_other(tmp_path):
    with embedded_valkey(tmp_path) as valkey:
        async with AsyncExitStack() as stack:
            here, there = [await opened_board(valkey, stack) for _ in range(2)]
            mine = await stack.enter_async_context(aclosing(here.view(1, 7)))
            assert await anext(mine) == {7: VIEWING}
            await asyncio.sleep(0.2)  # until both have subscribed to the channel
            async with aclosing(there.view(1, 8)) as theirs:
                await anext(theirs)
                await until(lambda: there.people(1) == here.people(1) == {7: VIEWING, 8: VIEWING})
                await there.write(1, 8, is_writing=True)
                await until(lambda: here.people(1) == {7: VIEWING, 8: WRITING})
            await until(lambda: 8 not in here.people(1) or here.people(1)[8] is WRITING)
            await there.write(1, 8, is_writing=False)
            await until(lambda: here.people(1) == {7: VIEWING})


async def test_what_a_dead_process_told_and_what_was_written_long_ago_expires():
    clock = [0.0]
    here, dead = (PresenceBoard(monotonic=lambda: clock[0]) for _ in range(2))
    said: list[bytes] = []

    class Wire:
        async def send(self, message: bytes) -> None:
            here.hear(message)
            said.append(message)

    dead.broadcast = Wire()
    viewing = dead.view(1, 8)
    await anext(viewing)
    await dead.write(1, 8, is_writing=True)
    assert here.people(1) == {8: WRITING}
    clock[0] += WRITES_FOR.total_seconds()
    assert here.people(1) == {8: VIEWING}
    clock[0] += EXPIRES_AFTER.total_seconds()
    assert here.people(1) == {}
    await here.tell_all()
    assert here._told == {}
    await viewing.aclose()


async def test_nobody_is_remembered_who_wrote_and_went():
    clock = [0.0]
    board = PresenceBoard(monotonic=lambda: clock[0])
    await board.write(1, 7, is_writing=True)
    async with aclosing(board.view(1, 8)) as viewing:
        await anext(viewing)
        await board.write(1, 8, is_writing=True)
    clock[0] += WRITES_FOR.total_seconds()
    await board.tell_all()
    assert (board._writing, board._viewing, board._told) == ({}, {}, {})


async def test_whoever_says_so_again_stays():
    clock = [0.0]
    board = PresenceBoard(monotonic=lambda: clock[0])
    async with aclosing(board.view(1, 8)) as viewing:
        await anext(viewing)
        for _ in range(5):
            clock[0] += EXPIRES_AFTER.total_seconds() * 0.9
            await board.tell_all()
            assert board.people(1) == {8: VIEWING}
    assert board.people(1) == {}


@pytest.mark.parametrize("turns", range(4))
async def test_windows_that_close_one_upon_the_other_all_leave(turns):
    board = PresenceBoard()

    async def look() -> None:
        async with aclosing(board.view(7, 1)) as changes:
            async for _ in changes:
                continue

    windows = [asyncio.create_task(look()) for _ in range(3)]
    await until(lambda: board.people(7) == {1: VIEWING})
    for window in windows:
        window.cancel()
        for _ in range(turns):  # by then the next one has heard, and may be on its way to look
            await asyncio.sleep(0)
    _, left = await asyncio.wait(windows, timeout=5)
    assert left == set()
    assert board.people(7) == {}
