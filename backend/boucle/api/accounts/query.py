"""Root fields that read people and their access."""

from dataclasses import replace

import strawberry

from boucle.api.accounts.inputs import AbsenceFilter, UserFilter
from boucle.api.accounts.types import (
    BY_NAME,
    Absence,
    ApiToken,
    Organisation,
    Session,
    Team,
    User,
    UserType,
    newest_tokens,
    not_over,
    unexpired_sessions,
)
from boucle.api.connections import Connection
from boucle.api.context import Context, Info
from boucle.api.guards import own_account, public, signed_in
from boucle.api.rows import paged, to_many
from boucle.kit.conditions import (
    Condition,
    HasRow,
    IsMissing,
    IsOneOf,
    all_of,
    equals,
)
from boucle.kit.ids import number_of
from boucle.kit.pagination import NEWEST_FIRST
from boucle.kit.searching import has_words
from boucle.planner.declarations import Rows

THE_ORGANISATION = 1


def _by_name(_asker: Context) -> Rows:
    return Rows(order=BY_NAME)


def _users(_asker: Context, filter: UserFilter | None = None) -> Rows:  # noqa: A002  (the schema's word)
    return Rows(users_matching(filter), BY_NAME)


def users_matching(wanted: UserFilter | None) -> Condition:
    """Return the filter as a condition on users."""
    parts: list[Condition] = []
    if wanted is not None:
        parts.append(has_words(wanted.text, "search_text"))
    if wanted is not None and wanted.is_active is not None:
        parts.append(equals("is_active", wanted.is_active))
    if wanted is not None and wanted.team_ids is not None:
        team_ids = [number_of(each, "tea", field="filter") for each in wanted.team_ids]
        parts.append(HasRow("team_members", "id", "user_id", IsOneOf("team_id", team_ids)))
    return all_of(*parts)


def _absences(asker: Context, filter: AbsenceFilter | None = None) -> Rows:  # noqa: A002
    parts: list[Condition] = []
    if filter and filter.user_ids is not None:
        parts.append(IsOneOf("user_id", [number_of(each, "usr", field="filter") for each in filter.user_ids]))
    if filter and filter.current_or_future:
        parts += [not_over(asker.now()), IsMissing("ended_at")]
    return Rows(all_of(*parts), NEWEST_FIRST)


def _own_sessions(asker: Context) -> Rows:
    found = unexpired_sessions(asker)
    return replace(found, such_that=all_of(found.such_that, equals("user_id", asker.signed_in.user_id)))


def _own_tokens(asker: Context) -> Rows:
    return replace(newest_tokens(asker), such_that=equals("user_id", asker.signed_in.user_id))


@strawberry.type
class AccountsQuery:
    @strawberry.field(extensions=[public()], description="Who is signed in; null for nobody.")
    def viewer(self, info: Info) -> User | None:
        viewer = info.context.viewer
        return User.numbered(viewer.user_id) if viewer else None

    @strawberry.field(extensions=[signed_in()], description="The organisation of this deployment.")
    def organisation(self) -> Organisation:
        return Organisation.numbered(THE_ORGANISATION)

    users: Connection[User] = paged("Colleagues, by name.", rows=_users, extensions=[signed_in()])
    user_types: list[UserType] = to_many("Bundles of rights, built-in ones first.", extensions=[signed_in()])
    teams: Connection[Team] = paged("Teams, by name.", rows=_by_name, extensions=[signed_in()])
    absences: Connection[Absence] = paged(
        "Out-of-office periods, newest first.", rows=_absences, extensions=[signed_in()]
    )
    sessions: list[Session] = to_many(
        "The viewer's own signed-in browsers, newest first. FORBIDDEN for narrowed tokens.",
        rows=_own_sessions,
        extensions=[own_account()],
    )
    api_tokens: list[ApiToken] = to_many(
        "The viewer's own API tokens, newest first. FORBIDDEN for narrowed tokens.",
        rows=_own_tokens,
        extensions=[own_account()],
    )
