"""Contacts, surveys and responses through the API."""

from dataclasses import replace
from datetime import datetime

import pytest

from boucle.contacts.models import Contact
from boucle.contacts.rules import ContactDetails
from boucle.events.actor import CUSTOMER
from boucle.flows.closing_the_loop import receive_response
from boucle.flows.receiving import Outcome
from boucle.surveys.answers import Submission
from boucle.surveys.models import Channel, Response, ResponseState, Survey
from boucle.tickets.models import Ticket
from tests.api.conftest import make_account, token_of
from tests.factories.contacts import NOON, make_contact
from tests.factories.surveys import a_submission, make_program, make_survey
from tests.serving import machine

SUBMIT = """mutation ($key: String!, $input: ResponseInput!, $once: String) {
  responseSubmit(surveyKey: $key, input: $input, idempotencyKey: $once) {
    response { id trackingId score scoreClass channel language comment versionNumber survey { key }
      contact { name email } ticket { key }
      answers { question { key } number text choices { key } } embeddedData { name value } }
    ticket { key customerName } userErrors { field code message } } }"""
UNHAPPY = {
    "contact": {"firstName": "Léa", "lastName": "Durand"},
    "answers": [
        {"question": "recommendation", "number": 2},
        {"question": "reason", "text": "Colis jamais reçu"},
        {"question": "topics", "choices": ["b"]},
        {"question": "email", "text": "lea@exemple.fr"},
    ],
    "embeddedData": [{"name": "Store", "value": "Lyon"}],
}
CREATE = """mutation ($input: SurveyCreateInput!, $once: String) {
  surveyCreate(input: $input, idempotencyKey: $once) { survey { ...Whole } userErrors { field code } } }"""
UPDATE = """mutation ($id: ID!, $version: Int!, $input: SurveyUpdateInput!) {
  surveyUpdate(id: $id, expectedVersion: $version, input: $input) { survey { ...Whole } userErrors { field code } } }"""
PUBLISH = """mutation ($id: ID!, $version: Int!, $note: String) {
  surveyPublish(id: $id, expectedVersion: $version, note: $note) { survey { ...Whole } userErrors { field code } } }"""
WHOLE = """fragment Whole on Survey { id key name isOpen version hasUnpublishedChanges intakeSecret publicUrl intakeUrl
  program { name } draft { questions { key } } published { number note definition { questions { key } } }
  versions { number } ticketRule { enabled maximumScore priority team { name } } responseCount averageScore }"""
TIMELINE = """query ($id: ID!, $kinds: [EventKind!]) { node(id: $id) { ... on Contact {
  lastScore lastScoreMaximum lastScoreClass responseCount openTicketCount
  responses(first: 10) { totalCount nodes { score } } tickets(first: 10) { nodes { key } }
  timeline(first: 10, kinds: $kinds) { nodes { kind ticket { key } } } } } }"""


def kinds(contact) -> list[str]:
    return [event["kind"] for event in contact["timeline"]["nodes"]]


async def test_a_submitted_answer_can_be_read_back_whole(admin):
    survey = await make_survey()
    done = (await admin(SUBMIT, key=survey.key, input=UNHAPPY))["responseSubmit"]
    assert done["userErrors"] == []
    response, ticket = done["response"], await Ticket.get()
    assert done["ticket"] == {"key": ticket.key, "customerName": "Léa Durand"}
    assert response["contact"] == {"name": "Léa Durand", "email": "lea@exemple.fr"}
    assert (response["score"], response["scoreClass"], response["channel"]) == (2, "DETRACTOR", "API")
    assert response["answers"] == [
        {"question": {"key": "recommendation"}, "number": 2, "text": None, "choices": []},
        {"question": {"key": "reason"}, "number": None, "text": "Colis jamais reçu", "choices": []},
        {"question": {"key": "topics"}, "number": None, "text": None, "choices": [{"key": "b"}]},
        {"question": {"key": "email"}, "number": None, "text": "lea@exemple.fr", "choices": []},
    ]
    assert response["embeddedData"] == [{"name": "store", "value": "Lyon"}]


