"""Inputs about people and their access. In updates, a missing field stays as it is."""

from datetime import datetime

import strawberry

from boucle.accounts.models import Language
from boucle.accounts.permissions import Permission
from boucle.api.repeating import secret

LANGUAGE = "Language of screens and mails."
TIME_ZONE = "IANA name, e.g. Europe/Paris."
GRANTED = "Rights on top of the user type's."
REVOKED = "Rights taken away from the user type's."


@strawberry.input(description="Which users.")
class UserFilter:
    text: str | None = strawberry.field(
        default=None, description="Words that all occur in name or e-mail address; case and accents are free."
    )
    team_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Members of any of these.")
    is_active: bool | None = strawberry.field(default=None, description="Only active, or only deactivated ones.")


@strawberry.input(description="Which absences.")
class AbsenceFilter:
    user_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Of these users.")
    current_or_future: bool | None = strawberry.field(default=None, description="True: leave out what is over.")


@strawberry.input(description="What everybody decides about themselves.")
class ProfileUpdateInput:
    name: strawberry.Maybe[str] = strawberry.field(description="First and last name.")
    language: strawberry.Maybe[Language] = strawberry.field(description=LANGUAGE)
    time_zone: strawberry.Maybe[str] = strawberry.field(description=TIME_ZONE)


@strawberry.input(description="A new API token of the viewer.")
class ApiTokenCreateInput:
    name: str = strawberry.field(description="What it is for.")
    expires_in_days: int | None = strawberry.field(default=None, description="1 to 3650; null: until it is revoked.")
    permissions: list[Permission] | None = strawberry.field(
        default=None, description="Narrower than its user's; null: all that the user may do, now and later."
    )


@strawberry.input(description="Settings of the organisation.")
class OrganisationUpdateInput:
    name: strawberry.Maybe[str] = strawberry.field(description="Shown in mails and on public pages.")
    forwarding_enabled: strawberry.Maybe[bool] = strawberry.field(description="Whether absences forward tickets.")
    language: strawberry.Maybe[Language] = strawberry.field(description="Language of new users.")
    time_zone: strawberry.Maybe[str] = strawberry.field(description=TIME_ZONE)


@strawberry.input(description="A new user.")
class UserCreateInput:
    name: str = strawberry.field(description="First and last name.")
    email: str = strawberry.field(description="Also the name at sign-in; unique.")
    password: str = secret("At least 10 characters; the user can change it. Not compared when a key is used again.")
    user_type_id: strawberry.ID = strawberry.field(description="The bundle of rights to start from.")
    team_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Teams to join.")
    language: Language | None = strawberry.field(default=None, description=f"{LANGUAGE} Null: the organisation's.")
    time_zone: str | None = strawberry.field(default=None, description=f"{TIME_ZONE} Null: the organisation's.")
    granted_permissions: list[Permission] | None = strawberry.field(default=None, description=GRANTED)
    revoked_permissions: list[Permission] | None = strawberry.field(default=None, description=REVOKED)


@strawberry.input(description="Changes of a user.")
class UserUpdateInput:
    name: strawberry.Maybe[str] = strawberry.field(description="First and last name.")
    email: strawberry.Maybe[str] = strawberry.field(description="Also the name at sign-in; unique.")
    user_type_id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="The bundle of rights to start from.")
    team_ids: strawberry.Maybe[list[strawberry.ID]] = strawberry.field(description="All teams of the user.")
    language: strawberry.Maybe[Language] = strawberry.field(description=LANGUAGE)
    time_zone: strawberry.Maybe[str] = strawberry.field(description=TIME_ZONE)
    granted_permissions: strawberry.Maybe[list[Permission]] = strawberry.field(description=GRANTED)
    revoked_permissions: strawberry.Maybe[list[Permission]] = strawberry.field(description=REVOKED)


@strawberry.input(description="Changes of a user type; they hold for all its users at once.")
class UserTypeUpdateInput:
    name: strawberry.Maybe[str] = strawberry.field(description="Name for people.")
    permissions: strawberry.Maybe[list[Permission]] = strawberry.field(description="All rights of the type.")


@strawberry.input(description="A member of a team.")
class TeamMemberInput:
    user_id: strawberry.ID = strawberry.field(description="An active user.")
    is_supervisor: bool = strawberry.field(default=False, description="Whether they lead the team.")


@strawberry.input(description="A new team.")
class TeamCreateInput:
    name: str = strawberry.field(description="Unique name.")
    members: list[TeamMemberInput] | None = strawberry.field(default=None, description="Who belongs to it.")


@strawberry.input(description="Changes of a team.")
class TeamUpdateInput:
    name: strawberry.Maybe[str] = strawberry.field(description="Unique name.")
    members: strawberry.Maybe[list[TeamMemberInput]] = strawberry.field(description="All members.")


@strawberry.input(description="A new out-of-office period.")
class AbsenceCreateInput:
    substitute_id: strawberry.ID = strawberry.field(description="Who stands in.")
    starts_at: datetime = strawberry.field(description="From when tickets are forwarded.")
    user_id: strawberry.ID | None = strawberry.field(default=None, description="Who is away; null: the viewer.")
    ends_at: datetime | None = strawberry.field(default=None, description="Null: until it is ended by hand.")
    note: str | None = strawberry.field(default=None, description="For colleagues.")


@strawberry.input(description="Changes of an absence that is not over.")
class AbsenceUpdateInput:
    substitute_id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="Who stands in.")
    starts_at: strawberry.Maybe[datetime] = strawberry.field(description="From when tickets are forwarded.")
    ends_at: strawberry.Maybe[datetime | None] = strawberry.field(description="Null: until it is ended by hand.")
    note: strawberry.Maybe[str] = strawberry.field(description="For colleagues.")
