"""Documents are parsed, measured and validated once: a client sends the same few over and over.

Both ways of an operation (the planner and Strawberry) begin here, so that nothing walks a document that was not
measured. Texts that this process has not seen are looked at in a thread: they may take some hundredths of a second,
and nobody else waits for that.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from graphql import (
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoFragmentCyclesRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.exceptions import CannotGetOperationTypeError

from boucle.api.document_size import DocumentSize, size_of
from boucle.api.schema_reading import excess_of_schema
from boucle.kit.phrases import Phrase
from boucle.kit.remembering import Remembered
from boucle.planner.variables import as_faults

if TYPE_CHECKING:
    from boucle.api.masking import BoucleSchema
    from boucle.api.operations import Ready

MOST_TOKENS = 2_500
LONGEST_TEXT = 65_536  # characters; what is long in an operation belongs into its variables
MOST_FAULTS = 10  # of one document are told; to find them all would take as long as their number
MOST_DOCUMENTS = 500
MOST_BYTES = 96 * 1024 * 1024
BYTES_OF_CHARACTER, BYTES_OF_STEP = 200, 2_000  # measured: the parsed document by its text, its plans by their steps
SHORT = 400  # characters that are looked at sooner than a thread takes over


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """A document as it was found. `parsed` is missing where it is not GraphQL, `excess` says why it asks for too much.

    `faults` are errors of its syntax or of validation; a document without faults and excess may run.
    """

    parsed: DocumentNode | None
    size: DocumentSize | None
    excess: Phrase | None
    faults: Sequence[GraphQLError]
    held: int = 0  # bytes, by estimate
    ready: "dict[str | None, Ready]" = field(default_factory=dict)  # its operations, once they were asked for

    @property
    def is_sound(self) -> bool:
        """Whether it may run."""
        return self.parsed is not None and self.excess is None and not self.faults


@dataclass
class Documents:
    """The documents that this process has seen, over one schema."""

    schema: GraphQLSchema
    rules: Sequence[type[ASTValidationRule]] = specified_rules
    _seen: Remembered[str, Checked] = field(
        default_factory=lambda: Remembered(most=MOST_DOCUMENTS, most_bytes=MOST_BYTES)
    )
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "documents"))

    def checked(self, text: str) -> Checked:
        """Return a document as it is found."""
        known = self._seen.get(text)
        if known is None:
            known = self._check(text)
            self._seen.keep(text, known, size=known.held)
        return known

    async def meet(self, text: str, look: Callable[[], object]) -> None:
        """Let `look` see a text for the first time; a long one in a thread, one after the other."""
        if len(text) > SHORT and self._seen.get(text) is None:
            await asyncio.get_running_loop().run_in_executor(self._thread, look)

    def _check(self, text: str) -> Checked:
        held = BYTES_OF_CHARACTER * len(text)
        try:
            parsed = parse(text, max_tokens=MOST_TOKENS, max_source_length=LONGEST_TEXT)
        except GraphQLSyntaxError as error:
            return Checked(None, None, None, [_without_frames(error)], held)
        size = size_of(parsed)
        if size.is_cyclic:  # certainly wrong, and the other rules would walk in circles
            return Checked(parsed, size, None, self._faults(parsed, [NoFragmentCyclesRule]), held)
        excess = size.excess or excess_of_schema(self.schema, parsed)
        if excess is not None:
            return Checked(parsed, size, excess, (), held)
        return Checked(parsed, size, None, self._faults(parsed, self.rules), held + BYTES_OF_STEP * size.steps)

    def _faults(self, document: DocumentNode, rules: Sequence[type[ASTValidationRule]]) -> Sequence[GraphQLError]:
        return as_faults(validate(self.schema, document, rules, max_errors=MOST_FAULTS, hide_suggestions=True))


def _without_frames(error: GraphQLSyntaxError) -> GraphQLSyntaxError:
    """Return an error that is kept without what it came through."""
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


class CheckedDocuments(SchemaExtension):
    """Gives Strawberry the documents as they were checked, in place of its own parser and validation."""

    def on_parse(self) -> Iterator[None]:
        parsed = self._checked.parsed
        assert parsed is not None, "what is no document was refused"
        self.execution_context.graphql_document = parsed
        self._refuse_to_choose(parsed)
        yield

    def on_validate(self) -> Iterator[None]:
        self.execution_context.pre_execution_errors = list(self._checked.faults)
        yield

    @property
    def _checked(self) -> Checked:
        schema = cast("BoucleSchema", self.execution_context.schema)
        return schema.operations.documents.checked(self.execution_context.query or "")

    def _refuse_to_choose(self, document: DocumentNode) -> None:
        """Strawberry would run the first of several operations; the specification says that none is meant."""
        given = self.execution_context._provided_operation_name  # noqa: SLF001  (the public one guesses)
        operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        if given is None and len(operations) > 1:
            raise CannotGetOperationTypeError(None)
