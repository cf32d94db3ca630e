"""The server and its people, as in the API tests."""

from tests.api.conftest import admin, boucle, settings

__all__ = ["admin", "boucle", "settings"]
