"""Which fields an operation asks of a type: fragments opened, `@include` and `@skip` decided, twins merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    NamedTypeNode,
    SelectionSetNode,
    TypeNameMetaFieldDef,
    ValueNode,
    VariableNode,
    is_abstract_type,
)
from graphql.language import Visitor, visit

CONDITIONS = frozenset({GraphQLIncludeDirective.name, GraphQLSkipDirective.name})


@dataclass(frozen=True, slots=True)
class Selected:
    """One field of an answer: its key there, and every place of the document that asks for it."""

    key: str
    nodes: Sequence[FieldNode]
    definition: GraphQLField
    parent: GraphQLObjectType

    @property
    def name(self) -> str:
        """The field's name in the schema."""
        return self.nodes[0].name.value

    @property
    def is_typename(self) -> bool:
        """Whether it asks for the name of its own type."""
        return self.definition is TypeNameMetaFieldDef

    @property
    def selection_sets(self) -> list[SelectionSetNode]:
        """What is asked of its value, by all who ask for it."""
        return [node.selection_set for node in self.nodes if node.selection_set is not None]


@dataclass(frozen=True, slots=True)
class Selections:
    """Reads the selections of one document for given values of its conditions."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    switches: Mapping[str, bool]

    def of(self, parent: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> list[Selected]:
        """Return the fields asked of an object of this type, in the order of the answer."""
        found: dict[str, list[FieldNode]] = {}
        seen: set[str] = set()
        for each in sets:
            self._collect(parent, each, found, seen)
        return [self._selected(parent, key, nodes) for key, nodes in found.items()]

    def _selected(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Selected:
        definition = self.schema.get_field(parent, nodes[0].name.value)
        assert definition is not None, f"{parent.name}.{nodes[0].name.value}: the document was validated"
        return Selected(key, nodes, definition, parent)

    def _collect(
        self, parent: GraphQLObjectType, asked: SelectionSetNode, found: dict[str, list[FieldNode]], seen: set[str]
    ) -> None:
        for node in asked.selections:
            if not self._is_included(node.directives):
                continue
            if isinstance(node, FieldNode):
                found.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if self._applies(node.type_condition, parent):
                    self._collect(parent, node.selection_set, found, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self.fragments[node.name.value]
                if self._applies(fragment.type_condition, parent):
                    self._collect(parent, fragment.selection_set, found, seen)

    def _applies(self, condition: NamedTypeNode | None, parent: GraphQLObjectType) -> bool:
        if condition is None or condition.name.value == parent.name:
            return True
        wanted = self.schema.type_map[condition.name.value]
        return is_abstract_type(wanted) and self.schema.is_sub_type(wanted, parent)

    def _is_included(self, directives: Sequence[DirectiveNode] | None) -> bool:
        for directive in directives or ():
            if directive.name.value in CONDITIONS:
                is_on = self._switch(directive)
                if is_on == (directive.name.value == GraphQLSkipDirective.name):
                    return False
        return True

    def _switch(self, directive: DirectiveNode) -> bool:
        value = _condition(directive)
        if isinstance(value, VariableNode):
            return self.switches[value.name.value]
        assert isinstance(value, BooleanValueNode), "the document was validated"
        return value.value


def _condition(directive: DirectiveNode) -> ValueNode:
    assert directive.arguments, "the document was validated"
    return directive.arguments[0].value


@dataclass
class _SwitchFinder(Visitor):
    """Finds the variables that decide what is included."""

    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        value = _condition(node) if node.name.value in CONDITIONS else None
        if isinstance(value, VariableNode) and value.name.value not in self.names:
            self.names.append(value.name.value)


def switches_of(document: DocumentNode) -> tuple[str, ...]:
    """Return the names of the variables that `@include` and `@skip` depend on."""
    finder = _SwitchFinder()
    visit(document, finder)
    return tuple(finder.names)


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """Return the document's fragments by name."""
    return {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
