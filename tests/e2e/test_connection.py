"""Nothing is lost while a browser is cut off, or while the server is gone."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.api import Api
from tests.e2e.browsers import Desks
from tests.e2e.product import Product, start_product

pytestmark = pytest.mark.browser

FEED = "/inbox?view=teams&as=feed"


@pytest.fixture
def own_product(company_data: Path, tmp_path: Path) -> Iterator[Product]:
    """A product that may be killed; the field `process` follows its restarts."""
    product = start_product(shutil.copytree(company_data, tmp_path / "data"))
    yield product
    product.stop()


def expect_state(page: Page, state: str) -> None:
    """Wait until the screen says it."""
    expect(page.get_by_role("navigation").get_by_role("status")).to_have_text(state)


def test_what_came_while_the_browser_was_offline_is_caught_up_and_told(desks: Desks, api: Api):
    page = desks.of("ines", FEED)
    expect_state(page, "En direct")
    page.context.set_offline(True)
    expect_state(page, "Hors ligne")
    missed = [api.answer("Firmin Lucas", f"Appel n° {number}.") for number in (1, 2, 3)]
    expect(page.get_by_role("article", name="Firmin Lucas")).to_have_count(0)

    page.context.set_offline(False)
    expect_state(page, "En direct")
    expect(page.get_by_role("region", name="Messages")).to_contain_text(
        re.compile(r"\d+ changements pendant votre absence")
    )
    expect(page.get_by_role("article", name="Firmin Lucas")).to_have_count(len(missed))


def test_a_comment_refused_for_want_of_a_connection_is_kept(desks: Desks, api: Api):
    answered = api.answer("Léopold Marin", "Où est mon remboursement ?")
    page = desks.of("ines", f"/inbox/{answered.key}?view=teams&as=list")
    composer = page.get_by_label("Commentaire interne")
    composer.fill("Remboursé ce matin.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Commenter").click()
    expect(page.get_by_role("alert")).to_contain_text("Rien de ce que vous avez écrit n’est perdu")
    expect(composer).to_have_value("Remboursé ce matin.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Commenter").click()
    expect(page.get_by_role("tabpanel").get_by_role("listitem")).to_contain_text("Remboursé ce matin.")
    assert len(api.ticket(answered.key)["comments"]["nodes"]) == 1


def test_a_server_that_was_killed_and_came_back_loses_nothing(browser: Browser, own_product: Product):
    desks = Desks(browser, own_product.address)
    page = desks.of("ines", FEED)
    expect_state(page, "En direct")
    before = Api(own_product.address).answer("Achille Roussel", "Avant la panne.")
    expect(page.get_by_text("Avant la panne.")).to_be_visible()

    own_product.kill()
    expect_state(page, "Reconnexion…")
    own_product.process = start_product(own_product.data_dir, port=own_product.port).process
    after = Api(own_product.address).answer("Achille Roussel", "Après la panne.")
    expect(page.get_by_text("Après la panne.")).to_be_visible()
    expect_state(page, "En direct")
    expect(page.get_by_role("article", name="Achille Roussel")).to_have_count(2)
    assert before.key != after.key
    desks.close()
    assert desks.broken == []


def test_screens_first_opened_while_the_server_was_gone_appear_when_it_is_back(browser: Browser, own_product: Product):
    desks = Desks(browser, own_product.address)
    sections = {
        "/contacts": ("g", "c"),
        "/settings/profile": ("g", "s"),
        "/inbox?view=all&as=kanban": ("3",),
        "/inbox/T-": ("j", "Enter"),
    }
    pages = {path: desks.of("admin", "/inbox?view=all&as=list") for path in sections}
    stranger = desks.stranger()
    stranger.route("**/assets/SignInPage*", lambda route: route.abort())
    stranger.goto("/")
    for page in pages.values():
        expect_state(page, "En direct")

    own_product.kill()
    for path, page in pages.items():
        for key in sections[path]:
            page.keyboard.press(key)
        expect(page.get_by_role("alert")).to_contain_text("Serveur injoignable")
        expect(page.get_by_role("alert")).not_to_contain_text("Cet écran a rencontré une erreur")
    expect(stranger.get_by_role("heading", level=1, name="Serveur injoignable")).to_be_visible()

    stranger.unroute("**/assets/SignInPage*")
    own_product.process = start_product(own_product.data_dir, port=own_product.port).process
    expect(stranger.get_by_role("heading", name="Se connecter à Boucle")).to_be_visible()
    expect(pages["/contacts"].get_by_role("grid", name="Contacts").get_by_role("row").first).to_be_visible()
    expect(pages["/settings/profile"].get_by_role("heading", level=1, name="Profil")).to_be_visible()
    board = pages["/inbox?view=all&as=kanban"].get_by_role("list", name="Tickets par statut")
    expect(board.get_by_role("article").first).to_be_visible()
    expect(pages["/inbox/T-"].get_by_role("region", name=re.compile("^Ticket ")).get_by_role("tablist")).to_be_visible()
    desks.close()
    assert desks.broken == []


@pytest.mark.parametrize("missing", ["**/assets/index-*.js", "**/assets/fr-*.js"])
def test_a_first_load_that_breaks_off_says_so_and_goes_on_by_itself(desks: Desks, missing: str):
    page = desks.stranger()
    page.route(missing, lambda route: route.abort())
    page.route("**/healthz", lambda route: route.abort())
    page.goto("/")
    expect(page.get_by_role("heading", level=1, name="Serveur injoignable")).to_be_visible()
    page.unroute(missing)
    page.unroute("**/healthz")
    expect(page.get_by_role("heading", name="Se connecter à Boucle")).to_be_visible()
