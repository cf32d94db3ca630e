"""Values that resolvers made in Python, completed as GraphQL says; rows that they refer to are read by the planner."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any, TypeAlias

import orjson
from graphql import (
    GraphQLError,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLResolveInfoHelpers,
    default_field_resolver,
    default_type_resolver,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
    located_error,
)
from graphql.execution.values import VariableValues, get_argument_values
from graphql.pyutils import Path
from graphql.pyutils import is_awaitable as default_is_awaitable

from boucle.planner.declarations import Asker, Reference
from boucle.planner.faults import Assembled, below
from boucle.planner.plans import OperationPlan
from boucle.planner.selections import Selected

Completed: TypeAlias = Any  # what orjson can write, with fragments of JSON inside
Load: TypeAlias = Callable[[Reference, Selected], Awaitable[Assembled | None]]


class NullReached(Exception):
    """A null stands where the schema promises a value; the error is recorded already."""


@dataclass(slots=True)
class Completer:
    """Completes values of one operation and records what goes wrong."""

    plan: OperationPlan
    asker: Asker
    variables: VariableValues
    load: Load
    errors: list[GraphQLError] = field(default_factory=list)

    async def root_field(self, selected: Selected, source: object = None) -> Completed:
        """Resolve and complete one field of the root; raise `NullReached` where the whole answer becomes null."""
        return await self._field(selected, source, None)

    async def value(self, selected: Selected, value: object, path: Path) -> Completed:
        """Complete a field's value that is at hand; raise `NullReached` where it must not be null."""
        type_ = selected.definition.type
        try:
            return await self._complete(type_, selected, value, path)
        except NullReached:
            if is_non_null_type(type_):
                raise
        except Exception as error:
            self.errors.append(located_error(error, selected.nodes, path.as_list()))
            if is_non_null_type(type_):
                raise NullReached from error
        return None

    def fragment(self, found: Assembled, selected: Selected, path: Path) -> orjson.Fragment | None:
        """Return what a statement answered for a field; raise `NullReached` where it must not be null."""
        try:
            return self._fragment(found, path)
        except NullReached:
            if is_non_null_type(selected.definition.type):
                raise
            return None

    def _fragment(self, found: Assembled, path: Path) -> orjson.Fragment:
        self.errors += [below(path.as_list(), error) for error in found.errors]
        if found.json is None:
            raise NullReached
        return orjson.Fragment(found.json)

    async def _field(self, selected: Selected, source: object, above: Path | None) -> Completed:
        path = Path(above, selected.key, selected.parent.name)
        if selected.is_typename:
            return selected.parent.name
        try:
            value = await self._resolved(selected, source, path)
        except Exception as error:
            self.errors.append(located_error(error, selected.nodes, path.as_list()))
            if is_non_null_type(selected.definition.type):
                raise NullReached from error
            return None
        return await self.value(selected, value, path)

    async def _resolved(self, selected: Selected, source: object, path: Path) -> object:
        arguments = get_argument_values(selected.definition, selected.nodes[0], self.variables)
        resolve = selected.definition.resolve or default_field_resolver
        value = resolve(source, resolve_info(self.plan, selected, self.asker, self.variables, path), **arguments)
        return await value if isawaitable(value) else value

    async def _complete(self, type_: GraphQLOutputType, selected: Selected, value: object, path: Path) -> Completed:
        if isinstance(value, Exception):
            raise value
        if is_non_null_type(type_):
            completed = await self._complete(type_.of_type, selected, value, path)
            if completed is None:
                raise TypeError(f"Cannot return null for non-nullable field {selected.parent.name}.{selected.name}.")
            return completed
        if value is None:
            return None
        if is_list_type(type_):
            return await self._list(type_.of_type, selected, value, path)
        if is_leaf_type(type_):
            return type_.coerce_output_value(value)
        if (reference := self.plan.catalogue.refer(value)) is not None:
            found = await self.load(reference, selected)
            return None if found is None else self._fragment(found, path)
        if is_abstract_type(type_):
            type_ = self._concrete(type_, selected, value, path)
        assert is_object_type(type_), type_
        return await self._object(type_, selected, value, path)

    async def _list(self, type_: GraphQLOutputType, selected: Selected, values: Any, path: Path) -> Completed:
        async def item(index: int, value: object) -> Completed:
            place = Path(path, index, None)
            try:
                return await self._complete(type_, selected, value, place)
            except NullReached:
                if is_non_null_type(type_):
                    raise
            except Exception as error:
                self.errors.append(located_error(error, selected.nodes, place.as_list()))
                if is_non_null_type(type_):
                    raise NullReached from error
            return None

        return await together([item(index, value) for index, value in enumerate(values)])

    async def _object(self, type_: GraphQLObjectType, selected: Selected, source: object, path: Path) -> Completed:
        fields = self.plan.selections.of(type_, selected.selection_sets)
        values = await together([self._field(each, source, path) for each in fields])
        return dict(zip((each.key for each in fields), values, strict=True))

    def _concrete(self, type_: Any, selected: Selected, value: object, path: Path) -> GraphQLObjectType:
        resolve = type_.resolve_type or default_type_resolver
        name = resolve(value, resolve_info(self.plan, selected, self.asker, self.variables, path), type_)
        found = self.plan.schema.type_map[name] if isinstance(name, str) else name
        assert is_object_type(found), name
        return found


def resolve_info(
    plan: OperationPlan, selected: Selected, asker: Asker, variables: VariableValues, path: Path
) -> GraphQLResolveInfo[Asker]:
    """Return what graphql-core would hand to a resolver of this field."""
    return GraphQLResolveInfo(
        field_name=selected.name,
        field_nodes=list(selected.nodes),
        return_type=selected.definition.type,
        parent_type=selected.parent,
        path=path,
        schema=plan.schema,
        fragments=dict(plan.selections.fragments),
        root_value=None,
        operation=plan.operation,
        variable_values=variables,
        context=asker,
        is_awaitable=default_is_awaitable,
        abort_signal=None,
        async_helpers=GraphQLResolveInfoHelpers(gather=together, track=lambda _: None),
    )


async def subscribed(
    plan: OperationPlan, selected: Selected, asker: Asker, variables: VariableValues
) -> AsyncGenerator[object, None]:
    """Return the stream of messages that a subscription's field tells."""
    assert selected.definition.subscribe is not None, selected.name
    path = Path(None, selected.key, selected.parent.name)
    arguments = get_argument_values(selected.definition, selected.nodes[0], variables)
    info = resolve_info(plan, selected, asker, variables, path)
    source: Any = selected.definition.subscribe(None, info, **arguments)
    stream: AsyncGenerator[object, None] = await source if isawaitable(source) else source
    return stream


async def together(calls: Sequence[Awaitable[Completed]]) -> list[Completed]:
    """Await all at once, so that what they read is read in batches; raise only when all have ended."""
    if len(calls) == 1:
        return [await calls[0]]
    results = await asyncio.gather(*calls, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return list(results)