async def test_an_idempotency_key_gives_the_first_response_again(admin):
    survey = await make_survey()
    first = await admin(SUBMIT, key=survey.key, input=UNHAPPY, once="k")
    assert await admin(SUBMIT, key=survey.key, input=UNHAPPY, once="k") == first
    other = await admin(SUBMIT, key=survey.key, input={**UNHAPPY, "language": "EN"}, once="k")
    assert [error["code"] for error in other["responseSubmit"]["userErrors"]] == ["IDEMPOTENCY_MISMATCH"]
    assert await Response.all().count() == 1


async def test_wrong_answers_are_all_named_with_their_place(admin):
    survey = await make_survey()
    wrong = {
        "answers": [{"question": "recommendation", "number": 11}, {"question": "topics", "choices": ["z"]}],
    }
    done = (await admin(SUBMIT, key=survey.key, input=wrong))["responseSubmit"]
    assert [error["field"] for error in done["userErrors"]] == [
        ["input", "answers", "recommendation"],
        ["input", "answers", "topics"],
    ]
    for answers in ([{"question": "reason", "text": "x", "number": 1}], [{"question": "reason", "text": "x"}] * 2):
        refused = (await admin(SUBMIT, key=survey.key, input={"answers": answers}))["responseSubmit"]
        assert [error["code"] for error in refused["userErrors"]] == ["INVALID"]
    missing = (await admin(SUBMIT, key="nope", input=UNHAPPY))["responseSubmit"]
    assert missing["userErrors"][0]["field"] == ["surveyKey"]
    assert (await Response.all().count(), await Contact.all().count()) == (0, 0)


async def test_a_survey_from_creation_to_its_second_version(admin):
    program = await make_program()
    wanted = {"programId": f"prg_{program.id}", "name": "Après l’achat"}
    made = (await admin(CREATE + WHOLE, input=wanted, once="k"))["surveyCreate"]["survey"]
    assert (await admin(CREATE + WHOLE, input=wanted, once="k"))["surveyCreate"]["survey"] == made
    assert (made["key"], made["published"], made["ticketRule"]["maximumScore"]) == ("apres-l-achat", None, 6)
    assert made["publicUrl"].endswith("/r/apres-l-achat")
    assert made["intakeUrl"].endswith("/intake/apres-l-achat")
    live = (await admin(PUBLISH + WHOLE, id=made["id"], version=1, note="Go"))["surveyPublish"]["survey"]
    assert (live["published"]["number"], live["published"]["note"], live["hasUnpublishedChanges"]) == (1, "Go", False)
    both = {"fr": "Une question", "en": "A question"}
    definition = {
        "title": both, "introduction": both, "thanks": both,
        "questions": [{"key": "q", "kind": "CSAT", "text": both, "role": "SCORE", "points": 5}],
    }  # fmt: skip
    rule = {"enabled": True, "maximumScore": 2, "priority": "LOW"}
    edited = await admin(UPDATE + WHOLE, id=made["id"], version=2, input={"definition": definition, "ticketRule": rule})
    survey = edited["surveyUpdate"]["survey"]
    assert survey["draft"] == {"questions": [{"key": "q"}]}
    assert len(survey["published"]["definition"]["questions"]) == 6
    assert (survey["ticketRule"]["maximumScore"], survey["ticketRule"]["priority"]) == (2, "LOW")
    live = (await admin(PUBLISH + WHOLE, id=made["id"], version=3))["surveyPublish"]["survey"]
    assert live["versions"] == [{"number": 2}, {"number": 1}]


