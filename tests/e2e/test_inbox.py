"""List and feed: one filter, live rows, counts of the saved views."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.api import Api
from tests.e2e.browsers import PHONE, Desks

pytestmark = pytest.mark.browser


def count_of(page: Page, view: str) -> int:
    """How many tickets the side bar says a view holds."""
    link = page.get_by_role("link", name=re.compile(f"^{view} "))
    expect(link).to_have_text(re.compile(r"\d"))
    return int(re.sub(r"\D", "", link.inner_text()))


def test_the_list_opens_a_ticket_beside_it(desks: Desks, api: Api):
    answered = api.answer("Agathe Perrin", "La facture ne correspond pas à la commande.")
    page = desks.of("ines", "/inbox?view=teams&as=list")
    row = page.get_by_role("grid", name="Mes équipes").get_by_role("row", name=re.compile("Agathe Perrin"))
    expect(row).to_contain_text("La facture ne correspond pas à la commande.")
    expect(row).to_contain_text("2/10")
    row.click()
    expect(page.get_by_role("region", name=f"Ticket {answered.key}")).to_be_visible()
    expect(page).to_have_url(re.compile(f"/inbox/{answered.key}"))
    expect(page).to_have_title(re.compile(answered.key))


def test_the_list_sorts_by_its_columns(desks: Desks, api: Api):
    api.answer("Odile Ferrand", "Zéro pointé.", score=0)
    page = desks.of("ines", "/inbox?view=all&as=list")
    page.get_by_role("button", name="Trier par Note").click()
    rows = page.get_by_role("grid").get_by_role("row")
    expect(rows.first).to_contain_text("0/10")
    expect(page).to_have_url(re.compile("sort=score"))
    page.get_by_role("button", name="Trier par Note, ordre croissant").click()
    expect(rows.first).not_to_contain_text("0/10")


def test_search_narrows_and_clearing_brings_everything_back(desks: Desks, api: Api):
    api.answer("Perrine Oudinot", "La lampe clignote.")
    page = desks.of("ines", "/inbox?view=all&as=list")
    page.get_by_label("Chercher un ticket").fill("oudinot")
    rows = page.get_by_role("grid").get_by_role("row")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("La lampe clignote.")
    page.get_by_label("Chercher un ticket").fill("personne de ce nom")
    expect(page.get_by_text("Aucun ticket ne correspond")).to_be_visible()
    page.get_by_role("button", name="Tout effacer").last.click()
    expect(rows.nth(5)).to_be_visible()


def test_a_filter_stands_there_as_a_chip_until_it_is_taken_away(desks: Desks):
    page = desks.of("ines", "/inbox?view=all&as=list")
    page.get_by_role("button", name="Filtrer", exact=True).click()
    page.get_by_role("menuitem", name="Statut").click()
    page.get_by_role("menuitemcheckbox", name="Clos").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("status="))
    statuses = page.get_by_role("grid").get_by_role("row").get_by_role("gridcell", name="Clos")
    expect(statuses.first).to_be_visible()
    page.get_by_role("button", name="Retirer le filtre Statut").click()
    expect(page).not_to_have_url(re.compile("status="))


def test_the_counts_of_the_saved_views_follow_at_once(desks: Desks, api: Api):
    page = desks.of("ines", "/inbox?view=mine")
    teams, unassigned, mine = (count_of(page, view) for view in ("Mes équipes", "Non assignés", "Mes tickets"))
    answered = api.answer("Basile Guérin", "Commande incomplète.")
    expect(page.get_by_role("link", name="Mes équipes")).to_have_text(f"Mes équipes{teams + 1}")
    expect(page.get_by_role("link", name="Non assignés")).to_have_text(f"Non assignés{unassigned + 1}")
    api.assign(answered.key, "ines@boucle.example")
    expect(page.get_by_role("link", name="Non assignés")).to_have_text(f"Non assignés{unassigned}")
    expect(page.get_by_role("link", name="Mes tickets")).to_have_text(f"Mes tickets{mine + 1}")


def test_new_rows_wait_behind_a_pill_while_somebody_reads_further_down(desks: Desks, api: Api):
    page = desks.of("ines", "/inbox?view=all&as=feed")
    feed = page.get_by_role("feed")
    expect(feed.get_by_role("article").first).to_be_visible()
    feed.hover()
    page.mouse.wheel(0, 900)
    expect(feed.get_by_role("article").first).not_to_be_in_viewport()
    read = _first_in_sight(feed)
    api.answer("Colette Aubry", "Je n’ai toujours pas de nouvelles.")
    pill = page.get_by_role("button", name="1 nouveau")
    expect(pill).to_be_visible()
    assert _first_in_sight(feed) == read
    pill.click()
    expect(feed.get_by_role("article", name="Colette Aubry")).to_be_in_viewport()


def _first_in_sight(feed: Locator) -> list[object]:
    """The uppermost ticket that is wholly visible, and where it stands."""
    return feed.evaluate(
        """feed => [...feed.querySelectorAll('article')]
          .map((article) => [article.id, Math.round(article.getBoundingClientRect().top)])
          .filter(([, top]) => top >= feed.getBoundingClientRect().top).sort((a, b) => a[1] - b[1])[0]"""
    )


def test_the_chosen_layout_is_there_again_at_the_next_visit(desks: Desks):
    page = desks.of("ines", "/inbox")
    page.get_by_role("radio", name="Fil").click()
    expect(page.get_by_role("feed")).to_be_visible()
    page.goto("/inbox")
    expect(page.get_by_role("feed")).to_be_visible()


def test_a_phone_shows_the_list_then_the_ticket_and_nothing_sticks_out(desks: Desks, api: Api):
    answered = api.answer("Thérèse Lacombe", "Le livreur a laissé le colis sous la pluie.")
    page = desks.of("ines", "/inbox?view=teams&as=list", viewport=PHONE, has_touch=True, is_mobile=True)
    row = page.get_by_role("row", name=re.compile("Thérèse Lacombe"))
    expect(row).to_be_visible()
    assert _sticks_out(page) == 0
    row.tap()
    panel = page.get_by_role("region", name=f"Ticket {answered.key}")
    expect(panel).to_be_in_viewport()
    expect(row).to_be_hidden()
    assert _sticks_out(page) == 0
    panel.get_by_role("tab", name="Client").tap()
    expect(panel.get_by_role("tabpanel")).to_contain_text("@exemple.fr")
    panel.get_by_role("button", name="Fermer le panneau").tap()
    expect(row).to_be_visible()


def _sticks_out(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
