"""How much work a document asks for: counted in one walk over it, before anything else looks at it.

Nothing here follows a fragment twice, compares two fields or calls itself, so that the count itself takes no longer
than the document is long. Whatever comes later (validation, cost, planning, Strawberry's executor) may walk a document
as its fragments are spread, because that walk is bounded here. Limits for people stand in docs/api.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)

from boucle.kit.phrases import Phrase

DEEPEST = 15
MOST_NESTED = 100  # selection sets in one another, those of fragments too: what walks them calls itself
MOST_ALIASES = 60
MOST_DEFINITIONS = 50
MOST_STEPS = 2_500
MOST_IN_A_LIST = 2_000

Definition = OperationDefinitionNode | FragmentDefinitionNode


@dataclass(slots=True)
class Size:
    """What a definition asks for; with its fragments, once they were added."""

    steps: int = 0
    aliases: int = 0
    depth: int = 0
    nesting: int = 0
    longest_list: int = 0
    spreads: list[tuple[str, int, int]] = field(default_factory=list)  # name, depth and nesting of its place
    uses: Counter[str] = field(default_factory=Counter)  # of variables

    def add_fragments(self, sizes: Mapping[str, "Size"]) -> None:
        """Add what each spread brings, as often as it stands there."""
        for name, depth, nesting in self.spreads:
            if name in sizes:
                self._add(sizes[name], depth, nesting)

    def _add(self, spread: "Size", depth: int, nesting: int) -> None:
        self.steps += spread.steps
        self.aliases += spread.aliases
        self.depth = max(self.depth, depth + spread.depth)
        self.nesting = max(self.nesting, nesting + spread.nesting)
        for name, count in spread.uses.items():
            self.uses[name] += count


@dataclass(frozen=True, slots=True)
class DocumentSize:
    """What a document asks for: `steps` in all its definitions, variables' uses by operation, and what is too much."""

    steps: int
    uses: Mapping[int, Mapping[str, int]]
    is_cyclic: bool
    excess: Phrase | None


def size_of(document: DocumentNode) -> DocumentSize:
    """Return how much work a parsed document asks for; it need not be valid."""
    definitions = [each for each in document.definitions if isinstance(each, Definition)]
    if len(definitions) > MOST_DEFINITIONS:
        return _refused(_too_many_definitions(len(definitions)))
    sizes = [_own_size(each) for each in definitions]
    by_name = {
        each.name.value: size
        for each, size in zip(definitions, sizes, strict=True)
        if isinstance(each, FragmentDefinitionNode)
    }
    if not _complete(by_name):
        return DocumentSize(0, {}, is_cyclic=True, excess=None)
    operations = [
        (each, size) for each, size in zip(definitions, sizes, strict=True) if isinstance(each, OperationDefinitionNode)
    ]
    for _, size in operations:
        size.add_fragments(by_name)
    steps = sum(size.steps for size in sizes)
    aliases = sum(size.aliases for _, size in operations)
    excess = _excess(sizes, steps) or _too_many_aliases(aliases) or _excess_of_twins(definitions, steps)
    return DocumentSize(steps, {id(each): size.uses for each, size in operations}, is_cyclic=False, excess=excess)


def _refused(excess: Phrase) -> DocumentSize:
    return DocumentSize(0, {}, is_cyclic=False, excess=excess)


def _own_size(definition: Definition) -> Size:
    size = Size()
    for variable in definition.variable_definitions or ():
        _add_values([variable.default_value] if variable.default_value is not None else [], size)
    todo = [(definition.selection_set, 0, 1, True)]
    while todo:
        selections, depth, nesting, is_deep = todo.pop()
        size.nesting, size.depth = max(size.nesting, nesting), max(size.depth, depth)
        for node in selections.selections:
            size.steps += 1
            for each in node.directives or ():
                _add_values([argument.value for argument in each.arguments or ()], size)
            if isinstance(node, FragmentSpreadNode):
                size.spreads.append((node.name.value, depth, nesting))
            elif isinstance(node, InlineFragmentNode):
                todo.append((node.selection_set, depth, nesting + 1, is_deep))
            elif isinstance(node, FieldNode):
                size.aliases += node.alias is not None
                _add_values([argument.value for argument in node.arguments or ()], size)
                if node.selection_set is not None:
                    # The schema's description of itself is bounded by what it reads, not by its depth.
                    deepens = is_deep and not node.name.value.startswith("__")
                    todo.append((node.selection_set, depth + deepens, nesting + 1, deepens))
    return size


