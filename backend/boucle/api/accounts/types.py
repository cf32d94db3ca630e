"""GraphQL types of people and their access."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

import strawberry

from boucle.accounts import models
from boucle.accounts.forwarding import current_substitutes
from boucle.accounts.models import Language
from boucle.accounts.permissions import Permission, effective_permissions
from boucle.accounts.rules import Forwarding, forward
from boucle.api.accounts.loaders import (
    load_absences_in_force,
    load_members_of_teams,
    load_teams_of_users,
)
from boucle.api.context import Context, Info
from boucle.api.nodes import Node, finds
from boucle.kit.ids import global_id
from boucle.tickets.queries import open_tickets_by_assignee, open_tickets_by_team


def permissions_of(names: Sequence[str]) -> list[Permission]:
    """Return stored names as permissions; names of retired ones are left out."""
    known = {each.value for each in Permission}
    return [Permission(name) for name in names if name in known]


@strawberry.type(description="The one organisation of this deployment.")
class Organisation(Node):
    name: str = strawberry.field(description="Shown in mails and on public pages.")
    forwarding_enabled: bool = strawberry.field(description="Whether absences forward tickets at all (FWD-1).")
    language: Language = strawberry.field(description="Language of new users and of customers who state none.")
    time_zone: str = strawberry.field(description="IANA name, e.g. Europe/Paris.")
    version: int = strawberry.field(description="Send it back as `expectedVersion` when changing.")

    @classmethod
    def of(cls, row: models.Organisation) -> Self:
        return cls(
            id=strawberry.ID(global_id("org", row.id)),
            name=row.name,
            forwarding_enabled=row.forwarding_enabled,
            language=row.language,
            time_zone=row.time_zone,
            version=row.version,
        )


@strawberry.type(description="A named set of default permissions (PER-1).")
class UserType(Node):
    key: str = strawberry.field(description="Fixed name of a built-in type; screens translate it.")
    name: str = strawberry.field(description="Name for people.")
    permissions: list[Permission] = strawberry.field(description="What every user of this type may do.")
    is_built_in: bool = strawberry.field(description="Whether every deployment has it.")
    version: int = strawberry.field(description="Send it back as `expectedVersion` when changing.")

    @classmethod
    def of(cls, row: models.UserType) -> Self:
        return cls(
            id=strawberry.ID(global_id("utp", row.id)),
            key=row.key,
            name=row.name,
            permissions=permissions_of(row.permissions),
            is_built_in=row.is_built_in,
            version=row.version,
        )


@strawberry.type(description="A person who signs in.")
class User(Node):
    row: strawberry.Private[models.User]
    name: str = strawberry.field(description="First and last name.")
    email: str = strawberry.field(description="Lower case; also the name at sign-in.")
    language: Language = strawberry.field(description="Language of the screens and mails for this user.")
    time_zone: str = strawberry.field(description="IANA name, e.g. Europe/Paris.")
    is_active: bool = strawberry.field(description="False: cannot sign in and holds no open ticket.")
    created_at: datetime = strawberry.field(description="When the account was made.")
    last_seen_at: datetime | None = strawberry.field(description="Last sign of life, to five minutes; null: never.")
    version: int = strawberry.field(description="Send it back as `expectedVersion` when changing.")

    @classmethod
    def of(cls, row: models.User) -> Self:
        return cls(
            id=strawberry.ID(global_id("usr", row.id)),
            row=row,
            name=row.name,
            email=row.email,
            language=row.language,
            time_zone=row.time_zone,
            is_active=row.is_active,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            version=row.version,
        )

    @classmethod
    def of_optional(cls, row: models.User | None) -> Self | None:
        """Return the row as a user, or `None` for none."""
        return cls.of(row) if row is not None else None

    @strawberry.field(description="One or two letters for an avatar.")
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @strawberry.field(description="The bundle of rights this user starts from.")
    async def user_type(self, info: Info) -> UserType:
        row = await info.context.row(models.UserType, self.row.user_type_id)
        assert row is not None, self.row.user_type_id
        return UserType.of(row)

    @strawberry.field(description="Rights on top of the user type's.")
    def granted_permissions(self) -> list[Permission]:
        return permissions_of(self.row.granted)

    @strawberry.field(description="Rights taken away from the user type's.")
    def revoked_permissions(self) -> list[Permission]:
        return permissions_of(self.row.revoked)

    @strawberry.field(description="What the user may do, all counted together.")
    async def permissions(self, info: Info) -> list[Permission]:
        row = await info.context.row(models.UserType, self.row.user_type_id)
        assert row is not None, self.row.user_type_id
        found = effective_permissions(row.permissions, granted=self.row.granted, revoked=self.row.revoked)
        return [each for each in Permission if each in found]

    @strawberry.field(description="Teams the user belongs to, by name.")
    async def teams(self, info: Info) -> list["Team"]:
        rows = await info.context.batch(load_teams_of_users, self.row.id)
        return [Team.of(row) for row in rows]

    @strawberry.field(description="The absence in force now; null while the user is there.")
    async def current_absence(self, info: Info) -> "Absence | None":
        row = await info.context.batch(load_absences_in_force, (self.row.id, info.context.now()))
        return Absence.of(row) if row is not None else None

    @strawberry.field(description="Tickets assigned to the user that are neither resolved nor closed.")
    async def open_ticket_count(self, info: Info) -> int:
        return await info.context.batch(open_tickets_by_assignee, self.row.id)


@strawberry.type(description="A user's place in a team.")
class TeamMember:
    row: strawberry.Private[models.TeamMember]
    is_supervisor: bool = strawberry.field(description="Whether they lead the team.")

    @strawberry.field(description="The member.")
    async def user(self, info: Info) -> User:
        row = await info.context.row(models.User, self.row.user_id)
        assert row is not None, self.row.user_id
        return User.of(row)


@strawberry.type(description="People who own tickets together.")
class Team(Node):
    row: strawberry.Private[models.Team]
    name: str = strawberry.field(description="Unique name.")
    version: int = strawberry.field(description="Send it back as `expectedVersion` when changing.")

    @classmethod
    def of(cls, row: models.Team) -> Self:
        return cls(id=strawberry.ID(global_id("tea", row.id)), row=row, name=row.name, version=row.version)

    @classmethod
    def of_optional(cls, row: models.Team | None) -> Self | None:
        """Return the row as a team, or `None` for none."""
        return cls.of(row) if row is not None else None

    @strawberry.field(description="Active members, by name.")
    async def members(self, info: Info) -> list[TeamMember]:
        rows = await info.context.batch(load_members_of_teams, self.row.id)
        return [TeamMember(row=row, is_supervisor=row.is_supervisor) for row in rows]

    @strawberry.field(description="Tickets of the team that are neither resolved nor closed.")
    async def open_ticket_count(self, info: Info) -> int:
        return await info.context.batch(open_tickets_by_team, self.row.id)


@strawberry.type(description="An out-of-office period: new tickets of the user go to the substitute (FWD rows).")
class Absence(Node):
    row: strawberry.Private[models.Absence]
    starts_at: datetime = strawberry.field(description="From when tickets are forwarded.")
    ends_at: datetime | None = strawberry.field(description="Until when; null: until it is ended by hand.")
    ended_at: datetime | None = strawberry.field(description="When it was ended early; null: it was not.")
    note: str = strawberry.field(description="For colleagues; may be empty.")
    version: int = strawberry.field(description="Send it back as `expectedVersion` when changing.")

    @classmethod
    def of(cls, row: models.Absence) -> Self:
        return cls(
            id=strawberry.ID(global_id("abs", row.id)),
            row=row,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            ended_at=row.ended_at,
            note=row.note,
            version=row.version,
        )

    @strawberry.field(description="Who is away.")
    async def user(self, info: Info) -> User:
        return await _user(info.context, self.row.user_id)

    @strawberry.field(description="Whom the user chose to stand in.")
    async def substitute(self, info: Info) -> User:
        return await _user(info.context, self.row.substitute_id)

    @strawberry.field(description="Whether it forwards at this moment.")
    def is_active(self, info: Info) -> bool:
        now = info.context.now()
        has_begun = self.starts_at <= now and self.ended_at is None
        return has_begun and (self.ends_at is None or self.ends_at > now)

    @strawberry.field(description="Who receives the tickets as things stand: the end of the chain of substitutes.")
    async def forwards_to(self, info: Info) -> User:
        return await _user(info.context, (await self._chain(info)).target)

    @strawberry.field(description="Whether the chain of substitutes comes back to somebody absent; then nothing moves.")
    async def has_loop(self, info: Info) -> bool:
        return (await self._chain(info)).is_loop

    async def _chain(self, info: Info) -> Forwarding:
        substitutes = await current_substitutes(now=info.context.now())
        return forward(self.row.user_id, substitutes | {self.row.user_id: self.row.substitute_id})


@strawberry.type(description="A signed-in browser of the viewer.")
class Session(Node):
    created_at: datetime = strawberry.field(description="When it signed in.")
    last_seen_at: datetime = strawberry.field(description="Last use, to five minutes.")
    expires_at: datetime = strawberry.field(description="When it ends unless it is used.")
    user_agent: str = strawberry.field(description="What the browser calls itself.")
    address: str = strawberry.field(description="Network address at sign-in.")
    is_current: bool = strawberry.field(description="Whether this very request comes from it.")

    @classmethod
    def of(cls, row: models.Session, *, current: int | None) -> Self:
        return cls(
            id=strawberry.ID(global_id("ses", row.id)),
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            expires_at=row.expires_at,
            user_agent=row.user_agent,
            address=row.address,
            is_current=row.id == current,
        )


@strawberry.type(description="A machine's key, sent as `Authorization: Bearer`. Its secret is shown once.")
class ApiToken(Node):
    name: str = strawberry.field(description="What it is for.")
    permissions: list[Permission] | None = strawberry.field(description="Null: all that its user may do.")
    created_at: datetime = strawberry.field(description="When it was made.")
    expires_at: datetime | None = strawberry.field(description="When it ends; null: only when revoked.")
    last_used_at: datetime | None = strawberry.field(description="Last use, to five minutes; null: never.")

    @classmethod
    def of(cls, row: models.ApiToken) -> Self:
        return cls(
            id=strawberry.ID(global_id("tok", row.id)),
            name=row.name,
            permissions=None if row.permissions is None else permissions_of(row.permissions),
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
        )


async def _user(context: Context, user_id: int) -> User:
    row = await context.row(models.User, user_id)
    assert row is not None, user_id
    return User.of(row)


@finds("org")
async def find_organisation(context: Context, number: int) -> Organisation | None:
    row = await context.row(models.Organisation, number) if context.viewer else None
    return Organisation.of(row) if row else None


@finds("usr")
async def find_user(context: Context, number: int) -> User | None:
    return User.of_optional(await context.row(models.User, number)) if context.viewer else None


@finds("utp")
async def find_user_type(context: Context, number: int) -> UserType | None:
    row = await context.row(models.UserType, number) if context.viewer else None
    return UserType.of(row) if row else None


@finds("tea")
async def find_team(context: Context, number: int) -> Team | None:
    return Team.of_optional(await context.row(models.Team, number)) if context.viewer else None


@finds("abs")
async def find_absence(context: Context, number: int) -> Absence | None:
    row = await context.row(models.Absence, number) if context.viewer else None
    return Absence.of(row) if row else None


@finds("ses")
async def find_session(context: Context, number: int) -> Session | None:
    if context.viewer is None:
        return None
    row = await models.Session.get_or_none(id=number, user_id=context.viewer.user_id, ended_at=None)
    return Session.of(row, current=context.viewer.session_id) if row else None


@finds("tok")
async def find_token(context: Context, number: int) -> ApiToken | None:
    if context.viewer is None:
        return None
    row = await models.ApiToken.get_or_none(id=number, user_id=context.viewer.user_id, revoked_at=None)
    return ApiToken.of(row) if row else None
