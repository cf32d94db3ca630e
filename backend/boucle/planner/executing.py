"""Running one operation: its statements, what Python adds to their answers, and the answer as a whole."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

import orjson
from graphql import GraphQLError, OperationType, located_error
from graphql.execution.values import VariableValues
from graphql.pyutils import Path

from boucle.kit.conditions import ALWAYS, Condition
from boucle.planner.compiling import COMPUTED, ComputedField
from boucle.planner.completing import Completed, Completer, NullReached, together
from boucle.planner.declarations import Asker, Kind, Reference, RowHasChanged, Values
from boucle.planner.faults import Assembled, Fault, Partial, assembled, mark
from boucle.planner.plans import OperationPlan, Prepared, RowsByKey, StatementPlan, Written
from boucle.planner.selections import Selected
from boucle.planner.variables import variables_of

Rows: TypeAlias = Sequence[Sequence[Any]]
Fetch: TypeAlias = Callable[[str, Sequence[object]], Awaitable[Rows]]
Read: TypeAlias = Callable[[Written], Awaitable[Rows]]


def reading_by(fetch: Fetch) -> Read:
    """Return how to run written statements as they are."""

    async def read(written: Written) -> Rows:
        return await fetch(written.text, written.values)

    return read


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation answers: data (with JSON fragments inside, for orjson), `None` where it is null, and errors."""

    data: dict[str, Any] | None
    errors: list[GraphQLError]


async def execute(prepared: Prepared, asker: Asker, given: Mapping[str, object], read: Read) -> Answer:
    """Run a query or mutation whose document was validated."""
    variables = variables_of(prepared.schema, prepared.operation, given)
    if isinstance(variables, list):
        return Answer(None, variables)
    return await Execution(prepared.plan(variables.coerced), asker, variables, read).answer()


