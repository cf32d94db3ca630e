"""What administrators and everybody for themselves set up, without SQL and without a restart."""

import re

import pytest
from playwright.sync_api import Page, expect

from boucle.demo.company import PASSWORD
from tests.e2e.api import SURVEY, Api
from tests.e2e.browsers import PHONE, Desks

pytestmark = pytest.mark.browser


def pick(page: Page, field: str, text: str) -> None:
    """Choose in a field that searches while one types."""
    box = page.get_by_role("combobox", name=field)
    expect(box).to_be_visible()
    page.wait_for_load_state("networkidle")  # what there is to choose is here
    box.fill(text)
    page.get_by_role("option", name=re.compile(text)).first.click()


def select(page: Page, field: str, option: str) -> None:
    """Choose in a field that opens a list."""
    page.get_by_role("button", name=re.compile(f"{field}$")).click()
    page.get_by_role("option", name=option).click()


def test_a_profile_keeps_its_name_and_refuses_a_wrong_password(desks: Desks):
    page = desks.of("julien", "/settings/profile")
    page.get_by_label("Nom").fill("Julien Morvan-Le Goff")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("button", name="Votre compte")).to_contain_text("Julien Morvan-Le Goff")
    page.get_by_label("Mot de passe actuel").fill("not-this-one")
    page.get_by_label("Nouveau mot de passe").fill("a-much-longer-one")
    page.get_by_role("button", name="Changer le mot de passe").click()
    expect(page.get_by_text("Ce n’est pas votre mot de passe actuel.")).to_be_visible()


def test_the_language_changes_at_once_and_is_kept(desks: Desks):
    page = desks.of("sophie", "/settings/profile")
    page.get_by_role("button", name="Votre compte").click()
    page.get_by_role("menuitem", name="English").click()
    expect(page.get_by_role("heading", level=1, name="Profile")).to_be_visible()
    again = desks.of("sophie", "/settings/profile")
    expect(again.get_by_role("heading", level=1, name="Profile")).to_be_visible()


def test_a_new_user_signs_in_and_a_deactivated_one_no_longer(desks: Desks):
    admin = desks.of("admin", "/settings/users/new")
    admin.get_by_label("Nom").first.fill("Faustine Keller")
    admin.get_by_label("E-mail").fill("faustine@boucle.example")
    select(admin, "Type", "Agent")
    admin.get_by_role("textbox", name=re.compile("mot de passe", re.IGNORECASE)).fill(PASSWORD)
    admin.get_by_role("button", name="Créer l’utilisateur").click()
    expect(admin.get_by_role("heading", level=1, name="Faustine Keller")).to_be_visible()
    faustine = desks.of("faustine", "/inbox")
    expect(faustine.get_by_role("button", name="Votre compte")).to_contain_text("Faustine Keller")

    admin.get_by_role("button", name="Désactiver").click()
    admin.get_by_role("dialog").get_by_role("button", name="Désactiver").click()
    expect(admin.get_by_text("Le compte est désactivé")).to_be_visible()
    expect(faustine.get_by_role("heading", name="Se connecter à Boucle")).to_be_visible()


def test_a_right_taken_from_a_person_is_gone_at_once(desks: Desks):
    marc = desks.of("marc", "/contacts")
    expect(marc.get_by_role("row").nth(3)).to_be_visible()
    admin = desks.of("admin", "/settings/users")
    admin.get_by_label("Chercher un nom ou un e-mail").fill("rossi")
    admin.get_by_role("link", name=re.compile("Rossi")).click()
    right = admin.get_by_role("checkbox", name=re.compile("Voir les contacts"))
    admin.locator("label").filter(has=right).click()  # the box itself is drawn
    admin.get_by_role("button", name="Enregistrer").click()
    expect(admin.get_by_role("button", name="Enregistrer")).to_be_hidden()
    expect(marc.get_by_text("Vous n’avez pas accès à cet écran")).to_be_visible()
    expect(marc.get_by_role("navigation").get_by_role("link", name="Contacts")).to_be_hidden()


