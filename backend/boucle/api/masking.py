"""A schema that runs by the planner what it can, and never lets a bug's text out, over HTTP and sockets alike."""

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, cast

import strawberry
from graphql import GraphQLError, GraphQLSchema
from prometheus_client import Counter
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from boucle.accounts.models import Language
from boucle.api.answering import answered
from boucle.api.charging import charge
from boucle.api.context import Context, note_live_cursor
from boucle.api.errors import presentable
from boucle.api.given_values import excess_of_values
from boucle.api.live.opened import LiveStream
from boucle.api.live.rendering import PlannedRenderer
from boucle.api.operations import Operations, Ready
from boucle.kit.phrases import Phrase

STREAMS = {OperationType.SUBSCRIPTION}
TOO_COMPLEX = "TOO_COMPLEX"
MOST_ERRORS = 20  # of one answer: a field that fails in every row of a page would be told, and logged, for each
LONGEST_MESSAGE = 1_000  # characters; some errors quote what the client sent
_ASKS_FOR_SCHEMA = re.compile(r"\b__(schema|type)\b")


OPERATIONS = Counter(
    "boucle_operations",
    "GraphQL operations: run by the planner, or left to Strawberry (introspection, and whatever is refused).",
    ["path"],
)
BY_PLANNER, BY_STRAWBERRY = OPERATIONS.labels("planner"), OPERATIONS.labels("strawberry")


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation that the planner runs: by whom, with which variables, and what it costs."""

    ready: Ready
    context: Context
    variables: Mapping[str, Any]
    cost: int


class BoucleSchema(strawberry.Schema):
    """Strawberry's schema with masked bugs, introspection for those who may, and the planner for all it can run."""

    operations: Operations

    async def execute(self, query: str | None, *args: Any, **kwargs: Any) -> ExecutionResult:
        context = kwargs.get("context_value")
        if refusal := await self._refused(query, kwargs):
            return refusal
        # One answer cannot carry a stream; Strawberry would run it and find null in place of the first message.
        kwargs["allowed_operation_types"] = set(kwargs.get("allowed_operation_types") or OperationType) - STREAMS
        asked = self._asked(query, kwargs)
        (BY_STRAWBERRY if asked is None else BY_PLANNER).inc()
        await note_live_cursor(query or "")
        result = await super().execute(query, *args, **kwargs) if asked is None else await self._planned(asked)
        masked: ExecutionResult = _masked(result, context)
        return masked

    async def stream(self, query: str | None, *args: Any, **kwargs: Any) -> AsyncGenerator[Any, None]:
        context = kwargs.get("context_value")
        if refusal := await self._refused(query, kwargs):
            return _only(refusal)
        asked = self._asked(query, kwargs)
        (BY_STRAWBERRY if asked is None else BY_PLANNER).inc()
        await note_live_cursor(query or "")
        source = await super().stream(query, *args, **kwargs) if asked is None else self._planned_stream(asked)

        async def masked() -> AsyncGenerator[Any, None]:
            is_first = True
            try:
                async with aclosing(source):
                    async for result in source:
                        yield _masked(_as_refusal(result) if is_first else result, context)
                        is_first = False
            except GraphQLError as error:  # an extension refused the operation before it began
                yield PreExecutionError(data=None, errors=[presentable(error, _language(context))])

        return masked()

    async def opened(
        self, query: str | None, name: str | None, variables: Mapping[str, Any] | None, context: Context
    ) -> tuple[LiveStream, PlannedRenderer] | None:
        """Return a subscription that may begin and that the planner can write; `stream` runs everything else."""
        given = {"operation_name": name, "variable_values": variables, "context_value": context}
        if await self._refused(query, given):
            return None  # `stream` tells why
        asked = self._asked(query, given)
        if asked is None or asked.ready.kind.value != OperationType.SUBSCRIPTION.value:
            return None
        try:
            taken = await charge(context, asked.cost)
        except GraphQLError:
            return None  # `stream` tells why
        opened = await self.operations.opened(asked.ready, context, asked.variables)
        if opened is None:
            taken.cancel()
        else:
            BY_PLANNER.inc()
        return opened

    async def _refused(self, query: str | None, given: Mapping[str, Any]) -> ExecutionResult | None:
        """Return why nobody may walk this document, or who asks may not; everything else looks at it afterwards."""
        name, context = given.get("operation_name"), given.get("context_value")
        if not query or not isinstance(context, Context):
            return None
        if refusal := _refuse_strangers(query, context):
            return refusal
        name = name if isinstance(name, str) else None
        await self.operations.meet(query, name)
        checked = self.operations.documents.checked(query)
        if checked.parsed is None:
            return PreExecutionError(data=None, errors=[*checked.faults])
        excess = checked.excess or self._excess_of_values(query, name, given.get("variable_values"))
        return PreExecutionError(data=None, errors=[context.refusal(TOO_COMPLEX, excess)]) if excess else None

    def _excess_of_values(self, query: str, name: str | None, variables: object) -> Phrase | None:
        ready = self.operations.ready(query, name)
        is_given = ready is not None and isinstance(variables, dict)
        return excess_of_values(cast("dict[str, object]", variables), ready.uses) if is_given and ready else None

    def _asked(self, query: str | None, given: Mapping[str, Any]) -> Asked | None:
        """Return the operation if the planner can run it; one that is wrong, too costly or not allowed it cannot."""
        name, context = given.get("operation_name"), given.get("context_value")
        variables = given.get("variable_values") or {}
        if not isinstance(name, str | None) or not isinstance(variables, dict) or not isinstance(context, Context):
            return None
        ready = self.operations.ready(query, name) if query else None
        if ready is None:
            return None
        if OperationType(ready.kind.value) not in set(given.get("allowed_operation_types") or OperationType):
            return None
        cost = ready.price.of(variables)
        limit = context.services.settings.cost_limit
        return Asked(ready, context, variables, cost) if cost <= limit else None

    async def _planned(self, asked: Asked) -> ExecutionResult:
        return await answered(self.operations, asked.ready, asked.context, asked.variables, cost=asked.cost)

    async def _planned_stream(self, asked: Asked) -> AsyncGenerator[Any, None]:
        if asked.ready.kind.value != OperationType.SUBSCRIPTION.value:
            yield await self._planned(asked)
            return
        await charge(asked.context, asked.cost)
        async with aclosing(self.operations.messages(asked.ready, asked.context, asked.variables)) as source:
            async for answer in source:
                yield ExecutionResult(data=answer.data, errors=answer.errors or None)

    @property
    def core(self) -> GraphQLSchema:
        """The schema as graphql-core knows it."""
        return self._schema

    def process_errors(self, errors: list[GraphQLError], execution_context: object = None) -> None:
        """Log nothing here: expected errors are no news, and bugs are logged with their incident's id."""


