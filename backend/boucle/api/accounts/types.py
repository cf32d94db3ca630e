"""GraphQL types of people and their access."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import strawberry

from boucle.accounts import models
from boucle.accounts.forwarding import forwardings_at
from boucle.accounts.models import Language
from boucle.accounts.permissions import Permission, effective_permissions
from boucle.accounts.rules import Forwarding
from boucle.api.context import Context
from boucle.api.rows import (
    Row,
    RowObject,
    column,
    computed,
    computed_together,
    everybody,
    expression,
    first_of,
    global_id,
    row_type,
    the_row,
    to_many,
    to_one,
)
from boucle.kit.conditions import (
    ALWAYS,
    NEVER,
    Compare,
    Comparison,
    Condition,
    HasRow,
    IsMissing,
    all_of,
    any_of,
    equals,
)
from boucle.kit.database import Dialect
from boucle.kit.pagination import NEWEST_FIRST, Order
from boucle.planner.declarations import Kind, Link, Rows, Through, Values
from boucle.tickets.statuses import FINISHED

VERSION = "Send it back as `expectedVersion` when changing."
BY_NAME = Order("name_key", is_descending=False)
MOST_SESSIONS = 100
NEWEST_START_FIRST = Order("starts_at", is_descending=True)


def permissions_of(names: Sequence[str]) -> list[Permission]:
    """Return stored names as permissions; names of retired ones are left out."""
    known = {each.value for each in Permission}
    return [Permission(name) for name in names if name in known]


def open_tickets(owner: str) -> Any:
    """Return the SQL that counts the unfinished tickets that a row owns by this column, whoever asks."""
    finished = ", ".join(f"'{category}'" for category in sorted(FINISHED))

    def count(alias: str, _dialect: Dialect) -> str:
        return (
            f"SELECT count(*) FROM tickets k WHERE k.{owner} = {alias}.id"  # noqa: S608  (no input in it)
            f" AND k.status_category NOT IN ({finished})"
        )

    return count


@row_type(models.Organisation, visible=everybody, description="The one organisation of this deployment.")
class Organisation(RowObject):
    id: strawberry.ID = global_id("org")
    name: str = column("Shown in mails and on public pages.")
    forwarding_enabled: bool = column("Whether absences forward tickets at all (FWD-1).")
    language: Language = column("Language of new users and of customers who state none.")
    time_zone: str = column("IANA name, e.g. Europe/Paris.")
    version: int = column(VERSION)


def _type_permissions(_asker: Context, row: Values) -> list[Permission]:
    return permissions_of(row["permissions"])


@row_type(models.UserType, visible=everybody, description="A named set of default permissions (PER-1).")
class UserType(RowObject):
    id: strawberry.ID = global_id("utp")
    key: str = column("Fixed name of a built-in type; screens translate it.")
    name: str = column("Name for people.")
    permissions: list[Permission] = computed("What every user of this type may do.", _type_permissions, "permissions")
    is_built_in: bool = column("Whether every deployment has it.")
    version: int = column(VERSION)


def _initials(_asker: Context, row: Values) -> str:
    words = row["name"].split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _granted(_asker: Context, row: Values) -> list[Permission]:
    return permissions_of(row["granted"])


def _revoked(_asker: Context, row: Values) -> list[Permission]:
    return permissions_of(row["revoked"])


async def _effective(asker: Context, rows: Sequence[Values]) -> list[list[Permission]]:
    types = await models.UserType.in_bulk({row["user_type_id"] for row in rows}, "id")
    return [_in_order(_acting(asker, row, types[row["user_type_id"]])) for row in rows]


def _acting(asker: Context, row: Values, of_type: models.UserType) -> frozenset[Permission]:
    """Return what the user may do; of the viewer, what this very request may: a token may have been narrowed."""
    of_user = effective_permissions(of_type.permissions, granted=row["granted"], revoked=row["revoked"])
    viewer = asker.viewer
    if viewer is None or not viewer.is_narrowed or viewer.user_id != row["id"]:
        return of_user
    return of_user & viewer.permissions


def _in_order(found: frozenset[Permission]) -> list[Permission]:
    return [each for each in Permission if each in found]


def in_force(now: datetime) -> Condition:
    """Return the absences that forward at this moment."""
    has_begun = Compare("starts_at", Comparison.AT_MOST, now)
    return all_of(has_begun, IsMissing("ended_at"), not_over(now))


def not_over(now: datetime) -> Condition:
    """Return the absences whose end is not there yet."""
    return any_of(IsMissing("ends_at"), Compare("ends_at", Comparison.MORE, now))


def _absences_in_force(asker: Context) -> Rows:
    return Rows(in_force(asker.now()), NEWEST_START_FIRST)


def unexpired_sessions(asker: Context) -> Rows:
    """Return the newest sessions that have not ended by themselves."""
    return Rows(Compare("expires_at", Comparison.MORE, asker.now()), NEWEST_FIRST, limit=MOST_SESSIONS)


def newest_tokens(_asker: Context) -> Rows:
    """Return API tokens, newest first."""
    return Rows(order=NEWEST_FIRST)


@row_type(models.User, visible=everybody, description="A person who signs in.")
class User(RowObject):
    id: strawberry.ID = global_id("usr")
    name: str = column("First and last name.")
    email: str = column("Lower case; also the name at sign-in.")
    language: Language = column("Language of the screens and mails for this user.")
    time_zone: str = column("IANA name, e.g. Europe/Paris.")
    is_active: bool = column("False: cannot sign in and holds no open ticket.")
    created_at: datetime = column("When the account was made.")
    last_seen_at: datetime | None = column("Last sign of life, to five minutes; null: never.")
    version: int = column(VERSION)
    initials: str = computed("One or two letters for an avatar.", _initials, "name", depends_on=the_row)
    user_type: UserType = to_one("The bundle of rights this user starts from.", on="user_type_id")
    granted_permissions: list[Permission] = computed("Rights on top of the user type's.", _granted, "granted")
    revoked_permissions: list[Permission] = computed("Rights taken away from the user type's.", _revoked, "revoked")
    permissions: list[Permission] = computed_together(
        "What the user may do, all counted together. Of oneself: what this request may do, which is less by a narrowed "
        "token.",
        _effective,
        "id",
        "user_type_id",
        "granted",
        "revoked",
    )
    teams: list["Team"] = to_many(
        "Teams the user belongs to, by name.",
        Link("id", through=Through("team_members", "user_id", "team_id")),
        lambda _asker: Rows(order=BY_NAME),
    )
    current_absence: "Absence | None" = first_of(
        "The absence in force now; null while the user is there.", Link("user_id"), _absences_in_force
    )
    sessions: list["Session"] = to_many(
        "Signed-in browsers, newest first; empty but for oneself and by the right USERS_MANAGE.",
        Link("user_id"),
        unexpired_sessions,
    )
    api_tokens: list["ApiToken"] = to_many(
        "API tokens that were not revoked, newest first; empty but for oneself and by the right USERS_MANAGE.",
        Link("user_id"),
        newest_tokens,
    )
    open_ticket_count: int = expression(
        "Tickets assigned to the user that are neither resolved nor closed.",
        open_tickets("assignee_id"),
        Kind.NUMBER,
        "id",
    )


@row_type(models.TeamMember, visible=everybody, description="A user's place in a team.")
class TeamMember(Row):
    is_supervisor: bool = column("Whether they lead the team.")
    user: User = to_one("The member.", on="user_id")


def _active_members(_asker: Context) -> Rows:
    return Rows(
        HasRow("users", "user_id", "id", equals("is_active", True)),  # noqa: FBT003  (a value to compare with)
        sort="(SELECT u.name_key FROM users u WHERE u.id = {t}.user_id), {t}.id",
    )


@row_type(models.Team, visible=everybody, description="People who own tickets together.")
class Team(RowObject):
    id: strawberry.ID = global_id("tea")
    name: str = column("Unique name.")
    version: int = column(VERSION)
    members: list[TeamMember] = to_many("Active members, by name.", Link("team_id"), _active_members)
    open_ticket_count: int = expression(
        "Tickets of the team that are neither resolved nor closed.", open_tickets("team_id"), Kind.NUMBER, "id"
    )


def _is_in_force(asker: Context, row: Values) -> bool:
    now = asker.now()
    has_begun = row["starts_at"] <= now and row["ended_at"] is None
    return has_begun and (row["ends_at"] is None or row["ends_at"] > now)


_CHAIN_COLUMNS = ("id", "user_id", "starts_at", "ends_at", "ended_at")


async def _chains(asker: Context, rows: Sequence[Values]) -> list[Forwarding]:
    """Return what becomes of the tickets, by what decides it when one is given; of a planned absence, as it begins."""
    now = asker.now()
    to_come = [row for row in rows if row["ended_at"] is None and (row["ends_at"] is None or row["ends_at"] > now)]
    found = await forwardings_at([(row["user_id"], max(row["starts_at"], now)) for row in to_come])
    chains = {row["id"]: chain for row, chain in zip(to_come, found, strict=True)}
    return [chains.get(row["id"], Forwarding(row["user_id"])) for row in rows]


async def _targets(asker: Context, rows: Sequence[Values]) -> list[User]:
    return [User.numbered(chain.target) for chain in await _chains(asker, rows)]


async def _loops(asker: Context, rows: Sequence[Values]) -> list[bool]:
    return [chain.is_loop for chain in await _chains(asker, rows)]


@row_type(
    models.Absence,
    visible=everybody,
    description="An out-of-office period: new tickets of the user go to the substitute (FWD rows).",
)
class Absence(RowObject):
    id: strawberry.ID = global_id("abs")
    starts_at: datetime = column("From when tickets are forwarded.")
    ends_at: datetime | None = column("Until when; null: until it is ended by hand.")
    ended_at: datetime | None = column("When it was ended early; null: it was not.")
    note: str = column("For colleagues; may be empty.")
    version: int = column(VERSION)
    user: User = to_one("Who is away.", on="user_id")
    substitute: User = to_one("Whom the user chose to stand in.", on="substitute_id")
    is_active: bool = computed("Whether it forwards at this moment.", _is_in_force, "starts_at", "ends_at", "ended_at")
    forwards_to: User = computed_together(
        "Who receives the tickets as things stand: the end of the chain of substitutes, of a planned absence when it "
        "begins. The absent user themselves: nobody does, and new tickets stay with them, because the absence is over, "
        "the substitute may own no tickets, forwarding is switched off, or the chain is a loop or too long.",
        _targets,
        *_CHAIN_COLUMNS,
    )
    has_loop: bool = computed_together(
        "Whether the chain of substitutes comes back to somebody absent; then nothing moves.",
        _loops,
        *_CHAIN_COLUMNS,
    )


def _own(asker: Context) -> Condition:
    viewer = asker.viewer
    return NEVER if viewer is None or viewer.is_narrowed else equals("user_id", viewer.user_id)


def _own_or_managed(asker: Context) -> Condition:
    manages = asker.viewer is not None and asker.viewer.can(Permission.USERS_MANAGE)
    return ALWAYS if manages else _own(asker)


def living_sessions(asker: Context) -> Condition:
    """Return the sessions that have not been ended: the viewer's own, and those of all by the right to manage users."""
    return all_of(_own_or_managed(asker), IsMissing("ended_at"))


