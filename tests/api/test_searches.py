"""What people type finds what is meant, in every list, and names stand where people look for them; on both engines."""

from typing import Any

import httpx
import orjson

from boucle.contacts.rules import ContactDetails, clean_details
from boucle.tickets.models import Ticket
from tests.api.conftest import PASSWORD, make_account
from tests.api.test_intake import ANSWER, send, signature
from tests.api.ticket_desk import created
from tests.factories.accounts import make_team, make_user
from tests.factories.contacts import make_contact
from tests.factories.surveys import make_program, make_survey
from tests.serving import Client, browser


async def found(client: Client, field: str, text: str) -> int:
    document = f"query ($text: String) {{ {field}(first: 50, filter: {{text: $text}}) {{ totalCount }} }}"
    return int((await client(document, text=text))[field]["totalCount"])


async def finds(client: Client, field: str, typed: list[str]) -> dict[str, int]:
    """How many each of these finds."""
    return {text: await found(client, field, text) for text in typed}


async def names(client: Client, field: str) -> list[str]:
    return [each["name"] for each in (await client(f"{{ {field}(first: 50) {{ nodes {{ name }} }} }}"))[field]["nodes"]]


async def test_a_ticket_is_found_by_its_words_however_they_are_spelled(admin):
    await created(admin, subject="Retard d’aiguillage au cœur de la ville")

    typed = [
        "d'aiguillage",
        "d’aiguillage",
        "D‘AIGUILLAGE",
        "aiguillage retard",
        "« aiguillage »",
        "coeur",
        "T‑1",
        "t-1",
    ]

    assert await finds(admin, "tickets", typed) == dict.fromkeys(typed, 1)
    counted = "query ($f: [TicketFilter!]!) { ticketCounts(filters: $f) }"
    assert (await admin(counted, f=[{"text": text} for text in typed]))["ticketCounts"] == [1] * len(typed)


async def test_a_customer_is_found_by_their_phone_however_it_is_written(admin):
    await make_contact(clean_details(ContactDetails(first_name="Léa", last_name="Durand", phone="06‑98‑76‑54‑01")))
    await created(admin, customerName="Léa Durand", customerPhone="06\u202f98\u202f76\u202f54\u202f01")

    typed = [
        "06 98 76 54 01",
        "0698765401",
        "06.98.76.54.01",
        "0033698765401",
        "+33698765401",
        "+33 (0)6 98 76 54 01",
        "06\u202f98\u202f76\u202f54\u202f01",
        "76 54",
        "durand 06 98 76 54 01",
    ]

    assert await finds(admin, "contacts", typed) == dict.fromkeys(typed, 1)
    assert await finds(admin, "tickets", typed) == dict.fromkeys(typed, 1)
    assert await found(admin, "contacts", "06 98 76 54 02") == 0


async def test_a_ticket_is_found_by_what_came_along_with_its_answer(boucle, admin):
    survey = await make_survey()
    data = {"store": "Lyon", "order_id": "W26-433498"}
    assert (await send(boucle, survey, ANSWER | {"embeddedData": data})).status_code == 201

    typed = ["W26-433498", "w26‑433498", "lyon", "lea@exemple.fr"]

    assert await finds(admin, "tickets", typed) == dict.fromkeys(typed, 1)


async def test_a_new_subject_leaves_a_ticket_findable_by_what_came_along(boucle, admin):
    survey = await make_survey()
    await send(boucle, survey, ANSWER | {"embeddedData": {"order_id": "W26-433498"}})
    ticket = await Ticket.get()
    await admin(
        "mutation ($id: ID!, $seen: Int!) { ticketUpdate(id: $id, expectedVersion: $seen, "
        'input: {subject: "Rappelé"}) { userErrors { message } } }',
        id=f"tkt_{ticket.id}",
        seen=ticket.version,
    )
    assert await found(admin, "tickets", "433498 rappele") == 1


