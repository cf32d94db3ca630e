"""The demo company's programs, surveys, ticket rules and escalation rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from boucle.demo.company import ADMIN, DELIVERY, NORTH, SOUTH, WEB, Company
from boucle.demo.words import Topic
from boucle.surveys.actions import NewSurvey, ProgramState, create_program, create_survey, publish_survey
from boucle.surveys.definitions import (
    Choice,
    LocalizedText,
    Question,
    QuestionKind,
    QuestionRole,
    SurveyDefinition,
    ready_nps_definition,
)
from boucle.surveys.models import Survey, SurveyId
from boucle.surveys.rules import Priority, TicketRule
from boucle.tickets.actions import RuleDraft, create_escalation_rule

LOYAL, PROFESSIONAL = "Clients fidèles", "Professionnels"
CHOICES = {
    "delivery": LocalizedText("La livraison", "Delivery"),
    "product": LocalizedText("Le produit", "The product"),
    "price": LocalizedText("Le prix", "The price"),
    "people": LocalizedText("L’accueil et le conseil", "Welcome and advice"),
    "site": LocalizedText("Le site", "The web site"),
    "store": LocalizedText("Le magasin", "The store"),
    "service": LocalizedText("Le service après-vente", "After-sales service"),
}
CHOICE_OF: Mapping[Topic, str] = {
    **dict.fromkeys((Topic.LATE, Topic.CARRIER, Topic.SPEED, Topic.PACKAGING, Topic.DRIVER), "delivery"),
    **dict.fromkeys((Topic.DAMAGED, Topic.WRONG, Topic.MISSING, Topic.QUALITY, Topic.CRAFT, Topic.CHOICE), "product"),
    **dict.fromkeys((Topic.PRICE, Topic.VALUE), "price"),
    **dict.fromkeys((Topic.STAFF, Topic.ADVICE), "people"),
    **dict.fromkeys((Topic.SITE, Topic.EASE, Topic.CANCELLED), "site"),
    **dict.fromkeys((Topic.QUEUE, Topic.COLLECT, Topic.STOCK, Topic.PLACE), "store"),
    **dict.fromkeys((Topic.PHONE, Topic.REPAIR, Topic.REFUND, Topic.SOLVED), "service"),
}


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """A survey of the company: what it asks, who takes its tickets, how much and what people answer."""

    key: str
    program: str
    name: str
    description: str
    kind: QuestionKind
    ask: LocalizedText
    embedded: tuple[str, ...]
    team: str
    segment: str
    weight: int
    marks: tuple[int, ...]  # how often each mark is given, from the lowest
    bad: tuple[Topic, ...]
    good: tuple[Topic, ...]
    threshold: int
    priority: Priority = "medium"
    assignee: str | None = None
    points: int | None = None
    cities: tuple[str, ...] = ()


NPS_WEB = LocalizedText(
    "Sur une échelle de 0 à 10, recommanderiez-vous notre boutique en ligne à un proche ?",
    "On a scale from 0 to 10, how likely are you to recommend our web shop to a friend?",
)
NPS_STORE = LocalizedText(
    "Sur une échelle de 0 à 10, recommanderiez-vous ce magasin à un proche ?",
    "On a scale from 0 to 10, how likely are you to recommend this store to a friend?",
)
CSAT_DELIVERY = LocalizedText(
    "Êtes-vous satisfait de la livraison ? (1 : pas du tout, 5 : tout à fait)",
    "How satisfied are you with the delivery? (1: not at all, 5: entirely)",
)
CES_SERVICE = LocalizedText(
    "Obtenir de l’aide a été facile. (1 : pas du tout d’accord, 7 : tout à fait d’accord)",
    "It was easy to get help. (1: strongly disagree, 7: strongly agree)",
)
CSAT_REPAIR = LocalizedText(
    "Êtes-vous satisfait de votre réparation ? (1 : pas du tout, 5 : tout à fait)",
    "How satisfied are you with your repair? (1: not at all, 5: entirely)",
)
PROGRAMS = {
    "Boutique en ligne": "De la commande sur le site à la réponse du service client.",
    "Magasins": "La visite dans nos neuf magasins.",
    "Livraison et après-vente": "Ce qui se passe chez le client : livraison, montage, réparation.",
}
STORE_BAD = (Topic.QUEUE, Topic.STAFF, Topic.STOCK, Topic.PRICE, Topic.QUALITY, Topic.COLLECT)
STORE_GOOD = (Topic.ADVICE, Topic.CHOICE, Topic.PLACE, Topic.VALUE, Topic.CRAFT)
PLANS = (
    SurveyPlan(
        "apres-commande-web",
        "Boutique en ligne",
        "Après commande web",
        "Envoyée sept jours après chaque commande sur le site.",
        QuestionKind.NPS,
        NPS_WEB,
        ("commande", "produit", "montant"),
        WEB,
        "Clients web",
        weight=35,
        marks=(11, 7, 12, 18, 22, 39, 48, 115, 173, 252, 303),
        bad=(
            Topic.LATE,
            Topic.DAMAGED,
            Topic.WRONG,
            Topic.REFUND,
            Topic.SITE,
            Topic.CANCELLED,
            Topic.QUALITY,
            Topic.LATE,
        ),
        good=(Topic.SPEED, Topic.EASE, Topic.CHOICE, Topic.PACKAGING, Topic.CRAFT, Topic.VALUE),
        threshold=6,
    ),
    SurveyPlan(
        "service-client",
        "Boutique en ligne",
        "Contact service client",
        "Envoyée après chaque échange par téléphone, mail ou chat.",
        QuestionKind.CES,
        CES_SERVICE,
        ("canal", "dossier"),
        WEB,
        "Clients web",
        weight=11,
        marks=(50, 75, 90, 120, 190, 240, 235),
        bad=(Topic.PHONE, Topic.REFUND, Topic.PHONE, Topic.MISSING),
        good=(Topic.SOLVED,),
        threshold=2,
        points=7,
    ),
    SurveyPlan(
        "magasins-nord",
        "Magasins",
        "Visite en magasin Nord",
        "Lien imprimé sur le ticket de caisse.",
        QuestionKind.NPS,
        NPS_STORE,
        ("magasin", "produit", "caisse"),
        NORTH,
        "Magasins Nord",
        weight=15,
        marks=(8, 6, 8, 14, 18, 34, 48, 110, 180, 270, 304),
        bad=STORE_BAD,
        good=STORE_GOOD,
        threshold=6,
        assignee="nicolas",
        cities=("Lille", "Amiens", "Rouen", "Reims"),
    ),
    SurveyPlan(
        "magasins-sud",
        "Magasins",
        "Visite en magasin Sud",
        "Lien imprimé sur le ticket de caisse.",
        QuestionKind.NPS,
        NPS_STORE,
        ("magasin", "produit", "caisse"),
        SOUTH,
        "Magasins Sud",
        weight=13,
        marks=(7, 5, 8, 12, 16, 30, 42, 105, 175, 285, 315),
        bad=STORE_BAD,
        good=STORE_GOOD,
        threshold=6,
        cities=("Lyon", "Aix-en-Provence", "Montpellier", "Toulouse", "Bordeaux"),
    ),
    SurveyPlan(
        "livraison",
        "Livraison et après-vente",
        "Livraison à domicile",
        "Envoyée le lendemain de la livraison.",
        QuestionKind.CSAT,
        CSAT_DELIVERY,
        ("commande", "produit", "transporteur"),
        DELIVERY,
        "Livraison",
        weight=20,
        marks=(65, 85, 130, 300, 420),
        bad=(Topic.LATE, Topic.DAMAGED, Topic.CARRIER, Topic.MISSING, Topic.WRONG, Topic.CARRIER),
        good=(Topic.SPEED, Topic.DRIVER, Topic.PACKAGING),
        threshold=2,
        priority="high",
        points=5,
    ),
    SurveyPlan(
        "reparation",
        "Livraison et après-vente",
        "Réparation et pièces détachées",
        "Envoyée à la clôture d’un dossier d’atelier.",
        QuestionKind.CSAT,
        CSAT_REPAIR,
        ("dossier", "produit"),
        DELIVERY,
        "SAV",
        weight=6,
        marks=(70, 90, 140, 330, 370),
        bad=(Topic.REPAIR, Topic.MISSING, Topic.PHONE),
        good=(Topic.SOLVED,),
        threshold=2,
        priority="high",
        assignee="aminata",
        points=5,
    ),
)


async def make_surveys(company: Company, *, now: datetime) -> dict[str, Survey]:
    """Make and publish everything that customers answer; return the surveys by key."""
    admin = company.viewers[ADMIN]
    programs = {
        name: await create_program(admin, ProgramState(name, description), now=now)
        for name, description in PROGRAMS.items()
    }
    surveys = {}
    for plan in PLANS:
        wanted = NewSurvey(
            program_id=programs[plan.program].id,
            name=plan.name,
            key=plan.key,
            description=plan.description,
            definition=definition_of(plan),
            ticket_rule=TicketRule(
                maximum_score=plan.threshold,
                priority=plan.priority,
                team_id=company.teams[plan.team],
                assignee_id=company.user_id(plan.assignee) if plan.assignee else None,
                segment=plan.segment,
            ),
        )
        survey = await create_survey(admin, wanted, now=now)
        surveys[plan.key] = await publish_survey(
            admin, SurveyId(survey.id), survey.version, note="Première version", now=now
        )
    return surveys


def definition_of(plan: SurveyPlan) -> SurveyDefinition:
    """Return what the survey asks: a mark, what mattered, the reason, and how to reach the customer."""
    ready = ready_nps_definition()
    mark = Question("note", plan.kind, plan.ask, required=True, role=QuestionRole.SCORE, points=plan.points)
    told = {CHOICE_OF[topic] for topic in (*plan.bad, *plan.good)}
    topics = Question(
        "sujets",
        QuestionKind.CHOICE,
        LocalizedText("Qu’est-ce qui a compté ?", "What mattered?"),
        choices=tuple(Choice(key, text) for key, text in CHOICES.items() if key in told),
        multiple=True,
    )
    reason = Question(
        "raison",
        QuestionKind.TEXT,
        LocalizedText("Qu’est-ce qui explique votre note ?", "What is the reason for your score?"),
        role=QuestionRole.COMMENT,
        multiline=True,
    )
    people = tuple(question for question in ready.questions if question.contact_field is not None)
    return SurveyDefinition(
        ready.title, ready.introduction, ready.thanks, (mark, topics, reason, *people), plan.embedded
    )


async def make_escalation_rules(company: Company, surveys: Mapping[str, Survey], *, now: datetime) -> None:
    """Make the rules that keep tickets from being forgotten."""
    drafts = (
        RuleDraft(
            "Web sans solution après 7 jours",
            7 * 1440,
            survey_id=surveys["apres-commande-web"].id,
            recipient_user_id=company.user_id("hugo"),
        ),
        RuleDraft("Client fidèle : 3 jours", 3 * 1440, segment=LOYAL, recipient_team_id=company.teams[WEB]),
        RuleDraft("Tout ticket après 12 jours", 12 * 1440, recipient_user_id=company.user_id("yasmine")),
    )
    for draft in drafts:
        await create_escalation_rule(company.viewers[ADMIN], draft, now=now)
