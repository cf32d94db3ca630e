"""The respondent's page, in a browser that runs no script at all."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.api import SURVEY, Api
from tests.e2e.browsers import PHONE, Desks

pytestmark = pytest.mark.browser
LAST_RESPONSE = "{ responses(first: 1) { nodes { embeddedData { name value } contact { email } } } }"


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


@pytest.mark.parametrize("runs_scripts", [False, True])
def test_a_link_survives_a_refusal_the_other_language_and_a_reload(desks: Desks, api: Api, runs_scripts: bool):
    page = desks.stranger(java_script_enabled=runs_scripts, viewport=PHONE)
    page.goto(f"/r/{SURVEY}?commande=CMD-4711&email=rosa.test@exemple.fr")
    page.locator("label").filter(has_text=re.compile("^2$")).click()
    page.get_by_label("Téléphone").fill("12")
    page.locator("textarea").first.fill("Colis perdu")
    page.get_by_role("button", name="Envoyer ma réponse").last.click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("alert")).to_contain_text("One thing to correct")
    expect(page.locator("textarea").first).to_have_value("Colis perdu")
    assert "perdu" not in page.url
    page.goto(page.url)  # Enter in the address bar, or a tab that the telephone restores
    expect(page.get_by_label("E-mail")).to_have_value("rosa.test@exemple.fr")
    page.locator("label").filter(has_text=re.compile("^2$")).click()
    page.get_by_role("button", name="Send my answer").last.click()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b"))
    [response] = api(LAST_RESPONSE)["responses"]["nodes"]
    assert {"name": "commande", "value": "CMD-4711"} in response["embeddedData"]
    assert response["contact"]["email"] == "rosa.test@exemple.fr"


def test_the_language_of_the_first_page_keeps_what_was_typed_and_enter_sends(desks: Desks):
    page = desks.stranger(java_script_enabled=False)
    page.goto(f"/r/{SURVEY}?commande=CMD-1")
    page.locator("label").filter(has_text=re.compile("^9$")).click()
    page.get_by_label("Prénom").fill("Rosa")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("First name")).to_have_value("Rosa")
    expect(page.locator("input[type=radio]:checked").first).to_have_value("9")
    page.get_by_label("First name").press("Enter")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b"))


def test_going_back_finds_the_form_as_it_was_left_and_stores_nothing_twice(desks: Desks):
    page = desks.stranger(java_script_enabled=False)
    page.goto(f"/r/{SURVEY}?commande=CMD-2")
    page.locator("label").filter(has_text=re.compile("^8$")).click()
    page.locator("textarea").first.fill("Très bien")
    page.get_by_role("button", name="Envoyer ma réponse").last.click()
    tracking_id = page.locator("dd").inner_text()
    page.go_back()
    expect(page.locator("textarea").first).to_have_value("Très bien")
    page.get_by_role("button", name="Envoyer ma réponse").last.click()
    expect(page.locator("dd")).to_have_text(tracking_id)
