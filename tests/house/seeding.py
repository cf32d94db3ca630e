"""Fills every table of the first version of the schema, by SQL alone: today's models may already know more columns."""

import importlib
from collections.abc import Iterator

from tortoise import fields
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.migrations.operations import CreateModel

FIRST = "0001_initial"
MOMENT = "'2026-01-02 03:04:05.000006+00:00'"
ALWAYS_EMPTY = "write_lock"


def first_tables() -> dict[str, dict[str, str]]:
    """Return table → column → SQL value of one row, in an order that foreign keys permit."""
    migration = importlib.import_module(f"boucle.migrations.{FIRST}").Migration
    created = [each for each in migration.operations if isinstance(each, CreateModel)]
    tables = {each.options["table"]: dict(_columns(each)) for each in created}
    del tables[ALWAYS_EMPTY]
    return tables


def inserts() -> Iterator[str]:
    for table, columns in first_tables().items():
        yield f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(columns.values())})"


def _columns(model: CreateModel) -> Iterator[tuple[str, str]]:
    for name, field in model.fields:
        yield getattr(field, "source_field", None) or name, _value(name, field)


def _value(name: str, field: fields.Field) -> str:
    match field:
        case ForeignKeyFieldInstance():
            return "1"
        case _ if isinstance(getattr(field, "enum_type", None), type):
            return f"'{next(iter(field.enum_type)).value}'"
        case fields.JSONField():
            return "'{}'"
        case fields.DatetimeField():
            return MOMENT
        case fields.BooleanField():
            return "true"
        case fields.CharField():
            return f"'{name[: field.max_length]}'"
        case fields.TextField():
            return f"'{name}'"
        case fields.IntField() | fields.BigIntField() | fields.SmallIntField():
            return "1"
    raise AssertionError(f"no value known for {name}: {field!r}")
