"""A schema that never lets a bug's text out, over HTTP and sockets alike."""

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from boucle.api.context import Context
from boucle.api.errors import presentable

_ASKS_FOR_SCHEMA = re.compile(r"\b__(schema|type)\b")


class BoucleSchema(strawberry.Schema):
    """Strawberry's schema with masked bugs, and introspection for those who may."""

    async def execute(self, query: str | None, *args: Any, **kwargs: Any) -> ExecutionResult:
        if refusal := _refuse_strangers(query, kwargs.get("context_value")):
            return refusal
        result: ExecutionResult = _masked(await super().execute(query, *args, **kwargs))
        return result

    async def stream(self, query: str | None, *args: Any, **kwargs: Any) -> AsyncGenerator[Any, None]:
        if refusal := _refuse_strangers(query, kwargs.get("context_value")):
            return _only(refusal)
        source = await super().stream(query, *args, **kwargs)

        async def masked() -> AsyncGenerator[Any, None]:
            async with aclosing(source):
                async for result in source:
                    yield _masked(result)

        return masked()

    def process_errors(self, errors: list[GraphQLError], execution_context: object = None) -> None:
        """Log nothing here: expected errors are no news, and bugs are logged with their incident's id."""


async def _only(result: ExecutionResult) -> AsyncGenerator[Any, None]:
    yield result


def _masked(result: Any) -> Any:
    if isinstance(result, ExecutionResult) and result.errors:
        result.errors = [presentable(error) for error in result.errors]
    return result


def _refuse_strangers(query: str | None, context: object) -> ExecutionResult | None:
    if not isinstance(context, Context) or context.viewer is not None or query is None:
        return None
    if context.services.settings.introspection == "everyone" or not _ASKS_FOR_SCHEMA.search(query):
        return None
    message = "The schema can be read by signed-in users only. Sign in, or send an API token."
    return PreExecutionError(data=None, errors=[GraphQLError(message, extensions={"code": "UNAUTHENTICATED"})])
