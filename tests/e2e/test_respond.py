"""The respondent's page, in a browser that runs no script at all."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.api import SURVEY
from tests.e2e.browsers import PHONE, Desks

pytestmark = pytest.mark.browser


def test_a_customer_answers_without_javascript_and_the_agent_sees_it_at_once(desks: Desks):
    agent = desks.of("ines", "/inbox?view=teams&as=feed")
    expect(agent.get_by_role("feed")).to_be_visible()
    page = desks.stranger(java_script_enabled=False, viewport=PHONE)
    page.goto(f"/r/{SURVEY}")
    page.locator("label").filter(has_text=re.compile("^3$")).click()
    page.get_by_label(re.compile("raison|pourquoi|note", re.IGNORECASE)).last.fill("Le paquet était ouvert.")
    page.get_by_label("Prénom").fill("Violette")
    page.get_by_label("Nom", exact=False).last.fill("Arnaud")
    page.get_by_label(re.compile("e-mail", re.IGNORECASE)).fill("violette@exemple.fr")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b"))
    expect(agent.get_by_role("article", name="Violette Arnaud")).to_contain_text("Le paquet était ouvert.")


def test_what_is_missing_is_named_and_the_rest_is_kept(desks: Desks):
    page = desks.stranger(java_script_enabled=False, locale="en-GB")
    page.goto(f"/r/{SURVEY}")
    page.get_by_label("First name").fill("Rose")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("recommend our web shop")
    expect(page.get_by_label("First name")).to_have_value("Rose")
    expect(page).to_have_title(re.compile("^To correct"))


def test_an_unknown_survey_says_so(desks: Desks):
    page = desks.stranger(java_script_enabled=False)
    answer = page.goto("/r/does-not-exist")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