def living_tokens(asker: Context) -> Condition:
    """Return the tokens that have not been revoked: the viewer's own, and those of all by the right to manage users."""
    return all_of(_own_or_managed(asker), IsMissing("revoked_at"))


def _is_current(asker: Context, row: Values) -> bool:
    return asker.viewer is not None and row["id"] == asker.viewer.session_id


@row_type(models.Session, visible=living_sessions, description="A signed-in browser.")
class Session(RowObject):
    id: strawberry.ID = global_id("ses")
    created_at: datetime = column("When it signed in.")
    last_seen_at: datetime = column("Last use, to five minutes.")
    expires_at: datetime = column("When it ends unless it is used.")
    user_agent: str = column("What the browser calls itself.")
    address: str = column("Network address at sign-in.")
    is_current: bool = computed("Whether this very request comes from it.", _is_current, "id")


def _token_permissions(_asker: Context, row: Values) -> list[Permission] | None:
    return None if row["permissions"] is None else permissions_of(row["permissions"])


@row_type(
    models.ApiToken,
    visible=living_tokens,
    description="A machine's key, sent as `Authorization: Bearer`. Its secret is shown once.",
)
class ApiToken(RowObject):
    id: strawberry.ID = global_id("tok")
    name: str = column("What it is for.")
    permissions: list[Permission] | None = computed(
        "Null: all that its user may do.", _token_permissions, "permissions"
    )
    created_at: datetime = column("When it was made.")
    expires_at: datetime | None = column("When it ends; null: only when revoked.")
    last_used_at: datetime | None = column("Last use, to five minutes; null: never.")