def test_the_right_to_work_goes_once_somebody_takes_over_the_tickets(desks: Desks, api: Api):
    types = {each["key"]: each["id"] for each in api("{ userTypes { id key } }")["userTypes"]}
    gaspard = {"name": "Gaspard Roux", "email": "gaspard@boucle.example", "password": PASSWORD}
    user = api(
        "mutation ($input: UserCreateInput!) { userCreate(input: $input) { user { id } userErrors { code } } }",
        input=gaspard | {"userTypeId": types["ticket_taker"]},
    )["userCreate"]["user"]
    ticket = api(
        "mutation ($input: TicketCreateInput!) { ticketCreate(input: $input) { ticket { key } userErrors { code } } }",
        input={"subject": "Colis perdu", "customerName": "Zoé Petit", "assigneeId": user["id"]},
    )["ticketCreate"]["ticket"]
    admin = desks.of("admin", f"/settings/users/{user['id']}")
    right = admin.get_by_role("checkbox", name="Traiter des tickets")
    admin.locator("label").filter(has=right).click()  # the box itself is drawn
    admin.get_by_role("button", name="Enregistrer").click()
    dialog = admin.get_by_role("dialog", name="Gaspard Roux ne traitera plus de tickets")
    expect(dialog.get_by_text(re.compile("Tickets ouverts que cette personne tient encore"))).to_be_visible()
    pick(admin, "Qui reprend", "Inès")
    dialog.get_by_role("button", name="Confier et enregistrer").click()
    expect(dialog).to_be_hidden()
    expect(admin.get_by_text("Le compte est actif et ne tient aucun ticket ouvert.")).to_be_visible()
    assert api.ticket(ticket["key"])["assignee"]["name"].startswith("Inès")


def test_user_types_show_who_may_do_what(desks: Desks):
    page = desks.of("admin", "/settings/types")
    takes = page.get_by_role("row", name=re.compile("Traiter des tickets")).get_by_role("checkbox")
    expect(takes).to_have_count(6)
    expect(takes.first).to_be_checked()


def test_a_team_is_made_given_members_and_refused_a_known_name(desks: Desks):
    page = desks.of("admin", "/settings/teams")
    page.get_by_role("button", name="Nouvelle équipe").click()
    dialog = page.get_by_role("dialog", name="Nouvelle équipe")
    dialog.get_by_label("Nom").fill("Magasins Sud")
    dialog.get_by_role("button", name="Créer l’équipe").click()
    expect(dialog.get_by_text("Ce nom est déjà pris.")).to_be_visible()
    dialog.get_by_label("Nom").fill("Ambassadeurs")
    pick(page, "Ajouter un membre", "Inès")
    pick(page, "Ajouter un membre", "Julien")
    page.keyboard.press("Escape")  # closes the list alone
    expect(dialog.get_by_role("list", name="Membres").get_by_role("listitem")).to_have_text(
        [re.compile("Inès"), re.compile("Julien")]
    )
    dialog.get_by_role("button", name="Créer l’équipe").click()
    row = page.get_by_role("row", name=re.compile("Ambassadeurs"))
    expect(row).to_contain_text("Inès Bouchard")
    expect(row).to_contain_text("Julien")


def test_what_is_typed_on_a_page_is_there_again_after_a_look_elsewhere(desks: Desks):
    page = desks.of("hugo", "/settings/profile")
    page.get_by_label("Nom").fill("Hugo M.")
    page.get_by_role("link", name="Absences").click()
    expect(page.get_by_role("heading", level=1, name="Absences")).to_be_visible()
    page.get_by_role("link", name="Profil").click()
    expect(page.get_by_label("Nom")).to_have_value("Hugo M.")
    page.get_by_role("button", name="Annuler les modifications").click()
    expect(page.get_by_label("Nom")).to_have_value("Hugo Marchetti")


def test_the_open_tab_is_in_sight_on_a_phone(desks: Desks):
    page = desks.of("admin", f"/settings/surveys/{SURVEY}/general", viewport=PHONE)
    expect(page.get_by_role("tab", name="Général")).to_be_in_viewport(ratio=1)


def test_the_organisation_is_renamed_everywhere(desks: Desks, api: Api):
    other = desks.of("ines", "/inbox")
    page = desks.of("admin", "/settings/organisation")
    page.get_by_label("Nom").fill("Maison Ormelle & Fils")
    page.get_by_role("button", name="Enregistrer").click()
    expect(other.get_by_role("link", name="Boucle, Maison Ormelle & Fils")).to_be_visible()


