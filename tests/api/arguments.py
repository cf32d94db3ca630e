"""A document for every argument of the schema, made from the schema: whatever is added to it is covered by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
    is_required_input_field,
)

DEEPEST_INPUT = 5
# A page needs a size; a subscription that resumes tells at once that it has begun.
USUALLY_GIVEN: Mapping[str, set[str]] = {"Subscription": {"after"}}


@dataclass(frozen=True)
class Place:
    """One scalar inside the arguments of a field: `input.rows[].contact.email` of `responseImport`."""

    owner: str  # the type whose field it is; "Query", "Mutation" and "Subscription" are the roots
    field_name: str
    path: tuple[str, ...]
    kind: str  # the scalar's name

    def __str__(self) -> str:
        return f"{self.owner}.{self.field_name}({'.'.join(self.path)}: {self.kind})"


@dataclass
class Arguments:
    """All places of a schema, and how to fill them. `known` gives usual values by the name of a place or its end."""

    schema: GraphQLSchema
    known: Mapping[str, Any] = field(default_factory=dict)

    def places(self) -> Iterator[Place]:
        """Yield every scalar argument of the roots, and of whatever `node` may return."""
        for owner in self._owners():
            for name, each in owner.fields.items():
                for argument, value in each.args.items():
                    for path, kind in _leaves(value.type, (argument,), ()):
                        yield Place(owner.name, name, path, kind)

    def _owners(self) -> list[GraphQLObjectType]:
        roots = [self.schema.query_type, self.schema.mutation_type, self.schema.subscription_type]
        node = self.schema.type_map["Node"]
        assert isinstance(node, GraphQLInterfaceType)
        return [root for root in roots if root is not None] + list(self.schema.get_possible_types(node))

    def document(self, place: Place) -> tuple[str, dict[str, GraphQLInputType]]:
        """Return a document that gives every needed argument as a variable, and the types of these."""
        owner = self.schema.type_map[place.owner]
        assert isinstance(owner, GraphQLObjectType)
        each = owner.fields[place.field_name]
        usual = USUALLY_GIVEN.get(place.owner, {"first"} if place.path[0] != "last" else set())
        given = {
            name: value.type
            for name, value in each.args.items()
            if is_required_argument(value) or name == place.path[0] or name in usual
        }
        arguments = ", ".join(f"{name}: ${name}" for name in given)
        call = f"{place.field_name}{f'({arguments})' if arguments else ''}{_selection(each)}"
        word = {"Mutation": "mutation", "Subscription": "subscription"}.get(place.owner, "query")
        if place.owner in {"Query", "Mutation", "Subscription"}:
            return f"{word} ({_declared(given)}) {{ {call} }}", given
        return (
            f"query ($node: ID!, {_declared(given)}) {{ node(id: $node) {{ ... on {place.owner} {{ {call} }} }} }}",
            given,
        )

    def variables(self, place: Place, given: Mapping[str, GraphQLInputType], value: Any) -> dict[str, Any]:
        """Return the variables of the document, usual ones but for `value` at the place."""
        return {
            name: self._filled(kind, (name,), place, place.path[1:] if name == place.path[0] else None, value)
            for name, kind in given.items()
        }

    def _filled(
        self, kind: GraphQLInputType, path: tuple[str, ...], place: Place, rest: tuple[str, ...] | None, value: Any
    ) -> Any:
        """Return a value of the type; `rest` is the way to the place from here, `None` where it lies elsewhere."""
        kind = get_nullable_type(kind)
        if is_list_type(kind):
            inner = rest[1:] if rest else None
            return [self._filled(kind.of_type, (*path, "[]"), place, inner, value)]
        if isinstance(kind, GraphQLInputObjectType):
            return {
                name: self._filled(
                    each.type, (*path, name), place, rest[1:] if rest and rest[0] == name else None, value
                )
                for name, each in kind.fields.items()
                if is_required_input_field(each) or (rest and rest[0] == name)
            }
        return value if rest == () else self.usual(place, path, kind)

    def usual(self, place: Place, path: tuple[str, ...], kind: GraphQLInputType) -> Any:
        """Return what a client would send there."""
        names = [f"{place.field_name}.{'.'.join(path)}", f"{place.field_name}.{path[-1]}", path[-1]]
        for name in names:
            if name in self.known:
                return self.known[name]
        if isinstance(kind, GraphQLEnumType):
            return next(iter(kind.values))
        assert isinstance(kind, GraphQLScalarType), kind
        return self.known[kind.name]


def _leaves(
    kind: GraphQLInputType, path: tuple[str, ...], within: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    kind = get_nullable_type(kind)
    if is_list_type(kind):
        yield from _leaves(kind.of_type, (*path, "[]"), within)
    elif isinstance(kind, GraphQLInputObjectType):
        if kind.name in within or len(within) >= DEEPEST_INPUT:
            return
        for name, each in kind.fields.items():
            yield from _leaves(each.type, (*path, name), (*within, kind.name))
    elif isinstance(kind, GraphQLScalarType):
        yield path, kind.name


def _declared(given: Mapping[str, GraphQLInputType]) -> str:
    return ", ".join(f"${name}: {kind}" for name, kind in given.items())


def _selection(each: GraphQLField) -> str:
    """Return what to ask of the field: that it answers at all."""
    kind = get_named_type(each.type)
    if is_leaf_type(kind):
        return ""
    names = kind.fields if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) else {}
    if "userErrors" in names:
        return " { userErrors { code field } }"
    if "nodes" in names:
        return " { nodes { __typename } }"
    return " { __typename }"
