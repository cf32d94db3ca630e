"""Accounts and tokens from the command line, for the first administrator and for scripts."""

import getpass

from boucle.accounts.actions.tokens import create_token
from boucle.accounts.actions.users import UserDetails, create_user
from boucle.accounts.models import User, UserType
from boucle.accounts.queries import the_organisation
from boucle.accounts.validation import typed_email
from boucle.commands.database import opened
from boucle.events.actor import SYSTEM
from boucle.kit.clock import utc_now
from boucle.kit.errors import NotFound
from boucle.settings import Settings


async def create_account(settings: Settings, *, email: str, name: str, password: str | None, user_type: str) -> None:
    """Create a user of the type with this key."""
    async with opened(settings):
        known = await UserType.all().order_by("id")
        chosen = next((each for each in known if each.key == user_type), None)
        if chosen is None:
            keys = ", ".join(each.key for each in known)
            raise NotFound("There is no user type '{key}'. Known: {known}.", key=user_type, known=keys)
        organisation = await the_organisation()
        details = UserDetails(
            name=name,
            email=email,
            user_type_id=chosen.id,
            language=organisation.language,
            time_zone=organisation.time_zone,
        )
        await create_user(SYSTEM, details, password=password or getpass.getpass("Password: "), now=utc_now())


async def create_api_token(settings: Settings, *, email: str, name: str, days: int | None) -> str:
    """Create a token with all rights of the user and return its secret."""
    async with opened(settings):
        user = await User.get_or_none(email=typed_email(email), is_active=True)
        if user is None:
            raise NotFound("There is no active user {email}. `boucle user create` makes one.", email=email)
        created = await create_token(user.id, name=name, days=days, permissions=None, now=utc_now())
        return created.secret