async def _only(result: ExecutionResult) -> AsyncGenerator[Any, None]:
    yield result


def _as_refusal(result: Any) -> Any:
    """Return a result that says that nothing ran as what it is: a socket tells it from an answer with errors."""
    if not isinstance(result, ExecutionResult) or result.data is not None or not result.errors:
        return result
    has_run = any(error.path for error in result.errors)
    return result if has_run else PreExecutionError(data=None, errors=result.errors)


def _masked(result: Any, context: object) -> Any:
    if isinstance(result, ExecutionResult) and result.errors:
        result.errors = masked_errors(result.errors, context)
    return result


def masked_errors(errors: Sequence[GraphQLError], context: object) -> list[GraphQLError]:
    """Return the first errors as a client may read them; bugs are logged and keep their text."""
    told = [_explained(error) or presentable(error, _language(context)) for error in errors[:MOST_ERRORS]]
    for error in told:
        if len(error.message) > LONGEST_MESSAGE:
            error.message = error.message[:LONGEST_MESSAGE] + "…"
    return told


def _language(context: object) -> Language:
    return context.language if isinstance(context, Context) else Language.EN


def _explained(error: GraphQLError) -> GraphQLError | None:
    """Return what to say about a request that named nothing to run; Strawberry reports it like a bug."""
    if isinstance(error.original_error, CannotGetOperationTypeError):
        return GraphQLError(without_operation(error.original_error))
    is_expected = isinstance(error.original_error, MissingQueryError | InvalidOperationTypeError)
    return GraphQLError(error.message) if is_expected else None


def without_operation(error: CannotGetOperationTypeError) -> str:
    """Say why no operation of the document could be chosen."""
    if error.operation_name is None:
        return "The document has no operation, or several: name one of them as `operationName`."
    return error.as_http_error_reason()


def _refuse_strangers(query: str, context: Context) -> ExecutionResult | None:
    if context.viewer is not None:
        return None
    if context.services.settings.introspection == "everyone" or not _ASKS_FOR_SCHEMA.search(query):
        return None
    phrase = Phrase("The schema can be read by signed-in users only. Sign in, or send an API token.")
    return PreExecutionError(data=None, errors=[context.refusal("UNAUTHENTICATED", phrase)])
