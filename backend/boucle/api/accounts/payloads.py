"""Answers of the mutations about people and their access."""

import strawberry

from boucle.api.accounts.types import Absence, ApiToken, Organisation, Session, Team, User, UserType
from boucle.api.errors import OBJECT, USER_ERRORS, Payload, UserError


@strawberry.type(description="Answer of `sessionCreate`; the session itself is a cookie.")
class SessionCreatePayload(Payload):
    viewer: User | None = strawberry.field(default=None, description="Who is signed in now.")
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `sessionEnd`.")
class SessionEndPayload(Payload):
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `sessionRevoke`.")
class SessionRevokePayload(Payload):
    session: Session | None = strawberry.field(default=None, description="The session that ended.")
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `apiTokenCreate`.")
class ApiTokenCreatePayload(Payload):
    api_token: ApiToken | None = strawberry.field(default=None, description="The new token.")
    secret: str | None = strawberry.field(default=None, description="Shown this once; nobody can read it again.")
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `apiTokenRevoke`.")
class ApiTokenRevokePayload(Payload):
    api_token: ApiToken | None = strawberry.field(default=None, description="The token that ended.")
    user_errors: list[UserError] = USER_ERRORS


class UserPayload(Payload):
    """What all payloads that show a user share."""

    shows = ("user", User.of)


@strawberry.type(description="Answer of `profileUpdate`.")
class ProfileUpdatePayload(UserPayload):
    user: User | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `passwordChange`.")
class PasswordChangePayload(UserPayload):
    user: User | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `userCreate`.")
class UserCreatePayload(UserPayload):
    user: User | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `userUpdate`.")
class UserUpdatePayload(UserPayload):
    user: User | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `userSetPassword`.")
class UserSetPasswordPayload(UserPayload):
    user: User | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `userDeactivate`.")
class UserDeactivatePayload(UserPayload):
    user: User | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `userReactivate`.")
class UserReactivatePayload(UserPayload):
    user: User | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `userTypeUpdate`.")
class UserTypeUpdatePayload(Payload):
    shows = ("user_type", UserType.of)
    user_type: UserType | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `organisationUpdate`.")
class OrganisationUpdatePayload(Payload):
    shows = ("organisation", Organisation.of)
    organisation: Organisation | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


class TeamPayload(Payload):
    """What all payloads that show a team share."""

    shows = ("team", Team.of)


@strawberry.type(description="Answer of `teamCreate`.")
class TeamCreatePayload(TeamPayload):
    team: Team | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `teamUpdate`.")
class TeamUpdatePayload(TeamPayload):
    team: Team | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `teamDelete`.")
class TeamDeletePayload(TeamPayload):
    deleted_id: strawberry.ID | None = strawberry.field(default=None, description="Id of the team that is gone.")
    team: Team | None = strawberry.field(default=None, description="On CONFLICT, as it stands; null otherwise.")
    user_errors: list[UserError] = USER_ERRORS


class AbsencePayload(Payload):
    """What all payloads that show an absence share."""

    shows = ("absence", Absence.of)


@strawberry.type(description="Answer of `absenceCreate`.")
class AbsenceCreatePayload(AbsencePayload):
    absence: Absence | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `absenceUpdate`.")
class AbsenceUpdatePayload(AbsencePayload):
    absence: Absence | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type(description="Answer of `absenceEnd`.")
class AbsenceEndPayload(AbsencePayload):
    absence: Absence | None = strawberry.field(default=None, description=OBJECT)
    user_errors: list[UserError] = USER_ERRORS
