"""graphql-transport-ws: every close code, by the graphql-ws client, or by a raw socket where that client never errs."""

import json
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

from boucle.api.schema import make_schema
from boucle.api.view import BoucleGraphQL
from boucle.app import make_app, open_services
from boucle.settings import Settings
from tests.api.conftest import make_account, token_of
from tests.conformance.node import lines_of
from tests.conformance.waiting import until
from tests.factories.tickets import make_ticket
from tests.live.client import connected
from tests.live.test_feed import FEED
from tests.serving import Boucle, served

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # a protocol knows no database
INIT = {"type": "connection_init"}
ACK = {"until": "connection_ack"}


async def client(conduct: str, boucle: Boucle, token: str = "") -> dict[str, Any]:
    """What became of the graphql-ws client."""
    return (await lines_of("client.mjs", conduct, boucle.socket_url, token))[0]


async def raw(boucle: Boucle, *steps: dict[str, Any], **options: Any) -> dict[str, Any]:
    """What a raw socket received, and how it was closed."""
    found = await lines_of("raw.mjs", boucle.socket_url, json.dumps(steps), json.dumps(options))
    return found[0]


def init(token: str) -> dict[str, Any]:
    return {"send": {**INIT, "payload": {"authorization": f"Bearer {token}"}}}


def subscribe(**payload: Any) -> dict[str, Any]:
    return {"id": "1", "type": "subscribe", "payload": payload}


async def test_a_polite_client_gets_answers_and_errors_before_execution(boucle, token):
    told = await client("polite", boucle, token)
    assert [answer["data"] for answer in told["answers"]] == [{"viewer": {"email": "ana@boucle.example"}}]
    assert told["wrong"] == ["Cannot query field 'nothingOfTheKind' on type 'Query'."]


async def test_a_ping_is_answered(boucle, token):
    assert (await client("pinger", boucle, token))["pongs"] == 3


@pytest.mark.parametrize(
    ("conduct", "code", "reason"),
    [
        ("stranger", 4403, "Forbidden"),
        ("impostor", 4403, "Forbidden"),
        ("garbler", 4400, "Unknown message type 'subscribed'"),
        ("twin", 4409, "Subscriber for twin already exists"),
        ("anachronist", 4406, "Subprotocol not acceptable"),
    ],
)
async def test_the_public_client_is_closed_with(boucle, token, conduct, code, reason):
    assert await client(conduct, boucle, token) == {"code": code, "reason": reason}


async def test_who_says_nothing_is_closed_with_4408(settings):
    app = socket_only(settings, init_within=timedelta(milliseconds=50))
    async with served(settings, app=app) as boucle:
        told = await client("silent", boucle)
    assert told == {"code": 4408, "reason": "Connection initialisation timeout"}


def socket_only(settings: Settings, *, init_within: timedelta) -> Starlette:
    """The endpoint alone, impatient."""

    @asynccontextmanager
    async def lifespan(app: Starlette):
        async with AsyncExitStack() as stack:
            app.state.services = await open_services(settings, stack)
            yield

    endpoint = BoucleGraphQL(make_schema(), settings, init_within=init_within)
    return Starlette(routes=[WebSocketRoute("/graphql", endpoint)], lifespan=lifespan)


WRONG_MESSAGES = {
    "no json": {"text": "{"},
    "no object": {"text": "[]"},
    "null": {"text": "null"},
    "no type": {"send": {"id": "1"}},
    "a type that is a list": {"send": {"type": ["ping"]}},
    "subscribe without id": {"send": {"type": "subscribe", "payload": {"query": "{ __typename }"}}},
    "an empty id": {"send": {**subscribe(query="{ __typename }"), "id": ""}},
    "an id that is a list": {"send": {**subscribe(query="{ __typename }"), "id": [1]}},
    "complete without id": {"send": {"type": "complete"}},
    "no payload": {"send": {"id": "1", "type": "subscribe"}},
    "no query": {"send": subscribe()},
    "a query that is a number": {"send": subscribe(query=1)},
    "variables that are a list": {"send": subscribe(query="{ __typename }", variables=[])},
    "an operation name that is a number": {"send": subscribe(query="{ __typename }", operationName=1)},
    "a ping with a text": {"send": {"type": "ping", "payload": "text"}},
    "binary": {"binary": json.dumps({"type": "ping"})},
}


@pytest.mark.parametrize("message", WRONG_MESSAGES.values(), ids=WRONG_MESSAGES.keys())
async def test_a_wrong_message_closes_with_4400(boucle, token, message):
    told = await raw(boucle, init(token), ACK, message)
    assert told["code"] == 4400
    assert told["reason"]


async def test_subscribing_before_the_acknowledgement_closes_with_4401(boucle):
    told = await raw(boucle, {"send": subscribe(query="{ __typename }")})
    assert (told["code"], told["reason"]) == (4401, "Unauthorized")


