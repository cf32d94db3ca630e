"""Every screen in light, in dark and on a phone: a picture to look at, no violation that axe knows, nothing cut off."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.api import SURVEY, Api
from tests.e2e.browsers import Desks
from tests.e2e.looks import look_at
from tests.e2e.product import Product

pytestmark = pytest.mark.browser


class Screen(NamedTuple):
    """One screen: how to get there, and what shows that it is complete."""

    name: str
    path: str
    awaited: Callable[[Page], object]
    steps: Callable[[Page], object] = lambda page: None
    handle: str | None = "hugo"


def row(page: Page) -> None:
    expect(page.get_by_role("row").nth(5)).to_be_visible()


def feed(page: Page) -> None:
    expect(page.get_by_role("article").nth(3)).to_be_visible()


def panel(page: Page) -> None:
    expect(page.get_by_role("region", name=re.compile("^Ticket ")).get_by_role("tabpanel")).to_be_visible()


def dialog(page: Page) -> None:
    expect(page.get_by_role("dialog")).to_be_visible()


def heading(text: str) -> Callable[[Page], object]:
    return lambda page: expect(page.get_by_role("heading", name=text).first).to_be_visible()


def tab(name: str) -> Callable[[Page], object]:
    return lambda page: page.get_by_role("tab", name=name).click()


def button(name: str) -> Callable[[Page], object]:
    return lambda page: page.get_by_role("button", name=name).first.click()


def found(page: Page) -> None:
    page.keyboard.type("bernard")
    expect(page.get_by_role("dialog").get_by_role("menuitem").first).to_contain_text("Bernard")


def filter_by_days(page: Page) -> None:
    page.keyboard.press("f")
    page.get_by_role("menuitem", name="Échéance").click()
    page.get_by_role("menuitemradio", name="Choisir les dates…").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def press(*keys: str) -> Callable[[Page], object]:
    return lambda page: [page.keyboard.press(key) for key in keys] and None


SCREENS = [
    Screen("sign-in", "/", heading("Se connecter"), handle=None),
    Screen("list", "/inbox?view=all&as=list", row),
    Screen("feed", "/inbox?view=all&as=feed", feed),
    Screen("kanban", "/inbox?view=all&as=kanban", feed),
    Screen("list-cursor", "/inbox?view=all&as=list", row, press("j", "j")),
    Screen("list-found", "/inbox?view=mine&as=list&q=le&score=detractor&received=90d", row),
    Screen("filter", "/inbox?view=all&as=list&status=sta_1", row, press("f")),
    Screen("filter-days", "/inbox?view=all&as=list", row, filter_by_days),
    Screen("kanban-move", "/inbox?view=all&as=kanban", feed, press("j", "m")),
    Screen("empty", "/inbox?view=late&as=list&q=zzz", lambda page: page.get_by_text("Aucun ticket ne corr").wait_for()),
    Screen("ticket", "/inbox/{worked}?view=all&as=list", panel),
    Screen("ticket-feed", "/inbox/{worked}?view=all&as=feed", panel),
    Screen("ticket-response", "/inbox/{worked}?view=all", panel, tab("Réponse")),
    Screen("ticket-activity", "/inbox/{worked}?view=all", panel, tab("Activité")),
    Screen("ticket-page", "/tickets/{worked}", panel),
    Screen("ticket-unknown", "/inbox/T-999999", lambda page: page.get_by_text("n’existe pas").wait_for()),
    Screen("new-ticket", "/inbox?view=all&as=list", row, press("n")),
    Screen("palette", "/inbox?view=all&as=list", row, press("Control+k")),
    Screen("palette-found", "/inbox?view=all&as=list", row, lambda page: (press("Control+k")(page), found(page))),
    Screen("keys", "/inbox/{worked}?view=all&as=list", panel, press("?")),
    Screen("assignee", "/inbox/{worked}?view=all&as=list", panel, press("a")),
    Screen("acts", "/inbox/{worked}?view=all&as=list", panel, button("Plus")),
    Screen("contacts", "/contacts", row, handle="admin"),
    Screen("contact", "/contacts/{contact}", heading("Chronologie"), handle="admin"),
    Screen("contact-new", "/contacts", row, button("Nouveau contact"), handle="admin"),
    Screen("settings", "/settings", heading("Réglages"), handle="admin"),
    Screen("settings-profile", "/settings/profile", heading("Profil"), handle="admin"),
    Screen("settings-absence", "/settings/absence", heading("Absences"), handle="admin"),
    Screen("settings-absence-plan", "/settings/absence", heading("Absences"), button("Prévoir une absence"), "admin"),
    Screen("settings-organisation", "/settings/organisation", heading("Organisation"), handle="admin"),
    Screen("settings-users", "/settings/users", row, handle="admin"),
    Screen("settings-user", "/settings/users/{user}", heading("Droits"), handle="admin"),
    Screen("settings-types", "/settings/types", heading("Types d’utilisateur"), handle="admin"),
    Screen("settings-teams", "/settings/teams", heading("Équipes"), handle="admin"),
    Screen("settings-escalation", "/settings/escalation", heading("Règles d’escalade"), handle="admin"),
    Screen("settings-escalation-new", "/settings/escalation", heading("Règles"), button("Nouvelle règle"), "admin"),
    Screen("settings-surveys", "/settings/surveys", heading("Enquêtes"), handle="admin"),
    *[
        Screen(f"survey-{part}", f"/settings/surveys/{SURVEY}/{part}", heading("Après commande web"), handle="admin")
        for part in ("questions", "tickets", "share", "versions", "responses", "general")
    ],
    Screen(
        "no-right", "/settings/users", lambda page: page.get_by_text("Vous n’avez pas accès").wait_for(), handle="ines"
    ),
    Screen("unknown", "/nowhere", lambda page: page.get_by_text("Cette page n’existe pas").wait_for()),
    Screen("survey", f"/r/{SURVEY}", heading("avis"), handle=None),
]


@pytest.fixture(scope="module")
def places(api: Api) -> dict[str, str]:
    """Addresses that depend on data: a ticket with a story, and its customer."""
    rows = api(
        """query { tickets(first: 40, filter: {categories: [OPEN, ESCALATED, RESOLVED]}) {
          nodes { key kind contact { id responseCount } comments(first: 1) { totalCount } } } }"""
    )["tickets"]["nodes"]
    known = [each for each in rows if each["contact"] is not None]  # some answer without a name
    told = max(known, key=lambda each: (each["kind"] == "AUTOMATIC", each["comments"]["totalCount"]))
    user = api("query { users(first: 1) { nodes { id } } }")["users"]["nodes"][0]["id"]
    return {"worked": told["key"], "contact": told["contact"]["id"], "user": user}


@pytest.fixture(scope="module")
def windows(browser: Browser, product: Product) -> Iterator[dict[str | None, Page]]:
    """One window for each person, and one for nobody: the screens are many."""
    desks = Desks(browser, product.address)
    people = {screen.handle for screen in SCREENS}
    yield {handle: desks.of(handle, path=None) if handle else desks.stranger() for handle in people}
    desks.close()
    assert desks.broken == []


@pytest.mark.parametrize("screen", SCREENS, ids=[screen.name for screen in SCREENS])
def test_a_screen_looks_well_and_everybody_can_use_it(
    windows: dict[str | None, Page], places: dict[str, str], screen: Screen
):
    page = windows[screen.handle]
    page.goto(screen.path.format(**places))
    screen.awaited(page)
    screen.steps(page)
    page.wait_for_load_state("networkidle")
    assert look_at(page, screen.name) == []
