"""What an operation costs, known before it runs: scalar 0, object 1, a connection as often as its page is long."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_operation_ast,
    is_composite_type,
    is_interface_type,
    is_object_type,
)
from strawberry.extensions import SchemaExtension

from boucle.api.context import Context
from boucle.kit.phrases import Phrase

PAGE_ARGUMENTS = ("first", "last")
LIST_GUESS = 10  # a plain list (statuses, members) has no page size to count with


@dataclass(frozen=True, slots=True)
class CostReader:
    """Reads the cost of a validated document, through fragments, with the variables' values."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]

    def of_operation(self, operation: OperationDefinitionNode) -> int:
        """Return the cost of a whole operation."""
        root = self.schema.get_root_type(operation.operation)
        return self._of_selections(operation.selection_set, root) if root is not None else 0

    def _of_selections(self, selections: SelectionSetNode, parent: GraphQLCompositeType) -> int:
        total = 0
        for node in selections.selections:
            if isinstance(node, FieldNode):
                total += self._of_field(node, parent)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                total += self._of_selections(fragment.selection_set, self._type(fragment.type_condition.name.value))
            elif isinstance(node, InlineFragmentNode):
                on = node.type_condition
                total += self._of_selections(node.selection_set, self._type(on.name.value) if on else parent)
        return total

    def _of_field(self, node: FieldNode, parent: GraphQLCompositeType) -> int:
        if not (is_object_type(parent) or is_interface_type(parent)) or node.selection_set is None:
            return 0
        field = parent.fields.get(node.name.value)
        if field is None:
            return 0  # introspection
        kind = get_named_type(field.type)
        if not is_composite_type(kind):
            return 0
        inner = self._of_selections(node.selection_set, kind)
        return (1 + inner) * self._times(node, kind, is_list="[" in str(field.type), parent=parent)

    def _times(
        self, node: FieldNode, kind: GraphQLCompositeType, *, is_list: bool, parent: GraphQLCompositeType
    ) -> int:
        page = [self._number(node, name) for name in PAGE_ARGUMENTS]
        if any(page):
            return max(size or 0 for size in page)
        in_connection = isinstance(parent, GraphQLObjectType) and parent.name.endswith("Connection")
        return LIST_GUESS if is_list and not in_connection and not kind.name.endswith("Edge") else 1

    def _number(self, node: FieldNode, name: str) -> int | None:
        given = next((each.value for each in node.arguments or () if each.name.value == name), None)
        if isinstance(given, VariableNode):
            value = self.variables.get(given.name.value)
            return value if isinstance(value, int) else None
        return int(given.value) if isinstance(given, IntValueNode) else None

    def _type(self, name: str) -> GraphQLCompositeType:
        found = self.schema.type_map[name]
        assert is_composite_type(found), name
        return found


class CostLimit(SchemaExtension):
    """Refuses an operation above the ceiling before it runs, and tells what each one costs."""

    requested: int | None = None

    def on_validate(self) -> Iterator[None]:
        yield
        context = self.execution_context
        if context.pre_execution_errors or context.graphql_document is None:
            return
        operation = get_operation_ast(context.graphql_document, context.operation_name)
        if operation is None:
            return
        core = context.schema._schema  # noqa: SLF001  (graphql-core's own; Strawberry has no public name for it)
        self.requested = cost_of(core, context.graphql_document, operation, context.variables or {})
        if self.requested > self._limit:
            phrase = Phrase(
                "This operation costs {cost}; at most {limit} is allowed. Ask for smaller pages.",
                cost=self.requested,
                limit=self._limit,
            )
            raise self._context.refusal("TOO_COSTLY", phrase, cost=self.requested, limit=self._limit)

    def get_results(self) -> dict[str, Any]:
        return {} if self.requested is None else {"cost": {"requested": self.requested, "available": self._limit}}

    @property
    def _context(self) -> Context:
        context = self.execution_context.context
        assert isinstance(context, Context)
        return context

    @property
    def _limit(self) -> int:
        return self._context.services.settings.cost_limit


def cost_of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
) -> int:
    """Return what one operation of a validated document costs with these variables."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    defaults = {
        each.variable.name.value: int(each.default_value.value)
        for each in operation.variable_definitions or ()
        if isinstance(each.default_value, IntValueNode)
    }
    return CostReader(schema, fragments, defaults | dict(variables)).of_operation(operation)
