"""The board: cards move by drag or by menu, and what is not allowed says why."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.api import Api
from tests.e2e.browsers import Desks

pytestmark = pytest.mark.browser

BOARD = "/inbox?view=teams&as=kanban"


def column(page: Page, status: str) -> Locator:
    """One column of the board."""
    board = page.get_by_role("list", name="Tickets par statut")
    return board.get_by_role("listitem", name=re.compile(f"^{status},"))


def card(page: Page, status: str, customer: str) -> Locator:
    """A customer's card where it should be."""
    return column(page, status).get_by_role("article").filter(has_text=customer)


def test_a_card_is_dragged_to_another_column_and_the_other_board_follows(desks: Desks, api: Api):
    answered = api.answer("Irène Chauvet", "Deux tailles trop grand.")
    page, other = desks.of("ines", BOARD), desks.of("hugo", BOARD)
    expect(card(other, "Nouveau", "Irène Chauvet")).to_be_visible()
    card(page, "Nouveau", "Irène Chauvet").drag_to(column(page, "Ouvert"))
    expect(card(page, "Ouvert", "Irène Chauvet")).to_be_visible()
    expect(page.get_by_role("region", name="Messages")).to_contain_text("est passé à « Ouvert »")
    expect(card(other, "Ouvert", "Irène Chauvet")).to_be_visible()
    assert api.ticket(answered.key)["status"]["key"] == "open"


def test_a_refused_drop_says_why_and_the_card_is_back(desks: Desks, api: Api):
    api.answer("Gaston Merle", "Jamais rappelé.")
    page = desks.of("ines", BOARD)
    card(page, "Nouveau", "Gaston Merle").drag_to(column(page, "Ouvert"))
    expect(card(page, "Ouvert", "Gaston Merle")).to_be_visible()
    card(page, "Ouvert", "Gaston Merle").drag_to(column(page, "Nouveau"))
    expect(page.get_by_role("alert")).to_contain_text("Un ticket n’est nouveau qu’une fois.")
    expect(card(page, "Ouvert", "Gaston Merle")).to_be_visible()


def test_cards_are_walked_opened_moved_and_moved_back_without_a_mouse(desks: Desks, api: Api):
    first = api.answer("Lucien Barbier", "Notice introuvable.")
    second = api.answer("Maud Barbier", "Notice en anglais.")
    page = desks.of("ines", BOARD)
    top, below = card(page, "Nouveau", second.name), card(page, "Nouveau", first.name)
    expect(below).to_be_visible()
    page.keyboard.press("j")
    expect(top.get_by_role("link")).to_be_focused()
    expect(top.get_by_role("link")).to_have_accessible_name(f"{second.key} {second.name}: {second.comment}")
    page.keyboard.press("ArrowDown")
    expect(below.get_by_role("link")).to_be_focused()
    page.keyboard.press("m")
    expect(page.get_by_role("menu", name="Déplacer vers…")).to_be_focused()
    page.keyboard.type("en c")
    expect(page.get_by_role("menuitem", name="En cours")).to_be_focused()
    page.keyboard.press("Enter")
    moved = card(page, "En cours", first.name)
    expect(moved.get_by_role("link")).to_be_focused()
    expect(page.get_by_role("region", name="Messages")).to_contain_text("est passé à « En cours »")
    assert api.ticket(first.key)["status"]["key"] == "in_progress"
    page.keyboard.press("Control+z")
    expect(below).to_be_visible()
    assert api.ticket(first.key)["status"]["key"] == "new"
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name=re.compile("^Ticket T-"))).to_be_visible()


def test_the_board_is_one_stop_of_the_tab_key(desks: Desks, api: Api):
    api.answer("Nadège Roche", "Colis vide.")
    page = desks.of("ines", BOARD)
    board = page.get_by_role("list", name="Tickets par statut")
    expect(board.get_by_role("article").first).to_be_visible()
    assert board.locator('[tabindex="0"]').count() == 0
    board.focus()
    expect(board.get_by_role("link").first).to_be_focused()
    assert board.locator('[tabindex="0"]').count() == 1
