"""What makes a definition valid, and that a wrong one names the question."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boucle.kit.errors import Several
from boucle.surveys.definition_checks import check_definition
from boucle.surveys.definitions import (
    Choice,
    ContactField,
    LocalizedText,
    QuestionKind,
    QuestionRole,
    SurveyDefinition,
    definition_from_json,
    definition_to_json,
    ready_nps_definition,
)
from tests.factories.surveys import a_definition, a_question, full_definition, text


def problems(definition: SurveyDefinition) -> list[tuple[str, str]]:
    try:
        check_definition(definition)
    except Several as several:
        return [(".".join(part.field or []), part.message) for part in several.parts]
    return []


def test_the_ready_survey_and_a_full_one_are_valid_and_survive_storing():
    for definition in (ready_nps_definition(), full_definition()):
        assert problems(definition) == []
        assert definition_from_json(definition_to_json(definition)) == definition


@pytest.mark.parametrize(
    ("definition", "where", "what"),
    [
        (replace(a_definition(), questions=()), "questions", "at least one question"),
        (a_definition(a_question("a"), a_question("a")), "questions", "'a' occurs more than once"),
        (a_definition(a_question("Né")), "questions.0.key", "'Né'"),
        (a_definition(a_question("a", QuestionKind.CSAT, points=6)), "questions.0.points", "'a' needs a scale"),
        (a_definition(a_question("a", QuestionKind.NPS, points=5)), "questions.0.points", "'a' has points"),
        (a_definition(a_question("a", role=QuestionRole.SCORE)), "questions.0.role", "'a' cannot be the score"),
        (
            a_definition(a_question("a", QuestionKind.NPS, role=QuestionRole.COMMENT)),
            "questions.0.role",
            "'a' cannot be the comment",
        ),
        (a_definition(a_question("a", QuestionKind.CHOICE, choices=())), "questions.0.choices", "'a' needs at least"),
        (
            a_definition(a_question("a", QuestionKind.CHOICE, choices=(Choice("x", text("X")),) * 2)),
            "questions.0.choices",
            "Choice 'x' of question 'a' occurs more than once",
        ),
        (a_definition(a_question("a", choices=(Choice("x", text("X")),))), "questions.0.choices", "'a' has choices"),
        (
            a_definition(a_question("a", QuestionKind.NPS, contact_field=ContactField.EMAIL)),
            "questions.0.contactField",
            "'a' is not a text question",
        ),
        (
            a_definition(a_question("a", role=QuestionRole.COMMENT, contact_field=ContactField.EMAIL)),
            "questions.0.contactField",
            "not both",
        ),
        (a_definition(a_question("a", text=LocalizedText("Oui ?", " "))), "questions.0.text.en", "'a' is missing in E"),
        (replace(a_definition(), title=LocalizedText("", "Hello")), "title.fr", "missing in French"),
        (a_definition(embedded_fields=("Store", "store")), "embeddedFields", "'store' occurs more than once"),
        (a_definition(embedded_fields=("my store",)), "embeddedFields", "'my store'"),
    ],
)
def test_a_wrong_definition_names_what_is_wrong(definition, where, what):
    [(field, message)] = problems(definition)
    assert field == where
    assert what in message


def test_only_one_question_is_the_score_and_one_asks_for_each_contact_detail():
    score = {"kind": QuestionKind.NPS, "role": QuestionRole.SCORE}
    [(_, message)] = problems(a_definition(a_question("a", **score), a_question("b", **score)))
    assert "these are: a, b" in message
    mail = {"contact_field": ContactField.EMAIL}
    [(_, message)] = problems(a_definition(a_question("a", **mail), a_question("b", **mail)))
    assert "the e-mail address; these do: a, b" in message


def test_all_problems_are_told_at_once():
    definition = a_definition(
        a_question("a", QuestionKind.CSAT, points=None), a_question("b", QuestionKind.CES, points=3)
    )
    assert [where for where, _ in problems(definition)] == ["questions.0.points", "questions.1.points"]


KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
TEXTS = st.builds(LocalizedText, st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
QUESTIONS = st.one_of(
    st.builds(a_question, KEYS, st.sampled_from(QuestionKind), text=TEXTS, required=st.booleans()),
    st.builds(a_question, KEYS, st.just(QuestionKind.TEXT), multiline=st.booleans()),
)


@given(st.lists(QUESTIONS, min_size=1, max_size=5))
def test_every_definition_survives_storing(questions):
    definition = a_definition(*questions)
    assert definition_from_json(definition_to_json(definition)) == definition
