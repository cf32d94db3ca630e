"""From the declarations beside GraphQL fields to what the planner reads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from graphql import GraphQLObjectType, GraphQLOutputType, GraphQLSchema, get_named_type
from strawberry.schema import Schema
from strawberry.schema.config import StrawberryConfig
from strawberry.types.arguments import convert_arguments
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField
from tortoise import Tortoise, fields
from tortoise.models import Model

from boucle.api.context import Context
from boucle.api.guards import Guard
from boucle.api.rows import READS, Bound, Declared, Row
from boucle.kit.pagination import fingerprint
from boucle.planner.checking import check
from boucle.planner.declarations import (
    Arguments,
    Catalogue,
    CountOf,
    FirstOf,
    Kind,
    Paged,
    Reads,
    Rows,
    RowsOf,
    RowType,
    ToMany,
    all_rows,
)

PAGE_ARGUMENTS = frozenset({"first", "after", "last", "before"})
KINDS: Mapping[type[fields.Field[Any]], Kind] = {
    fields.JSONField: Kind.JSON,
    fields.DatetimeField: Kind.TIME,
    fields.BooleanField: Kind.BOOLEAN,
    fields.CharField: Kind.TEXT,
    fields.TextField: Kind.TEXT,
    fields.BigIntField: Kind.NUMBER,
    fields.IntField: Kind.NUMBER,
    fields.SmallIntField: Kind.NUMBER,
}


def make_catalogue(schema: Schema) -> Catalogue:
    """Return all declarations of a schema; the models must be initialised."""
    builder = _Builder(schema._schema, schema.config, schema.schema_converter.scalar_registry)  # noqa: SLF001  (Strawberry has no public name)
    kinds = [kind for kind in builder.schema.type_map.values() if isinstance(kind, GraphQLObjectType)]
    found = [builder.row_type(kind) for kind in kinds if _row_class(kind) is not None]
    assert builder.schema.query_type is not None
    roots = builder.reads_of(builder.schema.query_type)
    catalogue = Catalogue({each.name: each for each in found}, {name: _root(reads) for name, reads in roots.items()})
    check(catalogue, columns_by_table())
    return catalogue


def _root(reads: Reads) -> ToMany | FirstOf | Paged | CountOf:
    assert isinstance(reads, ToMany | FirstOf | Paged | CountOf), reads
    return reads


@dataclass(frozen=True, slots=True)
class _Builder:
    schema: GraphQLSchema
    config: StrawberryConfig
    scalars: Mapping[Any, Any]

    def row_type(self, kind: GraphQLObjectType) -> RowType:
        """Return the declaration of a type whose objects are rows."""
        declared = _row_class(kind)
        assert declared is not None, kind.name
        model, visible = declared.row_source.model, declared.row_source.visible
        reads = self.reads_of(kind)
        missing = kind.fields.keys() - reads.keys()
        assert not missing, f"{kind.name}: {sorted(missing)} do not say what they read"
        return RowType(kind.name, model._meta.db_table, columns_of(model), reads, visible)  # noqa: SLF001

    def reads_of(self, kind: GraphQLObjectType) -> Mapping[str, Reads]:
        """Return what each declared field of a type reads."""
        found: dict[str, Reads] = {}
        for each in _definition(kind).fields:
            declared = each.metadata.get(READS)
            if isinstance(declared, Declared):
                name = self.config.name_converter.get_graphql_name(each)
                bound = Bound(
                    of=_row_name(kind.fields[name].type),
                    name=each.python_name,
                    rows=self._rows(each),
                    arguments=partial(self.converted, each),
                )
                found[name] = declared.reads(bound)
        return found

    def _rows(self, declared_field: StrawberryField) -> RowsOf:
        declared: Declared = declared_field.metadata[READS]
        guards = [each for each in declared_field.extensions if isinstance(each, Guard)]
        rows = declared.rows

        def rows_of(asker: Context, given: Arguments) -> Rows:
            for guard in guards:
                guard.check(asker)
            if rows is None:
                return all_rows(asker, given)
            arguments = self.converted(declared_field, given)
            # A cursor belongs to the list that these arguments make.
            told = sorted((name, value) for name, value in arguments.items() if value is not None)
            found = rows(asker, **arguments)
            return replace(found, scope=fingerprint(told)) if declared.is_paged and told else found

        return rows_of

    def converted(self, declared_field: StrawberryField, given: Arguments) -> dict[str, Any]:
        """Return arguments as the Python values that their types stand for, those of the page left out."""
        values = convert_arguments(dict(given), declared_field.arguments, self.scalars, self.config)
        declared: Declared = declared_field.metadata[READS]
        return {name: value for name, value in values.items() if not (declared.is_paged and name in PAGE_ARGUMENTS)}


def columns_by_table() -> Mapping[str, Mapping[str, Kind]]:
    """Return the columns of every table, with their kinds."""
    return {model._meta.db_table: columns_of(model) for model in Tortoise.apps["boucle"].values()}  # noqa: SLF001


def columns_of(model: type[Model]) -> Mapping[str, Kind]:
    """Return the columns of a table with their kinds."""
    meta = model._meta  # noqa: SLF001
    return {
        column: next(kind for base, kind in KINDS.items() if isinstance(meta.fields_map[name], base))
        for name, column in meta.fields_db_projection.items()
    }


def _definition(kind: GraphQLObjectType) -> StrawberryObjectDefinition:
    definition = kind.extensions["strawberry-definition"]
    assert isinstance(definition, StrawberryObjectDefinition), kind.name
    return definition


def _row_class(kind: GraphQLObjectType) -> type[Row] | None:
    if "strawberry-definition" not in kind.extensions:
        return None
    origin = _definition(kind).origin
    return origin if issubclass(origin, Row) and "row_source" in vars(origin) else None


def _row_name(type_: GraphQLOutputType) -> str:
    """Return the name of the rows' type: of a connection, that of its nodes."""
    named = get_named_type(type_)
    if isinstance(named, GraphQLObjectType) and "nodes" in named.fields:
        named = get_named_type(named.fields["nodes"].type)
    return named.name