def test_an_administrator_ends_what_somebody_else_is_signed_in_with(desks: Desks):
    theirs = desks.of("ines", path=None)
    export = 'mutation { apiTokenCreate(input: {name: "Export"}) { apiToken { id } } }'
    assert theirs.request.post("/graphql", data={"query": export}).json()["data"]["apiTokenCreate"]["apiToken"]
    their_id = theirs.request.post("/graphql", data={"query": "{ viewer { id } }"}).json()["data"]["viewer"]["id"]
    page = desks.of("admin", f"/settings/users/{their_id}")
    tokens = page.get_by_role("region", name="Jetons d’API")
    tokens.get_by_role("row", name=re.compile("Export")).get_by_role("button", name="Révoquer").click()
    page.get_by_role("dialog").get_by_role("button", name="Révoquer").click()
    expect(tokens).not_to_contain_text("Export")
    page.get_by_role("region", name="Sessions").get_by_role("button", name="Fermer").first.click()
    expect(page.get_by_text("Session fermée")).to_be_visible()
    left = theirs.request.post("/graphql", data={"query": "{ viewer { id } }"}).json()
    assert left["data"]["viewer"] is None


def test_an_escalation_rule_is_tried_before_it_is_saved(desks: Desks):
    page = desks.of("hugo", "/settings/escalation")
    page.get_by_role("button", name="Nouvelle règle").click()
    editor = page.get_by_role("region", name="Nouvelle règle")
    preview = editor.get_by_role("region", name="Essai à blanc")
    expect(preview).to_contain_text("escaladés aussitôt")
    expect(preview.get_by_role("link").first).to_have_text(re.compile(r"T-\d+"))
    editor.get_by_role("button", name=re.compile("^Unité")).click()
    page.get_by_role("option", name="jours").click()
    editor.get_by_label("Délai").fill("300")
    editor.get_by_label("Délai").press("Tab")
    expect(preview).to_contain_text("aucun n’a dépassé le délai")
    editor.get_by_role("button", name="Créer la règle").click()
    expect(editor.get_by_text("Choisissez vers qui escalader.")).to_be_visible()
    editor.get_by_role("button", name=re.compile("^Destinataire")).click()
    page.get_by_role("option", name=re.compile("Yasmine Benali")).click()
    editor.get_by_label("Nom de la règle").fill("Jamais oublié")
    editor.get_by_role("button", name="Créer la règle").click()
    expect(page.get_by_role("switch", name=re.compile("Jamais oublié"))).to_be_checked()


def test_an_absence_is_planned_says_where_tickets_go_and_is_ended(desks: Desks):
    page = desks.of("emily", "/settings/absence", locale="en-GB")
    page.get_by_role("button", name="Plan an absence").click()
    pick(page, "Substitute", "Camille")
    expect(page.get_by_role("dialog")).to_contain_text("Yasmine Benali")  # Camille is away herself
    pick(page, "Substitute", "Hugo")
    page.get_by_role("dialog").get_by_role("button", name="Plan").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    mine = page.get_by_role("region", name="My absences")
    expect(mine).to_contain_text("Hugo Marchetti")
    mine.get_by_role("button", name=re.compile("^End")).click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    expect(mine).not_to_contain_text("Hugo Marchetti")


def test_a_survey_is_made_published_and_answered(desks: Desks):
    page = desks.of("admin", "/settings/surveys")
    page.get_by_role("button", name="Nouvelle enquête dans Magasins").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nom").fill("Visite du salon")
    dialog.get_by_label("Adresse").fill("visite-du-salon")
    dialog.get_by_role("button", name="Créer l’enquête").click()
    expect(page.get_by_role("heading", level=1, name="Visite du salon")).to_be_visible()

    page.get_by_label("Titre (Français)").fill("Votre visite au salon")
    preview = page.get_by_role("complementary", name="Aperçu")
    expect(preview).to_contain_text("Votre visite au salon")
    page.get_by_label("Titre (English)").fill("Your visit to our stand")
    preview.get_by_role("radio", name="English").click()
    expect(preview).to_contain_text("Your visit to our stand")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    page.get_by_role("button", name="Publier").click()
    page.get_by_role("dialog").get_by_role("button", name="Publier").click()
    expect(page.get_by_text("La version 1 est en ligne")).to_be_visible()

    customer = desks.stranger(java_script_enabled=False)
    customer.goto("/r/visite-du-salon")
    expect(customer.get_by_role("heading", level=1, name="Votre visite au salon")).to_be_visible()
    customer.locator("label").filter(has_text=re.compile("^9$")).click()
    customer.get_by_role("button", name="Envoyer").click()
    page.get_by_role("tab", name="Réponses").click()
    expect(page.get_by_role("tabpanel")).to_contain_text("9/10")
