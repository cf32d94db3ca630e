"""The short way of queries: taken where it can be, and never with rights that are gone."""

from datetime import timedelta
from typing import Any

import pytest

from boucle.accounts.models import ApiToken, Session, TeamMember, User, UserType
from boucle.api import direct
from boucle.kit.clock import utc_now
from boucle.tickets.models import Ticket
from tests.api.conftest import PASSWORD, make_account, token_of
from tests.factories.accounts import make_team
from tests.factories.tickets import make_ticket
from tests.serving import browser, machine

TICKETS = "{ tickets(first: 10) { nodes { key } } }"
SIGN_IN = """mutation ($email: String!, $password: String!) {
  sessionCreate(email: $email, password: $password) { userErrors { code } } }"""


@pytest.fixture
def short(monkeypatch) -> list[object]:
    """What went the short way."""
    taken: list[object] = []
    run = direct.perform

    async def noted(*given: Any) -> Any:
        taken.append(given)
        return await run(*given)

    monkeypatch.setattr(direct, "perform", noted)
    return taken


async def keys(client) -> set[str]:
    answer = await client(TICKETS)
    return {each["key"] for each in answer["tickets"]["nodes"]}


async def test_a_known_asker_goes_the_short_way(boucle, short):
    ticket = await make_ticket()
    async with machine(boucle, await token_of(await make_account("ana@boucle.example"))) as ana:
        seen = [await keys(ana) for _ in range(4)]
    assert seen == [{ticket.key}] * 4
    assert len(short) >= 2, "the first looks the token up, and a second may note its use"


async def test_both_ways_answer_the_same(boucle, short):
    await make_ticket()
    async with machine(boucle, await token_of(await make_account("ana@boucle.example"))) as ana:
        bodies = [(await ana.http.post("/graphql", json={"query": TICKETS})) for _ in range(4)]
    assert len(short) >= 2
    assert len({(each.content, each.status_code, each.headers["content-type"]) for each in bodies}) == 1


async def test_a_revoked_token_ends_with_the_next_request(boucle, short):
    ana = await make_account("ana@boucle.example")
    async with machine(boucle, await token_of(ana)) as client:
        for _ in range(3):
            await keys(client)
        await ApiToken.filter(user_id=ana.id).update(revoked_at=utc_now())  # as another process would
        answer = await client.http.post("/graphql", json={"query": TICKETS})
    assert short
    assert answer.status_code == 401


async def test_a_token_ends_by_the_clock(boucle, short):
    ana = await make_account("ana@boucle.example")
    async with machine(boucle, await token_of(ana)) as client:
        for _ in range(3):
            await keys(client)
        await ApiToken.filter(user_id=ana.id).update(expires_at=utc_now() - timedelta(seconds=1))
        answer = await client.http.post("/graphql", json={"query": TICKETS})
    assert short
    assert answer.status_code == 401


async def test_an_ended_session_ends_with_the_next_request(boucle, short):
    await make_account("ana@boucle.example")
    async with browser(boucle) as client:
        await client(SIGN_IN, email="ana@boucle.example", password=PASSWORD)
        for _ in range(3):
            await keys(client)
        await Session.all().update(ended_at=utc_now())
        answer = await client.raw(TICKETS)
    assert short
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_deactivated_user_sees_nothing_more(boucle, short):
    ana = await make_account("ana@boucle.example")
    async with machine(boucle, await token_of(ana)) as client:
        for _ in range(3):
            await keys(client)
        await User.filter(id=ana.id).update(is_active=False)
        answer = await client.http.post("/graphql", json={"query": TICKETS})
    assert short
    assert answer.status_code == 401


async def test_a_new_team_shows_its_tickets_at_once(boucle, short):
    team = await make_team()
    ticket = await make_ticket(team_id=team.id)
    tom = await make_account("tom@boucle.example", user_type="ticket_taker")
    async with machine(boucle, await token_of(tom)) as client:
        before = [await keys(client) for _ in range(3)]
        await TeamMember.create(team_id=team.id, user_id=tom.id)
        joined = [await keys(client) for _ in range(3)]
        await TeamMember.filter(user_id=tom.id).delete()
        left = await keys(client)
    assert short
    assert before == [set()] * 3
    assert joined == [{ticket.key}] * 3
    assert left == set()


async def test_a_right_that_is_gone_refuses_at_once(boucle, short):
    ana = await make_account("ana@boucle.example")
    async with machine(boucle, await token_of(ana)) as client:
        for _ in range(3):
            await keys(client)
        await UserType.filter(id=ana.user_type_id).update(permissions=[])
        answer = await client.raw(TICKETS)
    assert short
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_what_is_late_is_asked_by_the_clock_each_time(boucle, short):
    ticket = await make_ticket()
    late = "{ tickets(first: 10, filter: {late: true}) { nodes { key } } }"
    async with machine(boucle, await token_of(await make_account("ana@boucle.example"))) as ana:
        before = [(await ana(late))["tickets"]["nodes"] for _ in range(3)]
        await Ticket.filter(id=ticket.id).update(next_due_at=utc_now() + timedelta(seconds=1))
        until = utc_now() + timedelta(seconds=10)
        seen: list[str] = []
        while not seen and utc_now() < until:
            seen = [each["key"] for each in (await ana(late))["tickets"]["nodes"]]
    assert short
    assert before == [[], [], []]
    assert seen == [ticket.key]


async def test_only_declared_variables_are_kept(boucle, short):
    direct_ways: list[direct.ShortWay] = []
    priced = direct.ShortWay._priced

    def noted(self: direct.ShortWay, *given: Any) -> Any:
        direct_ways.append(self)
        return priced(self, *given)

    async with machine(boucle, await token_of(await make_account("ana@boucle.example"))) as ana:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(direct.ShortWay, "_priced", noted)
            for number in range(6):
                await ana(TICKETS, junk=f"{number}" * 10_000)
            for number in range(6):
                words = f"{number}" * 5_000
                await ana.raw("query ($w: String) { tickets(first: 1, filter: {text: $w}) { nodes { key } } }", w=words)
    assert len(short) >= 8
    assert len(direct_ways[0]._rehearsed) == 1


async def test_a_client_that_reads_streams_too_is_answered_the_same_both_ways(boucle):
    accept = "text/event-stream, */*"
    async with machine(boucle, await token_of(await make_account("ana@boucle.example"))) as ana:
        kinds = [
            (await ana.http.post("/graphql", json={"query": TICKETS}, headers={"accept": accept})).headers[
                "content-type"
            ]
            for _ in range(4)
        ]
    assert len(set(kinds)) == 1
