"""What an operation costs, known before it runs: scalar 0, object 1, a connection as often as its page is long."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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

from boucle.api.charging import free_of_charge
from boucle.api.context import Context
from boucle.kit.phrases import Phrase

PAGE_ARGUMENTS = ("first", "last")
LIST_GUESS = 10  # a plain list (statuses, members) has no page size to count with


@dataclass(frozen=True, slots=True)
class Times:
    """How often a field's object comes: the larger of its page sizes, `otherwise` where none is given."""

    sizes: tuple[int, ...]
    variables: tuple[str, ...]
    otherwise: int

    def of(self, variables: Mapping[str, Any]) -> int:
        """Return the number with the variables' values."""
        given = (variables.get(name) for name in self.variables)
        sizes = [*self.sizes, *(value for value in given if isinstance(value, int))]
        return max(0, *sizes) if any(sizes) else self.otherwise


@dataclass(frozen=True, slots=True)
class Price:
    """The cost of an operation, worked out as far as the document tells; pages whose size is a variable stay open."""

    fixed: int
    pages: tuple[tuple[Times, "Price"], ...] = ()
    defaults: Mapping[str, int] = field(default_factory=dict)

    def of(self, variables: Mapping[str, Any]) -> int:
        """Return the cost with the variables' values."""
        values = {**self.defaults, **variables} if self.defaults else variables
        return self.fixed + sum(times.of(values) * price.of(values) for times, price in self.pages)

    def times(self, times: Times) -> "Price":
        """Return the cost of so many of it."""
        if not self.pages and not times.variables:
            return Price(self.fixed * times.of({}))
        return Price(0, ((times, self),))


def sum_of(prices: Iterable[Price]) -> Price:
    """Return the cost of all together."""
    every = list(prices)
    return Price(sum(price.fixed for price in every), tuple(page for price in every for page in price.pages))


@dataclass(frozen=True, slots=True)
class PriceReader:
    """Reads the price of a validated document, through fragments."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    _known: dict[str, Price] = field(default_factory=dict)

    def of_operation(self, operation: OperationDefinitionNode) -> Price:
        """Return the price of a whole operation."""
        root = self.schema.get_root_type(operation.operation)
        return self._of_selections(operation.selection_set, root) if root is not None else Price(0)

    def _of_selections(self, selections: SelectionSetNode, parent: GraphQLCompositeType) -> Price:
        prices = []
        for node in selections.selections:
            if isinstance(node, FieldNode):
                prices.append(self._of_field(node, parent))
            elif isinstance(node, FragmentSpreadNode):
                prices.append(self._of_fragment(node.name.value))
            elif isinstance(node, InlineFragmentNode):
                on = node.type_condition
                prices.append(self._of_selections(node.selection_set, self._type(on.name.value) if on else parent))
        return sum_of(prices)

    def _of_fragment(self, name: str) -> Price:
        if name not in self._known:
            fragment = self.fragments[name]
            on = self._type(fragment.type_condition.name.value)
            self._known[name] = self._of_selections(fragment.selection_set, on)
        return self._known[name]

    def _of_field(self, node: FieldNode, parent: GraphQLCompositeType) -> Price:
        if not (is_object_type(parent) or is_interface_type(parent)) or node.selection_set is None:
            return Price(0)
        definition = parent.fields.get(node.name.value)
        if definition is None:
            return Price(0)  # introspection
        kind = get_named_type(definition.type)
        if not is_composite_type(kind):
            return Price(0)
        one = sum_of([Price(1), self._of_selections(node.selection_set, kind)])
        return one.times(_times(node, kind, is_list="[" in str(definition.type), parent=parent))

    def _type(self, name: str) -> GraphQLCompositeType:
        found = self.schema.type_map[name]
        assert is_composite_type(found), name
        return found


def _times(node: FieldNode, kind: GraphQLCompositeType, *, is_list: bool, parent: GraphQLCompositeType) -> Times:
    given = [each.value for each in node.arguments or () if each.name.value in PAGE_ARGUMENTS]
    in_connection = isinstance(parent, GraphQLObjectType) and parent.name.endswith("Connection")
    return Times(
        sizes=tuple(int(each.value) for each in given if isinstance(each, IntValueNode)),
        variables=tuple(each.name.value for each in given if isinstance(each, VariableNode)),
        otherwise=LIST_GUESS if is_list and not in_connection and not kind.name.endswith("Edge") else 1,
    )


def price_of(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> Price:
    """Return what one operation of a validated document costs, for any variables."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    defaults = {
        each.variable.name.value: int(each.default_value.value)
        for each in operation.variable_definitions or ()
        if isinstance(each.default_value, IntValueNode)
    }
    price = PriceReader(schema, fragments).of_operation(operation)
    return Price(price.fixed, price.pages, defaults)


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
        self.requested = price_of(core, context.graphql_document, operation).of(context.variables or {})
        limit = self._context.services.settings.cost_limit
        if self.requested > limit:
            phrase = Phrase(
                "This operation costs {cost}; at most {limit} is allowed. Ask for smaller pages.",
                cost=self.requested,
                limit=limit,
            )
            raise self._context.refusal("TOO_COSTLY", phrase, cost=self.requested, limit=limit)

    def get_results(self) -> dict[str, Any]:
        # What Strawberry runs reads the schema alone, which costs nothing.
        return {} if self.requested is None else {"cost": free_of_charge(self._context, self.requested)}

    @property
    def _context(self) -> Context:
        context = self.execution_context.context
        assert isinstance(context, Context)
        return context
