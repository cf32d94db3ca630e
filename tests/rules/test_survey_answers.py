"""Answers against a definition, scores and their classes, and who gets a ticket."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boucle.contacts.rules import ContactDetails
from boucle.kit.errors import ErrorCode, Invalid, Several
from boucle.surveys.answers import LONGEST_ANSWER, Submission, check_answers
from boucle.surveys.definitions import Choice, QuestionKind, QuestionRole
from boucle.surveys.left_out import LeftOutReason
from boucle.surveys.models import ScoreClass
from boucle.surveys.rules import (
    Score,
    TicketRule,
    check_survey_key,
    check_ticket_rule,
    default_ticket_rule,
    should_open_ticket,
    slug_of,
    ticket_rule_from_json,
    ticket_rule_to_json,
)
from tests.factories.surveys import a_definition, a_question, a_submission, full_definition, text


def refused(definition, submission) -> dict[str, ErrorCode]:
    with pytest.raises(Several) as caught:
        check_answers(definition, submission)
    return {".".join(part.field or []): part.code for part in caught.value.parts}


def test_score_comment_and_person_are_read_from_the_answers():
    checked = check_answers(
        full_definition(), a_submission(3, first_name=" Léa ", phone="06 12 34 56 78", topics=["b"])
    )
    assert checked.score == Score(3, 10, QuestionKind.NPS)
    assert checked.comment == "Colis jamais reçu"
    assert checked.details == ContactDetails(first_name="Léa", email="lea@exemple.fr", phone="+33612345678")
    assert checked.values["topics"] == ["b"]


def test_what_is_sent_about_the_contact_wins_over_what_was_answered():
    contact = ContactDetails(email="compte@exemple.fr", external_reference="C-1")
    checked = check_answers(
        full_definition(), Submission({"recommendation": 9, "email": "lea@exemple.fr"}, {}, contact)
    )
    assert (checked.details.email, checked.details.external_reference) == ("compte@exemple.fr", "C-1")
    assert checked.values["email"] == "lea@exemple.fr"


BAD_DETAILS = Submission(
    answers={"recommendation": 3, "email": "lea@", "colour": "red"},
    embedded={"shop": "Lyon", "Store": "Lille", "store": "Nice"},
    contact=ContactDetails(phone="N/A", first_name="Léa" * 50),
    language="de",
)


def test_every_wrong_answer_is_named():
    submission = Submission(answers={"topics": ["a", "z"], "reason": ["x"]}, external_id="")
    assert refused(full_definition(), submission) == {
        "answers.recommendation": ErrorCode.REQUIRED,
        "answers.topics": ErrorCode.INVALID,
        "answers.reason": ErrorCode.INVALID,
        "externalId": ErrorCode.INVALID,
    }


def test_an_answer_is_taken_without_the_bad_details_of_its_author():
    checked = check_answers(full_definition(), BAD_DETAILS)
    assert (checked.values, checked.embedded, checked.language) == ({"recommendation": 3}, {"store": "Lille"}, None)
    assert checked.details == ContactDetails(first_name=("Léa" * 50)[:100])
    assert {".".join(each.field): (each.value[:9], each.reason) for each in checked.left_out} == {
        "answers.email": ("lea@", LeftOutReason.NOT_UNDERSTOOD),
        "answers.colour": ("red", LeftOutReason.UNKNOWN),
        "embeddedData.shop": ("Lyon", LeftOutReason.UNKNOWN),
        "embeddedData.store": ("Nice", LeftOutReason.TWICE),
        "contact.firstName": ("LéaLéaLéa", LeftOutReason.TOO_LONG),
        "contact.phone": ("N/A", LeftOutReason.NOT_UNDERSTOOD),
        "language": ("de", LeftOutReason.NOT_UNDERSTOOD),
    }


def test_an_author_who_looks_on_is_asked_to_correct_their_details():
    with pytest.raises(Several) as caught:
        check_answers(full_definition(), BAD_DETAILS, is_corrected_by_author=True)
    named = {".".join(part.field or []) for part in caught.value.parts}
    assert named == {"answers.email", "answers.colour", "language"}  # what came with the link they cannot correct


def test_words_that_are_too_long_to_be_kept_lose_their_end_and_not_the_answer():
    checked = check_answers(full_definition(), Submission({"recommendation": 3, "reason": "trop " * 5000}))
    assert len(checked.values["reason"]) == len(checked.comment) == LONGEST_ANSWER - 1
    assert [each.reason for each in checked.left_out] == [LeftOutReason.TOO_LONG]


def test_answers_to_another_survey_are_refused():
    assert "answers.colour" in refused(full_definition(), Submission({"colour": "red"}))


@pytest.mark.parametrize("mark", [7, 7.0, "7", " 7 ", "7.0", "7,0", "+7", "\u202f7"])
def test_a_number_is_a_mark_however_it_is_written(mark):
    assert check_answers(full_definition(), Submission({"recommendation": mark})).score == Score(
        7, 10, QuestionKind.NPS
    )


def test_numbers_are_choices_and_words_where_those_are_asked():
    definition = a_definition(
        a_question("order"), a_question("c", QuestionKind.CHOICE, choices=(Choice("1", text("1")),))
    )
    assert check_answers(definition, Submission({"order": 81220, "c": 1.0})).values == {"order": "81220", "c": ["1"]}


@pytest.mark.parametrize("mark", [-1, 11, "7.5", "sept", 7.5, 1e300, float("inf"), True, ["7"]])
def test_a_mark_outside_its_scale_is_refused(mark):
    assert "answers.recommendation" in refused(full_definition(), Submission({"recommendation": mark}))


@given(st.sampled_from([QuestionKind.NPS, QuestionKind.CSAT, QuestionKind.CES]), st.integers(-3, 13))
def test_a_mark_is_taken_exactly_within_its_scale(kind, mark):
    question = a_question("q", kind, role=QuestionRole.SCORE)
    definition = a_definition(question)
    if question.lowest <= mark <= question.highest:
        assert check_answers(definition, Submission({"q": mark})).score == Score(mark, question.highest, kind)
    else:
        assert refused(definition, Submission({"q": mark})) == {"answers.q": ErrorCode.INVALID}


def test_one_choice_or_several_as_the_question_says():
    one = a_definition(a_question("q", QuestionKind.CHOICE, required=True))
    assert check_answers(one, Submission({"q": "a"})).values == {"q": ["a"]}
    assert refused(one, Submission({"q": ["a", "b"]})) == {"answers.q": ErrorCode.INVALID}
    assert refused(one, Submission({"q": []})) == {"answers.q": ErrorCode.REQUIRED}
    many = a_definition(a_question("q", QuestionKind.CHOICE, multiple=True))
    assert check_answers(many, Submission({"q": ["b", "a", "b"]})).values == {"q": ["b", "a"]}


def test_empty_text_is_no_answer():
    definition = a_definition(a_question("q"), a_question("r", required=True))
    assert refused(definition, Submission({"q": "", "r": "  "})) == {"answers.r": ErrorCode.REQUIRED}


@given(st.text(max_size=60))
def test_whatever_is_typed_can_be_stored_by_both_databases(typed):
    values = check_answers(a_definition(a_question("q")), Submission({"q": typed})).values
    stored = str(values.get("q", ""))
    assert "\x00" not in stored
    stored.encode()


@pytest.mark.parametrize("nothing", ["\u200b", " \ufeff\u2060 ", "\u3164"])
def test_what_nobody_sees_is_no_answer_to_what_must_be_answered(nothing):
    definition = a_definition(a_question("why", required=True))
    assert refused(definition, Submission({"why": nothing})) == {"answers.why": ErrorCode.REQUIRED}


def test_a_phone_number_may_be_written_with_any_blank_and_a_name_with_any_sign():
    coder = "\U0001f469\u200d\U0001f4bb"
    answers = {"phone": "06\u202f12\u202f34\u202f56\u202f79", "first_name": f"Zoé {coder}"}
    details = check_answers(full_definition(), a_submission(3, **answers)).details
    assert (details.phone, details.first_name) == ("+33612345679", f"Zoé {coder}")


def test_embedded_fields_are_found_whatever_their_case():
    checked = check_answers(full_definition(), Submission({"recommendation": 9}, {"STORE": "Lyon"}))
    assert checked.embedded == {"store": "Lyon"}


def test_several_comments_stand_one_under_the_other():
    comment = {"role": QuestionRole.COMMENT}
    definition = a_definition(a_question("a", **comment), a_question("b", **comment))
    assert check_answers(definition, Submission({"b": "Zwei", "a": "Eins"})).comment == "Eins\n\nZwei"


D, P, L = ScoreClass.DETRACTOR, ScoreClass.PASSIVE, ScoreClass.PROMOTER


def test_classes_of_every_scale():
    assert [Score(mark, 10, QuestionKind.NPS).score_class for mark in range(11)] == [D] * 7 + [P] * 2 + [L] * 2
    assert [Score(mark, 5, QuestionKind.CSAT).score_class for mark in range(1, 6)] == [D, D, P, L, L]
    assert [Score(mark, 7, QuestionKind.CES).score_class for mark in range(1, 8)] == [D, D, P, P, P, L, L]


def test_a_ticket_is_opened_from_0_to_6_by_default_and_never_without_a_score():
    rule = default_ticket_rule(full_definition())
    assert [score for score in range(11) if should_open_ticket(rule, score)] == [0, 1, 2, 3, 4, 5, 6]
    assert not should_open_ticket(rule, None)
    assert not should_open_ticket(TicketRule(enabled=False), 0)
    csat = a_definition(a_question("q", QuestionKind.CSAT, role=QuestionRole.SCORE))
    assert default_ticket_rule(csat).maximum_score == 2
    assert not default_ticket_rule(a_definition()).enabled


@given(
    st.builds(
        TicketRule,
        st.booleans(),
        st.integers(0, 10),
        st.sampled_from(["high", "medium", "low"]),
        st.none() | st.integers(1, 9),
        st.none() | st.integers(1, 9),
        st.none() | st.text(min_size=1),
    )
)
def test_a_ticket_rule_survives_storing(rule):
    assert ticket_rule_from_json(ticket_rule_to_json(rule)) == rule


def test_a_ticket_rule_outside_every_scale_is_refused():
    for rule in (TicketRule(maximum_score=11), TicketRule(maximum_score=-1), TicketRule(segment=" ")):
        with pytest.raises(Invalid):
            check_ticket_rule(rule)


@given(st.text(max_size=100))
def test_a_key_made_of_a_name_is_valid_or_empty(name):
    key = slug_of(name)
    if key:
        check_survey_key(key)


def test_keys_are_readable():
    assert slug_of("Après l’achat : boutique n° 5") == "apres-l-achat-boutique-n-5"
    for wrong in ("", "Été", "a--b", "-a", "x" * 61):
        with pytest.raises(Invalid):
            check_survey_key(wrong)
