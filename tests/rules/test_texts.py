"""Cleaning and folding: what stays of a text, what is the same to a search, and that doing it again changes nothing."""

import json
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boucle.contacts.phone_numbers import clean_phone, stored_forms
from boucle.kit.errors import Invalid, Required
from boucle.kit.json_reading import read_json
from boucle.kit.passwords import hash_password, is_password
from boucle.kit.texts import (
    MOST_WORDS,
    clean_block,
    clean_line,
    fold,
    is_plain,
    required_name,
    sort_key,
    without_stray_signs,
    words_of,
)

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "frontend/src/lib/fold-cases.json").read_text())
CODER = "\U0001f469\u200d\U0001f4bb"  # a woman and a laptop, joined
any_text = st.text(st.characters(codec=None), max_size=60)
real_text = st.text(max_size=60)


@pytest.mark.parametrize(
    "kept",
    [
        CODER,
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian, with a sign that keeps letters apart
        "\u2764\ufe0f",
        "\U0001fae9 new",  # newer than Python's tables
        "\u200f\u05e9\u05dc\u05d5\u05dd\u200e",
        "Retard d’aiguillage",
    ],
)
def test_signs_that_people_write_stay(kept):
    assert clean_line(kept) == kept
    assert clean_block(kept) == kept


def test_a_line_has_no_control_signs():
    assert clean_line("Claire\x07Martin\r\nParis\t75") == "Claire Martin Paris 75"
    assert clean_line("a\x00b\ud83d") == "ab"
    assert clean_line(" \u200b Zoé\u202f\ufeff ") == "Zoé"


def test_a_block_keeps_its_lines_and_tabs():
    assert clean_block("one\r\ntwo\rthree\u2028four\tfive\x07\x00") == "one\ntwo\nthree\nfour\tfive"


def test_nothing_turns_the_direction_of_what_follows():
    assert clean_line("\u202egpj.exe\u202c") == "gpj.exe"
    assert clean_block("a\u2066b\u2069") == "ab"


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\ufeff\u2060", "\u00ad\u200d", "\u3164", "\u2800", "\n\u202f\n"])
def test_a_text_of_which_nothing_can_be_seen_is_none(text):
    assert clean_line(text) is None
    assert clean_block(text) is None
    with pytest.raises(Required):
        required_name(text, 80)


def test_a_text_is_one_form_and_has_a_length():
    assert clean_line("e\u0301") == "é"
    with pytest.raises(Invalid, match="81 characters"):
        clean_line("x" * 81, 80)


@given(any_text)
def test_cleaning_again_changes_nothing_more(text):
    for clean in (clean_line, clean_block, without_stray_signs):
        cleaned = clean(text)
        assert cleaned is None or clean(cleaned) == cleaned
    assert is_plain(clean_line(text) or "")


@given(real_text)
def test_folding_again_changes_nothing_more(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert sort_key(sort_key(text)) == sort_key(text)


@given(real_text)
def test_the_form_of_unicode_does_not_matter_to_folding(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_every_sign_alone_is_folded_once_and_for_all():
    signs = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert [sign for sign in signs if fold(fold(f"a{sign}")) != fold(f"a{sign}")] == []


@pytest.mark.parametrize("alike", CASES["alike"])
def test_spellings_of_the_same_are_the_same_to_a_search(alike):
    assert {sort_key(each) for each in alike} == {sort_key(alike[0])}


@pytest.mark.parametrize(("one", "other"), CASES["different"])
def test_what_differs_for_people_differs(one, other):
    assert fold(one) != fold(other)


def test_a_search_is_made_of_folded_words_without_quotes():
    assert words_of("« Colis » perdu perdu") == ["colis", "perdu"]
    assert words_of("d’œuvre") == ["d'oeuvre"]
    assert len(words_of(" ".join(map(str, range(10_000))))) == MOST_WORDS
    assert words_of(None) == []


def test_names_are_sorted_as_people_do():
    names = ["Yasmine", "abel", "Élodie", "Zoé", "Eric", "œuvre", "Odile"]
    assert sorted(names, key=sort_key) == ["abel", "Élodie", "Eric", "Odile", "œuvre", "Yasmine", "Zoé"]


@pytest.mark.parametrize(
    "written",
    [
        "06 98 76 54 01",
        "0698765401",
        "06.98.76.54.01",
        "06-98-76-54-01",
        "06‑98‑76‑54‑01",
        "06\u202f98\u202f76\u202f54\u202f01",
        "06\u00a098\u00a076\u00a054\u00a001",
        "\u202a+33 6 98 76 54 01\u202c",
        "0033698765401",
        "+33 (0)6 98 76 54 01",
        "０６９８７６５４０１",
    ],
)
def test_a_number_is_known_however_it_is_written(written):
    assert clean_phone(written) == "+33698765401"
    assert any(form in "+33698765401" for form in stored_forms(sort_key(written)))


@pytest.mark.parametrize("part", ["7654", "76 54", "54 01", "0698", "06 98 76", "+33 6 98", "003369", "698765401"])
def test_a_part_of_a_number_is_found(part):
    assert any(form in "+33698765401" for form in stored_forms(part)), stored_forms(part)


@pytest.mark.parametrize("no_number", ["123", "w26-433498", "durand", "07 99", "+34698"])
def test_what_is_no_part_of_a_number_finds_none(no_number):
    assert not any(form in "+33698765401" for form in stored_forms(no_number))


def test_half_a_sign_in_json_is_left_out_and_whole_ones_stay():
    assert read_json(rb'{"a": "bien \ud83d", "b": "\ud83d\ude00 \\ud83d \ude00"}') == {
        "a": "bien ",
        "b": "\U0001f600 \\ud83d ",
    }
    for wrong in (b"{", b'{"a": \\ud83d}', b"\xed\xa0\xbd"):
        with pytest.raises(json.JSONDecodeError):
            read_json(wrong)


async def test_a_password_is_the_same_in_every_form_of_unicode():
    composed = unicodedata.normalize("NFC", "motdepassé-é1")
    decomposed = unicodedata.normalize("NFD", composed)
    digest = await hash_password(decomposed)
    assert await is_password(composed, digest)
    assert await is_password(decomposed, digest)
    assert not await is_password("motdepasse-e1", digest)


async def test_a_digest_of_a_password_that_was_typed_in_two_signs_still_holds():
    from boucle.kit.passwords import _hasher

    digest = _hasher.hash(unicodedata.normalize("NFD", "motdepassé-é1"))
    assert await is_password(unicodedata.normalize("NFC", "motdepassé-é1"), digest)
