"""Coming in and going out."""

import pytest
from playwright.sync_api import expect

from boucle.demo.company import PASSWORD
from tests.e2e.browsers import Desks

pytestmark = pytest.mark.browser


def test_somebody_signs_in_and_finds_their_tickets(desks: Desks):
    page = desks.stranger()
    page.goto("/")
    page.get_by_label("Adresse e-mail").fill("ines@boucle.example")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Mes tickets")).to_be_visible()
    expect(page.get_by_role("button", name="Votre compte")).to_contain_text("Inès Bouchard")


def test_a_wrong_password_is_refused_in_words_and_what_was_typed_stays(desks: Desks):
    page = desks.stranger()
    page.goto("/")
    page.get_by_label("Adresse e-mail").fill("ines@boucle.example")
    page.get_by_label("Mot de passe").fill("not-the-password")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_contain_text("Cette adresse e-mail et ce mot de passe ne vont pas ensemble.")
    expect(page.get_by_label("Adresse e-mail")).to_have_value("ines@boucle.example")


def test_signing_in_without_a_password_says_what_is_missing(desks: Desks):
    page = desks.stranger()
    page.goto("/")
    page.get_by_label("Adresse e-mail").fill("ines@boucle.example")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ce champ est obligatoire.")).to_have_count(1)


def test_the_sign_in_page_speaks_the_language_of_the_browser_and_the_other(desks: Desks):
    page = desks.stranger(locale="en-GB")
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in to Boucle")).to_be_visible()
    page.get_by_role("button", name="Français").click()
    expect(page.get_by_role("heading", name="Se connecter à Boucle")).to_be_visible()
    page.get_by_label("Adresse e-mail").fill("nobody@boucle.example")
    page.get_by_label("Mot de passe").fill("not-the-password")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_contain_text("ne vont pas ensemble")  # though the browser prefers English


def test_after_signing_out_the_way_back_shows_nothing(desks: Desks):
    page = desks.of("ines")
    page.get_by_role("button", name="Votre compte").click()
    page.get_by_role("menuitem", name="Se déconnecter").click()
    expect(page.get_by_role("heading", name="Se connecter à Boucle")).to_be_visible()
    page.goto("/inbox")
    expect(page.get_by_role("heading", name="Se connecter à Boucle")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("T-")