async def test_colleagues_are_found_by_their_words_in_any_order(admin):
    user = await make_user(name="Élodie Lefèvre")
    typed = ["élodie", "ELODIE", "lefevre", "lefèvre élodie", user.email, "elodie durand"]

    expected = dict.fromkeys(typed, 1) | {"elodie durand": 0}

    assert await finds(admin, "users", typed) == expected
    ticket = await created(admin)
    document = (
        "query ($id: ID!, $t: String) { node(id: $id) { ... on Ticket { assignableUsers(search: $t) { name } } } }"
    )
    for text, number in expected.items():
        able = await admin(document, id=ticket["id"], t=text)
        assert len(able["node"]["assignableUsers"]) == number, text


async def test_surveys_are_found_by_name_or_key(admin):
    await make_survey(name="Après l’achat", key="apres-l-achat")
    typed = ["apres", "achat après", "l'achat", "apres-l-achat"]
    assert await finds(admin, "surveys", typed) == dict.fromkeys(typed, 1)


async def test_names_stand_where_people_look_for_them(admin):
    sorted_names = ["abel", "Élodie", "Eric", "Service client", "Yasmine"]
    for name in reversed(sorted_names):
        await make_user(name=name)
        await make_team(name=name)
        await make_program(name=name)
    assert [name for name in await names(admin, "users") if name != "Ada Admin"] == sorted_names
    assert await names(admin, "teams") == sorted_names
    assert await names(admin, "programs") == sorted_names


async def renamed(client: Client, thing: str, number: str, name: str) -> None:
    seen = await client(f'{{ node(id: "{number}") {{ ... on {thing.title()} {{ version }} }} }}')
    answer = await client(
        f"mutation ($id: ID!, $seen: Int!, $name: String!) {{ {thing}Update(id: $id, expectedVersion: $seen, "
        "input: {name: $name}) { userErrors { message } } }",
        id=number,
        seen=seen["node"]["version"],
        name=name,
    )
    assert answer[f"{thing}Update"]["userErrors"] == []


async def test_a_new_name_stands_and_is_found_where_people_look_for_it(admin):
    user, team, program, survey = await make_user(), await make_team(), await make_program(), await make_survey()
    rows: dict[str, Any] = {f"usr_{user.id}": user, f"tea_{team.id}": team, f"prg_{program.id}": program}
    rows[f"srv_{survey.id}"] = survey

    for number, row in rows.items():
        await renamed(admin, type(row).__name__.lower(), number, "Éléonore Œuvre")
    await admin('mutation { profileUpdate(expectedVersion: 1, input: {name: "Ève"}) { userErrors { message } } }')

    for row in rows.values():
        await row.refresh_from_db()
    assert {row.name_key for row in rows.values()} == {"eleonore oeuvre"}
    assert await finds(admin, "users", ["oeuvre eleonore", "eve"]) == {"oeuvre eleonore": 1, "eve": 1}
    assert await found(admin, "surveys", "ŒUVRE") == 1


