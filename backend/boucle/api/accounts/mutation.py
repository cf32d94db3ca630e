"""Root fields that manage people, teams, absences and the organisation."""

from typing import Annotated

import strawberry

from boucle.accounts import models
from boucle.accounts.actions.absences import access_absence, create_absence, end_absence, update_absence
from boucle.accounts.actions.organisation import update_organisation
from boucle.accounts.actions.teams import create_team, update_team
from boucle.accounts.actions.users import (
    UserDetails,
    create_user,
    reactivate_user,
    set_password,
)
from boucle.accounts.permissions import Permission
from boucle.accounts.queries import the_organisation
from boucle.api.accounts.inputs import (
    AbsenceCreateInput,
    AbsenceUpdateInput,
    OrganisationUpdateInput,
    TeamCreateInput,
    TeamMemberInput,
    TeamUpdateInput,
    UserCreateInput,
    UserTypeUpdateInput,
    UserUpdateInput,
)
from boucle.api.accounts.own_mutation import OwnAccessMutation
from boucle.api.accounts.payloads import (
    AbsenceCreatePayload,
    AbsenceEndPayload,
    AbsenceUpdatePayload,
    OrganisationUpdatePayload,
    TeamCreatePayload,
    TeamDeletePayload,
    TeamUpdatePayload,
    UserCreatePayload,
    UserDeactivatePayload,
    UserReactivatePayload,
    UserSetPasswordPayload,
    UserTypeUpdatePayload,
    UserUpdatePayload,
)
from boucle.api.accounts.types import Absence, Organisation, Team, User, UserType, permissions_of
from boucle.api.context import Info
from boucle.api.errors import expects
from boucle.api.guards import needs, signed_in
from boucle.api.inputs import given
from boucle.api.repeating import repeatable
from boucle.flows.ownership import change_user, change_user_type
from boucle.flows.retiring import retire_team, retire_user
from boucle.kit.errors import NotFound
from boucle.kit.ids import global_id, number_of

RevokeTokens = Annotated[
    bool, strawberry.argument(description="Whether API tokens end too; false: they go on with the rights of the user.")
]
UNLESS_HANDED_ON = (
    "REASSIGN_REQUIRED while open tickets are held or absent colleagues are stood in for, and `reassignTo` is missing "
    "(PER-4); NOT_ALLOWED_NOW while escalation rules or surveys name the user. All that is in the way is told at once."
)
ReassignTo = Annotated[
    strawberry.ID | None,
    strawberry.argument(
        description="Who takes over open tickets, and stands in for absent colleagues, in the same commit. Needs the "
        "right to work on tickets, also afterwards; while away, their substitute gets the tickets."
    ),
]


