"""Documents drawn to be expensive: short to send, and long to look at for whoever follows every fragment."""

import random
from collections.abc import Callable, Mapping

Draw = Callable[[random.Random], str]


def doubled(chance: random.Random) -> str:
    """Fragments that each spread the next one several times: twice as long with each of them."""
    depth, times = chance.randint(12, 48), chance.randint(2, 3)
    return _chain(depth, lambda _, after: f"...F{after} " * times)


def chained(chance: random.Random) -> str:
    """A chain that is deeper than Python's stack, or than it looks."""
    return _chain(chance.choice([40, 48, 250, 400, 900]), lambda _, after: f"...F{after} ")


def nested_by_fragments(chance: random.Random) -> str:
    """As above, a field deeper with each."""
    return _chain(chance.randint(20, 48), lambda _, after: f"viewer {{ id }} ...F{after} ...F{after} ")


def looped(chance: random.Random) -> str:
    """Fragments that spread each other in circles."""
    count = chance.randint(2, 45)
    bodies = (" ".join(f"...F{chance.randrange(count)}" for _ in range(chance.randint(1, 12))) for _ in range(count))
    return "{ ...F0 }" + "".join(f" fragment F{n} on Query {{ {body} }}" for n, body in enumerate(bodies))


def grown(chance: random.Random) -> str:
    """One fragment in many places."""
    inner = "id key subject status { id key } contact { id tickets(first: 1) { nodes { id key team { id } } } }"
    fields = " ".join(f'a{n}: node(id: "tkt_{n}") {{ ...F }}' for n in range(chance.randint(20, 60)))
    return f"{{ {fields} }} fragment F on Ticket {{ {inner} }}"


def twins(chance: random.Random) -> str:
    """The same field over and over."""
    field = chance.choice(["viewer { id }", "__typename", "segments", "viewer { teams { id name } }"])
    return "{ " + f"{field} " * chance.choice([60, 69, 200, 490, 1_200]) + "}"


def spread_together(chance: random.Random) -> str:
    """Fragments that have to be compared with each other."""
    count = chance.choice([30, 48, 400])
    spread = " ".join(f"...F{n}" for n in range(count))
    return f"{{ {spread} }}" + "".join(f" fragment F{n} on Query {{ viewer {{ id }} }}" for n in range(count))


def crossed(chance: random.Random) -> str:
    """Layers of fragments, each of which spreads all of the next."""
    wide, layers = chance.randint(3, 7), chance.randint(2, 6)
    fragments = [
        f" fragment L{layer}x{n} on Query {{ {' '.join(f'...L{layer + 1}x{m}' for m in range(wide))} }}"
        for layer in range(layers)
        for n in range(wide)
    ]
    last = [f" fragment L{layers}x{n} on Query {{ viewer {{ id }} }}" for n in range(wide)]
    return "{ ...L0x0 }" + "".join(fragments + last)


def aliased(chance: random.Random) -> str:
    """Many names for one thing."""
    return "{ " + " ".join(f"a{n}: viewer {{ id name }}" for n in range(chance.choice([60, 61, 300]))) + " }"


def with_directives(chance: random.Random) -> str:
    """Directives, repeated or unknown."""
    directive = chance.choice(["@include(if: true)", "@unknown", "@skip(if: false) @include(if: true)"])
    return "{ viewer " + f"{directive} " * chance.choice([50, 300]) + "{ id } }"


def with_conditions(chance: random.Random) -> str:
    """Conditions that may fall in very many ways."""
    count = chance.randint(20, 58)
    declared = " ".join(f"$v{n}: Boolean = {chance.choice(['true', 'false'])}" for n in range(count))
    return f"query ({declared}) {{ {' '.join(f'a{n}: viewer @include(if: $v{n}) {{ id }}' for n in range(count))} }}"


def with_variables(chance: random.Random) -> str:
    """Variables that nothing uses."""
    count = chance.choice([200, 600, 1_200])
    return f"query ({' '.join(f'$v{n}: [Int!]' for n in range(count))}) {{ viewer {{ id }} }}"


def with_lists(chance: random.Random) -> str:
    """Long lists of values, right or wrong."""
    value = chance.choice(['"sta_1"', "1", "{ a: 1 }", "NONSENSE", "[]"])
    listed = f"[{f'{value} ' * chance.choice([100, 900, 2_400, 4_900])}]"
    return f"{{ tickets(first: 1, filter: {{ statusIds: {listed} }}) {{ totalCount }} }}"


