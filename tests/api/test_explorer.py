"""The page of the API explorer: whom it is for, and that it lets nothing in from elsewhere."""

import pytest

from boucle.api import explorer
from boucle.settings import load_settings
from tests.api.conftest import make_account, token_of
from tests.serving import browser, machine, served

HTML = {"accept": "text/html"}


@pytest.fixture
def built(tmp_path, monkeypatch):
    """Screens that were built."""
    (tmp_path / "dist" / "explorer").mkdir(parents=True)
    monkeypatch.setattr(explorer, "app_folder", lambda: tmp_path / "dist")


async def test_the_explorer_is_for_people_who_are_signed_in(boucle, built):
    async with browser(boucle) as stranger, machine(boucle, await token_of(await make_account("ana@x.example"))) as ana:
        assert (await stranger.http.get("/graphql", headers=HTML)).status_code == 401
        page = await ana.http.get("/graphql", headers=HTML)
    assert page.status_code == 200
    assert '<base href="/explorer/" />' in page.text


async def test_a_demo_opens_it_to_everybody(database_url, tmp_path, built):
    settings = load_settings(database_url=database_url, data_dir=tmp_path, introspection="everyone")
    async with served(settings) as boucle, browser(boucle) as stranger:
        assert (await stranger.http.get("/graphql", headers=HTML)).status_code == 200


async def test_its_policy_names_this_server_alone(boucle, built):
    async with machine(boucle, await token_of(await make_account("ana@x.example"))) as ana:
        page = await ana.http.get("/graphql", headers=HTML)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "://" not in page.text + policy


async def test_without_built_screens_it_says_how_to_build_them(boucle, tmp_path, monkeypatch):
    monkeypatch.setattr(explorer, "app_folder", lambda: tmp_path)
    async with machine(boucle, await token_of(await make_account("ana@x.example"))) as ana:
        page = await ana.http.get("/graphql", headers=HTML)
    assert (page.status_code, "npm run build" in page.text) == (503, True)