async def test_pages_of_names_follow_each_other_without_a_gap(admin):
    for name in ("Zoé", "zoé", "ZOE", "Élodie", "elodie", "l|oeuvre", 'l"œuvre'):
        await make_user(name=name)
    pages: list[str] = []
    after = None
    while True:
        page = (
            await admin(
                "query ($a: String) { users(first: 2, after: $a) { nodes { id } pageInfo { hasNextPage endCursor } } }",
                a=after,
            )
        )["users"]
        pages += [each["id"] for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(pages) == len(set(pages)) == 8


async def team_named(client: Client, name: str) -> Any:
    answer = await client(
        "mutation ($n: String!) { teamCreate(input: {name: $n}) { team { id } userErrors { code field } } }", n=name
    )
    return answer["teamCreate"]


async def test_two_teams_never_have_the_same_name_to_people(admin):
    assert (await team_named(admin, "Magasins Nord"))["userErrors"] == []
    for alike in ("magasins nord", "Magasins\u00a0Nord", "Mágasins Nord\u200b"):
        assert (await team_named(admin, alike))["userErrors"] == [{"code": "TAKEN", "field": ["input", "name"]}]


async def test_a_team_can_be_spelled_otherwise_and_twins_of_before_are_left_alone(admin):
    team = (await team_named(admin, "Equipe Nord"))["team"]
    twins = [await make_team(name="Sud"), await make_team(name="sud")]
    document = (
        "mutation ($id: ID!, $n: String!) { teamUpdate(id: $id, expectedVersion: 1, input: {name: $n}) "
        "{ userErrors { code } } }"
    )
    assert (await admin(document, id=team["id"], n="Équipe Nord"))["teamUpdate"]["userErrors"] == []
    assert (await admin(document, id=f"tea_{twins[1].id}", n="sud"))["teamUpdate"]["userErrors"] == []


async def test_a_survey_key_is_made_of_letters_that_people_read(admin):
    await make_program()
    answer = await admin(
        'mutation { surveyCreate(input: {programId: "prg_1", name: "L’œuvre d’Łukasz"}) { survey { key } } }'
    )
    assert answer["surveyCreate"]["survey"]["key"] == "l-oeuvre-d-lukasz"


async def test_names_keep_joined_signs_and_lose_what_no_keyboard_writes(admin):
    coder = "\U0001f469\u200d\U0001f4bb"
    await created(
        admin, subject=f"{coder} famille\x07 \u202enoise", customerName=f"Zoé {coder}", comment="un\r\ndeux\x00"
    )
    ticket = await Ticket.get()
    assert (ticket.subject, ticket.customer_name, ticket.comment) == (
        f"{coder} famille noise",
        f"Zoé {coder}",
        "un\ndeux",
    )


async def test_an_idempotency_key_may_have_any_length(admin):
    document = 'mutation ($k: String) { contactCreate(input: {firstName: "K"}, idempotencyKey: $k) { contact { id } } }'
    made = [
        (await admin(document, k=key))["contactCreate"]["contact"]["id"] for key in ("k" * 300, "k" * 300, "k" * 301)
    ]
    assert made[0] == made[1] != made[2]


async def test_a_time_beyond_every_calendar_is_refused_by_its_name(admin):
    answer = await admin.raw(
        "query ($f: TicketFilter) { tickets(first: 1, filter: $f) { totalCount } }",
        f={"createdAfter": "0001-01-01T00:00:00+14:00"},
    )
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "INVALID"
    assert "createdAfter" in error["message"]
    assert "1900-01-01" in error["message"]
    literal = await admin.raw(
        '{ tickets(first: 1, filter: {createdAfter: "9999-12-31T23:59:59-12:00"}) { totalCount } }'
    )
    assert literal["errors"][0]["extensions"]["code"] == "INVALID"


async def test_half_a_sign_in_a_request_is_left_out(boucle, admin):
    query = b"query ($t: String) { tickets(first: 1, filter: {text: $t}) { totalCount } }"
    body = b'{"query": "%b", "variables": {"t": "a\\ud83d"}}' % query
    answer = await admin.http.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert answer.json()["data"] == {"tickets": {"totalCount": 0}}
    survey = await make_survey()
    raw = orjson.dumps(ANSWER).replace("Colis jamais reçu".encode(), b"bien \\ud83d")
    async with httpx.AsyncClient(base_url=boucle.url) as http:
        signed = {"X-Boucle-Signature": signature(raw, survey.intake_secret)}
        assert (await http.post(f"/intake/{survey.key}", content=raw, headers=signed)).status_code == 201
    assert (await Ticket.get()).comment == "bien"


async def test_somebody_signs_in_with_either_form_of_their_address(boucle):
    await make_account("andré@boucle.example")
    document = "mutation ($e: String!, $p: String!) { sessionCreate(email: $e, password: $p) { userErrors { code } } }"
    async with browser(boucle) as client:
        answer = await client(document, e=" Andre\u0301@boucle.example\u200b", p=PASSWORD)
    assert answer["sessionCreate"]["userErrors"] == []


async def test_an_address_of_any_length_is_a_miss(boucle):
    survey = await make_survey()
    async with httpx.AsyncClient(base_url=boucle.url) as http:
        for path in ("/r/" + "k" * 300, "/r/%00", "/r/none/thanks/" + "7" * 300):
            assert (await http.get(path)).status_code == 404, path
        thanks = await http.get(f"/r/{survey.key}/thanks/{'7' * 300}")
    assert thanks.status_code < 500