async def test_a_second_init_closes_with_4429(boucle, token):
    told = await raw(boucle, init(token), ACK, init(token))
    assert (told["code"], told["reason"]) == (4429, "Too many initialisation requests")


async def test_an_init_payload_that_is_no_object_closes_with_4400(boucle):
    told = await raw(boucle, {"send": {**INIT, "payload": "text"}})
    assert told["code"] == 4400


async def test_a_null_payload_is_none(boucle):
    told = await raw(boucle, {"send": {**INIT, "payload": None}})
    assert told["code"] == 4403


async def test_a_client_of_another_subprotocol_is_not_served(boucle):
    told = await raw(boucle, protocols=["graphql-ws"])
    assert told == {"received": [], "error": "Server sent no subprotocol"}


async def test_pages_of_another_site_get_no_socket(boucle):
    told = await raw(boucle, headers={"origin": "https://evil.example"})
    assert told == {"received": [], "status": 403}


async def test_pages_of_this_site_get_one(boucle, token):
    told = await raw(boucle, init(token), ACK, {"text": "{"}, headers={"origin": boucle.url})
    assert [message["type"] for message in told["received"]] == ["connection_ack"]


async def test_ping_is_answered_before_the_acknowledgement(boucle):
    told = await raw(boucle, {"send": {"type": "ping"}}, {"until": "pong"}, {"text": "{"})
    assert told["received"] == [{"type": "pong"}]


async def test_an_operation_may_be_completed_and_its_id_used_again(boucle, token):
    feed = {"send": subscribe(query="subscription { feed { __typename } }")}
    once_more = {"send": subscribe(query="{ viewer { email } }")}
    told = await raw(
        boucle,
        init(token),
        ACK,
        feed,
        {"until": "next"},
        {"send": {"id": "1", "type": "complete"}},
        once_more,
        {"until": "complete"},
        {"text": "{"},
    )
    assert [message["type"] for message in told["received"]] == ["connection_ack", "next", "next", "complete"]
    assert told["received"][2]["payload"]["data"] == {"viewer": {"email": "ana@boucle.example"}}


WRONG_DOCUMENTS = {
    "syntax": ("subscription { feed", "Syntax Error"),
    "an unknown field": ("subscription { nothing }", "Cannot query field"),
    "a missing variable": ("subscription ($a: Int!) { feed(after: $a) { cursor } }", "Variable '$a'"),
    "too deep": (f"{{ viewer {'{ teams ' * 20}{{ id }}{'}' * 20} }}", "21 fields deep; at most 15"),
    "too many aliases": (f"{{ {' '.join(f'a{n}: __typename' for n in range(61))} }}", "more than 60 aliases"),
    "too many tokens": (f"{{ {'__typename ' * 2501} }}", "tokens"),
    "nothing at all": ("", "missing a"),
    "two operations": ("query A { __typename } query B { __typename }", "name one of them"),
    "only a fragment": ("fragment F on Query { __typename }", "no operation"),
}


@pytest.mark.parametrize(("document", "says"), WRONG_DOCUMENTS.values(), ids=WRONG_DOCUMENTS.keys())
async def test_a_wrong_document_is_an_error_message_and_leaves_its_neighbours_alone(boucle, token, document, says):
    async with connected(boucle, token) as socket:
        feed = await socket.subscribe(FEED)
        await feed.until("CaughtUp")
        wrong = await socket.subscribe(document)
        assert await wrong.is_ended()
        ticket = await make_ticket()
        assert (await feed.next())["ticket"]["key"] == ticket.key
    assert says in json.dumps(socket.errors[wrong.name])


async def test_a_hundred_operations_run_and_the_next_is_refused_alone(boucle, token):
    async with connected(boucle, token) as socket:
        feeds = [await socket.subscribe(FEED) for _ in range(100)]
        for feed in feeds:
            await feed.until("CaughtUp")
        refused = await socket.subscribe(FEED)
        assert await refused.is_ended()
        await make_ticket()
        told = [(await feed.next())["__typename"] for feed in feeds]
    assert socket.errors[refused.name][0]["message"] == "Subscription limit reached"
    assert set(told) == {"TicketChanged"}


async def test_a_gone_client_leaves_nothing_behind(settings):
    app = make_app(settings)
    async with served(settings, app=app) as boucle:
        token = await token_of(await make_account("ana@boucle.example"))
        hub = app.state.services.hub
        async with connected(boucle, token) as socket:
            await (await socket.subscribe(FEED)).until("CaughtUp")
            assert (hub.socket_count, hub.subscriber_count) == (1, 1)
        await until(lambda: hub.socket_count == hub.subscriber_count == 0)