def with_deep_values(chance: random.Random) -> str:
    """Values and types in each other."""
    depth = chance.choice([20, 150, 1_200])
    value = chance.choice([("[", "]"), ("{ a: ", " }")])
    if chance.random() < 0.3:
        return f"query ($v: {'[' * depth}Int{']' * depth}) {{ viewer {{ id }} }}"
    return f"{{ tickets(first: {value[0] * depth}1{value[1] * depth}) {{ totalCount }} }}"


def nested(chance: random.Random) -> str:
    """Selections in each other."""
    opened = chance.choice(["viewer { ", "... { ", "... on Query { ", "viewer { ... { "])
    depth = chance.choice([16, 90, 150, 400])
    return "{ " + opened * depth + "id " + "} " * (opened.count("{") * depth) + "}"


def with_long_words(chance: random.Random) -> str:
    """Few tokens, many characters."""
    long = chance.choice([60_000, 300_000])
    return chance.choice(
        [
            f"{{ {'x' * long} }}",
            f'{{ node(id: "{"x" * long}") {{ id }} }}',
            '{ node(id: """' + "\n" * long + '""") { id } }',
            f"{{ tickets(first: {'9' * long}) {{ totalCount }} }}",
            "{ " + "," * long + " viewer { id } }",
            "#" * long + "\n{ viewer { id } }",
            "#\n" * (long // 2) + "{ viewer { id } }",
            f"query {'Q' * long} {{ viewer {{ id }} }}",
        ]
    )


def of_many_operations(chance: random.Random) -> str:
    """Operations that do not run, and are looked at all the same."""
    return " ".join(f"query Q{n} {{ viewer {{ id name }} }}" for n in range(chance.choice([40, 49, 600])))


def wrong_everywhere(chance: random.Random) -> str:
    """An error at every word."""
    count = chance.choice([200, 1_200, 2_400])
    return chance.choice(
        [
            "{ " + " ".join(f"x{n}" for n in range(count)) + " }",
            "{ viewer(" + " ".join(f"x{n}: 1" for n in range(count // 4)) + ") { id } }",
            "{ node(" + "id: 1 " * (count // 4) + ") { id } }",
            "{ " + " ".join(f"...X{n}" for n in range(count // 3)) + " }",
            " ".join(f"type A{n} {{ a: Int }}" for n in range(count // 8)),
        ]
    )


def of_the_schema(chance: random.Random) -> str:
    """The schema's description of itself, read over and over."""
    fields = " ".join(f"a{n}: fields {{ name args {{ name type {{ name }} }} }}" for n in range(chance.randint(3, 60)))
    return chance.choice(
        [
            f"{{ __schema {{ types {{ {fields} }} }} }}",
            f'{{ __type(name: "Ticket") {{ {fields} }} }}',
            f'query ($n: String = "Ticket") {{ __type(name: $n) {{ {fields} }} }}',
            "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }",
            "{ __schema { types { fields { type { " + "ofType { " * 80 + "name " + "} " * 80 + "} } } } }",
        ]
    )


def of_wide_objects(chance: random.Random) -> str:
    """Honest, and as long as may be."""
    fields = "id key subject version customerName score nextDueAt createdAt status { id key name } team { id name }"
    count = chance.randint(15, 50)
    return "{ " + " ".join(f'a{n}: node(id: "tkt_{n}") {{ ... on Ticket {{ {fields} }} }}' for n in range(count)) + " }"


KINDS: Mapping[str, Draw] = {
    draw.__name__: draw
    for draw in (
        doubled,
        chained,
        nested_by_fragments,
        looped,
        grown,
        twins,
        spread_together,
        crossed,
        aliased,
        with_directives,
        with_conditions,
        with_variables,
        with_lists,
        with_deep_values,
        nested,
        with_long_words,
        of_many_operations,
        wrong_everywhere,
        of_the_schema,
        of_wide_objects,
    )
}


def drawn(count: int, chance: random.Random) -> list[tuple[str, str]]:
    """Return so many documents with the names of their kinds; no two texts are the same."""
    kinds = list(KINDS)
    names = [kinds[number % len(kinds)] for number in range(count)]
    return [(name, f"{KINDS[name](chance)} # {number}") for number, name in enumerate(names)]


def _chain(depth: int, body: Callable[[int, int], str]) -> str:
    fragments = (f" fragment F{n} on Query {{ {body(n, n + 1)}}}" for n in range(depth))
    return "{ ...F0 }" + "".join(fragments) + f" fragment F{depth} on Query {{ __typename }}"
