"""Operations above the cost ceiling are refused before they run."""

import asyncio

import pytest
from graphql import OperationDefinitionNode, parse

from boucle.accounts.models import Language
from boucle.api.cost import price_of
from boucle.api.schema import make_schema
from tests.api.conftest import make_account, token_of
from tests.factories.tickets import make_ticket
from tests.live.client import connected
from tests.serving import Boucle, Client, browser, machine, served

RESPONSE_JSON = "application/graphql-response+json"
FIFTY = "{ " + " ".join(f"v{number}: viewer {{ name }}" for number in range(50)) + " }"
SCHEMA = make_schema()._schema


def cost(text: str, **variables: object) -> int:
    document = parse(text)
    operation = next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    return price_of(SCHEMA, document, operation).of(variables)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ liveCursor }", 0),
        ("{ viewer { name email } }", 1),
        ("{ tickets(first: 50) { totalCount } }", 50),
        ("{ tickets(first: 50) { nodes { key } } }", 50 * 2),
        ("{ tickets(last: 50) { edges { node { key assignee { name } } } } }", 50 * (1 + (1 + (1 + 1)))),
        ("query ($n: Int = 7) { tickets(first: $n) { nodes { key } } }", 14),
        ("{ tickets(first: 2) { nodes { ...F } } } fragment F on Ticket { team { name } ... on Node { id } }", 2 * 3),
        ("{ ticketStatuses { name } }", 10),
    ],
)
def test_cost_counts_objects_as_often_as_their_page_is_long(text, expected):
    assert cost(text) == expected


def test_a_variable_page_size_counts_with_its_value():
    assert cost("query ($n: Int!) { users(first: $n) { nodes { name } } }", n=30) == 60


async def test_a_costly_operation_is_refused_and_every_cost_is_told(admin: Client):
    comments = "comments(first: 100) { nodes { id } }"
    deep = f"{{ tickets(first: 100) {{ nodes {{ contact {{ tickets(first: 100) {{ nodes {{ {comments} }} }} }} }} }} }}"
    refused = await admin.raw(deep)
    assert refused["errors"][0]["extensions"]["code"] == "TOO_COSTLY"
    assert refused.get("data") is None
    cheap = await admin.raw("{ viewer { name } }")
    cost = cheap["extensions"]["cost"]
    assert 499_999 <= cost.pop("available") <= 500_000
    assert cost == {"requested": 1, "actual": 1, "restoreRate": 20_000}


async def test_what_was_not_returned_is_given_back(boucle: Boucle, admin: Client):
    page = "tickets(first: 100) { nodes { key assignee { name } comments(first: 10) { nodes { id } } } }"
    for number in range(2):
        await make_ticket(subject=f"Number {number}")
    cost = (await admin.raw(f"{{ {page} }}"))["extensions"]["cost"]
    assert cost["requested"] == 100 * (1 + 1 + 1 + 10 * 2)
    assert cost["actual"] == 1 + 2 * (1 + 1)  # the connection, and of each ticket itself and its comments
    assert cost["available"] >= 500_000 - cost["actual"]


async def test_an_empty_allowance_refuses_before_anything_runs_and_fills_up_again(settings):
    small = settings.model_copy(update={"cost_capacity": 150, "cost_limit": 150, "cost_restore": 40})
    async with served(small) as running:
        user = await make_account("ana@boucle.example", language=Language.FR)
        async with machine(running, await token_of(user)) as client, machine(running, await token_of(user)) as other:
            for left in (100, 50, 0):
                cost = (await client.raw(FIFTY))["extensions"]["cost"]
                assert (cost["requested"], cost["actual"], cost["restoreRate"]) == (50, 50, 40)
                assert left <= cost["available"] < left + 40
            refused = await client.raw(FIFTY)
            assert refused.get("data") is None
            (error,) = refused["errors"]
            assert error["message"].startswith("Cette opération coûte 50 et il vous reste ")
            assert error["extensions"]["code"] == "THROTTLED"
            assert error["extensions"]["cost"]["requested"] == 50
            assert error["extensions"]["cost"]["available"] < 50
            assert "errors" not in await other.raw(FIFTY), "each token has its own allowance"
            await asyncio.sleep(error["extensions"]["retryAfter"])
            assert "errors" not in await client.raw(FIFTY)


async def test_a_throttled_request_is_a_wrong_request_for_modern_clients(settings):
    small = settings.model_copy(update={"cost_capacity": 100, "cost_limit": 100, "cost_restore": 1})
    async with served(small) as running:
        token = await token_of(await make_account("ana@boucle.example"))
        async with browser(running, authorization=f"Bearer {token}", accept=RESPONSE_JSON) as client:
            answers = [await client.http.post("/graphql", json={"query": FIFTY}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 400]
    assert "data" not in answers[2].json()


async def test_a_subscription_is_charged_when_it_begins(settings):
    small = settings.model_copy(update={"cost_capacity": 100, "cost_limit": 100, "cost_restore": 1})
    async with served(small) as running:
        token = await token_of(await make_account("ana@boucle.example"))
        async with connected(running, token) as socket, machine(running, token) as client:
            for _ in range(2):
                await client.raw(FIFTY)
            refused = await socket.subscribe("subscription { feed { ... on TicketChanged { ticket { key } } } }")
            assert await refused.is_ended()
            assert socket.errors[refused.name][0]["extensions"]["code"] == "THROTTLED"


async def test_a_costly_subscription_is_refused_and_its_socket_lives_on(boucle):
    token = await token_of(await make_account("ana@boucle.example"))
    inner = "comments(first: 100) { nodes { id } }"
    for _ in range(2):
        inner = f"comments(first: 100) {{ nodes {{ ticket {{ {inner} }} }} }}"
    async with connected(boucle, token) as socket:
        costly = await socket.subscribe(
            f"subscription {{ feed {{ ... on TicketChanged {{ ticket {{ {inner} }} }} }} }}"
        )
        assert await costly.is_ended()
        assert socket.errors[costly.name][0]["extensions"]["code"] == "TOO_COSTLY"
        cheap = await socket.subscribe("{ viewer { email } }")
        assert await cheap.next() == {"email": "ana@boucle.example"}
