"""Conditions as filters of Tortoise's querysets."""

from typing import Any, assert_never

from tortoise.expressions import Q

from boucle.kit.conditions import (
    AllOf,
    AnyOf,
    Beyond,
    Compare,
    Comparison,
    Condition,
    Contains,
    HasRow,
    IsMissing,
    IsOneOf,
    Not,
)

LOOKUPS = {
    Comparison.EQUAL: "",
    Comparison.UNEQUAL: "__not",
    Comparison.LESS: "__lt",
    Comparison.AT_MOST: "__lte",
    Comparison.MORE: "__gt",
    Comparison.AT_LEAST: "__gte",
}


def as_filter(condition: Condition) -> Q:
    """Return the condition for `.filter(…)`; those on several columns or other tables are for statements only."""
    match condition:
        case AllOf(parts):
            return Q(*map(as_filter, parts))
        case AnyOf(parts):
            return Q(*map(as_filter, parts), join_type=Q.OR) if parts else Q(id__in=[])
        case Not(part):
            return ~as_filter(part)
        case Compare(column, comparison, value):
            return _where(column + LOOKUPS[comparison], value)
        case IsOneOf(column, values):
            return _where(f"{column}__in", list(values))
        case IsMissing(column):
            return _where(f"{column}__isnull", True)  # noqa: FBT003  (the lookup's value)
        case Contains(column, text, ignores_case):
            return _where(f"{column}__icontains" if ignores_case else f"{column}__contains", text)
        case Beyond() | HasRow():
            raise AssertionError(f"{condition}: write it into a statement, the ORM has no filter for it")
        case _:
            assert_never(condition)


def _where(lookup: str, value: object) -> Q:
    conditions: dict[str, Any] = {lookup: value}
    return Q(**conditions)