@strawberry.type
class AccountsMutation(OwnAccessMutation):
    @strawberry.mutation(
        extensions=[needs(Permission.ORGANISATION_MANAGE), expects(OrganisationUpdatePayload)],
        description="Change the organisation's settings. Refuses an unknown time zone, and CONFLICT.",
    )
    async def organisation_update(
        self,
        info: Info,
        expected_version: int,
        input: OrganisationUpdateInput,  # noqa: A002
    ) -> OrganisationUpdatePayload:
        row = await the_organisation()
        changed = await update_organisation(
            info.context.signed_in,
            name=given(input.name, row.name),
            forwarding_enabled=given(input.forwarding_enabled, row.forwarding_enabled),
            language=given(input.language, row.language),
            time_zone=given(input.time_zone, row.time_zone),
            seen_version=expected_version,
            now=info.context.now(),
        )
        return OrganisationUpdatePayload(organisation=Organisation.of(changed))

    @strawberry.mutation(
        extensions=[needs(Permission.USERS_MANAGE), expects(UserCreatePayload)],
        description="Create a user. Refuses a known address (TAKEN), a short password, unknown teams or types, and "
        "rights that one does not act with (FORBIDDEN).",
    )
    async def user_create(
        self,
        info: Info,
        input: UserCreateInput,  # noqa: A002
        idempotency_key: str | None = None,
    ) -> UserCreatePayload:
        viewer, now = info.context.signed_in, info.context.now()
        details = await _new_user(input)

        async def act() -> int:
            return int((await create_user(viewer, details, password=input.password, now=now)).id)

        user = await repeatable(info, User, idempotency_key, act, given=input)
        return UserCreatePayload(user=user)

    @strawberry.mutation(
        extensions=[needs(Permission.USERS_MANAGE), expects(UserUpdatePayload)],
        description="Change a user. Refuses a known address (TAKEN), rights that one does not act with, before or "
        "after (FORBIDDEN), taking one's own right to manage users or the organisation's last administrator "
        f"(NOT_ALLOWED_NOW), CONFLICT. Where it takes the right to work on tickets: {UNLESS_HANDED_ON}",
    )
    async def user_update(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        input: UserUpdateInput,  # noqa: A002
        reassign_to: ReassignTo = None,
    ) -> UserUpdatePayload:
        row = await _user(id)
        details = await _changed_user(row, input)
        viewer, now = info.context.signed_in, info.context.now()
        successor = _successor(reassign_to)
        user = await change_user(viewer, row.id, details, reassign_to=successor, seen_version=expected_version, now=now)
        return UserUpdatePayload(user=User.of(user))

    @strawberry.mutation(
        extensions=[needs(Permission.USERS_MANAGE), expects(UserSetPasswordPayload)],
        description="Set a user's password, end their sessions and revoke their API tokens. Refuses a short password, "
        "and a user with rights that one does not act with (FORBIDDEN).",
    )
    async def user_set_password(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        password: str,
        revoke_tokens: RevokeTokens = True,  # noqa: FBT002  (arguments of the schema have names)
    ) -> UserSetPasswordPayload:
        user = await set_password(
            info.context.signed_in,
            number_of(id, "usr", field="id"),
            password=password,
            revokes_tokens=revoke_tokens,
            now=info.context.now(),
        )
        return UserSetPasswordPayload(user=User.of(user))

    @strawberry.mutation(
        extensions=[needs(Permission.USERS_MANAGE), expects(UserDeactivatePayload)],
        description="Take away all access at once. FORBIDDEN for a user with rights that one does not act with; "
        f"NOT_ALLOWED_NOW for oneself and for the organisation's last administrator. {UNLESS_HANDED_ON}",
    )
    async def user_deactivate(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        reassign_to: ReassignTo = None,
    ) -> UserDeactivatePayload:
        user = await retire_user(
            info.context.signed_in,
            number_of(id, "usr", field="id"),
            reassign_to=_successor(reassign_to),
            seen_version=expected_version,
            now=info.context.now(),
        )
        return UserDeactivatePayload(user=User.of(user))

    @strawberry.mutation(
        extensions=[needs(Permission.USERS_MANAGE), expects(UserReactivatePayload)],
        description="Let a deactivated user sign in again, without their former teams. Refuses a user with rights that "
        "one does not act with (FORBIDDEN), CONFLICT.",
    )
    async def user_reactivate(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
    ) -> UserReactivatePayload:
        viewer, now = info.context.signed_in, info.context.now()
        number = number_of(id, "usr", field="id")
        user = await reactivate_user(viewer, number, seen_version=expected_version, now=now)
        return UserReactivatePayload(user=User.of(user))

    @strawberry.mutation(
        extensions=[needs(Permission.USERS_MANAGE), expects(UserTypeUpdatePayload)],
        description="Change what users of a type may do. Refuses rights that one does not act with, before or after "
        "(FORBIDDEN), taking one's own right to manage users or the organisation's last administrator "
        f"(NOT_ALLOWED_NOW), CONFLICT. Where it takes the right to work on tickets from people: {UNLESS_HANDED_ON}",
    )
    async def user_type_update(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        input: UserTypeUpdateInput,  # noqa: A002
        reassign_to: ReassignTo = None,
    ) -> UserTypeUpdatePayload:
        row = await models.UserType.get_or_none(id=number_of(id, "utp", field="id"))
        if row is None:
            raise NotFound("There is no such user type.", field="id")
        permissions: list[Permission] = given(input.permissions, permissions_of(row.permissions))
        changed = await change_user_type(
            info.context.signed_in,
            row.id,
            name=given(input.name, row.name),
            permissions=frozenset(permissions),
            reassign_to=_successor(reassign_to),
            seen_version=expected_version,
            now=info.context.now(),
        )
        return UserTypeUpdatePayload(user_type=UserType.of(changed))

    @strawberry.mutation(
        extensions=[needs(Permission.TEAMS_MANAGE), expects(TeamCreatePayload)],
        description="Create a team. Refuses a known name (TAKEN) and inactive members.",
    )
    async def team_create(
        self,
        info: Info,
        input: TeamCreateInput,  # noqa: A002
        idempotency_key: str | None = None,
    ) -> TeamCreatePayload:
        viewer, now = info.context.signed_in, info.context.now()

        async def act() -> int:
            return int((await create_team(viewer, name=input.name, members=_members(input.members or []), now=now)).id)

        team = await repeatable(info, Team, idempotency_key, act, given=input)
        return TeamCreatePayload(team=team)

    @strawberry.mutation(
        extensions=[needs(Permission.TEAMS_MANAGE), expects(TeamUpdatePayload)],
        description="Rename a team, set its members. Refuses a known name (TAKEN), inactive members, CONFLICT.",
    )
    async def team_update(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        input: TeamUpdateInput,  # noqa: A002
    ) -> TeamUpdatePayload:
        row = await models.Team.get_or_none(id=number_of(id, "tea", field="id"))
        if row is None:
            raise NotFound("There is no such team (any more).", field="id")
        team = await update_team(
            info.context.signed_in,
            row.id,
            name=given(input.name, row.name),
            members=_members(input.members.value) if input.members else None,
            seen_version=expected_version,
            now=info.context.now(),
        )
        return TeamUpdatePayload(team=Team.of(team))

    @strawberry.mutation(
        extensions=[needs(Permission.TEAMS_MANAGE), expects(TeamDeletePayload)],
        description="Delete a team. NOT_ALLOWED_NOW while tickets, surveys or escalation rules name it; CONFLICT.",
    )
    async def team_delete(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
    ) -> TeamDeletePayload:
        number = number_of(id, "tea", field="id")
        viewer, now = info.context.signed_in, info.context.now()
        await retire_team(viewer, number, seen_version=expected_version, now=now)
        return TeamDeletePayload(deleted_id=strawberry.ID(global_id("tea", number)))

    @strawberry.mutation(
        extensions=[signed_in(), expects(AbsenceCreatePayload)],
        description="Plan an absence: new tickets go to the substitute (FWD-2, FWD-3). Refuses others' absences "
        "without TICKETS_MANAGE, and one's own by a narrowed token without it (FORBIDDEN); overlaps, periods that are "
        "over, and oneself as substitute.",
    )
    async def absence_create(
        self,
        info: Info,
        input: AbsenceCreateInput,  # noqa: A002
        idempotency_key: str | None = None,
    ) -> AbsenceCreatePayload:
        viewer, now = info.context.signed_in, info.context.now()

        async def act() -> int:
            absence = await create_absence(
                viewer,
                user_id=number_of(input.user_id, "usr", field="userId") if input.user_id else viewer.user_id,
                substitute_id=number_of(input.substitute_id, "usr", field="substituteId"),
                starts_at=input.starts_at,
                ends_at=input.ends_at,
                note=input.note or "",
                now=now,
            )
            return int(absence.id)

        absence = await repeatable(info, Absence, idempotency_key, act, given=input)
        return AbsenceCreatePayload(absence=absence)

    @strawberry.mutation(
        extensions=[signed_in(), expects(AbsenceUpdatePayload)],
        description="Change an absence that is not over (NOT_ALLOWED_NOW). Refuses overlaps and CONFLICT.",
    )
    async def absence_update(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
        input: AbsenceUpdateInput,  # noqa: A002
    ) -> AbsenceUpdatePayload:
        viewer = info.context.signed_in
        row = await access_absence(viewer, number_of(id, "abs", field="id"))
        substitute = given(input.substitute_id, strawberry.ID(global_id("usr", row.substitute_id)))
        absence = await update_absence(
            viewer,
            row.id,
            substitute_id=number_of(substitute, "usr", field="substituteId"),
            starts_at=given(input.starts_at, row.starts_at),
            ends_at=given(input.ends_at, row.ends_at),
            note=given(input.note, row.note),
            seen_version=expected_version,
            now=info.context.now(),
        )
        return AbsenceUpdatePayload(absence=Absence.of(absence))

    @strawberry.mutation(
        extensions=[signed_in(), expects(AbsenceEndPayload)],
        description="Come back early or call off: nothing is forwarded from now on. Refuses what is over, CONFLICT.",
    )
    async def absence_end(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
        expected_version: int,
    ) -> AbsenceEndPayload:
        viewer, now = info.context.signed_in, info.context.now()
        absence = await end_absence(viewer, number_of(id, "abs", field="id"), seen_version=expected_version, now=now)
        return AbsenceEndPayload(absence=Absence.of(absence))


