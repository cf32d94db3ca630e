"""Tables of surveys and responses."""

from enum import StrEnum
from typing import NewType

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from boucle.kit.named_rows import NamedRow

SurveyId = NewType("SurveyId", int)
ResponseId = NewType("ResponseId", int)


class ResponseState(StrEnum):
    """How far an answer got; only completed ones count as the last response (INT-11)."""

    STARTED = "started"
    PARTIAL = "partial"
    COMPLETED = "completed"


class Channel(StrEnum):
    """How a response came in."""

    PAGE = "page"
    API = "api"
    INTAKE = "intake"
    IMPORT = "import"


class ScoreClass(StrEnum):
    """NPS classes; for CSAT and CES the lower, middle and upper part of the scale."""

    DETRACTOR = "detractor"
    PASSIVE = "passive"
    PROMOTER = "promoter"


class Program(NamedRow):
    """Groups surveys (INT-10)."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=120)
    name_key = fields.TextField(db_default="")  # folded: what names are sorted, found and compared by
    description = fields.TextField(db_default="")
    created_at = fields.DatetimeField()
    version = fields.IntField(db_default=1)

    class Meta:
        table = "programs"


class Survey(NamedRow):
    """Questions in draft, and what happens with the answers. `draft` and `ticket_rule` are shapes of `rules.py`."""

    id = fields.BigIntField(primary_key=True)
    program: fields.ForeignKeyRelation[Program] = fields.ForeignKeyField(
        "boucle.Program", related_name="surveys", on_delete=fields.RESTRICT
    )
    program_id: int
    key = fields.CharField(max_length=60, unique=True)
    name = fields.CharField(max_length=120)
    name_key = fields.TextField(db_default="")  # folded: what names are sorted, found and compared by
    description = fields.TextField(db_default="")
    language = fields.CharField(max_length=5, db_default="fr")
    is_open = fields.BooleanField(db_default=True)
    draft: fields.JSONField[dict[str, object]] = fields.JSONField()
    published_version_id = fields.BigIntField(null=True)
    published_number = fields.IntField(db_default=0)
    has_unpublished_changes = fields.BooleanField(db_default=True)
    ticket_rule: fields.JSONField[dict[str, object]] = fields.JSONField()
    intake_secret = fields.CharField(max_length=80)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    version = fields.IntField(db_default=1)

    class Meta:
        table = "surveys"


class SurveyVersion(Model):
    """What respondents see: a published definition, never changed afterwards (INT-5)."""

    id = fields.BigIntField(primary_key=True)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("boucle.Survey", related_name="versions")
    survey_id: int
    number = fields.IntField()
    definition: fields.JSONField[dict[str, object]] = fields.JSONField()
    published_at = fields.DatetimeField()
    published_by_id = fields.BigIntField(null=True)
    note = fields.CharField(max_length=300, db_default="")

    class Meta:
        table = "survey_versions"
        unique_together = (("survey", "number"),)


class Response(Model):
    """One person's answers. `(survey, external_id)` makes intake idempotent."""

    id = fields.BigIntField(primary_key=True)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField(
        "boucle.Survey", related_name="responses", on_delete=fields.RESTRICT
    )
    survey_id: int
    survey_version: fields.ForeignKeyRelation[SurveyVersion] = fields.ForeignKeyField(
        "boucle.SurveyVersion", related_name="responses", on_delete=fields.RESTRICT
    )
    survey_version_id: int
    contact: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "boucle.Contact", related_name="responses", null=True, on_delete=fields.RESTRICT
    )
    contact_id: int | None
    external_id = fields.CharField(max_length=200, null=True)
    input_hash = fields.CharField(max_length=64, null=True)
    tracking_id = fields.CharField(max_length=40, unique=True)
    state = fields.CharEnumField(ResponseState, max_length=10)
    channel = fields.CharEnumField(Channel, max_length=10)
    language = fields.CharField(max_length=5)
    answers: fields.JSONField[dict[str, object]] = fields.JSONField()  # question key → number, text or choice keys
    embedded: fields.JSONField[dict[str, str]] = fields.JSONField()
    score = fields.SmallIntField(null=True)
    score_maximum = fields.SmallIntField(null=True)
    score_kind = fields.CharField(max_length=10, null=True)
    score_class = fields.CharEnumField(ScoreClass, max_length=10, null=True)
    comment = fields.TextField(null=True)
    left_out: fields.JSONField[list[dict[str, object]] | None] = fields.JSONField(null=True)  # as in left_out.py
    submitted_at = fields.DatetimeField()

    class Meta:
        table = "responses"
        unique_together = (("survey", "external_id"),)
        indexes = (
            Index(fields=("contact_id", "id"), name="responses_contact"),
            Index(fields=("survey_id", "id"), name="responses_survey"),
        )
