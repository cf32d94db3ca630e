"""A schema that never lets a bug's text out, over HTTP and sockets alike."""

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

import strawberry
from graphql import GraphQLError, GraphQLSchema
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from boucle.accounts.models import Language
from boucle.api.context import Context
from boucle.api.cost import cost_of
from boucle.api.errors import presentable
from boucle.api.operations import Operations, Ready
from boucle.kit.phrases import Phrase

STREAMS = {OperationType.SUBSCRIPTION}
_ASKS_FOR_SCHEMA = re.compile(r"\b__(schema|type)\b")


class BoucleSchema(strawberry.Schema):
    """Strawberry's schema with masked bugs, introspection for those who may, and the planner for all it can run."""

    operations: Operations

    async def execute(self, query: str | None, *args: Any, **kwargs: Any) -> ExecutionResult:
        context = kwargs.get("context_value")
        if refusal := _refuse_strangers(query, context):
            return refusal
        # One answer cannot carry a stream; Strawberry would run it and find null in place of the first message.
        allowed = set(kwargs.get("allowed_operation_types") or OperationType) - STREAMS
        if (ready := self._ready(query, kwargs)) and OperationType(ready.kind.value) in allowed:
            planned: ExecutionResult = _masked(await self._planned(ready, kwargs), context)
            return planned
        kwargs["allowed_operation_types"] = allowed
        result: ExecutionResult = _masked(await super().execute(query, *args, **kwargs), context)
        return result

    async def stream(self, query: str | None, *args: Any, **kwargs: Any) -> AsyncGenerator[Any, None]:
        context = kwargs.get("context_value")
        if refusal := _refuse_strangers(query, context):
            return _only(refusal)
        allowed = set(kwargs.get("allowed_operation_types") or OperationType)
        if (ready := self._ready(query, kwargs)) and OperationType(ready.kind.value) in allowed:
            source = self._planned_stream(ready, kwargs)
        else:
            source = await super().stream(query, *args, **kwargs)

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

    def _ready(self, query: str | None, given: Mapping[str, Any]) -> Ready | None:
        """Return the operation that the planner can run; one too costly is left to Strawberry, which refuses it."""
        ready = self.operations.ready(query, given.get("operation_name")) if query else None
        context = given.get("context_value")
        if ready is None or not isinstance(context, Context):
            return None
        limit = context.services.settings.cost_limit
        return ready if self._cost(ready, given) <= limit else None

    def _cost(self, ready: Ready, given: Mapping[str, Any]) -> int:
        return cost_of(self.core, ready.document, ready.operation, given.get("variable_values") or {})

    async def _planned(self, ready: Ready, given: Mapping[str, Any]) -> ExecutionResult:
        context: Context = given["context_value"]
        answer = await self.operations.answer(ready, context, given.get("variable_values") or {})
        cost = {"requested": self._cost(ready, given), "available": context.services.settings.cost_limit}
        return ExecutionResult(data=answer.data, errors=answer.errors or None, extensions={"cost": cost})

    async def _planned_stream(self, ready: Ready, given: Mapping[str, Any]) -> AsyncGenerator[Any, None]:
        if ready.kind.value != OperationType.SUBSCRIPTION.value:
            yield await self._planned(ready, given)
            return
        source = self.operations.messages(ready, given["context_value"], given.get("variable_values") or {})
        async with aclosing(source):
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
        language = _language(context)
        result.errors = [_explained(error) or presentable(error, language) for error in result.errors]
    return result


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


def _refuse_strangers(query: str | None, context: object) -> ExecutionResult | None:
    if not isinstance(context, Context) or context.viewer is not None or query is None:
        return None
    if context.services.settings.introspection == "everyone" or not _ASKS_FOR_SCHEMA.search(query):
        return None
    phrase = Phrase("The schema can be read by signed-in users only. Sign in, or send an API token.")
    return PreExecutionError(data=None, errors=[context.refusal("UNAUTHENTICATED", phrase)])
