"""The server and its people, as in the API tests, and the public clients that talk to it."""

import pytest

from tests.api.conftest import admin, boucle, make_account, settings, token_of
from tests.conformance.node import missing_parts
from tests.serving import Boucle

__all__ = ["admin", "boucle", "settings"]


@pytest.fixture(autouse=True, scope="session")
def public_clients() -> None:
    """Fail, rather than skip, where the clients are not installed."""
    if (problem := missing_parts()) is not None:
        pytest.fail(problem)


@pytest.fixture
async def token(boucle: Boucle) -> str:
    """An administrator's API token."""
    return await token_of(await make_account("ana@boucle.example"))
