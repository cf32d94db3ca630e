"""Operations run by the planner: known good documents are made ready once and run without Strawberry's executor.

Whatever is not ready (a wrong document, one too deep, introspection) is left to Strawberry, which explains or runs it.
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from functools import cached_property, partial
from typing import cast

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
    located_error,
)
from graphql.execution.values import VariableValues

from boucle.api.context import Context
from boucle.api.cost import Price, price_of
from boucle.api.documents import Checked, Documents
from boucle.api.live.opened import LiveStream
from boucle.api.live.rendering import Payload, PlannedRenderer
from boucle.kit.database import Dialect, dialect, fetch_rows
from boucle.planner.completing import subscribed
from boucle.planner.declarations import Catalogue
from boucle.planner.executing import Answer, Read, execute, reading_by, render
from boucle.planner.plans import OperationPlan, Prepared
from boucle.planner.variables import variables_of

INTROSPECTION = frozenset({"__schema", "__type", "__typename"})


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Ready:
    """A valid document, and the one operation of it that is asked for."""

    document: DocumentNode
    operation: OperationDefinitionNode
    prepared: Mapping[Dialect, Prepared]
    price: Price
    uses: Mapping[str, int]  # of its variables, as its fragments are spread
    held: int  # bytes of its document and plans, by estimate

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.operation.operation


@dataclass
class Operations:
    """All operations over one schema."""

    schema: GraphQLSchema
    make_catalogue: Callable[[], Catalogue]
    documents: Documents

    @cached_property
    def catalogue(self) -> Catalogue:
        """What every field reads; the models must be initialised."""
        return self.make_catalogue()

    def check(self) -> None:
        """Raise `LookupError` where a declaration names a column that is not there: at the start, not when asked."""
        _ = self.catalogue

    async def meet(self, query: str, name: str | None) -> None:
        """Make an operation ready that this process has not seen, and let nobody else wait for it."""
        await self.documents.meet(query, partial(self.ready, query, name))

    def ready(self, query: str, name: str | None) -> Ready | None:
        """Return the operation, or nothing where Strawberry has to explain or to run it."""
        checked = self.documents.checked(query)
        found = checked.ready.get(name)
        if found is None and checked.is_sound:
            found = self._ready(checked, name)
            if found is not None:
                checked.ready[name] = found
        return found

    def _ready(self, checked: Checked, name: str | None) -> Ready | None:
        document, size = checked.parsed, checked.size
        assert document is not None, "a sound document is one"
        assert size is not None, "a sound document was measured"
        operation = get_operation_ast(document, name)
        if operation is None or _is_introspection(operation):
            return None
        prepared = {each: Prepared(self.schema, self.catalogue, document, operation, each) for each in Dialect}
        price = price_of(self.schema, document, operation)
        return Ready(document, operation, prepared, price, size.uses[id(operation)], checked.held)

    async def answer(
        self, ready: Ready, context: Context, variables: Mapping[str, object], *, read: Read | None = None
    ) -> Answer:
        """Run a query or mutation; `read` runs its statements, by default as they are."""
        return await execute(ready.prepared[dialect()], context, variables, read or reading_by(fetch_rows))

    async def messages(
        self, ready: Ready, context: Context, given: Mapping[str, object]
    ) -> AsyncGenerator[Answer, None]:
        """Yield what a subscription tells; an answer whose errors have no path says that it never began."""
        prepared = ready.prepared[dialect()]
        variables = variables_of(self.schema, ready.operation, given)
        if isinstance(variables, list):
            yield Answer(None, variables)
            return
        async with aclosing(self._told(prepared, context, variables)) as told:
            async for answer in told:
                yield answer

    async def opened(
        self, ready: Ready, context: Context, given: Mapping[str, object]
    ) -> tuple[LiveStream, PlannedRenderer] | None:
        """Return a subscription that may begin; nothing for one that is refused, which `messages` explains."""
        variables = variables_of(self.schema, ready.operation, given)
        if isinstance(variables, list):
            return None
        plan = ready.prepared[dialect()].plan(variables.coerced)
        try:
            source = await subscribed(plan, plan.roots[0][0], context, variables)
        except Exception:  # noqa: BLE001  (as above: told by whoever explains it)
            return None
        return (source, PlannedRenderer(plan, source.asker, variables)) if isinstance(source, LiveStream) else None

    async def _told(
        self, prepared: Prepared, context: Context, variables: VariableValues
    ) -> AsyncGenerator[Answer, None]:
        plan = prepared.plan(variables.coerced)
        selected, _ = plan.roots[0]
        try:
            source = await subscribed(plan, selected, context, variables)
        except Exception as error:  # noqa: BLE001  (as a resolver's: told to the client, masked where it is a bug)
            yield Answer(None, [located_error(error, selected.nodes, [selected.key])])
            return
        async with aclosing(_answers(source, plan, context, variables)) as told:
            try:
                async for answer in told:
                    yield answer
            except Exception as error:  # noqa: BLE001  (the stream ends, and the client is told why)
                yield Answer(None, [located_error(error)])


async def _answers(
    source: object, plan: OperationPlan, context: Context, variables: VariableValues
) -> AsyncGenerator[Answer, None]:
    """Yield the messages of the log as they are written for all, those beside the log for this one alone."""
    if isinstance(source, LiveStream):
        async with aclosing(source.follow(PlannedRenderer(plan, source.asker, variables))) as told:
            async for payload in told:
                yield cast("Payload", payload).answer
        return
    async with aclosing(cast("AsyncGenerator[object, None]", source)) as messages:
        async for message in messages:
            [answer] = await render(plan, context, variables, reading_by(fetch_rows), [message])
            yield answer


def _is_introspection(operation: OperationDefinitionNode) -> bool:
    """Whether the operation asks of the schema alone; beside other fields the planner answers that too."""
    fields = operation.selection_set.selections
    return all(isinstance(node, FieldNode) and node.name.value in INTROSPECTION for node in fields)
