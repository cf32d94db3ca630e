"""Answering an operation that the planner runs: charged before, ended in time, settled after."""

from collections.abc import Coroutine, Mapping
from typing import Any

import orjson
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationType,
    SelectionSetNode,
)
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from boucle.api.charging import charge
from boucle.api.context import Context
from boucle.api.operations import Operations, Ready
from boucle.api.time_limits import read_within, written_within
from boucle.kit.database import is_out_of_time
from boucle.kit.phrases import Phrase
from boucle.planner.executing import Answer

OUT_OF_TIME = "TIMEOUT"


async def answered(
    operations: Operations, ready: Ready, context: Context, variables: Mapping[str, Any], *, cost: int
) -> ExecutionResult:
    """Return the answer to a query or mutation, or why it may not run now."""
    try:
        taken = await charge(context, cost)
    except GraphQLError as refusal:
        return PreExecutionError(data=None, errors=[refusal])
    answer = await in_time(ready, context, operations.answer(ready, context, variables))
    report = taken.settled(orjson.dumps(answer.data), is_out_of_time=took_too_long(answer))
    return ExecutionResult(data=answer.data, errors=answer.errors or None, extensions={"cost": report})


async def in_time(ready: Ready, context: Context, call: Coroutine[Any, Any, Answer]) -> Answer:
    """Return the answer of `call`, or that it took too long."""
    seconds = context.services.settings.operation_timeout_seconds
    is_mutation = ready.kind is OperationType.MUTATION
    try:
        return await (written_within if is_mutation else read_within)(seconds, call)
    except TimeoutError:
        error = context.refusal(OUT_OF_TIME, _too_late(f"{seconds:g}", is_mutation=is_mutation))
        error.path = [_first_key(ready, ready.operation.selection_set)]  # it did run: a refusal has no path
        return Answer(None, [error])


def took_too_long(answer: Answer) -> bool:
    """Whether the operation, or a statement of it, was stopped for its time."""
    return any(_is_of_time(error) for error in answer.errors)


def _is_of_time(error: GraphQLError) -> bool:
    cause = error.original_error
    return (error.extensions or {}).get("code") == OUT_OF_TIME or (cause is not None and is_out_of_time(cause))


def _too_late(seconds: str, *, is_mutation: bool) -> Phrase:
    if is_mutation:
        return Phrase(
            "This took longer than {seconds} s and was stopped. It may have happened all the same: look before you "
            "repeat it.",
            seconds=seconds,
        )
    return Phrase("This operation took longer than {seconds} s and was stopped. Ask for less at once.", seconds=seconds)


def _first_key(ready: Ready, selections: SelectionSetNode) -> str:
    first = selections.selections[0]
    if isinstance(first, FieldNode):
        return (first.alias or first.name).value
    if isinstance(first, FragmentSpreadNode):
        fragments = (each for each in ready.document.definitions if isinstance(each, FragmentDefinitionNode))
        return _first_key(ready, next(each for each in fragments if each.name.value == first.name.value).selection_set)
    assert isinstance(first, InlineFragmentNode), first
    return _first_key(ready, first.selection_set)
