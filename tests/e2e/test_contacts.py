"""Customers: found, corrected, and their story filtered."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.api import Api
from tests.e2e.browsers import Desks

pytestmark = pytest.mark.browser


def test_a_contact_is_found_by_any_of_its_words_and_opens(desks: Desks, api: Api):
    api.answer("Guillemette Évrard", "Très déçue.")
    page = desks.of("ines", "/contacts")
    page.get_by_label("Chercher un contact").fill("evrard guille")
    rows = page.get_by_role("row").filter(has=page.get_by_role("link"))
    expect(rows).to_have_count(1)
    rows.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1, name="Guillemette Évrard")).to_be_visible()


def test_the_row_that_the_keyboard_is_at_is_there_however_far_one_scrolls(desks: Desks):
    page = desks.of("ines", "/contacts")
    grid = page.get_by_role("grid", name="Contacts")
    expect(grid.get_by_role("row").nth(5)).to_be_visible()
    page.keyboard.press("j")
    active = grid.get_attribute("aria-activedescendant")
    grid.evaluate("grid => grid.scrollTo(0, grid.scrollHeight)")
    expect(grid.get_by_role("row").first).not_to_be_in_viewport()
    expect(page.locator(f"#{active}")).to_be_attached()
    expect(grid).to_have_attribute("aria-activedescendant", active or "")


def test_a_contact_is_made_and_corrected_and_an_incomplete_address_is_refused(desks: Desks):
    page = desks.of("admin", "/contacts")
    page.get_by_role("button", name="Nouveau contact").click()
    dialog = page.get_by_role("dialog", name="Nouveau contact")
    dialog.get_by_label("Prénom").fill("Ombeline")
    dialog.get_by_label("Nom de famille").fill("Charrier")
    dialog.get_by_label("E-mail").fill("ombeline@")
    dialog.get_by_role("button", name="Créer le contact").click()
    expect(dialog.get_by_text("Cette adresse e-mail est incomplète.")).to_be_visible()
    dialog.get_by_label("E-mail").fill("ombeline@exemple.fr")
    dialog.get_by_role("button", name="Créer le contact").click()
    expect(page.get_by_role("heading", level=1, name="Ombeline Charrier")).to_be_visible()
    page.get_by_role("button", name="Modifier la fiche").click()
    page.get_by_role("dialog").get_by_label("Téléphone").fill("06 12 34 56 79")
    page.get_by_role("dialog").get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("complementary")).to_contain_text(re.compile(r"\+33 ?6 ?12 ?34 ?56 ?79"))
    expect(page.get_by_role("region", name="Chronologie", exact=True)).to_contain_text(
        "Claire Delaunay a modifié la fiche"
    )


def test_the_timeline_shows_one_topic_or_everything(desks: Desks, api: Api):
    answered = api.answer("Théodule Roy", "Colis éventré.")
    api.rename(answered.key, "Colis éventré à remplacer")
    page = desks.of("ines", f"/contacts/{answered.contact_id}")
    timeline = page.get_by_role("region", name="Chronologie", exact=True)
    expect(timeline).to_contain_text("Fiche créée à la première réponse")
    timeline.get_by_role("button", name="Réponses").click()
    expect(timeline).not_to_contain_text("Fiche créée")
    expect(timeline).to_contain_text("A répondu à Après commande web")
    timeline.get_by_role("button", name="Réponses").click()
    expect(timeline).to_contain_text("Fiche créée à la première réponse")


def test_the_timeline_moves_by_itself(desks: Desks, api: Api):
    answered = api.answer("Eulalie Bazin", "Il manque une pièce.")
    page = desks.of("ines", f"/contacts/{answered.contact_id}")
    timeline = page.get_by_role("region", name="Chronologie", exact=True)
    expect(timeline).to_contain_text("Ticket ouvert par la réponse du client")
    api.assign(answered.key, "hugo@boucle.example")
    expect(timeline).to_contain_text("Claire Delaunay a confié le ticket à Hugo Marchetti")
