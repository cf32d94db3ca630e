"""Documents are parsed once: a client sends the same few over and over."""

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from graphql import DocumentNode, GraphQLSyntaxError, OperationDefinitionNode, parse
from strawberry.extensions import SchemaExtension
from strawberry.schema.exceptions import CannotGetOperationTypeError

REMEMBERED_DOCUMENTS = 500


@lru_cache(maxsize=REMEMBERED_DOCUMENTS)
def parse_once(text: str, max_tokens: int | None) -> DocumentNode:
    """Return the parsed document; raises `GraphQLSyntaxError`, which is not remembered."""
    return parse(text, max_tokens=max_tokens)


class RememberedDocuments(SchemaExtension):
    """Strawberry's own cache lets a syntax error escape, which over a socket would end in silence."""

    def on_parse(self) -> Iterator[None]:
        with suppress(GraphQLSyntaxError):  # left to the ordinary parser, whose answer is the right one
            limit = self.execution_context.parse_options.get("max_tokens")
            self.execution_context.graphql_document = parse_once(self.execution_context.query or "", limit)
            self._refuse_to_choose(self.execution_context.graphql_document)
        yield

    def _refuse_to_choose(self, document: DocumentNode) -> None:
        """Strawberry would run the first of several operations; the specification says that none is meant."""
        given = self.execution_context._provided_operation_name  # noqa: SLF001  (the public one guesses)
        operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        if given is None and len(operations) > 1:
            raise CannotGetOperationTypeError(None)
