"""Messages written as JSON: once for all who read them the same, by the planner."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace

import orjson
from graphql.execution.values import VariableValues
from strawberry.types import ExecutionResult

from boucle.accounts.access import Viewer
from boucle.accounts.models import Language
from boucle.api.context import Context
from boucle.api.errors import presentable
from boucle.api.live.messages import Resync, Written
from boucle.api.live.types import ResyncRequired, tombstone_of
from boucle.api.rows import the_viewer
from boucle.api.scalars import LogCursor
from boucle.kit.database import fetch_rows
from boucle.planner.declarations import RowHasChanged
from boucle.planner.executing import Answer, reading_by, render
from boucle.planner.plans import OperationPlan
from boucle.planner.sharing import sharing_key


@dataclass(slots=True, eq=False)
class Payload:
    """What a client is told: made once, as text for sockets, as a result for streams over HTTP."""

    answer: Answer
    _text: bytes | None = None  # where it is the same in every language
    _texts: dict[Language, bytes] = field(default_factory=dict)

    @property
    def result(self) -> ExecutionResult:
        """The answer for Strawberry's view."""
        return ExecutionResult(data=self.answer.data, errors=self.answer.errors or None)

    def text(self, language: Language) -> bytes:
        """Return the payload of a `next` message; only errors depend on the language."""
        if self._text is not None:
            return self._text
        if not self.answer.errors:
            self._text = orjson.dumps({"data": self.answer.data})
            return self._text
        if language not in self._texts:
            errors = [presentable(error, language).formatted for error in self.answer.errors]
            self._texts[language] = orjson.dumps({"data": self.answer.data, "errors": errors})
        return self._texts[language]


def said(body: object, asker: Context) -> object:
    """Return the body as its reader's language has it."""
    if isinstance(body, Resync):
        return ResyncRequired(cursor=LogCursor(str(body.at)), reason=asker.say(body.reason))
    return body


@dataclass(slots=True, eq=False)
class PlannedRenderer:
    """Writes the messages of one subscription by its plan."""

    plan: OperationPlan
    asker: Context
    variables: VariableValues
    _keys: dict[Hashable, bytes] = field(default_factory=dict)

    def key(self, body: object) -> Hashable:
        """Return what tells apart who reads this body differently."""
        if isinstance(body, Resync):
            return (id(self.plan), self.asker.language)
        refer = self.plan.catalogue.refer
        rows = (reference.of for value in vars(body).values() if (reference := refer(value)) is not None)
        kind = (type(body), *rows)
        known = self._keys.get(kind)
        if known is None:
            known = self._keys[kind] = sharing_key(self.plan, self.asker, self.variables, body)
        return known

    def identity(self, bodies: Sequence[object] | None) -> Hashable:
        """Return what tells apart who reads bodies like these, or any body, differently."""
        if bodies is None:
            return (id(self.plan), the_viewer(self.asker), repr(self.variables.coerced))
        return (self.asker.language, *map(self.key, bodies))

    async def write(self, bodies: Sequence[object]) -> Sequence[Written]:
        """Return the bodies as they are sent."""
        answers = await self._answers(bodies)
        changed = [index for index, answer in enumerate(answers) if _has_changed(answer)]
        if changed:
            tombstones = await self._answers([tombstone_of(bodies[index]) for index in changed])
            for index, answer in zip(changed, tombstones, strict=True):
                answers[index] = answer
        return [Payload(answer) for answer in answers]

    async def _answers(self, bodies: Sequence[object]) -> list[Answer]:
        asker = self.asker
        messages = [said(body, asker) for body in bodies]
        return await render(self.plan, asker, self.variables, reading_by(fetch_rows), messages)

    def as_seen_by(self, viewer: Viewer) -> "PlannedRenderer":
        """Return the renderer of the same subscription once its viewer has another name or language."""
        return PlannedRenderer(self.plan, replace(self.asker, viewer=viewer), self.variables)


def _has_changed(answer: Answer) -> bool:
    return any(isinstance(error.original_error, RowHasChanged) for error in answer.errors)


@dataclass(slots=True, eq=False)
class PlainRenderer:
    """Leaves the messages of one subscription to Strawberry's executor."""

    asker: Context

    def key(self, body: object) -> Hashable:
        """Return what tells apart who reads this body differently."""
        return (PlainRenderer, self.asker.language if isinstance(body, Resync) else None)

    def identity(self, bodies: Sequence[object] | None) -> Hashable:  # noqa: ARG002  (the others' signature)
        """Return what tells apart who reads bodies like these, or any body, differently."""
        return (PlainRenderer, self.asker.language)

    async def write(self, bodies: Sequence[object]) -> Sequence[Written]:
        """Return the bodies as they are."""
        return [said(body, self.asker) for body in bodies]

    def as_seen_by(self, viewer: Viewer) -> "PlainRenderer":
        """Return the renderer of the same subscription once its viewer has another name or language."""
        return PlainRenderer(replace(self.asker, viewer=viewer))
