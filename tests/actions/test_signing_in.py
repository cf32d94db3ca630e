"""Signing in while something else happens to the account."""

from datetime import timedelta

import pytest

from boucle.accounts.actions import sessions
from boucle.accounts.models import Session, User
from boucle.kit.errors import SignInFailed
from boucle.kit.passwords import COMMAND_LINE
from tests.api.conftest import PASSWORD, make_account
from tests.factories.contacts import NOON


@pytest.mark.parametrize("change", [{"password_hash": "another"}, {"is_active": False}])
async def test_what_changes_while_a_password_is_checked_opens_nothing(db, monkeypatch, change):
    user = await make_account("lea@boucle.example")

    async def checked_meanwhile(*args: object, **more: object) -> bool:
        await User.filter(id=user.id).update(**change)
        return True

    monkeypatch.setattr(sessions, "is_password", checked_meanwhile)
    with pytest.raises(SignInFailed):
        await sessions.sign_in(
            user.email,
            PASSWORD,
            asker=COMMAND_LINE,
            device=None,
            user_agent="",
            address="",
            lifetime=timedelta(days=1),
            now=NOON,
        )
    assert await Session.all().count() == 0
