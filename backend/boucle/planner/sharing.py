"""Which askers are answered the same, so that what one of them is told can be told to all.

Two askers whose statements are the same, text and values, read the same; whatever Python adds says what of the asker
it depends on.
"""

from collections.abc import Iterator
from hashlib import blake2b

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    GraphQLOutputType,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_object_type,
)
from graphql.execution.values import VariableValues

from boucle.planner.compiling import ComputedField
from boucle.planner.declarations import Asker, Reference
from boucle.planner.plans import OperationPlan, RowsByKey
from boucle.planner.selections import Selected


def sharing_key(plan: OperationPlan, asker: Asker, variables: VariableValues, message: object) -> bytes:
    """Return a key that is the same for askers to whom a subscription's message reads the same.

    It depends on the types of the rows that the message refers to, not on which rows they are.
    """
    parts = [str(id(plan)), *_parts(plan, asker, variables, message)]
    return blake2b("\n".join(parts).encode(), digest_size=16).digest()


def _parts(plan: OperationPlan, asker: Asker, variables: VariableValues, message: object) -> Iterator[str]:
    type_ = plan.schema.type_map[type(message).__name__]
    assert is_object_type(type_), type_
    yield type_.name
    for selected, reference in _references(plan, type_, message):
        rows = plan.rows(reference.of, selected.selection_sets)
        yield from _read(plan, asker, variables, rows, are_seen=reference.is_seen)


def _read(
    plan: OperationPlan, asker: Asker, variables: VariableValues, rows: RowsByKey, *, are_seen: bool
) -> Iterator[str]:
    """Tell what is read of rows, of values made in Python what they depend on, and of rows that these refer to."""
    written = rows.written(plan.dialect, asker, variables, [], are_seen=are_seen)
    yield written.text
    yield repr(written.values)
    yield repr([fault.message for fault in written.faults])
    for each in rows.plan.computed:
        yield repr(each.reads.depends_on(asker))
        yield _arguments(each, variables)
        for name, sets in _rows_below(plan, each.selected.definition.type, each.selected.selection_sets):
            yield from _read(plan, asker, variables, plan.rows(name, sets), are_seen=False)


def _arguments(computed: ComputedField, variables: VariableValues) -> str:
    try:
        return repr(computed.place.arguments(variables))
    except GraphQLError as error:
        return str(error)


def _rows_below(
    plan: OperationPlan, type_: GraphQLOutputType, sets: list[SelectionSetNode]
) -> Iterator[tuple[str, list[SelectionSetNode]]]:
    named = get_named_type(type_)
    if not is_composite_type(named):
        return
    for concrete in plan.schema.get_possible_types(named) if is_abstract_type(named) else [named]:
        assert is_object_type(concrete), concrete
        if concrete.name in plan.catalogue.types:
            yield concrete.name, sets
            continue
        for selected in plan.selections.of(concrete, sets):
            yield from _rows_below(plan, selected.definition.type, selected.selection_sets)


def _references(plan: OperationPlan, type_: GraphQLObjectType, message: object) -> Iterator[tuple[Selected, Reference]]:
    root, _ = plan.roots[0]
    for selected in plan.selections.of(type_, root.selection_sets):
        reference = None if selected.is_typename else plan.catalogue.refer(getattr(message, selected.name))
        if reference is not None:
            yield selected, reference
