"""The whole loop as two people see it: a customer is unhappy, one of them helps, the other sees it happen."""

import time
from statistics import median

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.api import Api
from tests.e2e.browsers import Desks

pytestmark = pytest.mark.browser

SHOWN_WITHIN_SECONDS = 1.0
FEED = "/inbox?view=teams&as=feed"


def test_a_bad_answer_is_on_every_screen_within_a_second(desks: Desks, api: Api):
    pages = [desks.of("ines", FEED), desks.of("emily", FEED, locale="en-GB")]
    for page, live in zip(pages, ("En direct", "Live"), strict=True):
        expect(page.get_by_role("feed")).to_be_visible()
        expect(page.get_by_role("navigation").get_by_role("status")).to_have_text(live)
    comments = [f"Colis annoncé livré, jamais reçu, appel n° {number}." for number in range(1, 4)]
    waits = [_seconds_until_shown(api, pages, comment) for comment in comments]
    assert median(waits) < SHOWN_WITHIN_SECONDS, waits


def _seconds_until_shown(api: Api, pages: list[Page], comment: str) -> float:
    """Send a bad answer; return how long after its receipt the slower of the screens shows it."""
    api.answer("Solène Vasseur", comment, score=1)
    received = time.perf_counter()
    for page in pages:
        page.get_by_role("feed").get_by_text(comment, exact=True).wait_for()
    return time.perf_counter() - received


def test_one_works_on_the_ticket_the_other_sees_it_and_the_timeline_tells_it(desks: Desks, api: Api):
    ines, emily = desks.of("ines", FEED), desks.of("emily", FEED, locale="en-GB")
    answered = api.answer("Maud Testard", "Trois appels, aucune réponse.")
    for page in (ines, emily):
        page.get_by_role("article", name="Maud Testard").click()
    panel, watched = (page.get_by_role("region", name=f"Ticket {answered.key}") for page in (ines, emily))

    panel.get_by_role("button", name="Prendre").click()
    expect(watched.get_by_role("button", name="Assignee")).to_contain_text("Inès Bouchard")
    watched.get_by_label("Internal comment").fill("The carrier found it in Lyon.")
    watched.get_by_role("button", name="Comment", exact=True).click()
    expect(panel.get_by_role("tabpanel")).to_contain_text("Emily Carter")
    expect(panel.get_by_role("tabpanel")).to_contain_text("The carrier found it in Lyon.")
    panel.get_by_role("button", name="Résoudre").click()
    expect(watched.get_by_role("button", name="Status")).to_contain_text("Resolved")
    gone = emily.get_by_role("article", name="Maud Testard")  # stays where she stands, until she moves on
    expect(gone).to_have_attribute("data-gone", "true")

    _check_timeline(ines, f"/contacts/{answered.contact_id}", "Chronologie", STORY_IN_FRENCH)
    _check_timeline(emily, f"/contacts/{answered.contact_id}", "Timeline", STORY_IN_ENGLISH)


STORY_IN_FRENCH = [
    "Inès Bouchard a changé le statut : Nouveau → Résolu",
    "Emily Carter a commenté",
    "Inès Bouchard a pris le ticket",
    "Ticket ouvert par la réponse du client",
    "A répondu à Après commande web",
    "Fiche créée à la première réponse",
]
STORY_IN_ENGLISH = [
    "Inès Bouchard changed the status: New → Resolved",
    "Emily Carter commented",
    "Inès Bouchard took the ticket",
    "Ticket opened by the customer’s answer",
    "Answered Après commande web",
    "Contact created with the first answer",
]


def _check_timeline(page: Page, address: str, title: str, story: list[str]) -> None:
    page.goto(address)
    lines = page.get_by_role("region", name=title, exact=True).get_by_role("listitem").get_by_role("paragraph")
    expect(lines).to_contain_text(story)
