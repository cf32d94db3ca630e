"""The values of an operation's variables, as its types take them."""

from collections.abc import Mapping

from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import VariableValues, get_variable_values

MOST_FAULTS = 10  # of one set of values are told: a list may be wrong in every place


def variables_of(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: Mapping[str, object]
) -> VariableValues | list[GraphQLError]:
    """Return the values, or what is wrong with them."""
    definitions = operation.variable_definitions or ()
    return get_variable_values(schema, definitions, dict(given), max_errors=MOST_FAULTS, hide_suggestions=True)
