"""A day without a mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.api import Api
from tests.e2e.browsers import Desks

pytestmark = pytest.mark.browser


def open_list(desks: Desks) -> Page:
    """The list of all tickets, ready for keys."""
    page = desks.of("ines", "/inbox?view=all&as=list")
    expect(page.get_by_role("row").nth(3)).to_be_visible()
    return page


def test_j_and_k_walk_enter_opens_and_escape_closes(desks: Desks):
    page = open_list(desks)
    keys = page.get_by_role("row").get_by_role("link").all_inner_texts()
    for key in "jjk":
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name=f"Ticket {keys[0]}")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("region", name=f"Ticket {keys[1]}")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name=re.compile("^Ticket "))).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/inbox\?"))


def test_question_mark_lists_the_keys_of_this_screen(desks: Desks):
    page = open_list(desks)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Raccourcis clavier")
    expect(keys).to_contain_text("Ticket suivant")
    expect(keys).to_contain_text("Nouveau ticket")
    expect(keys).to_contain_text(re.compile("Liste.*1.*Fil.*2.*Kanban.*3"))
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()


@pytest.mark.parametrize("shortcut", ["Control+k", "Meta+k"])
def test_the_palette_runs_a_command_by_its_name(desks: Desks, shortcut: str):
    page = open_list(desks)
    page.keyboard.press(shortcut)
    expect(page.get_by_role("dialog", name="Rechercher et agir")).to_be_visible()
    page.keyboard.type("kanb")
    expect(page.get_by_role("menuitem")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Tickets par statut")).to_be_visible()


def test_the_palette_finds_tickets_and_customers(desks: Desks, api: Api):
    answered = api.answer("Quitterie Vasseur", "Le four ne chauffe pas.")
    page = desks.of("hugo", "/inbox?view=all&as=list")
    expect(page.get_by_role("row").nth(3)).to_be_visible()
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Rechercher et agir")
    expect(palette).to_be_visible()
    page.keyboard.type("Quitterie Vass")
    expect(palette.get_by_role("menuitem", name=f"{answered.key} {answered.name}")).to_be_visible()
    expect(palette.get_by_role("group", name="Clients").get_by_role("menuitem")).to_have_count(1)
    page.keyboard.type("eur")
    page.keyboard.press("Enter")  # before the answer has come
    expect(page.get_by_role("region", name=f"Ticket {answered.key}")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("zzzz")
    expect(palette).to_contain_text("Aucun résultat")


def test_single_keys_switch_layouts_and_views(desks: Desks):
    page = open_list(desks)
    page.keyboard.press("2")
    expect(page.get_by_role("feed")).to_be_visible()
    page.keyboard.press("3")
    expect(page.get_by_role("list", name="Tickets par statut")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_role("grid")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("u")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Non assignés")


def test_a_ticket_is_taken_commented_and_resolved_by_keys_alone(desks: Desks, api: Api):
    answered = api.answer("Ysaline Rey", "Le canapé grince.")
    page = desks.of("ines", f"/inbox/{answered.key}?view=teams&as=list")
    expect(page.get_by_role("button", name="Prendre")).to_be_visible()
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="Responsable")).to_contain_text("Inès Bouchard")
    page.keyboard.press("c")
    expect(page.get_by_label("Commentaire interne")).to_be_focused()
    page.keyboard.type("Rendez-vous pris avec le menuisier.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("tabpanel").get_by_role("listitem")).to_contain_text("Rendez-vous pris")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Statut")).to_contain_text("Résolu")


def test_what_is_typed_right_after_a_key_lands_in_the_field_that_it_opens(desks: Desks, api: Api):
    answered = api.answer("Perrine Lagarde", "Facture illisible.")
    page = desks.of("ines", f"/inbox/{answered.key}?view=all&as=list")
    page.get_by_role("tab", name="Activité").click()
    page.locator("#main").focus()
    page.keyboard.press("c")
    page.keyboard.type("jeudi")
    expect(page.get_by_label("Commentaire interne")).to_have_value("jeudi")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("je suis Anselme")
    expect(page.get_by_role("dialog", name="Nouveau ticket").get_by_label("Nom du client")).to_have_value(
        "je suis Anselme"
    )


def test_letters_typed_into_a_field_stay_letters(desks: Desks):
    page = open_list(desks)
    page.keyboard.press("/")
    page.keyboard.type("jn3?")
    expect(page.get_by_label("Chercher un ticket")).to_have_value("jn3?")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_value_is_changed_by_its_key_and_enter(desks: Desks, api: Api):
    answered = api.answer("Mélanie Fabre", "Promesse non tenue.")
    page = desks.of("hugo", f"/inbox/{answered.key}?view=teams&as=list")
    expect(page.get_by_role("button", name="Prendre")).to_be_visible()
    page.keyboard.press("s")
    expect(page.get_by_role("option", name="Nouveau")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Statut")).to_contain_text("Ouvert")
    page.keyboard.press("a")
    _search_and_take_first(page, "Chercher une personne", "inès", "Inès Bouchard")
    expect(page.get_by_role("button", name="Responsable")).to_contain_text("Inès Bouchard")
    page.keyboard.press("Shift+S")
    _search_and_take_first(page, "Chercher ou écrire un segment", "Mariages", "Mariages")
    expect(page.get_by_role("button", name="Segment").first).to_contain_text("Mariages")
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    now = api.ticket(answered.key)
    assert (now["status"]["key"], now["priority"], now["assignee"]["name"]) == ("open", "MEDIUM", "Inès Bouchard")


def _search_and_take_first(page: Page, field: str, text: str, found: str) -> None:
    search = page.get_by_label(field)
    expect(search).to_be_focused()
    page.keyboard.type(text)
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option")).to_contain_text(found)
    expect(search).to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("Enter")