def _add_values(values: list[ValueNode], size: Size) -> None:
    while values:
        value = values.pop()
        if isinstance(value, VariableNode):
            size.uses[value.name.value] += 1
        elif isinstance(value, ListValueNode):
            size.longest_list = max(size.longest_list, len(value.values))
            size.steps += len(value.values)
            values.extend(value.values)
        elif isinstance(value, ObjectValueNode):
            size.steps += len(value.fields)
            values.extend(each.value for each in value.fields)


def _complete(sizes: Mapping[str, Size]) -> bool:
    """Add to each fragment what it spreads, the innermost first; return whether none spreads itself."""
    todo = [(name, False) for name in sizes]
    entered: set[str] = set()
    left: set[str] = set()
    while todo:
        name, has_been_inside = todo.pop()
        if has_been_inside:
            sizes[name].add_fragments(sizes)
            left.add(name)
        elif name not in left:
            if name in entered:
                return False
            entered.add(name)
            todo.append((name, True))
            todo.extend((inner, False) for inner in {spread[0] for spread in sizes[name].spreads} if inner in sizes)
    return True


def _excess(sizes: Sequence[Size], steps: int) -> Phrase | None:
    """Return what of the whole is too much."""
    longest = max((size.longest_list for size in sizes), default=0)
    if longest > MOST_IN_A_LIST:
        return too_long_a_list(longest)
    if steps > MOST_STEPS:
        return too_many_steps()
    if max((size.nesting for size in sizes), default=0) > MOST_NESTED:
        return Phrase(
            "This document is nested more than {most} levels deep. Ask in several operations.", most=MOST_NESTED
        )
    depth = max((size.depth for size in sizes), default=0)
    if depth > DEEPEST:
        return Phrase(
            "This document is {depth} fields deep; at most {most} are allowed. Ask for the inner ones by their ids.",
            depth=depth,
            most=DEEPEST,
        )
    return None


def _excess_of_twins(definitions: Sequence[Definition], steps: int) -> Phrase | None:
    """Count every two fields of the same name in the answer: validation compares them all."""
    fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
    for definition in definitions:
        for count in _twins(definition.selection_set, fragments):
            steps += count
            if steps > MOST_STEPS:
                return too_many_steps()
    return None


def _twins(asked: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[int]:
    """Yield, for each object of the answer, how many pairs of its fields have one name."""
    todo = [[asked]]
    while todo:
        named: dict[str, list[FieldNode]] = {}
        for node in fields_of(todo.pop(), fragments):
            named.setdefault((node.alias or node.name).value, []).append(node)
        yield sum(len(nodes) * (len(nodes) - 1) // 2 for nodes in named.values())
        inside = ([node.selection_set for node in nodes if node.selection_set is not None] for nodes in named.values())
        todo.extend(sets for sets in inside if sets)


def fields_of(sets: Iterable[SelectionSetNode], fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[FieldNode]:
    """Yield the fields of one object as its fragments are spread, whatever they are conditions of."""
    todo = list(sets)
    while todo:
        for node in todo.pop().selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                todo.append(node.selection_set)
            elif isinstance(node, FragmentSpreadNode) and node.name.value in fragments:
                todo.append(fragments[node.name.value].selection_set)


def _too_many_aliases(count: int) -> Phrase | None:
    if count <= MOST_ALIASES:
        return None
    return Phrase(
        "This document has more than {most} aliases, counted as its fragments are spread. Ask in several operations.",
        most=MOST_ALIASES,
    )


def _too_many_definitions(count: int) -> Phrase:
    return Phrase(
        "This document has {count} operations and fragments; at most {most} are allowed. Send what you run alone.",
        count=count,
        most=MOST_DEFINITIONS,
    )


def too_many_steps() -> Phrase:
    """Return why a document is refused whose walk would not end soon."""
    return Phrase(
        "This document asks for more than {most} things, counted as its fragments are spread and with every two fields "
        "of the same name. Ask for less at once.",
        most=MOST_STEPS,
    )


def too_long_a_list(length: int) -> Phrase:
    """Return why a list is refused."""
    return Phrase(
        "A list has {count} values; at most {most} are taken at once. Send it in parts.",
        count=length,
        most=MOST_IN_A_LIST,
    )
