"""Inputs are bounded like documents: what nobody means is refused by name, and answers do not grow with faults."""

import pytest

from boucle.accounts.models import Language
from boucle.api.masking import LONGEST_MESSAGE, MOST_ERRORS
from boucle.kit.errors import MOST_TOLD
from tests.api.conftest import make_account, token_of
from tests.api.test_import import a_row, imported
from tests.api.test_intake import ANSWER, send, stored
from tests.factories.surveys import make_survey
from tests.factories.tickets import make_ticket
from tests.serving import machine

SEARCHES = [
    "query ($text: String!) { tickets(first: 1, filter: { text: $text }) { totalCount } }",
    "query ($text: String!) { contacts(first: 1, filter: { text: $text }) { totalCount } }",
    "query ($text: String!) { surveys(first: 1, filter: { text: $text }) { totalCount } }",
    "query ($text: String!) { users(first: 1, filter: { text: $text }) { totalCount } }",
    "query ($text: String!) { ticketCounts(filters: [{ text: $text }]) }",
]


def code_of(answer: dict) -> str:
    return answer["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize("search", SEARCHES)
async def test_a_text_longer_than_anybody_types_is_looked_for_by_its_beginning(admin, search):
    assert "errors" not in await admin.raw(search, text="x" * 100_000)
    assert "errors" not in await admin.raw(search, text=" ".join(str(number) for number in range(20_000)))


async def test_what_is_pasted_is_found_by_its_beginning(admin):
    await make_ticket(subject="Retard d’aiguillage")
    found = await admin(SEARCHES[0], text=f"retard d'aiguillage {' ' * 500} nowhere")
    assert found["tickets"]["totalCount"] == 1


async def test_a_list_of_thousands_of_ids_is_refused_in_the_viewers_language(boucle):
    document = "query ($ids: [ID!]) { tickets(first: 1, filter: { contactIds: $ids }) { totalCount } }"
    user = await make_account("ines@boucle.example", language=Language.FR)
    async with machine(boucle, await token_of(user)) as ines:
        refused = await ines.raw(document, ids=["con_1"] * 10_000)
        assert refused["errors"][0]["message"].startswith("Une liste a 10000 valeurs")
        assert code_of(refused) == "TOO_COMPLEX"
        assert "errors" not in await ines.raw(document, ids=["con_1"] * 2_000)


async def test_one_list_does_not_stand_in_many_places(admin):
    fields = " ".join(f"a{n}: tickets(first: 1, filter: {{ contactIds: $ids }}) {{ totalCount }}" for n in range(50))
    refused = await admin.raw(f"query ($ids: [ID!]) {{ {fields} }}", ids=["con_1"] * 1_900)
    assert code_of(refused) == "TOO_COMPLEX"


async def test_wrong_variables_are_told_of_a_few_times(admin):
    document = "query ($ids: [ID!]) { tickets(first: 1, filter: { contactIds: $ids }) { totalCount } }"
    refused = await admin.raw(document, ids=[{}] * 1_500)
    assert 0 < len(refused["errors"]) <= 11


async def test_an_answer_that_fails_everywhere_tells_of_twenty_errors(admin):
    await make_ticket()
    failing = 'node(id: "tkt_1") { ... on Ticket { lastEvents(first: 99) { id } } }'
    answer = await admin.raw(f"{{ {' '.join(f'a{number}: {failing}' for number in range(50))} }}")
    assert set(answer["data"].values()) == {None}
    assert len(answer["errors"]) == MOST_ERRORS


async def test_an_error_quotes_only_the_beginning_of_what_was_sent(admin):
    answer = await admin.raw(f"{{ {'x' * 60_000} }}")
    assert len(answer["errors"][0]["message"]) <= LONGEST_MESSAGE + 1


@pytest.mark.parametrize("digits", [11, 60_000])
async def test_a_number_of_any_length_is_the_clients_mistake(admin, digits):
    answer = await admin.raw(f"{{ tickets(first: {'9' * digits}) {{ totalCount }} }}")
    assert "extensions" not in answer["errors"][0]


async def test_values_in_each_other_without_end_are_a_wrong_request(admin):
    for depth, status in ((20_000, 400), (900, 200)):
        variables = f'{{"id": {"[" * depth}{"]" * depth}}}'
        body = f'{{"query": "query ($id: ID!) {{ node(id: $id) {{ id }} }}", "variables": {variables}}}'
        answer = await admin.http.post("/graphql", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == status
        assert len(answer.content) < 10_000
        assert "INTERNAL" not in answer.text


@pytest.mark.parametrize(
    "more",
    [
        {"answers": {f"q{number}": "x" for number in range(5_000)}},
        {"answers": {f"q{number}": {} for number in range(5_000)}},
        {"answers": {"topics": ["a"] * 7_000}},
        {"answers": {"k" * 200_000: 1}},
    ],
)
async def test_an_intake_body_that_is_wrong_everywhere_is_answered_shortly(boucle, more):
    survey = await make_survey()
    answer = await send(boucle, survey, ANSWER | more)
    assert answer.status_code == 422
    assert 1 <= len(answer.json()["errors"]) <= MOST_TOLD
    assert len(answer.content) < 20_000
    assert await stored() == (0, 0, 0)


@pytest.mark.parametrize(
    "more",
    [
        {"embeddedData": {f"e{number}": [] for number in range(5_000)}},
        {f"f{number}": 1 for number in range(5_000)},
        {"contact": {"k" * 200_000: "x" * 10_000}},
    ],
)
async def test_an_intake_body_with_much_that_is_unknown_is_taken_and_answered_shortly(boucle, more):
    answer = await send(boucle, await make_survey(), ANSWER | more)
    assert answer.status_code == 201
    assert 1 <= len(answer.json()["warnings"]) <= MOST_TOLD
    assert len(answer.content) < 20_000


async def test_a_row_of_an_import_tells_five_of_its_errors(admin):
    await make_survey()
    wrong = [{"question": f"q{number}", "number": 1} for number in range(30)]
    payload = await imported(admin, [a_row(number, answers=wrong) for number in range(100)])
    assert {len(row["errors"]) for row in payload["rows"]} == {5}
    assert all(row["errors"][0]["field"][:2] == ["rows", str(row["row"])] for row in payload["rows"])