def _successor(given_id: strawberry.ID | None) -> int | None:
    return None if given_id is None else number_of(given_id, "usr", field="reassignTo")


async def _user(text: str) -> models.User:
    row = await models.User.get_or_none(id=number_of(text, "usr", field="id"))
    if row is None:
        raise NotFound("There is no such user.", field="id")
    return row


async def _new_user(wanted: UserCreateInput) -> UserDetails:
    organisation = await the_organisation()
    return UserDetails(
        name=wanted.name,
        email=wanted.email,
        user_type_id=number_of(wanted.user_type_id, "utp", field="userTypeId"),
        team_ids=_team_ids(wanted.team_ids or []),
        language=wanted.language or organisation.language,
        time_zone=wanted.time_zone or organisation.time_zone,
        granted=frozenset(wanted.granted_permissions or []),
        revoked=frozenset(wanted.revoked_permissions or []),
    )


async def _changed_user(row: models.User, wanted: UserUpdateInput) -> UserDetails:
    present = [each.team_id for each in await models.TeamMember.filter(user_id=row.id)]
    granted: list[Permission] = given(wanted.granted_permissions, permissions_of(row.granted))
    revoked: list[Permission] = given(wanted.revoked_permissions, permissions_of(row.revoked))
    user_type = given(wanted.user_type_id, strawberry.ID(global_id("utp", row.user_type_id)))
    return UserDetails(
        name=given(wanted.name, row.name),
        email=given(wanted.email, row.email),
        user_type_id=number_of(user_type, "utp", field="userTypeId"),
        team_ids=_team_ids(wanted.team_ids.value) if wanted.team_ids else tuple(present),
        language=given(wanted.language, row.language),
        time_zone=given(wanted.time_zone, row.time_zone),
        granted=frozenset(granted),
        revoked=frozenset(revoked),
    )


def _team_ids(ids: list[strawberry.ID]) -> tuple[int, ...]:
    return tuple(number_of(each, "tea", field="teamIds") for each in ids)


def _members(inputs: list[TeamMemberInput]) -> dict[int, bool]:
    return {number_of(each.user_id, "usr", field="members"): each.is_supervisor for each in inputs}
