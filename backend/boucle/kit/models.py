"""Tables that serve no domain: the write lock of SQLite and remembered idempotency keys."""

from tortoise import fields
from tortoise.models import Model


class WriteLock(Model):
    """An always empty table, a zero-row update of it takes SQLite's write lock."""

    id = fields.IntField(primary_key=True)

    class Meta:
        table = "write_lock"


class IdempotencyKey(Model):
    """The first result of a write that a client may repeat, kept 24 hours."""

    id = fields.BigIntField(primary_key=True)
    scope = fields.CharField(max_length=120)
    key = fields.CharField(max_length=200)
    input_hash = fields.CharField(max_length=64)
    result_id = fields.BigIntField()
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "idempotency_keys"
        unique_together = (("scope", "key"),)