async def test_a_late_edit_gets_the_current_survey_and_a_wrong_one_names_the_question(admin):
    survey = await make_survey()
    number = f"srv_{survey.id}"
    late = (await admin(UPDATE + WHOLE, id=number, version=1, input={"name": "X"}))["surveyUpdate"]
    assert [error["code"] for error in late["userErrors"]] == ["CONFLICT"]
    assert late["survey"]["version"] == survey.version
    empty = {"fr": "", "en": ""}
    broken = {"title": empty, "introduction": empty, "thanks": empty, "questions": []}
    done = (await admin(UPDATE + WHOLE, id=number, version=survey.version, input={"definition": broken}))[
        "surveyUpdate"
    ]
    assert ["input", "definition", "questions"] in [error["field"] for error in done["userErrors"]]
    rule = {"enabled": True, "maximumScore": 2, "priority": "LOW", "teamId": "tea_99"}
    done = (await admin(UPDATE + WHOLE, id=number, version=survey.version, input={"ticketRule": rule}))["surveyUpdate"]
    assert done["userErrors"] == [{"field": ["input", "ticketRule", "teamId"], "code": "NOT_FOUND"}]


async def test_the_ticket_of_an_anonymous_answer_names_no_customer(admin):
    survey = await make_survey()
    done = (await admin(SUBMIT, key=survey.key, input={"answers": UNHAPPY["answers"][:1]}))["responseSubmit"]
    assert (done["userErrors"], done["ticket"]["customerName"], done["response"]["contact"]) == ([], None, None)


async def test_the_timeline_tells_of_tickets_only_what_the_viewer_may_see(boucle, admin):
    survey = await make_survey()
    await admin(SUBMIT, key=survey.key, input=UNHAPPY)
    contact, ticket = await Contact.get(), await Ticket.get()
    number = f"con_{contact.id}"
    seen = (await admin(TIMELINE, id=number))["node"]
    assert kinds(seen) == ["TICKET_CREATED", "RESPONSE_RECEIVED", "CONTACT_CREATED"]
    assert (seen["lastScore"], seen["lastScoreMaximum"], seen["lastScoreClass"]) == (2, 10, "DETRACTOR")
    assert (seen["responseCount"], seen["openTicketCount"]) == (1, 1)
    only = (await admin(TIMELINE, id=number, kinds=["RESPONSE_RECEIVED"]))["node"]
    assert kinds(only) == ["RESPONSE_RECEIVED"]
    taker, boss = (
        await make_account("taker@boucle.example", user_type="ticket_taker"),
        await make_account("b@b.example"),
    )
    await Ticket.filter(id=ticket.id).update(assignee_id=boss.id)
    async with machine(boucle, await token_of(taker)) as client:
        hidden = (await client(TIMELINE, id=number))["node"]
    assert kinds(hidden) == ["RESPONSE_RECEIVED", "CONTACT_CREATED"]
    assert (hidden["openTicketCount"], hidden["tickets"]["nodes"]) == (0, [])


async def test_contacts_are_found_created_and_changed(admin):
    await make_contact()
    create = """mutation ($input: ContactCreateInput!) { contactCreate(input: $input) {
      contact { id name phone version } userErrors { field code } } }"""
    made = (await admin(create, input={"firstName": "Jérôme", "phone": "06 12 34 56 78"}))["contactCreate"]["contact"]
    assert made["phone"] == "+33612345678"
    found = await admin('{ contacts(first: 5, filter: {text: "jerome"}) { totalCount nodes { id } } }')
    assert found["contacts"] == {"totalCount": 1, "nodes": [{"id": made["id"]}]}
    update = """mutation ($id: ID!, $version: Int!, $input: ContactUpdateInput!) {
      contactUpdate(id: $id, expectedVersion: $version, input: $input) {
        contact { phone lastName isOptedOut version } userErrors { field code } } }"""
    change = {"lastName": "Noël", "phone": None, "isOptedOut": True}
    done = (await admin(update, id=made["id"], version=1, input=change))["contactUpdate"]
    assert done["contact"] == {"phone": None, "lastName": "Noël", "isOptedOut": True, "version": 2}
    late = (await admin(update, id=made["id"], version=1, input={"lastName": "X"}))["contactUpdate"]
    assert (late["userErrors"], late["contact"]["version"]) == ([{"field": None, "code": "CONFLICT"}], 2)
    wrong = (await admin(update, id=made["id"], version=2, input={"email": "x@", "phone": "1"}))["contactUpdate"]
    assert [error["field"] for error in wrong["userErrors"]] == [["input", "email"], ["input", "phone"]]


