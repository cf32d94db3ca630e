"""`POST /intake/{survey key}`: what is taken once, and what is refused without a trace."""

import asyncio
import hashlib
import hmac
import json
import subprocess

import httpx
import orjson
import pytest

from boucle.api.intake import is_signed
from boucle.contacts.models import Contact
from boucle.contacts.rules import ContactDetails
from boucle.events.models import Event
from boucle.kit.idempotency import hash_input
from boucle.surveys.models import Response, Survey
from boucle.tickets.models import Ticket
from tests.factories.surveys import make_survey

ANSWER = {
    "externalId": "order-7",
    "language": "fr",
    "contact": {"firstName": "Léa", "email": "lea@exemple.fr", "externalReference": "C-1"},
    "answers": {"recommendation": 2, "reason": "Colis jamais reçu", "topics": ["a"]},
    "embeddedData": {"store": "Lyon", "order_id": 42},
}


def signature(body: bytes, secret: str) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def send(
    boucle, survey: Survey, body: object, *, key: str | None = None, signed_as: str | None = None
) -> httpx.Response:
    raw = body if isinstance(body, bytes) else orjson.dumps(body)
    signed = {"X-Boucle-Signature": (signed_as or signature(raw, survey.intake_secret)).encode()}
    async with httpx.AsyncClient(base_url=boucle.url) as http:
        return await http.post(f"/intake/{key or survey.key}", content=raw, headers=signed)


SPELLED = {
    "externalId": "order-9",
    "answers": {"recommendation": 2},
    "contact": {"email": "lea@exemple.fr", "phone": "06 12 34 56 78"},
    "embeddedData": {"store": "Lyon"},
}


async def stored() -> tuple[int, int, int]:
    return await Response.all().count(), await Contact.all().count(), await Ticket.all().count()


def fields(answer: httpx.Response) -> dict[str, str]:
    return {".".join(error["field"] or []): error["code"] for error in answer.json()["errors"]}


async def test_a_signed_answer_becomes_a_response_a_contact_and_a_ticket(boucle):
    survey = await make_survey()
    answer = await send(boucle, survey, ANSWER)
    response, contact, ticket = await Response.get(), await Contact.get(), await Ticket.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "responseId": f"rsp_{response.id}",
        "trackingId": response.tracking_id,
        "contactId": f"con_{contact.id}",
        "ticketId": f"tkt_{ticket.id}",
        "ticketKey": f"T-{ticket.id}",
        "repeated": False,
        "warnings": [],
    }
    assert (response.score, response.embedded) == (2, {"store": "Lyon", "order_id": "42"})
    assert (contact.external_reference, ticket.customer_name) == ("C-1", "Léa")


async def test_the_same_answer_sent_again_is_answered_with_the_first_ids(boucle):
    survey = await make_survey()
    first = await send(boucle, survey, ANSWER)
    again = await send(boucle, survey, ANSWER)
    assert again.status_code == 200
    assert again.json() == {**first.json(), "repeated": True}
    assert await stored() == (1, 1, 1)


