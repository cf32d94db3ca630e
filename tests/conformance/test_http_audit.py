"""The audits of the GraphQL over HTTP specification, as the package graphql-http runs them."""

import pytest

from boucle.settings import Settings, load_settings
from tests.conformance.node import lines_of
from tests.serving import Boucle

AUDITS = 61


@pytest.fixture
def settings(database_url: str, tmp_path) -> Settings:
    return load_settings(database_url=database_url, data_dir=tmp_path, introspection="everyone")


async def failures(boucle: Boucle, token: str) -> list[dict[str, str]]:
    audits = await lines_of("audit.mjs", f"{boucle.url}/graphql", token)
    assert len(audits) == AUDITS
    return [audit for audit in audits if audit["status"] != "ok"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_strangers_pass_every_audit(boucle):
    assert await failures(boucle, "") == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_machines_with_a_token_pass_every_audit(boucle, token):
    assert await failures(boucle, token) == []
