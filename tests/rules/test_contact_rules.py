"""How values of contacts are written, and whom an incoming person is taken for."""

from collections.abc import Callable

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from boucle.contacts.phone_numbers import clean_phone
from boucle.contacts.rules import (
    Candidate,
    ContactDetails,
    MatchField,
    choose_match,
    clean_details,
    clean_email,
    match_keys,
    search_text_of,
)
from boucle.kit.errors import Invalid, Several
from boucle.kit.texts import fold

REFERENCES = st.one_of(st.none(), st.sampled_from(["a", "b", "C"]))
EMAILS = st.one_of(st.none(), st.sampled_from(["x@exemple.fr", "Y@exemple.fr"]))
PHONES = st.one_of(st.none(), st.sampled_from(["+33612345678", "+33698765432"]))
DETAILS = st.builds(ContactDetails, external_reference=REFERENCES, email=EMAILS, phone=PHONES)


@st.composite
def directories(draw) -> list[Candidate]:
    people = draw(st.lists(DETAILS, max_size=6))
    return [
        Candidate(number, (p.external_reference or "").lower() or None, (p.email or "").lower() or None, p.phone)
        for number, p in enumerate(people, start=1)
    ]


def test_the_external_reference_decides_before_the_email_and_the_email_before_the_phone():
    by_phone = Candidate(1, phone="+33612345678")
    by_email = Candidate(2, email="lea@exemple.fr")
    by_reference = Candidate(3, external_reference="c-7")
    lea = ContactDetails(external_reference="C-7", email="Lea@Exemple.fr", phone="+33612345678")
    assert choose_match(lea, [by_phone, by_email, by_reference]) == 3
    assert choose_match(lea, [by_phone, by_email]) == 2
    assert choose_match(lea, [by_phone]) == 1
    assert choose_match(lea, []) is None


def test_an_email_match_with_another_external_reference_is_somebody_else():
    other = Candidate(1, external_reference="c-8", email="lea@exemple.fr", phone="+33612345678")
    lea = ContactDetails(external_reference="C-7", email="lea@exemple.fr", phone="+33612345678")
    assert choose_match(lea, [other]) is None
    unnumbered = ContactDetails(email="lea@exemple.fr")
    assert choose_match(unnumbered, [other]) == 1


def test_rules_without_a_value_are_skipped():
    assert match_keys(ContactDetails(first_name="Léa")) == ()
    assert [key.field for key in match_keys(ContactDetails(phone="+33612345678", email="a@b.fr"))] == [
        MatchField.EMAIL,
        MatchField.PHONE,
    ]


@given(DETAILS, directories())
def test_a_match_shares_a_value_and_never_has_another_reference(details, directory):
    found = choose_match(details, directory)
    if found is None:
        return
    contact = directory[found - 1]
    assert any(getattr(contact, key.field) == key.value for key in match_keys(details))
    if details.external_reference:
        assert contact.external_reference in {None, details.external_reference.lower()}


@given(DETAILS, directories())
def test_the_case_of_what_comes_in_never_matters(details, directory):
    shouted = ContactDetails(
        external_reference=details.external_reference and details.external_reference.upper(),
        email=details.email and details.email.upper(),
        phone=details.phone,
    )
    assert choose_match(details, directory) == choose_match(shouted, directory)


def test_phone_numbers_become_international():
    assert clean_phone("06 12 34 56 78") == "+33612345678"
    assert clean_phone("+44 20 7946 0958") == "+442079460958"
    assert clean_phone("  ") is None
    for wrong in ("123", "call me", "+999999999999999999"):
        with pytest.raises(Invalid, match="phone number"):
            clean_phone(wrong)


def test_emails_keep_their_spelling_and_wrong_ones_are_refused():
    assert clean_email(" Lea.Durand@Exemple.FR ") == "Lea.Durand@exemple.fr"
    with pytest.raises(Invalid, match=r"name@example\.com"):
        clean_email("lea@")


def test_every_wrong_field_is_named_at_once():
    with pytest.raises(Several) as caught:
        clean_details(ContactDetails(first_name="x" * 101, email="lea@", phone="12", language="de"))
    assert [part.field for part in caught.value.parts] == [["firstName"], ["email"], ["phone"], ["language"]]


def test_search_finds_without_accents_and_case():
    assert fold("Jérôme") in search_text_of("JEROME", None, "jerome@exemple.fr")


def libraries_email(text: str) -> str | None:
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def cleaned_or_none(clean: Callable[[str], str | None], text: str) -> str | None:
    try:
        return clean(text)
    except Invalid:
        return None


locals_of_addresses = st.one_of(
    st.from_regex(r"[A-Za-z0-9._+-]{1,20}", fullmatch=True), st.sampled_from(["Postmaster", "postmaster", "INFO", "é"])
)
domains = st.one_of(
    st.from_regex(r"[a-zA-Z0-9.-]{1,20}", fullmatch=True),
    st.sampled_from(["exemple.fr", "xn--caf-dma.fr", "a.test", "b.invalid", "exemple.123", "-a.fr", "ab--c.fr", "fr"]),
)


@given(locals_of_addresses, domains)
def test_an_address_is_what_the_library_says_by_whichever_way(local, domain):
    address = f"{local}@{domain}"
    assert cleaned_or_none(clean_email, address) == libraries_email(address)


def test_an_address_that_is_too_long_is_refused():
    assert clean_email(f"{'a' * 243}@exemple.fr") == f"{'a' * 243}@exemple.fr"
    with pytest.raises(Invalid):
        clean_email(f"{'a' * 244}@exemple.fr")


@given(
    st.sampled_from(["0", "+33", "+33 ", "0 ", "+44", "33", ""]),
    st.lists(st.from_regex(r"[0-9]{1,2}", fullmatch=True), min_size=4, max_size=6),
    st.sampled_from(["", " ", ".", "-", "/"]),
)
def test_a_phone_number_is_what_the_library_says_by_whichever_way(prefix, pairs, between):
    text = prefix + between.join(pairs)
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        number = None
    expected = None
    if number is not None and phonenumbers.is_possible_number(number):
        expected = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    assert cleaned_or_none(clean_phone, text) == expected
