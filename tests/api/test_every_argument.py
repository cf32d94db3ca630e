"""Whatever is sent to any argument of the schema is used or refused, the same on both engines, and never a bug."""

import asyncio
import json
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema

from boucle.api.schema import make_schema
from boucle.settings import load_settings
from tests.api.arguments import Arguments, Place
from tests.api.conftest import PASSWORD, make_account, token_of
from tests.databases import ENGINES, Databases
from tests.live.client import PATIENCE, Socket, connected
from tests.live.test_every_mutation import World, furnish
from tests.serving import Client, machine, served

# Everything that went wrong in one text: a zero sign, a joined emoji, an override, marks of direction, new lines, a
# sign of a newer Unicode, letters beyond one byte. HALF becomes half of a pair in the raw JSON.
STRANGE = (
    "a\x00b \U0001f469\u200d\U0001f4bb \u202eabc\u202c \u200f\u05e9\u05dc\u200e \r\n\u2028\x07 \U000323b0 œ’İ HALF c"
)
HUGE = "9" * 23
VALUES: dict[str, tuple[Any, ...]] = {
    "String": (STRANGE, "\u200b", "k" * 300, "x1 " * 300_000),
    "ID": (STRANGE, "usr_1", "tkt_1000000000000000", "sta_3000000000", "utp_3000000000", f"tkt_{HUGE}", "tkt_٣", ""),
    "DateTime": ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31T24:00:00", "2026-01-01"),
    "Cursor": (STRANGE, "", HUGE, f"{HUGE}.{HUGE}.{HUGE}"),
    "Int": (2**31 - 1, -(2**31)),
    "Boolean": (True,),
}


def usual(world: World) -> dict[str, Any]:
    """What clients send, by the name of the argument or of its scalar."""
    ids = world.ids
    by_prefix = {"ticket": "ticket", "survey": "survey", "program": "program", "contact": "contact", "team": "team"}
    things = by_prefix | {"absence": "absence", "escalationRule": "rule", "user": "ana", "userType": "type:viewer"}
    mutations = schema().mutation_type.fields
    of_mutations = {
        f"{name}.id": ids[thing]
        for prefix, thing in things.items()
        for name in mutations
        if name.startswith(prefix) and name[len(prefix)].isupper()
    }
    return {
        **of_mutations,
        "apiTokenRevoke.id": ids["token"],
        "id": ids["ticket"],
        "ticketId": ids["ticket"],
        "userId": ids["bob"],
        "substituteId": ids["admin"],
        "userTypeId": ids["type:standard"],
        "recipientTeamId": ids["team"],
        "programId": ids["program"],
        "contactId": ids["contact"],
        "surveyKey": "visit",
        "question": "recommendation",
        "email": "somebody@x.example",
        "password": PASSWORD,
        "current": PASSWORD,
        "new": PASSWORD,
        "timeZone": "Europe/Paris",
        "delayMinutes": 60,
        "first": 1,
        "String": "Some words",
        "ID": ids["ana"],
        "DateTime": "2026-11-02T12:00:00Z",
        "Cursor": world.ids["cursor"],
        "Int": 1,
        "Boolean": False,
    }


async def test_no_argument_whatever_its_value_is_a_bug(database_factory: Databases, tmp_path):
    outcomes = {}
    for engine in ENGINES:
        url = await asyncio.to_thread(database_factory.fresh, engine)
        settings = load_settings(database_url=url, data_dir=tmp_path / engine, cost_capacity=10**9, cost_restore=10**9)
        async with served(settings) as boucle:
            token = await token_of(await make_account("admin@boucle.example", name="Ada Admin"))
            async with machine(boucle, token) as client, connected(boucle, token) as socket:
                world = World(client, socket)
                await furnish(world)
                world.ids["cursor"] = (await client("{ liveCursor }"))["liveCursor"]
                outcomes[engine] = await outcomes_of(world)
    sqlite, postgres = outcomes["sqlite"], outcomes["postgres"]
    bugs = {case: outcome for found in outcomes.values() for case, outcome in found.items() if "INTERNAL" in outcome}
    assert bugs == {}
    assert {case: (sqlite[case], postgres[case]) for case in sqlite if sqlite[case] != postgres[case]} == {}


async def outcomes_of(world: World) -> dict[str, str]:
    """What comes of every value at every place, by the name of the case."""
    arguments = Arguments(schema(), usual(world))
    outcomes = {}
    for place, value in cases(arguments):
        document, given = arguments.document(place)
        variables = arguments.variables(place, given, value)
        if place.owner not in {"Query", "Mutation", "Subscription"}:
            variables["node"] = world.ids.get(place.owner.lower(), world.ids["ticket"])
        if "expectedVersion" in given and place.path != ("expectedVersion",) and "id" in given:
            variables["expectedVersion"] = await version_of(world.client, variables["id"])
        text = json.dumps({"query": document, "variables": variables}).replace("HALF", "\\ud83d")
        answered = subscribed(world.socket, text) if place.owner == "Subscription" else sent(world.client, text)
        outcomes[f"{place} = {str(value)[:60]!r}"] = await answered
    return outcomes


def cases(arguments: Arguments) -> Iterator[tuple[Place, Any]]:
    """Every place with the first value of its kind and, by turns, one of the others; with EVERY_VALUE set, with all."""
    for turn, place in enumerate(arguments.places()):
        first, *others = VALUES[place.kind]
        chosen = others if "EVERY_VALUE" in os.environ or not others else [others[turn % len(others)]]
        for value in (first, *chosen):
            yield place, value


@cache
def schema() -> GraphQLSchema:
    return make_schema().core


async def version_of(client: Client, node: object) -> int:
    kinds = (kind for kind in schema().type_map.values() if isinstance(kind, GraphQLObjectType))
    parts = " ".join(f"... on {kind.name} {{ version }}" for kind in kinds if {"id", "version"} <= kind.fields.keys())
    answer = await client.raw(f"query ($id: ID!) {{ node(id: $id) {{ {parts} }} }}", id=node)
    return ((answer.get("data") or {}).get("node") or {}).get("version", 1)


async def sent(client: Client, text: str) -> str:
    client.http.cookies.clear()
    answer = await client.http.post("/graphql", content=text, headers={"content-type": "application/json"})
    return outcome_of(answer.status_code, answer.json())


async def subscribed(socket: Socket, text: str) -> str:
    """Every subscription tells something at once."""
    payload = json.loads(text)
    subscription = await socket.subscribe(payload["query"], **payload["variables"])
    message = await asyncio.wait_for(subscription.messages.get(), PATIENCE)
    await subscription.stop()
    return outcome_of(200, message if message is not None else {"errors": socket.errors[subscription.name]})


def outcome_of(status: int, answer: dict[str, Any]) -> str:
    """Return the codes of what was refused, or that it was answered."""
    if status >= 500:
        return f"INTERNAL {status}"
    if errors := answer.get("errors"):
        return " ".join(sorted((each.get("extensions") or {}).get("code", "WRONG_REQUEST") for each in errors))
    codes = [
        f"{each['code']} {'.'.join(each['field'] or [])}"
        for payload in (answer.get("data") or {}).values()
        if isinstance(payload, dict)
        for each in payload.get("userErrors", ())
    ]
    return " ".join(sorted(codes)) or "answered"


def test_the_walk_meets_every_kind_of_argument():
    places = list(Arguments(schema()).places())

    assert {place.kind for place in places} <= VALUES.keys()
    assert {"Mutation.sessionCreate(email: String)", "Query.tickets(filter.segments.[]: String)"} <= set(
        map(str, places)
    )
