"""Tables of people and their access."""

from enum import StrEnum
from typing import Any, NewType

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from boucle.kit.named_rows import NamedRow
from boucle.kit.texts import fold

UserId = NewType("UserId", int)
TeamId = NewType("TeamId", int)
AbsenceId = NewType("AbsenceId", int)


class Language(StrEnum):
    """Languages of the product."""

    FR = "fr"
    EN = "en"


class Organisation(Model):
    """The one organisation of this deployment (row 1)."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=120)
    forwarding_enabled = fields.BooleanField(db_default=True)
    language = fields.CharEnumField(Language, max_length=5, db_default=Language.FR.value)
    time_zone = fields.CharField(max_length=60, db_default="Europe/Paris")
    log_epoch = fields.IntField(db_default=1)
    version = fields.IntField(db_default=1)

    class Meta:
        table = "organisations"


class UserType(Model):
    """A named set of default permissions (PER-1)."""

    id = fields.IntField(primary_key=True)
    key = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=80)
    permissions: fields.JSONField[list[str]] = fields.JSONField()
    is_built_in = fields.BooleanField(db_default=False)
    version = fields.IntField(db_default=1)

    class Meta:
        table = "user_types"


class User(NamedRow):
    """A person who signs in. Never deleted, only deactivated: the log names them."""

    id = fields.BigIntField(primary_key=True)
    email = fields.CharField(max_length=254, unique=True)  # lower case
    name = fields.CharField(max_length=120)
    name_key = fields.TextField(db_default="")  # folded: what names are sorted, found and compared by
    search_text = fields.TextField(db_default="")  # folded: name and e-mail
    password_hash = fields.CharField(max_length=255)
    user_type: fields.ForeignKeyRelation[UserType] = fields.ForeignKeyField(
        "boucle.UserType", related_name="users", on_delete=fields.RESTRICT
    )
    user_type_id: int
    granted: fields.JSONField[list[str]] = fields.JSONField()
    revoked: fields.JSONField[list[str]] = fields.JSONField()
    language = fields.CharEnumField(Language, max_length=5, db_default=Language.FR.value)
    time_zone = fields.CharField(max_length=60, db_default="Europe/Paris")
    is_active = fields.BooleanField(db_default=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField(null=True)
    version = fields.IntField(db_default=1)

    class Meta:
        table = "users"

    async def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = search_text_of(self.name, self.email)
        await super().save(*args, **kwargs)


def search_text_of(name: str, email: str) -> str:
    """Return what a search for users looks through."""
    return fold(f"{name} {email}")


class Team(NamedRow):
    """People who own tickets together."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=80, unique=True)
    name_key = fields.TextField(db_default="")  # folded: what names are sorted, found and compared by
    created_at = fields.DatetimeField()
    version = fields.IntField(db_default=1)

    class Meta:
        table = "teams"


class TeamMember(Model):
    """A user's place in a team."""

    id = fields.BigIntField(primary_key=True)
    team: fields.ForeignKeyRelation[Team] = fields.ForeignKeyField("boucle.Team", related_name="members")
    team_id: int
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("boucle.User", related_name="memberships")
    user_id: int
    is_supervisor = fields.BooleanField(db_default=False)

    class Meta:
        table = "team_members"
        unique_together = (("team", "user"),)


class Session(Model):
    """A signed-in browser. Only a digest of its secret is stored."""

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("boucle.User", related_name="sessions")
    user_id: int
    secret_digest = fields.CharField(max_length=64, unique=True)
    created_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    user_agent = fields.CharField(max_length=300, db_default="")
    address = fields.CharField(max_length=60, db_default="")
    # The browser, as long as it is known for having signed in; also after the session.
    device_digest = fields.CharField(max_length=64, null=True)

    class Meta:
        table = "sessions"
        indexes = (Index(fields=("device_digest",), name="sessions_device"),)


class ApiToken(Model):
    """A machine's key. `permissions` null: all that its user has."""

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("boucle.User", related_name="api_tokens")
    user_id: int
    name = fields.CharField(max_length=80)
    secret_digest = fields.CharField(max_length=64, unique=True)
    permissions: fields.JSONField[list[str] | None] = fields.JSONField(null=True)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)
    last_used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "api_tokens"


class Absence(Model):
    """A user's out-of-office period with a substitute (FWD rows)."""

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("boucle.User", related_name="absences")
    user_id: int
    substitute: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("boucle.User", related_name="substitutions")
    substitute_id: int
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    note = fields.CharField(max_length=500, db_default="")
    created_at = fields.DatetimeField()
    version = fields.IntField(db_default=1)

    class Meta:
        table = "absences"
        indexes = (Index(fields=("user_id", "starts_at"), name="absences_user"),)
