"""Root fields that read people and their access."""

import strawberry
from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from boucle.accounts import models
from boucle.accounts.queries import the_organisation
from boucle.api.accounts.inputs import AbsenceFilter, UserFilter
from boucle.api.accounts.types import Absence, ApiToken, Organisation, Session, Team, User, UserType
from boucle.api.connections import After, Before, Connection, First, Last, connect
from boucle.api.context import Info
from boucle.api.guards import public, signed_in
from boucle.kit.ids import number_of
from boucle.kit.pagination import NEWEST_FIRST, Order, PageRequest, fingerprint

BY_NAME = Order("name", is_descending=False)


@strawberry.type
class AccountsQuery:
    @strawberry.field(extensions=[public()], description="Who is signed in; null for nobody.")
    async def viewer(self, info: Info) -> User | None:
        viewer = info.context.viewer
        return User.of_optional(await info.context.row(models.User, viewer.user_id)) if viewer else None

    @strawberry.field(extensions=[signed_in()], description="The organisation of this deployment.")
    async def organisation(self) -> Organisation:
        return Organisation.of(await the_organisation())

    @strawberry.field(extensions=[signed_in()], description="Colleagues, by name.")
    async def users(
        self,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: UserFilter | None = None,  # noqa: A002  (the schema's word)
    ) -> Connection[User]:
        page = PageRequest(first, after, last, before).checked()
        query = _filtered(models.User.all(), filter)
        return await connect(query, page, BY_NAME, of=User.of, filter_print=fingerprint(filter))

    @strawberry.field(extensions=[signed_in()], description="Bundles of rights, built-in ones first.")
    async def user_types(self) -> list[UserType]:
        return [UserType.of(row) for row in await models.UserType.all().order_by("id")]

    @strawberry.field(extensions=[signed_in()], description="Teams, by name.")
    async def teams(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Team]:
        page = PageRequest(first, after, last, before).checked()
        return await connect(models.Team.all(), page, BY_NAME, of=Team.of)

    @strawberry.field(extensions=[signed_in()], description="Out-of-office periods, newest first.")
    async def absences(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: AbsenceFilter | None = None,  # noqa: A002
    ) -> Connection[Absence]:
        page = PageRequest(first, after, last, before).checked()
        query = models.Absence.all()
        if filter and filter.user_ids is not None:
            query = query.filter(user_id__in=[number_of(each, "usr", field="filter") for each in filter.user_ids])
        if filter and filter.current_or_future:
            query = query.filter(Q(ends_at=None) | Q(ends_at__gt=info.context.now()), ended_at=None)
        return await connect(query, page, NEWEST_FIRST, of=Absence.of, filter_print=fingerprint(filter))

    @strawberry.field(extensions=[signed_in()], description="The viewer's own signed-in browsers, newest first.")
    async def sessions(self, info: Info) -> list[Session]:
        viewer, now = info.context.signed_in, info.context.now()
        rows = models.Session.filter(user_id=viewer.user_id, ended_at=None, expires_at__gt=now).order_by("-id")
        return [Session.of(row, current=viewer.session_id) for row in await rows.limit(100)]

    @strawberry.field(extensions=[signed_in()], description="The viewer's own API tokens, newest first.")
    async def api_tokens(self, info: Info) -> list[ApiToken]:
        rows = models.ApiToken.filter(user_id=info.context.signed_in.user_id, revoked_at=None).order_by("-id")
        return [ApiToken.of(row) for row in await rows]


def _filtered(query: QuerySet[models.User], wanted: UserFilter | None) -> QuerySet[models.User]:
    if wanted is None:
        return query
    if wanted.text:
        query = query.filter(Q(name__icontains=wanted.text) | Q(email__icontains=wanted.text))
    if wanted.is_active is not None:
        query = query.filter(is_active=wanted.is_active)
    if wanted.team_ids is not None:
        members = models.TeamMember.filter(
            team_id__in=[number_of(each, "tea", field="filter") for each in wanted.team_ids]
        )
        query = query.filter(id__in=Subquery(members.values("user_id")))
    return query
