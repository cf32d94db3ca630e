"""The respondent's page, as a browser without JavaScript sees it."""

import re
from dataclasses import replace
from html import unescape

import httpx
import pytest

from boucle.api.languages import preferred_language
from boucle.api.respond_words import ENGLISH, FRENCH
from boucle.api.typesetting import typeset
from boucle.contacts.models import Contact
from boucle.surveys.actions import state_of, update_survey
from boucle.surveys.models import Channel, Response, SurveyId
from boucle.tickets.models import Ticket
from tests.factories.contacts import NOON, a_viewer
from tests.factories.surveys import make_survey

TOKEN = re.compile(r'name="token" value="([^"]+)"')
UNHAPPY = {"a.recommendation": "2", "a.reason": "Colis <jamais> reçu", "a.email": "lea@exemple.fr"}


@pytest.fixture
async def page(boucle):
    """A browser that prefers French."""
    headers = {"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"}
    async with httpx.AsyncClient(base_url=boucle.url, headers=headers, follow_redirects=True) as http:
        yield http


async def token(page, path: str) -> str:
    return TOKEN.search((await page.get(path)).text)[1]


def words(answer: httpx.Response) -> str:
    """What a person reads on the page."""
    body = answer.text.split("</style>")[-1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


async def test_an_answer_is_stored_and_thanked_for_with_its_tracking_id(page):
    survey = await make_survey()
    path = f"/r/{survey.key}"
    thanks = await page.post(path, data={**UNHAPPY, "token": await token(page, path)})
    response, ticket = await Response.get(), await Ticket.get()
    assert thanks.status_code == 200
    assert response.tracking_id in words(thanks)
    assert FRENCH.thanks_heading in words(thanks)
    assert (response.channel, response.language, response.score) == (Channel.PAGE, "fr", 2)
    assert (ticket.comment, ticket.customer_email) == ("Colis <jamais> reçu", "lea@exemple.fr")


async def test_the_same_page_sent_twice_is_stored_once(page):
    survey = await make_survey()
    path = f"/r/{survey.key}"
    sent = {**UNHAPPY, "token": await token(page, path)}
    first, again = await page.post(path, data=sent), await page.post(path, data=sent)
    changed = await page.post(path, data={**sent, "a.recommendation": "9"})
    assert words(first) == words(again)
    assert FRENCH.already_heading in words(changed)
    assert [response.score for response in await Response.all()] == [2]
    assert await Ticket.all().count() == 1


async def test_a_refused_answer_is_shown_again_as_typed_with_the_reason_beside_the_question(page):
    survey = await make_survey()
    path = f"/r/{survey.key}"
    first = await token(page, path)
    sent = {"a.reason": 'Colis "jamais" <reçu>', "a.email": "lea@", "a.topics": ["a", "b"], "token": first}
    answer = await page.post(path, data=sent)
    assert answer.status_code == 422
    assert FRENCH.errors_many.format(count=2) in words(answer)
    assert re.search(r'id="error-recommendation">Choisissez une note', answer.text)
    assert re.search(r'id="error-email">Cette adresse', answer.text)
    assert 'value="lea@"' in answer.text
    assert "Colis &#34;jamais&#34; &lt;reçu&gt;</textarea>" in answer.text
    assert len(re.findall(r'name="a.topics" value="[ab]" checked', answer.text)) == 2
    assert TOKEN.search(answer.text)[1] == first
    assert await Response.all().count() == 0


async def test_the_page_speaks_the_respondents_language(page):
    survey = await make_survey()
    path = f"/r/{survey.key}"
    french, english = await page.get(path), await page.get(f"{path}?lang=en&store=Lyon")
    assert '<html lang="fr">' in french.text
    assert FRENCH.send in words(french)
    assert '<html lang="en">' in english.text
    assert ENGLISH.send in words(english)
    assert "lang=fr&amp;store=Lyon" in english.text
    await page.post(f"{path}?lang=en", data={**UNHAPPY, "token": "x"})
    assert (await Response.get()).language == "en"


async def test_the_link_brings_declared_values_and_what_is_known_of_the_person(page):
    survey = await make_survey()
    path = f"/r/{survey.key}?STORE=Lyon&evil=1&email=lea@exemple.fr&first_name=L%C3%A9a"
    shown = await page.get(path)
    assert 'name="e.store" value="Lyon"' in shown.text
    assert "evil" not in shown.text.split("<main>")[1]
    assert 'value="Léa"' in shown.text
    sent = {"a.recommendation": "9", "a.email": "lea@exemple.fr", "e.store": "Lyon", "e.evil": "1", "token": "x"}
    await page.post(path, data=sent)
    assert (await Response.get()).embedded == {"store": "Lyon"}
    assert (await Contact.get()).email == "lea@exemple.fr"


async def test_known_details_that_the_survey_does_not_ask_for_travel_along(page):
    survey = await make_survey()
    definition = replace(state_of(survey).definition, questions=state_of(survey).definition.questions[:2])
    short = await make_survey(name="Courte", definition=definition)
    shown = await page.get(f"/r/{short.key}?email=lea@exemple.fr&phone=12")
    assert 'name="c.email" value="lea@exemple.fr"' in shown.text
    assert "c.phone" not in shown.text
    await page.post(f"/r/{short.key}", data={"a.recommendation": "9", "c.email": "lea@exemple.fr", "token": "x"})
    assert (await Contact.get()).email == "lea@exemple.fr"


async def test_a_robot_that_fills_every_field_is_not_taken_and_a_person_is_told_why(page):
    survey = await make_survey()
    answer = await page.post(f"/r/{survey.key}", data={**UNHAPPY, "leave_empty": "http://spam"})
    assert answer.status_code == 422
    assert FRENCH.leave_empty_error in words(answer).replace("\xa0", " ")
    assert await Response.all().count() == 0


async def test_a_flood_from_one_address_is_slowed_down_and_nothing_typed_is_lost(page):
    survey = await make_survey()
    for number in range(61):
        answer = await page.post(f"/r/{survey.key}", data={"a.email": "lea@", "token": f"t{number}"})
    assert answer.status_code == 429
    assert 'value="lea@"' in answer.text


async def test_closed_unpublished_and_unknown_surveys_have_pages_of_their_own(page):
    survey, draft = await make_survey(), await make_survey(name="Brouillon", published=False)
    wanted = replace(state_of(survey), is_open=False)
    await update_survey(a_viewer(), SurveyId(survey.id), survey.version, wanted, NOON)
    for path, status, heading in (
        (f"/r/{survey.key}", 410, FRENCH.closed_heading),
        (f"/r/{draft.key}", 404, FRENCH.not_yet_heading),
        ("/r/nope", 404, FRENCH.unknown_heading),
        ("/r/%00", 404, FRENCH.unknown_heading),
        (f"/r/{survey.key}/thanks/AAAAA-AAAAA", 404, FRENCH.unknown_heading),
    ):
        answer = await page.get(path)
        assert (answer.status_code, heading in words(answer)) == (status, True), path
    assert (await page.post(f"/r/{survey.key}", data=UNHAPPY)).status_code == 410
    assert await Response.all().count() == 0


async def test_pages_are_light_and_run_no_script(page):
    survey = await make_survey()
    answer = await page.get(f"/r/{survey.key}")
    policy = answer.headers["content-security-policy"]
    assert len(answer.content) < 50_000
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "<script" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_strange_bodies_are_answered_without_an_error_of_ours(page):
    survey = await make_survey()
    path = f"/r/{survey.key}"
    for content, status in ((b"\xff\x00=%00&a.recommendation=%F0", 422), (b"a=1&" * 2000, 413), (b"x" * 300_000, 413)):
        answer = await page.post(path, content=content)
        assert answer.status_code == status
    for mark in ("٣", "99999999999", "-1", "2.5"):
        assert (await page.post(path, data={"a.recommendation": mark, "token": "x"})).status_code == 422
    assert (await page.post(path, data={"a.recommendation": "3", "a.reason": "a\x00b", "token": ""})).status_code == 200


def test_the_language_is_the_one_asked_for_then_the_browsers_then_the_surveys():
    assert preferred_language(asked="EN", accepted="fr", otherwise="fr") == "en"
    assert preferred_language(asked="xx", accepted="de, en-GB;q=0.8, fr;q=0.9", otherwise="en") == "fr"
    assert preferred_language(asked=None, accepted="de, en;q=0", otherwise="fr") == "fr"
    assert preferred_language(asked=None, accepted=";;q=x,,", otherwise="en") == "en"


def test_french_punctuation_never_begins_a_line():
    assert typeset("Vraiment ? « Oui » !") == "Vraiment\xa0? «\xa0Oui\xa0»\xa0!"