@pytest.mark.parametrize(
    ("user_type", "sees_surveys", "sees_contacts"),
    [("ticket_taker", True, True), ("viewer", True, False), ("cx_admin", True, True)],
)
async def test_everybody_sees_what_their_rights_allow(boucle, user_type, sees_surveys, sees_contacts):
    survey, contact = await make_survey(), await make_contact()
    user = await make_account("x@boucle.example", user_type=user_type)
    async with machine(boucle, await token_of(user)) as client:
        data = await client(
            "query ($c: ID!, $s: String!) { node(id: $c) { id } surveyByKey(key: $s) { key intakeSecret } }",
            c=f"con_{contact.id}",
            s=survey.key,
        )
    assert (data["node"] is not None) == sees_contacts
    assert (data["surveyByKey"] is not None) == sees_surveys
    assert (data["surveyByKey"]["intakeSecret"] is not None) == (user_type == "cx_admin")


async def test_lists_are_paged_by_name_and_newest_first(admin):
    for name in ("Zèbre", "2026", "Après"):
        await make_survey(name=name, published=False)
    page = "query ($a: String) { surveys(first: 2, after: $a) { nodes { name } pageInfo { endCursor hasNextPage } } }"
    first = (await admin(page))["surveys"]
    second = (await admin(page, a=first["pageInfo"]["endCursor"]))["surveys"]
    names = [node["name"] for node in first["nodes"] + second["nodes"]]
    assert names == [survey.name for survey in await Survey.all().order_by("name", "id")]
    program = await admin("{ programs(first: 5) { nodes { name surveys { name } } } }")
    assert len(program["programs"]["nodes"][0]["surveys"]) == 3
    listed = await admin("{ responses(first: 5, filter: {scoreClasses: [DETRACTOR]}) { totalCount } }")
    assert listed == {"responses": {"totalCount": 0}}


async def receive(survey: Survey, submission: Submission) -> Outcome:
    return await receive_response(CUSTOMER, survey, submission, channel=Channel.INTAKE, now=NOON)


FIGURES = """query ($contact: ID!) {
  surveys(first: 5) { nodes { name responseCount lastResponseAt averageScore } }
  node(id: $contact) { ... on Contact { responseCount lastScore lastScoreMaximum lastScoreClass } } }"""


async def test_figures_count_answers_and_take_the_last_score(admin):
    survey, _ = await make_survey(), await make_survey(name="Vide")
    reference = ContactDetails(external_reference="C-1")
    for score in (2, 9):
        await receive(survey, replace(a_submission(score), contact=reference))
    seen = await admin(FIGURES, contact="con_1")
    empty = {"name": "Vide", "responseCount": 0, "lastResponseAt": None, "averageScore": None}
    counted = next(each for each in seen["surveys"]["nodes"] if each["name"] != "Vide")
    assert empty in seen["surveys"]["nodes"]
    assert (counted["responseCount"], counted["averageScore"]) == (2, 5.5)
    assert datetime.fromisoformat(counted["lastResponseAt"]) == NOON
    last = {"responseCount": 2, "lastScore": 9, "lastScoreMaximum": 10, "lastScoreClass": "PROMOTER"}
    assert seen["node"] == last


async def test_an_answer_left_half_way_is_nobodys_last_score(admin):
    survey = await make_survey()
    response = (await receive(survey, a_submission(9, email="lea@exemple.fr"))).response
    await Response.filter(id=response.id).update(state=ResponseState.PARTIAL)
    seen = await admin(FIGURES, contact=f"con_{response.contact_id}")
    assert (seen["node"]["responseCount"], seen["node"]["lastScore"]) == (1, None)
