"""Operations above the cost ceiling are refused before they run."""

import pytest
from graphql import OperationDefinitionNode, parse

from boucle.api.cost import cost_of
from boucle.api.schema import make_schema
from tests.api.conftest import make_account, token_of
from tests.live.client import connected
from tests.serving import Client

SCHEMA = make_schema()._schema


def cost(text: str, **variables: object) -> int:
    document = parse(text)
    operation = next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    return cost_of(SCHEMA, document, operation, variables)


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
    assert cheap["extensions"]["cost"]["requested"] == 1


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
