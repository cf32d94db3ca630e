"""Promises about refusals: every sentence is a template that stands where it is raised, and has its French."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest

from boucle.accounts.models import Language
from boucle.accounts.permissions import NAMES, Permission
from boucle.api.words import CATALOGUES, in_language
from boucle.kit import errors
from boucle.kit.phrases import Phrase

SOURCES = Path(__file__).parents[2] / "backend" / "boucle"
# They speak to operators and to other systems, in English.
ENGLISH_ONLY = ("commands/", "demo/", "api/intake.py", "api/intake_body.py")
ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.DomainError) and kind is not errors.Several
}
OWN_KEYWORDS = {"field", "current"}


@dataclass(frozen=True)
class Sentence:
    """A refusal as it stands in the source; `template` is `None` where it is not a literal."""

    place: str
    template: str | None
    given: frozenset[str]


def sentences_in(source: str, place: str) -> Iterator[Sentence]:
    """Every construction of a `DomainError` or a `Phrase`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name_of(node.func) in {*ERRORS, "Phrase"}:
            first = node.args[0] if len(node.args) == 1 else None
            template = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
            given = {keyword.arg or "**" for keyword in node.keywords} - OWN_KEYWORDS
            yield Sentence(f"{place}:{node.lineno}", template, frozenset(given))


def _name_of(called: ast.expr) -> str | None:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else None


def faults_of(sentence: Sentence) -> list[str]:
    """What is wrong with a sentence by itself."""
    if sentence.template is None:
        return [f"{sentence.place}: not a literal template"]
    if placeholders(sentence.template) != sentence.given:
        return [f"{sentence.place}: {sorted(sentence.given)} given for '{sentence.template}'"]
    return []


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def sentences() -> Iterator[Sentence]:
    for path in sorted(SOURCES.rglob("*.py")):
        place = path.relative_to(SOURCES).as_posix()
        if place not in {"kit/errors.py", "kit/phrases.py"}:
            yield from sentences_in(path.read_text(), place)


@pytest.fixture(scope="module")
def french() -> dict[str, str]:
    return {english: said for catalogue in CATALOGUES for english, said in catalogue.items()}


def test_every_sentence_is_a_literal_template_with_all_its_values():
    found = list(sentences())
    assert len(found) > 100
    assert [fault for sentence in found for fault in faults_of(sentence)] == []


def test_every_sentence_has_its_french_and_no_french_is_left_over(french):
    said = {each.template for each in sentences() if not each.place.startswith(ENGLISH_ONLY)}
    assert sorted(said - french.keys() - {None}) == []
    assert sorted(french.keys() - said) == []


def test_the_french_has_the_same_values_as_the_english(french):
    assert [english for english, said in french.items() if placeholders(english) != placeholders(said)] == []


def test_every_sentence_stands_in_one_catalogue(french):
    assert sum(len(catalogue) for catalogue in CATALOGUES) == len(french)


def test_the_french_is_written_as_on_the_screens(french):
    wrong = re.compile(r"['\"\u00a0]|\.\.\.|\w [,.]")  # spaces that may not break are set when it is read
    assert [said for said in french.values() if wrong.search(said)] == []


def test_every_right_has_a_name():
    assert NAMES.keys() == set(Permission)


@pytest.mark.parametrize(
    "source",
    [
        'raise Invalid(f"{name} is wrong.")',
        'raise Invalid("It is " + name)',
        "raise Invalid(message)",
        'raise Invalid("{name} is wrong.")',
        'raise Invalid("{name} is wrong.", field="name", nme=name)',
        'raise Conflict("It was changed.", current=row, name=name)',
        'raise Invalid("{name} is wrong.", **values)',
        'raise errors.Invalid(f"{name} is wrong.")',
        'say(Phrase("{count} left."))',
    ],
)
def test_the_finder_finds_what_cannot_be_translated(source):
    [sentence] = sentences_in(source, "here.py")
    assert faults_of(sentence) != []


def test_the_finder_accepts_a_template_with_its_values():
    [sentence] = sentences_in('raise Conflict("{name} was changed.", current=row, name=row.name)', "here.py")
    assert faults_of(sentence) == []


def test_words_inside_a_sentence_are_said_in_its_language():
    phrase = Phrase(
        "You may plan your own absence; for somebody else's you need the right '{right}'.",
        right=NAMES[Permission.TICKETS_MANAGE],
    )
    assert "right 'Manage tickets'" in in_language(phrase, Language.EN)
    assert "le droit «\N{NO-BREAK SPACE}Gérer les tickets\N{NO-BREAK SPACE}»" in in_language(phrase, Language.FR)


def test_a_date_is_written_as_people_of_the_language_write_it():
    phrase = Phrase(
        "Another absence from {starts_at:%Y-%m-%d} overlaps. End it first, or choose other dates.",
        starts_at=datetime(2026, 3, 9, tzinfo=UTC),
    )
    assert "from 2026-03-09" in in_language(phrase, Language.EN)
    assert "à partir du 09/03/2026" in in_language(phrase, Language.FR)