async def render(
    plan: OperationPlan, asker: Asker, variables: VariableValues, read: Read, messages: Sequence[object]
) -> list[Answer]:
    """Complete messages of a subscription; rows of the same kind are read for all of them at once."""
    execution = Execution(plan, asker, variables, read)
    return await together([execution.answer(message) for message in messages])


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A query of statements alone, written for one asker and one set of variables: all that is left is to run them."""

    plan: OperationPlan
    variables: VariableValues
    statements: Sequence[Written]

    @property
    def length(self) -> int:
        """How many characters its statements have: about what it takes to keep it."""
        return sum(len(each.columns) + len(each.rest) for each in self.statements)

    @property
    def is_refused(self) -> bool:
        """Whether a part of it was refused: with the error would be kept whatever it was raised from."""
        return any(fault.cause is not None for each in self.statements for fault in each.faults)


def rehearsed(prepared: Prepared, asker: Asker, given: Mapping[str, object]) -> Rehearsed | None:
    """Write the statements of a query; nothing where resolvers answer a part of it, or a variable does not fit."""
    variables = variables_of(prepared.schema, prepared.operation, given)
    if isinstance(variables, list):
        return None
    plan = prepared.plan(variables.coerced)
    statements = [statement for _, statement in plan.roots if statement is not None]
    if len(statements) < len(plan.roots):
        return None
    try:
        return Rehearsed(plan, variables, [each.written(plan.dialect, asker, variables) for each in statements])
    except Exception:  # noqa: BLE001  (the same error will stand at its field, masked where it is a bug)
        return None


async def perform(query: Rehearsed, asker: Asker, read: Read) -> Answer:
    """Run what was written before."""
    return await Execution(query.plan, asker, query.variables, read).answer_of(query.statements)


@dataclass(slots=True)
class _Batch:
    """Rows of one kind that were asked for in the same moment."""

    keys: dict[int, None] = field(default_factory=dict)
    reading: "asyncio.Task[Mapping[int, Assembled]] | None" = None


@dataclass(slots=True)
class Execution:
    """One run of one operation."""

    plan: OperationPlan
    asker: Asker
    variables: VariableValues
    read: Read
    _batches: dict[tuple[int, bool, Condition], _Batch] = field(default_factory=dict)

    async def answer(self, source: object = None) -> Answer:
        """Return the answer; `source` is a subscription's message."""
        completer = self._completer()
        return await self._together(
            [self._root(selected, statement, source, completer) for selected, statement in self.plan.roots], completer
        )

    async def answer_of(self, statements: Sequence[Written]) -> Answer:
        """Return the answer of a query whose statements are written already."""
        completer, roots = self._completer(), zip(self.plan.roots, statements, strict=True)
        calls = [self._fragment(selected, self._run(plan, each), completer) for (selected, plan), each in roots if plan]
        return await self._together(calls, completer)

    def _completer(self) -> Completer:
        return Completer(self.plan, self.asker, self.variables, self._load)

    async def _together(self, calls: Sequence[Coroutine[Any, Any, Completed]], completer: Completer) -> Answer:
        try:
            if self.plan.operation.operation is OperationType.MUTATION:
                values = [await call for call in calls]  # one after the other, as GraphQL says
            else:
                values = await together(calls)
        except NullReached:
            return Answer(None, completer.errors)
        finally:
            for call in calls:
                call.close()
        keys = (selected.key for selected, _ in self.plan.roots)
        return Answer(dict(zip(keys, values, strict=True)), completer.errors)

    async def _root(
        self, selected: Selected, statement: StatementPlan | None, source: object, completer: Completer
    ) -> Completed:
        if statement is None:
            return await completer.root_field(selected, source)
        return await self._fragment(selected, self._written_and_run(statement), completer)

    async def _fragment(self, selected: Selected, answered: Awaitable[Assembled], completer: Completer) -> Completed:
        path = Path(None, selected.key, selected.parent.name)
        try:
            found = await answered
        except Exception as error:  # noqa: BLE001  (as a resolver's: it stands in the answer, masked where it is a bug)
            found = Assembled(None, [located_error(error, selected.nodes, [])])
        return completer.fragment(found, selected, path)

    async def _written_and_run(self, statement: StatementPlan) -> Assembled:
        return await self._run(statement, statement.written(self.plan.dialect, self.asker, self.variables))

    async def _run(self, statement: StatementPlan, written: Written) -> Assembled:
        rows = await self.read(written)
        return await self._finished(rows[0][0], statement, written.faults)

    async def _load(self, reference: Reference, selected: Selected) -> Assembled | None:
        """Return what is selected of a row, `None` where it is not there or not visible; read in batches."""
        rows = self.plan.rows(reference.of, selected.selection_sets)
        kind = (id(rows), reference.is_seen, reference.as_long_as)
        batch = self._batches.setdefault(kind, _Batch())
        batch.keys[reference.key] = None
        await asyncio.sleep(0)  # others ask for rows of the same kind in this moment
        if batch.reading is None:
            self._batches.pop(kind, None)
            batch.reading = asyncio.create_task(self._read(rows, list(batch.keys), reference))
        found = (await batch.reading).get(reference.key)
        if found is None and reference.as_long_as != ALWAYS:
            raise RowHasChanged
        return found

    async def _read(self, rows: RowsByKey, keys: list[int], alike: Reference) -> Mapping[int, Assembled]:
        """Read rows of one kind, all of which are named like this one."""
        written = rows.written(
            self.plan.dialect,
            self.asker,
            self.variables,
            keys,
            are_seen=alike.is_seen,
            as_long_as=alike.as_long_as,
        )
        found = await self.read(written)
        return {row[0]: await self._finished(row[1], rows.plan, written.faults) for row in found}

    async def _finished(self, found: bytes | str, plan: StatementPlan, known: Sequence[Fault]) -> Assembled:
        """Return a statement's JSON with what Python adds to it."""
        faults: list[Fault | Partial] = [*known]
        json = found if isinstance(found, bytes) else found.encode()
        if plan.computed:
            json = (await self._with_computed(json.decode(), plan.computed, faults)).encode()
        return assembled(json, faults)

    async def _with_computed(self, text: str, computed: Sequence[ComputedField], faults: list[Fault | Partial]) -> str:
        parts = text.split(COMPUTED)
        places: dict[int, list[int]] = {}
        rows: dict[int, list[Values]] = {}
        for index in range(1, len(parts), 2):
            digits, _, values = parts[index].partition(",")
            number = int(digits)
            places.setdefault(number, []).append(index)
            rows.setdefault(number, []).append(_decoded(values, computed[number].kinds))
        for number, indexes in places.items():
            texts = await self._computed(computed[number], rows[number], faults)
            for index, each in zip(indexes, texts, strict=True):
                parts[index] = each
        return "".join(parts)

    async def _computed(
        self, each: ComputedField, rows: Sequence[Values], faults: list[Fault | Partial]
    ) -> Sequence[str]:
        try:
            arguments = each.place.arguments(self.variables)
            values = await each.reads.compute(self.asker, arguments, rows)
        except Exception as error:  # noqa: BLE001  (as a resolver's: it stands in the answer, masked where it is a bug)
            faults.append(Fault.of(error, each.selected.nodes, each.place.climb))
            return [mark(len(faults) - 1)] * len(rows)
        return await together([self._completed(each, value, faults) for value in values])

    async def _completed(self, each: ComputedField, value: object, faults: list[Fault | Partial]) -> str:
        """Return a computed value as JSON, or the mark of what is wrong with it: its path is not known here."""
        completer = self._completer()
        try:
            text = orjson.dumps(
                await completer.value(each.selected, value, Path(None, each.selected.key, None))
            ).decode()
            climb = 0
        except NullReached:
            text, climb = "null", each.place.climb
        if not completer.errors:
            return text
        faults.append(Partial(orjson.loads(text), [_without_first(error) for error in completer.errors], climb))
        return mark(len(faults) - 1)


def _decoded(text: str, kinds: Sequence[tuple[str, Kind]]) -> Values:
    values = orjson.loads(text)
    return {
        name: datetime.fromisoformat(value) if kind is Kind.TIME and value is not None else value
        for (name, kind), value in zip(kinds, values, strict=True)
    }


def _without_first(error: GraphQLError) -> GraphQLError:
    assert error.path, "every error of a field has a path"
    error.path = error.path[1:]
    return error
