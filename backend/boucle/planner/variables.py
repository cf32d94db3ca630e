"""The values of an operation's variables, as its types take them."""

from collections.abc import Mapping, Sequence

from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import VariableValues, get_variable_values

MOST_FAULTS = 10  # of one set of values are told: a list may be wrong in every place


def variables_of(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: Mapping[str, object]
) -> VariableValues | list[GraphQLError]:
    """Return the values, or what is wrong with them."""
    definitions = operation.variable_definitions or ()
    found = get_variable_values(schema, definitions, dict(given), max_errors=MOST_FAULTS, hide_suggestions=True)
    return as_faults(found) if isinstance(found, list) else found


def as_faults(errors: Sequence[GraphQLError]) -> list[GraphQLError]:
    """Return errors about what was sent as nothing but that: what Python raised while it looked is no bug of ours."""
    return [
        GraphQLError(each.message, each.nodes, extensions=each.extensions) if each.original_error is not None else each
        for each in errors
    ]
