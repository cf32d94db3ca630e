"""What a document may ask for, counted exactly: each limit alone, and what people and tools send below all of them."""

import pytest
from graphql import get_introspection_query, parse

from boucle.api import document_size, documents
from boucle.api.document_size import size_of
from boucle.api.documents import Documents
from boucle.api.given_values import excess_of_values
from boucle.api.schema import make_schema
from boucle.kit.remembering import Remembered

ALIASES = " ".join(f"a{number}: __typename" for number in range(31))
MANY = '"a" ' * 2_001
LAST = " fragment F9 on Query { viewer { id } }"


@pytest.fixture(scope="module")
def seen() -> Documents:
    return Documents(make_schema().core)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("{ " + "viewer { id } " * 71 + "}", "more than 2500 things"),
        ("{ ...A } fragment A on Query { ...B ...B } fragment B on Query { " + "...C " * 99 + "} "
         "fragment C on Query { viewer { id } segments organisation { id name } }", "more than 2500 things"),
        (f"{{ {' '.join(f'a{n}: __typename' for n in range(61))} }}", "more than 60 aliases"),
        ("{ ...A ...A } fragment A on Query { " + ALIASES + " }", "60 aliases"),
        (f"{{ {'viewer { teams { members { ' * 5} viewer {{ id }} {'} } }' * 5} }}", "16 fields deep"),
        ("{ ...A } fragment A on Query { " + "viewer { " * 16 + "id" + " }" * 17, "16 fields deep"),
        ("{ " + "... { " * 101 + "viewer { id }" + " }" * 102, "more than 100 levels"),
        (" ".join(f"query Q{n} {{ viewer {{ id }} }}" for n in range(51)), "51 operations and fragments"),
        (f"{{ tickets(first: 1, filter: {{ segments: [{MANY}] }}) {{ totalCount }} }}", "2001 values"),
        ("{ __schema { types { " + " ".join(f"a{n}: fields {{ name }}" for n in range(20)) + " } } }", "of the schema"),
    ],
)  # fmt: skip
def test_what_is_too_much_is_refused_by_name(seen: Documents, document: str, says: str):
    excess = seen.checked(document).excess
    assert excess is not None
    assert says in str(excess)


@pytest.mark.parametrize(
    "document",
    [
        get_introspection_query(directive_is_repeatable=True, input_value_deprecation=True, specified_by_url=True),
        "{ " + "viewer { id } " * 40 + "}",
        f"{{ {' '.join(f'a{n}: __typename' for n in range(60))} }}",
        f"{{ {'viewer { teams { members { ' * 5} id {'} } }' * 5} }}",
        "{ ...F0 }" + "".join(f" fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(9)) + LAST,
    ],
)  # fmt: skip
def test_what_people_and_tools_send_is_well_within(seen: Documents, document: str):
    assert seen.checked(document).excess is None


def test_a_document_is_counted_without_following_its_fragments(monkeypatch: pytest.MonkeyPatch):
    fragments = "".join(f" fragment F{n} on Query {{ {f'...F{n + 1} ' * 40} }}" for n in range(40))
    document = parse("{ ...F0 }" + fragments + " fragment F40 on Query { __typename }")
    looked = _counted_looks(monkeypatch)
    assert size_of(document).excess is not None
    assert looked() <= 41 * 40


def _counted_looks(monkeypatch: pytest.MonkeyPatch):
    looks = 0
    add = document_size.Size._add

    def noted(*given: object) -> None:
        nonlocal looks
        looks += 1
        add(*given)

    monkeypatch.setattr(document_size.Size, "_add", noted)
    return lambda: looks


def test_fragments_in_a_circle_are_only_told_of(seen: Documents):
    checked = seen.checked("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A ...B }")
    assert checked.excess is None
    assert "within itself" in checked.faults[0].message


def test_few_of_many_errors_are_told(seen: Documents):
    checked = seen.checked("{ " + " ".join(f"x{number}" for number in range(2_000)) + " }")
    assert len(checked.faults) <= documents.MOST_FAULTS + 1


@pytest.mark.parametrize(
    ("uses", "says"),
    [({"rows": 1, "ids": 1}, None), ({"rows": 3, "ids": 60}, "50000"), ({"rows": 1, "long": 1}, "2001")],
)
def test_values_count_as_often_as_the_document_uses_them(uses: dict[str, int], says: str | None):
    row = {"answers": [{"question": "q", "number": 3}] * 5, "contact": {"email": "a@b.example"}}
    excess = excess_of_values({"rows": [row] * 1_000, "ids": ["a"] * 1_000, "long": [1] * 2_001}, uses)
    assert (excess is None) if says is None else (says in str(excess))


def test_values_in_each_other_are_counted_without_a_stack():
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert excess_of_values({"deep": deep}, {"deep": 1}) is not None


def test_a_memory_is_bounded_by_what_it_holds():
    memory: Remembered[int, str] = Remembered(most=10, most_bytes=100)
    for number in range(20):
        memory.keep(number, "x", size=30)
    assert (len(memory), memory.held) == (3, 90)
    assert memory.get(17) == "x"
    memory.keep(20, "x", size=30)
    assert memory.get(18) is None, "the one not asked for longest went first"
    memory.keep(21, "x", size=101)
    assert memory.get(21) is None
    for number in range(30, 60):
        memory.keep(number, "x", size=1)
    assert len(memory) == 10


def test_long_documents_do_not_fill_the_memory():
    seen = Documents(make_schema().core)
    for number in range(30):
        seen.checked("{ viewer { id } } #" + f"{number}".rjust(60_000, "x"))
    assert seen._seen.held <= documents.MOST_BYTES
    assert len(seen._seen) < 10
