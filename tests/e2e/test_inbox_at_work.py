"""Hours in the list: nothing moves under the hand, the place is kept, what was done by a slip is undone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.api import Api
from tests.e2e.browsers import Desks

pytestmark = pytest.mark.browser

SEARCH = "Chercher un ticket"


def panel(page: Page, key: str) -> Locator:
    """The open ticket."""
    return page.get_by_role("region", name=f"Ticket {key}")


def rows(page: Page) -> Locator:
    """The rows of the list."""
    return page.get_by_role("grid").get_by_role("row")


def test_rows_stay_under_the_pointer_until_the_new_ones_are_asked_for(desks: Desks, api: Api):
    page = desks.of("ines", "/inbox?view=all&as=list")
    second = rows(page).nth(1)
    second.hover()
    pointed = second.get_attribute("id")
    arrived = api.answer("Solène Abric", "Encore un retard de livraison.")
    expect(page.get_by_role("button", name="1 nouveau")).to_be_visible()
    expect(rows(page).nth(1)).to_have_attribute("id", str(pointed))
    page.keyboard.press(".")
    expect(rows(page).first).to_contain_text(arrived.name)
    page.mouse.move(5, 5)
    later = api.answer("Tanguy Morel", "Pas de réponse au téléphone.")
    expect(rows(page).first).to_contain_text(later.name)


def test_the_cursor_is_where_the_focus_is_and_holds_the_rows(desks: Desks, api: Api):
    page = desks.of("ines", "/inbox?view=all&as=list")
    expect(rows(page).nth(3)).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    grid = page.get_by_role("grid")
    expect(grid).to_be_focused()
    active = str(grid.get_attribute("aria-activedescendant"))
    chosen = page.get_by_role("row", selected=True)
    expect(chosen).to_have_count(1)
    expect(chosen).to_have_attribute("id", active)
    expect(chosen).to_have_attribute("aria-label", re.compile(r"^T-\d+ .+: .+"))
    api.answer("Ulysse Caron", "Le colis est arrivé ouvert.")
    expect(page.get_by_role("button", name="1 nouveau")).to_be_visible()
    expect(rows(page).nth(1)).to_have_attribute("id", active)
    page.keyboard.press("Escape")
    expect(rows(page).first).to_contain_text("Ulysse Caron")


def test_the_search_leads_into_what_it_found_everywhere(desks: Desks, api: Api):
    answered = api.answer("Wandrille Ozanne", "Le tiroir ne ferme pas.")
    page = desks.of("ines", "/inbox?view=mine&as=list")
    page.get_by_label(SEARCH).wait_for()
    page.keyboard.press("/")
    page.keyboard.type("ozanne")
    page.keyboard.press("Enter")
    expect(panel(page, answered.key)).to_be_visible()
    expect(page.get_by_role("heading", level=1).first).to_have_text("Résultats 1")
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="Mes tickets").click()
    expect(page.get_by_text("Aucun ticket ne correspond")).to_be_visible()
    page.get_by_role("radio", name="Partout").click()
    field = page.get_by_label(SEARCH)
    field.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("grid")).to_be_focused()
    expect(page.get_by_role("row", selected=True)).to_contain_text(answered.name)
    field.focus()
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()
    page.keyboard.type("j")
    expect(field).to_have_value("")


def test_after_an_act_the_next_ticket_is_what_stood_below(desks: Desks, api: Api):
    lowest, middle, _ = (api.answer(name, "Rien reçu.") for name in ("Axelle Un", "Axelle Deux", "Axelle Trois"))
    page = desks.of("ines", "/inbox?view=unassigned&as=list")
    expect(rows(page).nth(2)).to_contain_text(lowest.name)
    for key in ("j", "j", "Enter"):
        page.keyboard.press(key)
    expect(panel(page, middle.key).get_by_role("button", name="Prendre")).to_be_visible()
    page.keyboard.press("t")
    expect(panel(page, middle.key).get_by_role("button", name="Responsable")).to_contain_text("Inès Bouchard")
    expect(page.get_by_role("row", selected=True)).to_contain_text(middle.name)
    page.keyboard.press("j")
    expect(panel(page, lowest.key).get_by_role("button", name="Prendre")).to_be_visible()
    expect(rows(page).filter(has_text=middle.name)).to_have_count(0)
    below = rows(page).nth(2).get_attribute("id")
    page.keyboard.press("d")
    expect(panel(page, lowest.key)).to_be_hidden()
    expect(page.get_by_role("row", selected=True)).to_have_attribute("id", str(below))
    assert api.ticket(lowest.key)["status"]["key"] == "resolved"


def test_taking_and_closing_by_a_slip_are_undone(desks: Desks, api: Api):
    answered = api.answer("Yolande Prat", "Mauvaise couleur.")
    page = desks.of("ines", f"/inbox/{answered.key}?view=teams&as=list")
    status, owner = page.get_by_role("button", name="Statut"), page.get_by_role("button", name="Responsable")
    expect(page.get_by_role("button", name="Prendre")).to_be_visible()
    page.keyboard.press("t")
    expect(owner).to_contain_text("Inès Bouchard")
    expect(page.get_by_role("button", name="Annuler l’action")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(owner).not_to_contain_text("Inès Bouchard")
    page.keyboard.press("Shift+E")
    expect(status).to_contain_text("Clos")
    page.get_by_role("button", name="Annuler l’action").click()
    expect(status).to_contain_text("Nouveau")
    expect(page.get_by_role("button", name="Prendre")).to_be_visible()
    page.keyboard.press("e")
    expect(status).to_contain_text("Résolu")
    expect(page.get_by_role("button", name="Rouvrir")).to_be_visible()
    page.keyboard.press("Shift+O")
    expect(status).to_contain_text("Ouvert")
    assert api.ticket(answered.key)["assignee"] is None


def test_unhappy_answers_of_this_week_are_found_by_the_filters(desks: Desks, api: Api):
    api.answer("Zélie Noir", "Note sévère.", score=0)
    page = desks.of("ines", "/inbox?view=all&as=list")
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("f")
    page.get_by_role("menuitem", name="Note").click()
    page.get_by_role("menuitemcheckbox", name="Détracteur").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("score=detractor"))
    page.keyboard.press("f")
    page.get_by_role("menuitem", name="Reçu").click()
    page.get_by_role("menuitemradio", name="Choisir les dates…").click()
    dialog = page.get_by_role("dialog", name="Tickets reçus entre deux dates")
    dialog.get_by_role("spinbutton").first.click()
    page.keyboard.type("01012020")
    dialog.get_by_role("button", name="Filtrer").click()
    expect(page).to_have_url(re.compile(r"received=2020-01-01\.\."))
    expect(page.get_by_role("search")).to_contain_text("depuis le 1 janv. 2020")
    expect(rows(page).first).to_contain_text("Zélie Noir")
    page.get_by_role("button", name="Retirer le filtre Reçu").click()
    expect(page).not_to_have_url(re.compile("received="))
