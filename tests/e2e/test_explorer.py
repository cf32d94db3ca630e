"""The API explorer: from this server alone, for whoever is signed in."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsers import Desks

pytestmark = pytest.mark.browser


def test_the_explorer_runs_a_query_and_asks_nobody_else(desks: Desks):
    page = desks.of("admin", path=None)
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.goto("/graphql")
    page.get_by_role("button", name="Envoyer requête").click()
    expect(page.locator("app-query-result")).to_contain_text('"name": "')
    expect(page.get_by_text("Altair AI").first).to_be_hidden()
    here = desks.address
    assert [url for url in asked if not url.startswith((here, "data:", "blob:"))] == []
    assert complaints == []


def test_strangers_do_not_get_the_explorer(desks: Desks):
    answer = desks.stranger().request.get("/graphql", headers={"accept": "text/html"})
    assert answer.status == 401
    assert "Sign in" in answer.text()