async def test_an_answer_sent_many_times_at_once_is_stored_once(boucle):
    survey = await make_survey()
    answers = await asyncio.gather(*(send(boucle, survey, ANSWER) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert await stored() == (1, 1, 1)


@pytest.mark.parametrize(
    ("body", "status", "codes"),
    [
        (b"{", 400, {"": "INVALID"}),
        (b"", 400, {"": "INVALID"}),
        (b'{"answers": {"reason": "\xff"}}', 400, {"": "INVALID"}),
        ([], 422, {"": "INVALID"}),
        ({}, 422, {"answers": "REQUIRED"}),
        ({"answers": {"recommendation": 11}}, 422, {"answers.recommendation": "INVALID"}),
        ({"answers": {"recommendation": 2.5}}, 422, {"answers.recommendation": "INVALID"}),
        ({"answers": {"recommendation": True}}, 422, {"answers.recommendation": "INVALID"}),
        ({"answers": {"recommendation": None}}, 422, {"answers.recommendation": "REQUIRED"}),
        ({"answers": {"recommendation": {"value": 3}}}, 422, {"answers.recommendation": "INVALID"}),
        ({"answers": [3]}, 422, {"answers": "INVALID"}),
        ({"answers": {"recommendation": 3}, "externalId": []}, 422, {"externalId": "INVALID"}),
        (
            {"answers": {"topics": ["z"], "colour": "red"}},
            422,
            {"answers.recommendation": "REQUIRED", "answers.topics": "INVALID"},
        ),
    ],
)
async def test_a_wrong_body_is_refused_field_by_field_and_leaves_no_trace(boucle, body, status, codes):
    survey = await make_survey()
    events = await Event.all().count()
    answer = await send(boucle, survey, body)
    assert (answer.status_code, fields(answer)) == (status, codes)
    assert await stored() == (0, 0, 0)
    assert await Event.all().count() == events


async def test_an_unhappy_answer_is_not_lost_for_a_bad_detail_of_its_author(boucle):
    body = {
        "answers": {"recommendation": "2.0", "colour": "red"},
        "contact": {
            "email": "x1@exemple.fr",
            "phone": "N/A",
            "age": 40,
            "language": "fr-FR",
            "externalReference": 1042,
        },
        "embeddedData": {"store": ["Lyon"], "shop": "Lyon"},
        "language": "de",
        "source": {"app": "caisse"},
        "externalId": 81220,
    }
    answer = await send(boucle, await make_survey(), body)
    response, contact, ticket = await Response.get(), await Contact.get(), await Ticket.get()
    warnings = {".".join(each["field"]): each["code"] for each in answer.json()["warnings"]}
    assert (answer.status_code, answer.json()["ticketKey"]) == (201, ticket.key)
    assert warnings == {
        "answers.colour": "UNKNOWN",
        "contact.age": "UNKNOWN",
        "contact.phone": "NOT_UNDERSTOOD",
        "embeddedData.shop": "UNKNOWN",
        "embeddedData.store": "NOT_UNDERSTOOD",
        "language": "NOT_UNDERSTOOD",
        "source": "UNKNOWN",
    }
    assert {"field": ["contact", "phone"], "value": "N/A", "reason": "not_understood"} in response.left_out
    assert (contact.email, contact.phone, contact.language, contact.external_reference) == (
        "x1@exemple.fr",
        None,
        "fr",
        "1042",
    )
    assert response.external_id == "81220"


async def test_what_is_left_out_is_bounded(boucle):
    body = {**ANSWER, "embeddedData": {f"f{place}": "x" * 5000 for place in range(40)}}
    answer = await send(boucle, await make_survey(), body)
    response = await Response.get()
    assert (len(answer.json()["warnings"]), len(response.left_out)) == (20, 20)
    assert max(len(each["value"]) for each in response.left_out) == 200


async def test_a_byte_order_mark_before_the_body_is_skipped(boucle):
    answer = await send(boucle, await make_survey(), b"\xef\xbb\xbf" + json.dumps(ANSWER).encode())
    assert answer.status_code == 201


async def test_the_same_answer_in_another_spelling_is_a_repeat(boucle):
    survey = await make_survey()
    first = await send(boucle, survey, SPELLED)
    again = {
        **SPELLED,
        "answers": {"recommendation": "2"},
        "contact": {"email": "LEA@EXEMPLE.FR", "phone": "+33612345678"},
    }
    for body in (again, {key: value for key, value in again.items() if key != "contact"}):
        answer = await send(boucle, survey, body)
        assert (answer.status_code, answer.json()["responseId"]) == (200, first.json()["responseId"])
    assert await Event.filter(kind="contact_updated").count() == 0


@pytest.mark.parametrize(
    "again",
    [
        {"answers": {"recommendation": "2.0", "reason": "COLIS jamais reçu", "topics": "A", "email": "LEA@exemple.fr"}},
        {"embeddedData": {"STORE": "lyon", "order_id": "42"}},
        {"contact": None},
        {"language": "en-US"},
    ],
)
async def test_numbers_as_texts_and_other_letters_make_no_other_answer(boucle, again):
    survey = await make_survey()
    whole = {**ANSWER, "answers": {**ANSWER["answers"], "email": "lea@exemple.fr"}}
    first = await send(boucle, survey, whole)
    repeat = await send(boucle, survey, {**whole, **again})
    assert (repeat.status_code, repeat.json()["responseId"]) == (200, first.json()["responseId"])
    assert await stored() == (1, 1, 1)


@pytest.mark.parametrize("empty", ["", "  ", None])
async def test_an_empty_external_id_is_none(boucle, empty):
    survey = await make_survey()
    answer = await send(boucle, survey, {**ANSWER, "externalId": empty})
    assert answer.status_code == 201
    assert (await Response.get()).external_id is None


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"answers": {"recommendation": 3}}, "other answers"),
        ({"contact": {"email": "leo@exemple.fr"}}, "another contact"),
        ({"embeddedData": {"store": "Lille"}}, "other embedded data"),
    ],
)
async def test_what_differs_under_a_known_external_id_is_named(boucle, change, part):
    survey = await make_survey()
    await send(boucle, survey, SPELLED)
    answer = await send(boucle, survey, {**SPELLED, **change})
    assert (answer.status_code, fields(answer)) == (409, {"externalId": "IDEMPOTENCY_MISMATCH"})
    assert f"with {part}." in answer.json()["errors"][0]["message"]


