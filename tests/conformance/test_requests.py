"""Requests over HTTP that are wrong: each is answered with a clear 4xx or a GraphQL error, and nothing is written."""

from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from boucle.kit.database import fetch
from tests.serving import Boucle

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # a protocol knows no database
JSON = {"content-type": "application/json"}
MODERN = {"accept": "application/graphql-response+json"}
TEAM_CREATE = 'mutation { teamCreate(input: {name: "North"}) { team { id } } }'
NAMED_QUERY = "query A { viewer { id } }"
WITH_VARIABLE = "mutation M($name: String!) { teamCreate(input: {name: $name}) { team { id } } }"


@dataclass(frozen=True)
class Wrong:
    """A request, and what must be answered."""

    status: int
    says: str
    given: dict[str, Any] = field(default_factory=dict)
    method: str = "POST"


def operation(query: object, **more: object) -> dict[str, Any]:
    return {"json": {"query": query, **more}}


def body(text: str | bytes, **headers: str) -> dict[str, Any]:
    return {"content": text, "headers": {**JSON, **headers}}


NEVER_RUN = {
    "no body": Wrong(400, "JSON", body("")),
    "no JSON": Wrong(400, "JSON", body("{query: 1}")),
    "not UTF-8": Wrong(400, "JSON", body(b'{"query": "\xff"}')),
    "a text": Wrong(400, "JSON object", body('"{ viewer { id } }"')),
    "a number": Wrong(400, "JSON object", body("1")),
    "null": Wrong(400, "No GraphQL query", body("null")),
    "an empty object": Wrong(400, "No GraphQL query", body("{}")),
    "an empty query": Wrong(400, "No GraphQL query", operation("")),
    "a query that is a number": Wrong(400, "`query` must be a string", operation(1)),
    "variables that are a list": Wrong(400, "`variables` must be an object", operation(TEAM_CREATE, variables=[1])),
    "extensions that are a text": Wrong(400, "`extensions` must be an object", operation(TEAM_CREATE, extensions="x")),
    "a batch": Wrong(400, "Batching is not enabled", {"json": [{"query": TEAM_CREATE}, {"query": TEAM_CREATE}]}),
    "an empty batch": Wrong(400, "Batching is not enabled", {"json": []}),
    "a form": Wrong(415, "application/json", {"data": {"query": TEAM_CREATE}}),
    "a text of no type": Wrong(415, "application/json", {"content": f'{{"query": "{TEAM_CREATE}"}}'}),
    "a page's simple request": Wrong(
        415, "application/json", {"content": "{}", "headers": {"content-type": "text/plain; charset=application/json"}}
    ),
    "an upload": Wrong(415, "application/json", {"files": {"operations": "{}", "map": "{}"}}),
    "a huge body": Wrong(413, "larger than 1024 KiB", operation(TEAM_CREATE + " " * 1024 * 1024)),
    "an unknown operation name": Wrong(
        400, 'Unknown operation named "Other"', operation(WITH_VARIABLE, operationName="Other")
    ),
    "an operation name that is a number": Wrong(400, "operation", operation(WITH_VARIABLE, operationName=5)),
    "two operations and no name": Wrong(400, "name one of them", operation(f"{NAMED_QUERY} {WITH_VARIABLE}")),
    "only a fragment": Wrong(400, "no operation", operation("fragment F on Query { viewer { id } }")),
    "a subscription without a stream": Wrong(
        400, "Accept: text/event-stream", operation("subscription { feed { cursor } }")
    ),
    "a mutation by GET": Wrong(405, "not allowed by GET", {"params": {"query": TEAM_CREATE}}, "GET"),
    "a mutation by GET behind a query": Wrong(
        405, "not allowed by GET", {"params": {"query": f"{NAMED_QUERY} {WITH_VARIABLE}", "operationName": "M"}}, "GET"
    ),
    "broken variables by GET": Wrong(400, "JSON", {"params": {"query": NAMED_QUERY, "variables": "{"}}, "GET"),
    "another method": Wrong(405, "", operation(TEAM_CREATE), "PUT"),
    "a wrong token": Wrong(
        401, "not valid", {**operation(TEAM_CREATE), "headers": {"authorization": "Bearer bcl_wrong"}}
    ),
}

