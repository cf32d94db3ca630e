"""The demo's sentences: every topic has words in both languages, and every gap can be filled for every article."""

from datetime import timedelta
from random import Random

import pytest

from boucle.demo import comments_en, comments_fr, notes
from boucle.demo.answers import Scene, Voice
from boucle.demo.contacts import make_customer
from boucle.demo.products import PRODUCTS
from boucle.demo.surveys import CHOICE_OF, PLANS, definition_of
from boucle.demo.timetable import Timetable, moments
from boucle.demo.words import Bank, Mood, Topic, sentence
from boucle.surveys.definition_checks import check_definition
from tests.factories.contacts import NOON

BANKS = {"fr": comments_fr.BANK, "en": comments_en.BANK}
BAD = {topic for plan in PLANS for topic in plan.bad}


def all_sentences(bank: Bank) -> list[str]:
    by_topic = (*bank.cores.values(), *bank.sequels.values(), *bank.mild.values())
    by_mood = (*bank.openings.values(), *bank.closings.values(), *bank.short.values())
    return [each for group in (*by_topic, *by_mood) for each in group]


@pytest.mark.parametrize("bank", BANKS.values())
def test_every_topic_and_mood_has_words(bank):
    assert set(bank.cores) == set(bank.sequels) == set(Topic)
    assert set(bank.mild) >= BAD
    assert set(bank.short) == set(bank.closings) == set(Mood)
    assert set(CHOICE_OF) == set(Topic)
    assert set(notes.LOOKING) & set(notes.SOLVING) >= BAD


@pytest.mark.parametrize("language", BANKS)
def test_every_gap_is_filled_for_every_article(language):
    chance = Random(1)
    facts = Voice(chance).answer(PLANS[0], make_customer(1, chance), NOON).scene.facts
    at_work = [*notes.LOOKING.values(), *notes.SOLVING.values(), notes.ANYTHING]
    written = all_sentences(BANKS[language])
    written += [each for group in at_work for each in group] if language == "fr" else notes.ENGLISH
    for product in PRODUCTS:
        words = Scene(product, facts, is_short=False).words(language)
        assert not any("{" in sentence(template, words) or not template for template in written)


def test_french_articles_agree():
    forms = {product.noun: product.words for product in PRODUCTS}
    assert (forms["étagère"]["le"], forms["étagère"]["mon"]) == ("l’étagère Zellige", "mon étagère Zellige")
    assert (forms["table"]["du"], forms["abri de jardin"]["ce"]) == (
        "de la table Camargue",
        "cet abri de jardin Sologne",
    )
    assert (forms["pots"]["est"], forms["chaises"]["e"]) == ("sont", "es")


def test_every_survey_of_the_demo_can_be_published():
    for plan in PLANS:
        check_definition(definition_of(plan))


def test_customers_share_neither_address_nor_number():
    chance = Random(1)
    customers = [make_customer(number, chance) for number in range(5000)]
    for known in ([each.email for each in customers if each.email], [each.phone for each in customers if each.phone]):
        assert len(known) == len(set(known)) > 3500
    assert all(each.email or each.phone for each in customers)


def test_nobody_works_at_night_but_in_the_last_hours_of_the_story():
    timetable, chance = Timetable(NOON), Random(1)
    sunday_night = NOON - timedelta(days=8, hours=9)
    monday = timetable.at_work(sunday_night, chance)
    assert (monday.strftime("%A"), 7 <= monday.hour <= 11) == ("Monday", True)
    just_now = NOON - timedelta(hours=9)
    assert timetable.at_work(just_now, chance) == just_now


def test_answers_come_every_day_and_in_order():
    times = moments(2000, start=NOON - timedelta(days=90), end=NOON, chance=Random(1))
    assert times == sorted(times)
    assert len({at.date() for at in times}) == 91
    assert NOON - timedelta(days=90) <= times[0] <= times[-1] < NOON