async def test_an_answer_of_before_digests_had_parts_is_still_known_again(boucle):
    survey = await make_survey()
    first = await send(boucle, survey, SPELLED)
    before = hash_input(
        {
            "answers": SPELLED["answers"],
            "embedded": SPELLED["embeddedData"],
            "contact": ContactDetails(**SPELLED["contact"])._asdict(),
            "language": None,
        }
    )
    await Response.all().update(input_hash=before)
    again = await send(boucle, survey, SPELLED)
    other = await send(boucle, survey, {**SPELLED, "answers": {"recommendation": 9}})
    assert (again.status_code, other.status_code) == (200, 409)
    assert again.json()["responseId"] == first.json()["responseId"]


async def test_the_case_of_an_address_changes_nobody(boucle):
    survey = await make_survey()
    await send(boucle, survey, {"answers": {"recommendation": 9}, "contact": {"email": "Test.User@exemple.fr"}})
    await send(boucle, survey, {"answers": {"recommendation": 9}, "contact": {"email": "TEST.USER@exemple.fr"}})
    assert (await Contact.get()).email == "Test.User@exemple.fr"
    assert await Event.filter(kind="contact_updated").count() == 0


@pytest.mark.parametrize("header", ["x", "sha256=", "sha256=00", "sha1=abc", "sha256=é"])
async def test_an_unsigned_answer_is_refused(boucle, header):
    survey = await make_survey()
    answer = await send(boucle, survey, ANSWER, signed_as=header)
    assert (answer.status_code, fields(answer)) == (401, {"": "UNAUTHENTICATED"})
    assert await stored() == (0, 0, 0)


async def test_another_surveys_secret_or_a_changed_body_does_not_sign(boucle):
    survey, other = await make_survey(), await make_survey(name="Autre")
    raw = orjson.dumps(ANSWER)
    foreign = await send(boucle, survey, raw, signed_as=signature(raw, other.intake_secret))
    changed = await send(boucle, survey, raw, signed_as=signature(raw + b" ", survey.intake_secret))
    assert (foreign.status_code, changed.status_code) == (401, 401)
    assert await stored() == (0, 0, 0)


async def test_an_unknown_survey_a_huge_body_and_a_closed_survey_have_their_own_status(boucle):
    survey, draft = await make_survey(), await make_survey(name="Brouillon", published=False)
    huge = {"answers": {"recommendation": 2, "reason": "x" * 300_000}}
    assert (await send(boucle, survey, ANSWER, key="nope")).status_code == 404
    assert (await send(boucle, survey, ANSWER, key="%00")).status_code == 404
    assert (await send(boucle, survey, huge)).status_code == 413
    assert (await send(boucle, draft, ANSWER)).status_code == 409
    assert await stored() == (0, 0, 0)


async def test_a_huge_body_without_a_declared_length_is_refused_too(boucle):
    survey = await make_survey()

    async def endless():
        for _ in range(400):
            yield b"x" * 1024

    async with httpx.AsyncClient(base_url=boucle.url) as http:
        answer = await http.post(f"/intake/{survey.key}", content=endless())
    assert answer.status_code == 413


async def test_other_answers_under_a_known_external_id_are_refused(boucle):
    survey = await make_survey()
    await send(boucle, survey, ANSWER)
    other = await send(boucle, survey, {**ANSWER, "answers": {"recommendation": 9}})
    assert (other.status_code, fields(other)) == (409, {"externalId": "IDEMPOTENCY_MISMATCH"})
    assert await stored() == (1, 1, 1)


async def test_a_flood_is_slowed_down(boucle):
    survey = await make_survey()
    statuses = set()
    for _ in range(61):
        answer = await send(boucle, survey, ANSWER, signed_as="sha256=00")
        statuses.add(answer.status_code)
    assert statuses == {401, 429}
    assert answer.headers["retry-after"] == "60"
    assert (await send(boucle, survey, ANSWER)).status_code == 201


def test_the_documented_command_makes_the_right_signature():
    body = '{"answers":{"recommendation":3}}'
    command = "printf '%s' \"$body\" | openssl dgst -sha256 -hmac \"$SECRET\" -r | cut -d' ' -f1"
    made = subprocess.run(
        ["bash", "-c", command],
        env={"body": body, "SECRET": "bci_x", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
    )
    assert is_signed(body.encode(), f"sha256={made.stdout.decode().strip()}", "bci_x")
