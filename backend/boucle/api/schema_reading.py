"""How much of the schema a document reads: a few words can ask for every field of every type, over and over.

Strawberry answers that in one go, so the things are counted before, by the lists that will be read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from boucle.api.document_size import fields_of
from boucle.kit.phrases import Phrase

MOST_OF_SCHEMA = 20_000  # objects and fields; what tools ask for once, all of the schema, is about 16,000
Place = tuple[SelectionSetNode, str, object]  # what is asked of an object of `__Schema`, `__Type` …


def excess_of_schema(schema: GraphQLSchema, document: DocumentNode) -> Phrase | None:
    """Return why too much is read of the schema; the document was measured and need not be valid."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    operations = [each.selection_set for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    if _Reading(schema, fragments).count(operations) <= MOST_OF_SCHEMA:
        return None
    return Phrase(
        "This document reads more than {most} things of the schema. Ask for less of it at once.", most=MOST_OF_SCHEMA
    )


@dataclass(frozen=True, slots=True)
class _Info:
    """What the schema's own resolvers want to know."""

    schema: GraphQLSchema


@dataclass(frozen=True, slots=True)
class _Reading:
    """Walks the schema as an executor would, until that is too far."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    _fields: dict[int, Sequence[FieldNode]] = field(default_factory=dict)

    def count(self, operations: Iterable[SelectionSetNode]) -> int:
        """Return how many objects and fields are read, or a number above the limit."""
        todo = [place for node in fields_of(operations, self.fragments) for place in self._roots(node)]
        found = len(todo)
        while todo and found <= MOST_OF_SCHEMA:
            asked, kind, value = todo.pop()
            fields = self._fields_of(asked)
            found += len(fields)
            for node in fields:
                if node.selection_set is not None:
                    inside = self._inside(kind, value, node, node.selection_set)
                    found += len(inside)
                    todo += inside
        return found

    def _fields_of(self, asked: SelectionSetNode) -> Sequence[FieldNode]:
        known = self._fields.get(id(asked))
        if known is None:
            known = self._fields[id(asked)] = [*fields_of([asked], self.fragments)]
        return known

    def _roots(self, node: FieldNode) -> list[Place]:
        if node.selection_set is None or node.name.value not in {"__schema", "__type"}:
            return []
        if node.name.value == "__schema":
            return [(node.selection_set, "__Schema", self.schema)]
        return [(node.selection_set, "__Type", each) for each in self._named(node)]

    def _named(self, node: FieldNode) -> Iterable[GraphQLNamedType]:
        """Return the type that is asked for, or every type where only a variable will tell."""
        for argument in node.arguments or ():
            if isinstance(argument.value, StringValueNode):
                known = self.schema.type_map.get(argument.value.value)
                return [] if known is None else [known]
        return self.schema.type_map.values()

    def _inside(self, kind: str, value: object, node: FieldNode, asked: SelectionSetNode) -> list[Place]:
        described = self.schema.type_map[kind]
        assert isinstance(described, GraphQLObjectType), kind
        definition = described.fields.get(node.name.value)
        if definition is None or definition.resolve is None:
            return []
        given: dict[str, Any] = {name: True for name in definition.args if name == "includeDeprecated"}
        found = definition.resolve(value, cast("GraphQLResolveInfo[None]", _Info(self.schema)), **given)
        several = found or () if is_list_type(get_nullable_type(definition.type)) else [found]
        return [(asked, get_named_type(definition.type).name, each) for each in several if each is not None]
