"""One ticket: what it says, what can be changed where it is read, and what happens when two change it at once."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.api import Answered, Api
from tests.e2e.browsers import Desks

pytestmark = pytest.mark.browser


def panel_of(page: Page, key: str) -> Locator:
    """The open ticket."""
    panel = page.get_by_role("region", name=f"Ticket {key}")
    expect(panel.get_by_role("tablist")).to_be_visible()
    return panel


def open_ticket(desks: Desks, answered: Answered, handle: str = "ines") -> tuple[Page, Locator]:
    """A window with the ticket open beside the list."""
    page = desks.of(handle, f"/inbox/{answered.key}?view=all&as=list")
    return page, panel_of(page, answered.key)


def choose(page: Page, panel: Locator, field: str, option: str) -> None:
    """Change a field where it is read."""
    panel.get_by_role("button", name=field, exact=False).first.click()
    page.get_by_role("dialog", name=field).get_by_role("option", name=option).click()


def test_the_tabs_show_conversation_answers_and_activity(desks: Desks, api: Api):
    answered = api.answer("Capucine Morel", "Le tiroir ne ferme pas.", score=3)
    _, panel = open_ticket(desks, answered)
    expect(panel.get_by_role("heading", name="Le tiroir ne ferme pas.")).to_be_visible()
    expect(panel.get_by_role("tabpanel", name="Conversation")).not_to_contain_text("Le tiroir")
    panel.get_by_role("tab", name="Réponse").click()
    answers = panel.get_by_role("tabpanel", name="Réponse")
    expect(answers).to_contain_text("recommanderiez-vous notre boutique en ligne")
    expect(answers).to_contain_text("3/10")
    expect(answers).to_contain_text("Autre outil")
    panel.get_by_role("tab", name="Activité").click()
    expect(panel.get_by_role("tabpanel", name="Activité")).to_contain_text("Ticket ouvert par la réponse du client")


def test_status_priority_owner_and_segment_are_changed_where_they_are_read(desks: Desks, api: Api):
    answered = api.answer("Honorine Blot", "Montage impossible.")
    page, panel = open_ticket(desks, answered, "hugo")
    choose(page, panel, "Statut", "En cours")
    expect(panel.get_by_role("button", name="Statut")).to_contain_text("En cours")
    choose(page, panel, "Priorité", "Haute")
    expect(panel.get_by_role("button", name="Priorité")).to_contain_text("Haute")
    choose(page, panel, "Responsable", "Inès Bouchard")
    expect(panel.get_by_role("button", name="Responsable")).to_contain_text("Inès Bouchard")
    panel.get_by_role("button", name=re.compile("^Segment ")).first.click()
    page.get_by_label("Chercher ou écrire un segment").fill("Mariages")
    page.get_by_role("option", name="Mariages").click()
    expect(panel.get_by_role("button", name=re.compile("^Segment ")).first).to_contain_text("Mariages")
    now = api.ticket(answered.key)
    assert (now["status"]["key"], now["priority"], now["assignee"]["name"], now["currentSegment"]) == (
        "in_progress",
        "HIGH",
        "Inès Bouchard",
        "Mariages",
    )


def test_what_never_changes_looks_so_and_says_why(desks: Desks, api: Api):
    answered = api.answer("Fernand Salmon", "Trop cher.")
    page, panel = open_ticket(desks, answered)
    customer = panel.get_by_role("complementary", name="Client")
    expect(customer).to_contain_text("@exemple.fr")
    expect(customer.get_by_role("textbox")).to_have_count(0)
    panel.get_by_role("heading", level=2).first.hover()  # the mouse comes from somewhere
    customer.get_by_text("Issu de la réponse").hover()
    expect(page.get_by_role("tooltip")).to_contain_text("ils ne changent jamais, pour que le ticket reste une preuve")


def test_what_one_may_not_change_says_whom_to_ask(desks: Desks, api: Api):
    page, panel = open_ticket(desks, api.answer("Ursule Noël", "Livré chez le voisin."))
    page.keyboard.press("a")
    expect(page.get_by_role("tooltip")).to_contain_text("Demandez à Hugo Marchetti")
    expect(panel.get_by_role("button", name="Responsable")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_a_colleagues_ticket_is_taken_over_only_when_asked_twice(desks: Desks, api: Api):
    answered = api.answer("Flavie Marchal", "Mauvaise couleur.")
    api.assign(answered.key, "hugo@boucle.example")
    page, panel = open_ticket(desks, answered)
    page.keyboard.press("t")
    dialog = page.get_by_role("alertdialog").or_(page.get_by_role("dialog", name="Reprendre"))
    dialog.get_by_role("button", name="Annuler").click()
    assert api.ticket(answered.key)["assignee"]["name"] == "Hugo Marchetti"
    panel.get_by_role("button", name="Autres actions").click()
    page.get_by_role("menuitem", name="Reprendre").click()
    dialog.get_by_role("button", name="Reprendre").click()
    expect(panel.get_by_role("button", name="Responsable")).to_contain_text("Inès Bouchard")
    _check_message_leaves_the_composer_free(page, panel)


def _check_message_leaves_the_composer_free(page: Page, panel: Locator) -> None:
    message = page.get_by_role("region", name="Messages").get_by_text("est à vous").bounding_box()
    send = panel.get_by_role("button", name="Commenter").bounding_box()
    composer = panel.get_by_label("Commentaire interne").bounding_box()
    assert message
    assert send
    assert composer
    assert message["y"] + message["height"] <= composer["y"] < send["y"]


def test_what_came_with_the_answer_stands_beside_it_and_scores_can_be_read(desks: Desks, api: Api):
    rows = api(
        """query { tickets(first: 100) { nodes { key customerPhone response { embeddedData { name value } }
          contact { responses(first: 9) { nodes { score } } } } } }"""
    )["tickets"]["nodes"]
    ticket = next(
        row
        for row in rows
        if row["response"]
        and row["response"]["embeddedData"]
        and len([each for each in row["contact"]["responses"]["nodes"] if each["score"] is not None]) > 1
    )
    page = desks.of("admin", f"/tickets/{ticket['key']}")
    customer = page.get_by_role("complementary", name="Client")
    for data in ticket["response"]["embeddedData"]:
        expect(customer.get_by_role("definition").filter(has_text=data["value"])).to_be_visible()
        expect(customer).to_contain_text(data["name"].capitalize())
    score = customer.get_by_role("button", name=re.compile(r"^\d+.\d+ · ")).first
    words = score.get_attribute("aria-label") or ""
    score.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("tooltip")).to_have_text(words)
    customer.get_by_role("button", name="Voir en tableau").click()
    expect(customer.get_by_role("table")).to_contain_text(words.split(" · ")[0])


def test_two_who_rename_at_once_lose_nothing(desks: Desks, api: Api):
    answered = api.answer("Edmond Caron", "Deux fois le même article.")
    page, panel = open_ticket(desks, answered)
    other, other_panel = open_ticket(desks, answered, "hugo")
    held: list[Route] = []
    page.route("**/graphql", lambda route: _hold(route, "TicketUpdate", held))
    _rename(page, panel, "Double livraison à reprendre")
    page.wait_for_timeout(200)  # on its way

    _rename(other, other_panel, "Article en double")
    expect(other_panel.get_by_role("heading", name="Article en double")).to_be_visible()
    held.pop().continue_()
    page.unroute("**/graphql")

    expect(panel).to_contain_text(f"{answered.key} a changé entre-temps")
    expect(panel.get_by_label("Objet")).to_have_value("Double livraison à reprendre")
    panel.get_by_role("button", name="La refaire").click()
    expect(other_panel.get_by_role("heading", name="Double livraison à reprendre")).to_be_visible()
    assert api.ticket(answered.key)["subject"] == "Double livraison à reprendre"


def _hold(route: Route, operation: str, held: list[Route]) -> None:
    """Keep a request from the server for a while, as a slow network does."""
    if operation in (route.request.post_data or "") and "mutation" in (route.request.post_data or ""):
        held.append(route)
    else:
        route.continue_()


def _rename(page: Page, panel: Locator, subject: str) -> None:
    panel.get_by_role("button", name="Plus").click()
    page.get_by_role("menuitem", name="Renommer").click()
    panel.get_by_label("Objet").fill(subject)
    page.keyboard.press("Enter")


def test_escalating_takes_a_note_and_shows_on_the_ticket(desks: Desks, api: Api):
    answered = api.answer("Rosalie Petit", "Je vais saisir un avocat.", score=0)
    page, panel = open_ticket(desks, answered)
    panel.get_by_role("button", name="Autres actions").click()
    page.get_by_role("menuitem", name="Escalader").click()
    dialog = page.get_by_role("dialog", name=f"Escalader {answered.key}")
    dialog.get_by_label("Pourquoi ?").fill("Menace juridique.")
    dialog.get_by_role("button", name="Escalader").click()
    expect(dialog).to_be_hidden()
    expect(panel.get_by_role("button", name="Statut")).to_contain_text("Escaladé")
    panel.get_by_role("button", name="Autres actions").click()
    expect(page.get_by_role("menuitem", name="Escalader")).to_have_count(0)
    page.keyboard.press("Escape")
    panel.get_by_role("tab", name="Activité").click()
    expect(panel.get_by_role("tabpanel")).to_contain_text("Inès Bouchard a escaladé le ticket")
    expect(panel.get_by_role("tabpanel")).to_contain_text("Menace juridique.")


def test_a_draft_is_there_again_after_a_reload(desks: Desks, api: Api):
    answered = api.answer("Zoé Lambert", "Rien reçu.")
    page, panel = open_ticket(desks, answered)
    panel.get_by_label("Commentaire interne").fill("Rappeler jeudi après 14 h")
    page.reload()
    composer = panel_of(page, answered.key).get_by_label("Commentaire interne")
    expect(composer).to_have_value("Rappeler jeudi après 14 h")
    composer.press("Control+Enter")
    expect(composer).to_have_value("")
    page.reload()
    expect(panel_of(page, answered.key).get_by_label("Commentaire interne")).to_have_value("")
    assert [comment["body"] for comment in api.ticket(answered.key)["comments"]["nodes"]] == [
        "Rappeler jeudi après 14 h"
    ]


def test_a_ticket_by_hand_asks_for_what_it_needs_and_opens_where_it_is_found_again(desks: Desks):
    page = desks.of("ines", "/inbox?view=unassigned&as=list")
    page.get_by_role("button", name="Nouveau ticket").click()
    dialog = page.get_by_role("dialog", name="Nouveau ticket")
    dialog.get_by_role("button", name="Créer le ticket").click()
    expect(dialog.get_by_text("Ce champ est obligatoire.").first).to_be_visible()
    expect(dialog.get_by_label("Nom du client")).to_be_focused()
    dialog.get_by_label("Objet").fill("Demande de facture")
    dialog.get_by_label("Nom du client").fill("Barnabé Picard")
    dialog.get_by_label("E-mail").fill("barnabe")
    dialog.get_by_role("button", name="Créer le ticket").click()
    expect(dialog.get_by_text("Cette adresse e-mail est incomplète.")).to_be_visible()
    dialog.get_by_label("E-mail").fill("barnabe@exemple.fr")
    dialog.get_by_label("Ce que dit le client").fill("Il me faut une facture au nom de ma société.")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    page.get_by_role("region", name="Messages").get_by_role("button", name="Mes tickets").click()
    panel = page.get_by_role("region", name=re.compile("^Ticket "))
    expect(panel).to_contain_text("Ticket manuel")
    expect(panel.get_by_role("heading", name="Demande de facture")).to_be_visible()
    expect(panel).to_contain_text("Il me faut une facture au nom de ma société.")
    expect(panel.get_by_role("button", name="Responsable")).to_contain_text("Inès Bouchard")
    expect(panel.get_by_role("complementary")).to_contain_text("Voir la fiche et la chronologie")
    row = page.get_by_role("grid", name="Mes tickets").get_by_role("row", name=re.compile("Barnabé Picard"))
    expect(row).to_be_visible()


def test_a_ticket_of_another_team_is_not_shown(desks: Desks, api: Api):
    answered = api.answer("Prosper Vidal", "Rien ne va.")
    page = desks.of("nicolas", f"/inbox/{answered.key}?view=all&as=list")
    expect(page.get_by_text(f"Le ticket {answered.key} n’existe pas, ou vous n’y avez pas accès")).to_be_visible()


def test_people_see_who_else_looks_at_the_ticket_and_who_writes(desks: Desks, api: Api):
    answered = api.answer("Rosalie Garnier", "Personne ne rappelle.")
    _, mine = open_ticket(desks, answered, "ines")
    page, theirs = open_ticket(desks, answered, "hugo")
    present = mine.get_by_role("status", name="Aussi sur ce ticket")
    expect(present).to_contain_text("Hugo")
    expect(present).to_contain_text("regarde")
    expect(theirs.get_by_role("status", name="Aussi sur ce ticket")).to_contain_text("Inès Bouchard regarde")
    tabs = mine.get_by_role("tablist").bounding_box()
    theirs.get_by_role("textbox", name="Commentaire interne").press_sequentially("Je la rappelle")
    expect(present).to_contain_text("écrit…")
    page.keyboard.press("Escape")
    expect(present).not_to_contain_text("écrit…", timeout=2_500)
    page.keyboard.press("c")
    page.keyboard.type(" jeudi")
    expect(present).to_contain_text("écrit…")
    theirs.get_by_role("button", name="Commenter").click()
    expect(present).to_contain_text("regarde")
    assert tabs == mine.get_by_role("tablist").bounding_box()
    page.close()
    expect(present).to_be_empty()
