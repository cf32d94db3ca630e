"""What one customer answers: a mark, the words that go with it, and the order or visit that it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from boucle.contacts.rules import ContactDetails
from boucle.demo import comments_en, comments_fr
from boucle.demo.contacts import Customer
from boucle.demo.names import FRENCH_WOMEN
from boucle.demo.products import LARGE, PRODUCTS, Product
from boucle.demo.surveys import CHOICE_OF, PLANS, SurveyPlan
from boucle.demo.words import Mood, Topic, Writer
from boucle.surveys.answers import AnswerValue, Submission
from boucle.surveys.definitions import QuestionKind
from boucle.surveys.models import Channel, ScoreClass
from boucle.surveys.rules import Score

CARRIERS = ("Transalis", "Coliva", "Rapidelis")
CITIES = tuple(city for plan in PLANS for city in plan.cities)
WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
COMMENT_SHARE = {Mood.ANGRY: 0.95, Mood.UNHAPPY: 0.88, Mood.MIXED: 0.62, Mood.HAPPY: 0.52}
TOPICS_SHARE = 0.8
SIGNED_SHARE = 0.93  # the others answer the printed link without saying who they are
OF_LARGE = frozenset({Topic.DAMAGED, Topic.MISSING, Topic.CARRIER, Topic.DRIVER, Topic.QUALITY, Topic.REPAIR})
INTAKE_SHARE = 0.1  # answers that the till or the shop's own system sends


@dataclass(frozen=True, slots=True)
class Scene:
    """The order or visit that an answer is about, as words to fill sentences with."""

    product: Product
    facts: Mapping[str, str]
    is_short: bool = True  # whether people say "the parasol" or name it in full

    def words(self, language: str, *, is_woman: bool = True) -> Mapping[str, str]:
        """Return what the gaps of sentences in this language are filled with; `is_woman`: who speaks."""
        facts = self.facts
        city, amount = facts["magasin"], facts["montant"]
        shared = {key: facts[key] for key in ("days", "minutes", "calls", "who")}
        shared |= {"order": facts["commande"], "city": city, "carrier": facts["transporteur"]}
        shared |= {"weekday": WEEKDAYS[language][int(facts["weekday"])]}
        if language == "en":
            return {**self.product.english_words, **shared, "amount": "€" + amount[:-2].replace(",", ".")}
        french = self.product.short_words if self.is_short else self.product.words
        of_city = f"d’{city}" if city[0] in "AEIOUÉ" else f"de {city}"
        return {**french, **shared, "amount": amount, "of_city": of_city, "f": "e" if is_woman else ""}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it will come in, and what it is about."""

    plan: SurveyPlan
    submission: Submission
    channel: Channel
    mark: int
    topic: Topic
    scene: Scene


class Voice:
    """Draws answers. The order of calls decides them, so that the same seed tells the same story."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._writer = Writer({"fr": comments_fr.BANK, "en": comments_en.BANK}, chance)

    def plan(self) -> SurveyPlan:
        """Return the survey that is answered next."""
        return self._chance.choices(PLANS, [plan.weight for plan in PLANS])[0]

    def answer(
        self,
        plan: SurveyPlan,
        customer: Customer,
        at: datetime,
        *,
        mark: int | None = None,
        signature: ContactDetails | None = None,
    ) -> Answer:
        """Return what the customer answers to the survey at that time; `mark` `None`: as people usually do.

        `signature` is what travels with the answer about the customer; `None`: their number, or for some nothing.
        """
        chance = self._chance
        lowest = 0 if plan.kind is QuestionKind.NPS else 1
        if mark is None:
            mark = chance.choices(range(lowest, lowest + len(plan.marks)), plan.marks)[0]
        mood = mood_of(plan, mark)
        good, bad = chance.choice(plan.good), chance.choice(plan.bad)
        topics = {Mood.MIXED: (good, bad), Mood.HAPPY: (good,)}.get(mood, (bad,))
        product = chance.choice(LARGE if OF_LARGE & set(topics) else PRODUCTS)
        scene = Scene(product, self._facts(plan, product, at), is_short=chance.random() < 0.6)
        answers: dict[str, AnswerValue] = {"note": mark}
        if chance.random() < TOPICS_SHARE:
            answers["sujets"] = list(dict.fromkeys(CHOICE_OF[topic] for topic in topics))
        if chance.random() < COMMENT_SHARE[mood]:
            words = scene.words(customer.language, is_woman=customer.is_woman)
            answers["raison"] = self._writer.comment(customer.language, mood, topics, words)
        is_intake = chance.random() < INTAKE_SHARE
        submission = Submission(
            answers=answers,
            embedded={name: scene.facts[name] for name in plan.embedded},
            contact=signature or self._signature(customer, is_known=is_intake),
            language=customer.language,
            external_id=f"{plan.key}-{customer.number}-{at:%y%m%d%H%M%S}" if is_intake else None,
        )
        return Answer(plan, submission, Channel.INTAKE if is_intake else Channel.PAGE, mark, topics[-1], scene)

    def _signature(self, customer: Customer, *, is_known: bool) -> ContactDetails:
        is_signed = is_known or self._chance.random() < SIGNED_SHARE
        return ContactDetails(external_reference=customer.reference) if is_signed else ContactDetails()

    def _facts(self, plan: SurveyPlan, product: Product, at: datetime) -> dict[str, str]:
        chance = self._chance
        return {
            "commande": f"W{at:%y}-{chance.randrange(100_000, 999_999)}",
            "produit": product.label,
            "montant": f"{product.cents / 100:.2f} €".replace(".", ","),
            "magasin": chance.choice(plan.cities or CITIES),
            "caisse": str(chance.randrange(1, 7)),
            "transporteur": chance.choice(CARRIERS),
            "canal": chance.choice(("téléphone", "téléphone", "mail", "chat")),
            "dossier": f"SAV-{chance.randrange(20_000, 99_999)}",
            "days": str(chance.randrange(4, 18)),
            "minutes": str(chance.randrange(3, 12) * 5),
            "calls": str(chance.randrange(3, 8)),
            "who": chance.choice(FRENCH_WOMEN),
            "weekday": str((at - timedelta(days=chance.randrange(2, 7))).weekday() % 6),
        }


def mood_of(plan: SurveyPlan, mark: int) -> Mood:
    """Return how somebody feels who gives this mark."""
    scale = plan.points or 10
    score_class = Score(mark, scale, plan.kind).score_class
    if score_class is ScoreClass.DETRACTOR:
        return Mood.ANGRY if mark <= (3 if plan.kind is QuestionKind.NPS else 1) else Mood.UNHAPPY
    return Mood.MIXED if score_class is ScoreClass.PASSIVE else Mood.HAPPY
