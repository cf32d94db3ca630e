"""Beside the addresses that the public knows stands nothing, and nothing never shows the screens of the staff."""

import httpx
import pytest

from boucle.api.respond_words import ENGLISH, FRENCH
from tests.api.test_intake import ANSWER, send, signature
from tests.api.test_respond import UNHAPPY, token, words
from tests.factories.surveys import make_survey

only_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
async def page(boucle):
    async with httpx.AsyncClient(base_url=boucle.url, headers={"accept-language": "fr"}) as http:
        yield http


@only_sqlite
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
async def test_what_is_nothing_below_r_says_so_in_the_words_of_the_survey_page(page, method):
    survey = await make_survey()
    for path in ("/r", "/r/", f"/r/{survey.key}/merci", f"/r/{survey.key}/thanks/X/", "/r//", "/r/a/b/c"):
        answer = await page.request(method, path)
        assert answer.status_code == 404, path
        assert FRENCH.unknown_heading in words(answer)
    english = await page.get("/r/a/b", headers={"accept-language": "en"})
    assert ENGLISH.unknown_heading in words(english)


@only_sqlite
async def test_a_slash_at_the_end_leads_to_the_survey_with_its_query_and_body(page):
    survey = await make_survey()
    led = await page.get(f"/r/{survey.key}/?lang=en")
    assert (led.status_code, led.headers["location"]) == (308, f"/r/{survey.key}?lang=en")
    sent = {**UNHAPPY, "token": await token(page, f"/r/{survey.key}")}
    thanks = await page.post(f"/r/{survey.key}/", data=sent, follow_redirects=True)
    assert (thanks.status_code, FRENCH.soon_heading in words(thanks)) == (200, True)


async def test_keys_of_surveys_ignore_case(boucle, page):
    survey = await make_survey()
    assert (await page.get(f"/r/{survey.key.title()}")).status_code == 200
    assert (await send(boucle, survey, ANSWER, key=survey.key.upper())).status_code == 201


@only_sqlite
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
async def test_intake_says_that_answers_are_sent_by_post(page, method):
    survey = await make_survey()
    for path in (f"/intake/{survey.key}", f"/intake/{survey.key}/"):
        answer = await page.request(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
        assert answer.headers["content-type"] == "application/json"


@only_sqlite
async def test_intake_takes_a_slash_at_the_end_and_nothing_below(page):
    survey = await make_survey()
    body = b'{"answers": {"recommendation": 9}}'
    signed = {"X-Boucle-Signature": signature(body, survey.intake_secret)}
    assert (await page.post(f"/intake/{survey.key}/", content=body, headers=signed)).status_code == 201
    for path in ("/intake", "/intake/", f"/intake/{survey.key}/more"):
        answer = await page.post(path, content=body, headers=signed)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "NOT_FOUND")


@only_sqlite
@pytest.mark.parametrize("path", ["/graphql", "/healthz", "/readyz", "/metrics"])
async def test_a_slash_at_the_end_of_the_others_leads_to_them(page, path):
    answer = await page.get(f"{path}/?x=1")
    assert (answer.status_code, answer.headers["location"]) == (308, f"{path}?x=1")