WRONG_DOCUMENTS = {
    "a syntax error": ("mutation { teamCreate", {}, "Syntax Error"),
    "an unknown field": ("mutation { teamPaint { id } }", {}, "Cannot query field"),
    "an unknown argument": ("mutation { teamCreate(colour: 1) { team { id } } }", {}, "Unknown argument"),
    "a variable of the wrong type": (WITH_VARIABLE, {"name": ["x"]}, "String cannot represent"),
    "a missing variable": (WITH_VARIABLE, {}, "to be provided"),
    "a null variable": (WITH_VARIABLE, {"name": None}, "not to be None"),
    "too deep": (f"{{ viewer {'{ teams ' * 20}{{ id }}{'}' * 20} }}", {}, "fields deep"),
    "too many aliases": (f"mutation {{ {' '.join(f'a{n}: __typename' for n in range(61))} }}", {}, "aliases"),
    "too many tokens": (f"{{ {'__typename ' * 5001} }}", {}, "tokens"),
    "fragments in a circle": ("{ ...F } fragment F on Query { ...F }", {}, "Cannot spread fragment"),
}


@pytest.fixture
async def http(boucle: Boucle, token: str):
    headers = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=boucle.url, headers=headers, timeout=30) as client:
        before = await written()
        yield client
        assert await written() == before


async def written() -> list[dict[str, Any]]:
    """What the database holds of everything that these requests try to write."""
    return [
        dict(row) for row in await fetch("SELECT (SELECT count(*) FROM events) AS e, (SELECT count(*) FROM teams) AS t")
    ]


@pytest.mark.parametrize("wrong", NEVER_RUN.values(), ids=NEVER_RUN.keys())
async def test_a_request_that_names_nothing_to_run_is_refused(http, wrong):
    answer = await http.request(wrong.method, "/graphql", **wrong.given)
    assert answer.status_code == wrong.status
    if wrong.says:
        assert list(answer.json()) == ["errors"]
        assert wrong.says in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(("query", "variables", "says"), WRONG_DOCUMENTS.values(), ids=WRONG_DOCUMENTS.keys())
@pytest.mark.parametrize(("headers", "status"), [(MODERN, 400), ({"accept": "application/json"}, 200)])
async def test_a_document_that_never_ran_has_errors_and_no_data(http, query, variables, says, headers, status):
    answer = await http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    assert answer.status_code == status
    assert says in answer.json()["errors"][0]["message"]
    assert "data" not in answer.json()
    assert answer.headers["content-type"].split(";")[0] == headers["accept"]


async def test_a_huge_body_that_does_not_say_its_size_is_refused_too(http):
    async def endless():
        for _ in range(40):
            yield b" " * 32 * 1024

    answer = await http.post("/graphql", content=endless(), headers=JSON)
    assert answer.status_code == 413


async def test_a_page_of_another_site_may_not_act_with_a_cookie(boucle):
    async with httpx.AsyncClient(base_url=boucle.url) as browser:
        answer = await browser.post("/graphql", json={"query": TEAM_CREATE}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "https://evil.example" in answer.json()["errors"][0]["message"]


async def test_strangers_may_not_read_the_schema(boucle):
    async with httpx.AsyncClient(base_url=boucle.url) as stranger:
        answer = await stranger.post("/graphql", json={"query": "{ __schema { types { name } } }"}, headers=MODERN)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_strangers_get_no_suggestions(boucle):
    async with httpx.AsyncClient(base_url=boucle.url) as stranger:
        answer = await stranger.post("/graphql", json={"query": "{ viewr { id } }"})
    assert "Did you mean" not in answer.text
