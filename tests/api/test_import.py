"""`responseImport`: answers of the past, stored or rejected row by row."""

from datetime import UTC, datetime
from typing import Any

import pytest

from boucle.accounts.models import Language, User
from boucle.contacts.models import Contact
from boucle.events.models import Event, EventKind
from boucle.flows import importing
from boucle.flows.importing import MOST_ROWS
from boucle.kit.database import fetch
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.models import Channel, Response
from boucle.tickets.models import Ticket
from tests.api.conftest import make_account, token_of
from tests.factories.surveys import make_survey
from tests.serving import machine

IMPORT = """mutation ($rows: [ResponseImportInput!]!, $open: Boolean! = true) {
  responseImport(surveyKey: "apres-l-achat", rows: $rows, openTickets: $open) {
    created repeated rejected openedTickets
    rows { row status responseId trackingId errors { field code message } }
    userErrors { field code message } } }"""
OLD = "2024-05-01T08:00:00+00:00"


def a_row(number: int, score: int = 2, **more: Any) -> dict[str, Any]:
    return {
        "externalId": f"old-{number}",
        "submittedAt": OLD,
        "contact": {"email": f"c{number}@exemple.fr"},
        "answers": [{"question": "recommendation", "number": score}],
    } | more


async def imported(client: Any, rows: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    payload = (await client(IMPORT, rows=rows, **more))["responseImport"]
    assert payload["userErrors"] == []
    return payload


async def test_an_answer_of_the_past_keeps_its_date_and_opens_a_ticket_of_today(admin):
    await make_survey()
    payload = await imported(admin, [a_row(1), a_row(2, 9)])
    assert [row["status"] for row in payload["rows"]] == ["CREATED", "CREATED"]
    assert (payload["created"], payload["openedTickets"]) == (2, 1)
    response = await Response.get(external_id="old-1")
    assert payload["rows"][0]["responseId"] == f"rsp_{response.id}"
    assert payload["rows"][0]["trackingId"] == response.tracking_id
    assert (response.channel, response.submitted_at) == (Channel.IMPORT, datetime.fromisoformat(OLD))
    ticket = await Ticket.get(response_id=response.id)
    assert (ticket.occurred_at, ticket.created_at.year > 2025) == (response.submitted_at, True)
    # The log says when it learned of the answer: whoever resumes by cursor would miss what is dated back.
    event = await Event.get(response_id=response.id, kind=EventKind.RESPONSE_RECEIVED)
    assert event.at == ticket.created_at
    assert event.data["channel"] == "import"


async def test_each_row_is_stored_repeated_or_rejected_by_itself(admin):
    await make_survey()
    await imported(admin, [a_row(1)])
    twice = [{"question": "recommendation", "number": 1}] * 2
    payload = await imported(
        admin,
        [
            a_row(1),
            a_row(1, 9),
            a_row(2, 11, contact={"email": "nobody"}),
            a_row(3, answers=twice),
            a_row(4, submittedAt="2199-01-01T00:00:00Z"),
            a_row(5),
            a_row(5),
        ],
    )
    assert {name: payload[name] for name in ("created", "repeated", "rejected", "openedTickets")} == {
        "created": 1,
        "repeated": 2,
        "rejected": 4,
        "openedTickets": 1,
    }
    assert [(row["row"], row["status"]) for row in payload["rows"]] == [
        (0, "REPEATED"),
        (1, "REJECTED"),
        (2, "REJECTED"),
        (3, "REJECTED"),
        (4, "REJECTED"),
        (5, "CREATED"),
        (6, "REPEATED"),
    ]
    errors = [[(error["code"], error["field"]) for error in row["errors"]] for row in payload["rows"]]
    assert errors[1:5] == [
        [("IDEMPOTENCY_MISMATCH", ["rows", "1", "externalId"])],
        [
            ("INVALID", ["rows", "2", "answers", "recommendation"]),
        ],
        [("INVALID", ["rows", "3", "answers"])],
        [("INVALID", ["rows", "4", "submittedAt"])],
    ]
    assert payload["rows"][6]["responseId"] == payload["rows"][5]["responseId"]
    assert await Response.all().count() == 2


async def test_an_import_can_leave_tickets_out(admin):
    await make_survey()
    payload = await imported(admin, [a_row(1), a_row(2)], open=False)
    assert (payload["created"], payload["openedTickets"]) == (2, 0)
    assert (await Ticket.all().count(), await Contact.all().count()) == (0, 2)


async def test_what_the_database_refuses_is_the_rows_own_error_without_its_words(admin, engine):
    await make_survey()
    refuse = {
        "sqlite": "CREATE TRIGGER refusing BEFORE INSERT ON responses WHEN NEW.score = 5 "
        "BEGIN SELECT RAISE(ABORT, 'inner words'); END",
        "postgres": "ALTER TABLE responses ADD CONSTRAINT inner_words CHECK (score <> 5)",
    }
    async with unit_of_work():
        await fetch(refuse[engine])
    payload = await imported(admin, [a_row(number, 5 if number == 300 else 2) for number in range(400)])
    assert (payload["created"], payload["rejected"]) == (399, 1)
    [error] = payload["rows"][300]["errors"]
    assert (error["code"], error["field"]) == ("INVALID", ["rows", "300"])
    assert "inner" not in error["message"]


async def test_messages_speak_the_viewers_language(boucle):
    await make_survey()
    user = await make_account("lea@boucle.example")
    await User.filter(id=user.id).update(language=Language.FR)
    async with machine(boucle, await token_of(user)) as client:
        payload = await imported(client, [a_row(1, submittedAt="2199-01-01T00:00:00Z")])
    assert payload["rows"][0]["errors"][0]["message"] == "La date d’une réponse ne peut pas être dans le futur."


async def test_too_many_rows_a_wrong_survey_and_a_closed_one_are_refused(admin):
    rows = [a_row(number, contact=None) for number in range(MOST_ROWS + 1)]
    [error] = (await admin(IMPORT, rows=rows[:1]))["responseImport"]["userErrors"]
    assert (error["code"], error["field"]) == ("NOT_FOUND", ["surveyKey"])
    await make_survey(published=False)
    [error] = (await admin(IMPORT, rows=rows))["responseImport"]["userErrors"]
    assert (error["code"], error["field"]) == ("INVALID", ["rows"])
    payload = await imported(admin, rows[:2])
    assert [error["code"] for row in payload["rows"] for error in row["errors"]] == ["CLOSED", "CLOSED"]


@pytest.mark.parametrize("user_type", ["viewer", "ticket_taker"])
async def test_importing_needs_the_right_to_manage_surveys(boucle, user_type):
    await make_survey()
    user = await make_account("x@boucle.example", user_type=user_type)
    async with machine(boucle, await token_of(user)) as client:
        answer = await client.http.post("/graphql", json={"query": IMPORT, "variables": {"rows": [a_row(1)]}})
    assert answer.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert await Response.all().count() == 0


async def test_a_thousand_rows_are_a_thousand_answers(admin):
    await make_survey()
    payload = await imported(admin, [a_row(number) for number in range(MOST_ROWS)])
    assert payload["created"] == MOST_ROWS
    stored = {response.external_id: f"rsp_{response.id}" for response in await Response.all()}
    assert [stored[f"old-{place}"] for place in range(MOST_ROWS)] == [row["responseId"] for row in payload["rows"]]
    assert {response.submitted_at for response in await Response.all()} == {datetime(2024, 5, 1, 8, tzinfo=UTC)}


async def test_the_last_of_a_thousand_rows_about_one_person_is_what_is_known_of_them(admin):
    await make_survey()
    ways = ({"email": "lea@exemple.fr", "phone": "0612345678"}, {"phone": "0612345678"}, {"email": "lea@exemple.fr"})
    rows = [a_row(n, 9, contact=ways[min(n // 300, 2)] | {"firstName": f"Léa {n}"}) for n in range(MOST_ROWS)]
    await imported(admin, rows)
    contact = await Contact.get()
    assert (contact.first_name, contact.version) == (f"Léa {MOST_ROWS - 1}", MOST_ROWS)
    events = await Event.filter(kind=EventKind.CONTACT_UPDATED).order_by("id")
    names = [event.data["changes"]["first_name"][1] for event in events]
    assert names == [f"Léa {number}" for number in range(1, MOST_ROWS)]


@pytest.mark.parametrize("engine", ["postgres"])
async def test_rows_share_commits_as_long_as_little_is_held(admin, monkeypatch):
    monkeypatch.setattr(importing, "MOST_IN_A_PART", 4)
    monkeypatch.setattr(importing, "MOST_NAMES", 5)
    await make_survey()
    known_by_three = a_row(3, contact={"email": "c3@exemple.fr", "phone": "0612345678", "externalReference": "C-3"})
    nobody = [a_row(number, contact={}) for number in range(5, 12)]
    await imported(admin, [a_row(1), a_row(2), known_by_three, a_row(4), *nobody])
    commits: dict[int, list[int]] = {}
    for event in await Event.filter(kind=EventKind.RESPONSE_RECEIVED).order_by("id"):
        response = await Response.get(id=event.response_id)
        commits.setdefault(event.txid, []).append(int(str(response.external_id).removeprefix("old-")))
    # Two names each; four, with which none fits; then two and three times one; then as many rows as fit.
    assert sorted(commits.values()) == [[1, 2], [3], [4, 5, 6, 7], [8, 9, 10, 11]]  # two of them at the same time
