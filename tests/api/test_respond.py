"""The respondent's page, as a browser without JavaScript sees it."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlsplit

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
from tests.factories.surveys import full_definition, make_survey

TOKEN = re.compile(r'name="token" value="([^"]+)"')
UNHAPPY = {"a.recommendation": "2", "a.reason": "Colis <jamais> reçu", "a.email": "lea@exemple.fr"}


@pytest.fixture
async def page(boucle):
    """A browser that prefers French."""
    headers = {"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"}
    async with httpx.AsyncClient(base_url=boucle.url, headers=headers, follow_redirects=True) as http:
        yield http


async def token(page, path: str) -> str:
    return token_in(await page.get(path))


def token_in(answer: httpx.Response) -> str:
    return TOKEN.search(answer.text)[1]


def action(answer: httpx.Response) -> str:
    """Where the form is sent."""
    return unescape(re.search(r'method="post" action="([^"]+)"', answer.text)[1])


def formaction(answer: httpx.Response) -> str:
    """Where the other language is asked for."""
    return unescape(re.search(r'formaction="([^"]+)"', answer.text)[1])


def address(answer: httpx.Response, of: str) -> dict[str, str]:
    """What an address of the page carries, without its token."""
    found = {"action": action, "formaction": formaction}[of](answer)
    return {name: value for name, value in parse_qsl(urlsplit(found).query) if name != "_page"}


def short_definition():
    """Score and reason alone: nothing is asked about the person."""
    return replace(full_definition(), questions=full_definition().questions[:2])


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
    assert FRENCH.soon_heading in words(thanks)
    assert (response.channel, response.language, response.score) == (Channel.PAGE, "fr", 2)
    assert (ticket.comment, ticket.customer_email) == ("Colis <jamais> reçu", "lea@exemple.fr")


@pytest.mark.parametrize(
    ("answer", "heading"),
    [
        ({"a.recommendation": "2", "a.email": "lea@exemple.fr"}, FRENCH.soon_heading),
        ({"a.recommendation": "2", "a.phone": "06 12 34 56 78"}, FRENCH.soon_heading),
        ({"a.recommendation": "2", "a.first_name": "Léa"}, FRENCH.thanks_heading),
        ({"a.recommendation": "9", "a.email": "lea@exemple.fr"}, FRENCH.thanks_heading),
    ],
)
async def test_who_is_unhappy_and_says_how_to_answer_is_promised_one(page, answer, heading):
    survey = await make_survey()
    thanks = await page.post(f"/r/{survey.key}", data={**answer, "token": "x"})
    again = await page.post(f"/r/{survey.key}", data={**answer, "token": "x"})
    assert heading in words(thanks)
    assert words(again) == words(thanks)
    assert words(await page.get(str(thanks.url))) == words(thanks)


async def test_a_promise_is_made_by_the_answer_that_was_sent_and_not_by_what_is_known(page):
    survey = await make_survey()
    sent = await page.post(f"/r/{survey.key}", data={**UNHAPPY, "token": "x"})
    plain = str(sent.url).replace("&soon=1", "")
    assert FRENCH.thanks_heading in words(await page.get(plain))


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
    assert address(english, "formaction") == {"store": "Lyon", "lang": "fr"}
    await page.post(f"{path}?lang=en", data={**UNHAPPY, "token": "x"})
    assert (await Response.get()).language == "en"


@pytest.mark.parametrize("name", ["store", "STORE", "e.store", "E.Store"])
async def test_the_link_brings_declared_values_under_both_spellings_in_any_case(page, name):
    survey = await make_survey()
    path = f"/r/{survey.key}?{name}=%20Lyon&evil=1"
    shown = await page.get(path)
    await page.post(action(shown), data={"a.recommendation": "9", "token": token_in(shown)})
    assert (await Response.get()).embedded == {"store": "Lyon"}


@pytest.mark.parametrize("name", ["first_name", "firstName", "c.first_name", "FIRST-NAME"])
async def test_the_link_fills_in_what_is_known_of_the_person(page, name):
    survey = await make_survey()
    shown = await page.get(f"/r/{survey.key}?{name}=L%C3%A9a")
    assert 'name="a.first_name" type="text" autocomplete="given-name" maxlength="500" value="Léa"' in shown.text


async def test_known_details_that_the_survey_does_not_ask_for_travel_along(page):
    survey = await make_survey(definition=short_definition())
    shown = await page.get(f"/r/{survey.key}?email=lea@exemple.fr&phone=12")
    await page.post(action(shown), data={"a.recommendation": "9"})
    contact, response = await Contact.get(), await Response.get()
    assert (contact.email, contact.phone) == ("lea@exemple.fr", None)
    assert response.left_out == [{"field": ["contact", "phone"], "value": "12", "reason": "not_understood"}]


@pytest.mark.parametrize(
    ("query", "email", "phone"),
    [
        ("email=lea+tag@exemple.fr", "lea+tag@exemple.fr", None),
        ("email=%20lea@exemple.fr%20", "lea@exemple.fr", None),
        ("email=lea@exemple.fr&phone=+442079460958", "lea@exemple.fr", "+442079460958"),
        ("phone=06+12+34+56+78", None, "+33612345678"),
    ],
)
async def test_a_plus_that_the_link_did_not_escape_is_repaired(page, query, email, phone):
    survey = await make_survey(definition=short_definition())
    shown = await page.get(f"/r/{survey.key}?{query}")
    await page.post(action(shown), data={"a.recommendation": "2"})
    contact = await Contact.get()
    assert (contact.email, contact.phone) == (email, phone)


async def test_a_refused_answer_keeps_link_and_token_in_its_address_and_nothing_typed(page):
    survey = await make_survey()
    link = f"/r/{survey.key}?e.store=Lyon&email=lea@exemple.fr&utm_source=mail"
    shown = await page.get(link)
    typed = {"a.recommendation": "2", "a.reason": "Colis perdu", "a.phone": "12", "token": token_in(shown)}
    refused = await page.post(action(shown), data=typed)
    assert (refused.status_code, "Colis" in str(refused.url)) == (422, False)
    # Enter in the address bar, or a telephone that loads the page again.
    reloaded = await page.get(str(refused.url))
    assert token_in(reloaded) == token_in(shown)
    assert 'value="lea@exemple.fr"' in reloaded.text
    await page.post(
        action(reloaded),
        data={"a.recommendation": "2", "a.email": "lea@exemple.fr", "token": token_in(reloaded)},
    )
    response, ticket = await Response.get(), await Ticket.get()
    assert (response.embedded, ticket.customer_email) == ({"store": "Lyon"}, "lea@exemple.fr")


async def test_the_other_language_keeps_what_was_typed_and_stores_nothing(page):
    survey = await make_survey()
    shown = await page.get(f"/r/{survey.key}?store=Lyon")
    typed = {"a.recommendation": "2", "a.reason": "Colis perdu", "token": token_in(shown), "switch": "form"}
    english = await page.post(str(shown.url.join(formaction(shown))), data=typed)
    assert english.status_code == 200
    assert '<html lang="en">' in english.text
    assert "Colis perdu</textarea>" in english.text
    assert 'value="2" checked' in english.text
    assert 'role="alert"' not in english.text
    assert (token_in(english), address(english, "action")["store"]) == (token_in(shown), "Lyon")
    assert await Response.all().count() == 0


async def test_what_is_to_be_corrected_is_said_in_the_other_language_too(page):
    survey = await make_survey()
    refused = await page.post(f"/r/{survey.key}", data={"a.email": "lea@", "token": "t"})
    switch = {"a.email": "lea@", "token": "t", "switch": re.search(r'name="switch" value="(\w+)"', refused.text)[1]}
    english = await page.post(formaction(refused), data=switch)
    assert ENGLISH.errors_many.format(count=2) in words(english)
    assert re.search(r'id="error-email">This address', english.text)


async def test_a_page_that_was_sent_says_so_when_it_is_loaded_again_and_offers_a_fresh_one(page):
    survey = await make_survey()
    shown = await page.get(f"/r/{survey.key}?store=Lyon")
    address_sent_to = action(shown)
    await page.post(address_sent_to, data={**UNHAPPY, "token": token_in(shown)})
    again = await page.get(address_sent_to)
    assert FRENCH.already_heading in words(again)
    assert (await Response.get()).tracking_id in words(again)
    fresh = await page.get(unescape(re.search(r'class="again"><a href="([^"]+)"', again.text)[1]))
    assert FRENCH.send in words(fresh)
    assert token_in(fresh) != token_in(shown)
    assert address(fresh, "action")["store"] == "Lyon"


async def test_the_enter_key_sends_the_answer_and_does_not_switch_the_language(page):
    survey = await make_survey()
    shown = await page.get(f"/r/{survey.key}")
    first_button = re.search(r"<button[^>]*>", shown.text)[0]
    assert "formaction" not in first_button
    assert 'form="answer"' in first_button


async def test_a_page_of_another_site_may_send_what_a_link_would_bring_along(page):
    survey = await make_survey()
    sent = {"a.recommendation": "9", "a.email": "lea@exemple.fr", "e.store": "Lyon", "e.evil": "1", "token": "x"}
    await page.post(f"/r/{survey.key}", data=sent)
    assert (await Response.get()).embedded == {"store": "Lyon"}


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
    assert answer.headers["cache-control"] == "private, no-cache"
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
    for tag, language in (("en-US", "en"), ("en_GB", "en"), ("fr_CA", "fr"), ("FR-be", "fr"), (" EN ", "en")):
        assert preferred_language(asked=tag, accepted="", otherwise="xx") == language


def test_french_punctuation_never_begins_a_line():
    assert typeset("Vraiment ? « Oui » !") == "Vraiment\xa0? «\xa0Oui\xa0»\xa0!"
