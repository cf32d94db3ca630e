"""Operations as the planner runs them, through a real server."""

import re

import pytest

from tests.factories.accounts import make_team
from tests.factories.contacts import make_contact
from tests.factories.surveys import make_survey
from tests.factories.tickets import make_ticket

MIXED = """{ __type(name: "Team") { name kind fields { name type { kind ofType { name } } } }
  __schema { queryType { name } } organisation { id __typename } }"""
COUNTED = re.compile(r'boucle_operations_total\{path="(\w+)"\} ([0-9.]+)')


async def counted(client) -> dict[str, float]:
    text = (await client.http.get("/metrics")).text
    return {path: float(number) for path, number in COUNTED.findall(text)}


async def test_the_schema_can_be_asked_for_beside_data(admin):
    seen = await admin(MIXED)
    assert seen["__type"]["kind"] == "OBJECT"
    assert {"name": "version", "type": {"kind": "NON_NULL", "ofType": {"name": "Int"}}} in seen["__type"]["fields"]
    assert seen["__schema"] == {"queryType": {"name": "Query"}}
    assert seen["organisation"] == {"id": "org_1", "__typename": "Organisation"}


async def test_operations_are_counted_by_who_ran_them(admin):
    before = await counted(admin)
    await admin("{ organisation { name } }")
    await admin("{ __schema { queryType { name } } }")
    await admin.raw("{ nonsense }")
    after = await counted(admin)
    assert after["planner"] - before.get("planner", 0) == 1
    assert after["strawberry"] - before.get("strawberry", 0) == 2


async def test_a_wrong_argument_is_told_where_it_stands_and_spares_the_rest(admin):
    await make_ticket()
    answer = await admin.raw('{ node(id: "tkt_1") { id ... on Ticket { lastEvents(first: 99) { id } } } segments }')
    assert answer["data"] == {"node": None, "segments": []}
    [error] = answer["errors"]
    assert error["path"] == ["node", "lastEvents"]
    assert error["message"] == "`first` is 99; it must be from 1 to 10."
    assert error["extensions"]["code"] == "INVALID"


async def test_the_same_row_by_several_names_and_fragments(admin):
    await make_survey(name="Livraison")
    seen = await admin(
        """query ($more: Boolean!) { a: node(id: "srv_1") { ...Known } b: node(id: "srv_1") { ... on Node { id }
          ... on Survey { label: name versions @include(if: $more) { number } } ... on Ticket { key } }
          c: node(id: "srv_9") { id } }
        fragment Known on Survey { __typename
          published { number survey: definition { questions { key } } } published { note } }""",
        more=False,
    )
    assert seen["b"] == {"id": "srv_1", "label": "Livraison"}
    assert seen["a"]["__typename"] == "Survey"
    assert seen["a"]["published"]["number"] == 1
    assert seen["a"]["published"]["note"] == ""
    assert seen["a"]["published"]["survey"]["questions"][0] == {"key": "recommendation"}
    assert seen["c"] is None


async def test_numbers_beyond_a_column_find_nothing(admin):
    await make_ticket()
    seen = await admin(
        """{ node(id: "org_99999999999") { id } named: node(id: "utp_999999999999999999") { id }
          tickets(first: 5, filter: { minimumScore: 2000000000 }) { totalCount }
          some: tickets(first: 5, filter: { teamIds: ["tea_99999999999"] }) { nodes { id } } }"""
    )
    assert seen == {"node": None, "named": None, "tickets": {"totalCount": 0}, "some": {"nodes": []}}


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
async def test_a_cursor_beyond_the_calendar_is_none_of_the_list(admin, moment):
    answer = await admin.raw(
        f'{{ tickets(first: 1, after: "last_activity_at.desc|-|{moment}|1") {{ nodes {{ id }} }} }}'
    )
    assert answer["errors"][0]["extensions"]["code"] == "INVALID"


def in_itself(inner: str, way: str, times: int) -> str:
    for _ in range(times):
        inner = way.replace("…", inner)
    return inner


@pytest.mark.parametrize(
    ("way", "times"),
    [
        ("contact { tickets(first: 5) { nodes { id … } } }", 4),
        ("comments(first: 2) { nodes { id ticket { contact { tickets(last: 2) { nodes { key … } } } } } }", 2),
        ("contact { timeline(first: 2) { edges { cursor node { ticket { key … } } } pageInfo { hasNextPage } } }", 2),
        ("contact { responses(first: 1) { nodes { ticket { id … } } } }", 3),
    ],
)
async def test_who_sees_some_tickets_asks_as_deep_as_who_sees_all(admin, taker, way, times):
    team = await make_team()
    contact = await make_contact()
    for number in range(3):
        await make_ticket(contact_id=contact.id, subject=f"Number {number}")
    await make_ticket(contact_id=contact.id, team_id=team.id)
    document = f"{{ tickets(first: 5) {{ nodes {{ subject {in_itself('', way, times)} }} }} }}"
    for person, count in ((admin, 4), (taker, 3)):
        assert len((await person(document))["tickets"]["nodes"]) == count
