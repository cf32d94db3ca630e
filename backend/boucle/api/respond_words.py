"""Every word of the respondent's page that is not the survey's own, in French and English."""

from dataclasses import dataclass

from boucle.kit.errors import DomainError, ErrorCode
from boucle.surveys.answers import LONGEST_ANSWER, LONGEST_LINE
from boucle.surveys.definitions import ContactField, LocalizedText, Question, QuestionKind


@dataclass(frozen=True, slots=True)
class Words:
    """The page's own words in one language."""

    language: str
    other_language: str
    other_language_name: str
    optional: str
    contact_heading: str
    contact_note: str
    send: str
    clear_choice: str
    errors_one: str
    errors_many: str
    error_prefix: str
    thanks_heading: str
    soon_heading: str
    tracking_label: str
    tracking_note: str
    already_heading: str
    already_note: str
    kept_note: str
    again: str
    closed_heading: str
    closed_note: str
    not_yet_heading: str
    not_yet_note: str
    unknown_heading: str
    unknown_note: str
    unavailable_heading: str
    unavailable_note: str
    busy: str
    too_large: str
    leave_empty: str
    leave_empty_error: str
    powered_by: str
    choose_one: str
    choose_many: str


FRENCH = Words(
    language="fr",
    other_language="en",
    other_language_name="English",
    optional="facultatif",
    contact_heading="Vos coordonnées",
    contact_note="Facultatives. Elles nous permettent de vous répondre.",
    send="Envoyer ma réponse",
    clear_choice="Effacer cette réponse",
    errors_one="Il reste un point à corriger",
    errors_many="Il reste {count} points à corriger",
    error_prefix="À corriger",
    thanks_heading="Votre réponse est bien arrivée",
    soon_heading="Merci. Quelqu’un va revenir vers vous.",
    tracking_label="Votre numéro de suivi",
    tracking_note="Notez-le : il suffit de le citer si vous nous contactez à ce sujet.",
    already_heading="Nous avons déjà votre réponse",
    already_note="Votre première réponse est enregistrée ; celle-ci ne l’a pas remplacée.",
    kept_note="Elle est bien enregistrée : vous n’avez plus rien à faire.",
    again="Donner une autre réponse",
    closed_heading="Cette enquête est terminée",
    closed_note="Elle ne reçoit plus de réponses. Merci de l’intérêt que vous lui portez.",
    not_yet_heading="Cette enquête n’est pas encore ouverte",
    not_yet_note="Revenez un peu plus tard : vous pourrez y répondre dès son ouverture.",
    unknown_heading="Cette adresse ne mène à aucune enquête",
    unknown_note="Vérifiez le lien que vous avez reçu : il a peut-être été coupé.",
    unavailable_heading="Nous ne pouvons pas vous répondre pour l’instant",
    unavailable_note="La faute est de notre côté. Si vous veniez d’envoyer une réponse, revenez en arrière : "
    "elle y est encore. Réessayez dans quelques minutes.",
    busy="Beaucoup de réponses arrivent depuis votre réseau. Patientez une minute, puis renvoyez la vôtre : "
    "rien de ce que vous avez écrit n’est perdu.",
    too_large="Cette réponse est trop longue pour être reçue. Revenez en arrière et raccourcissez vos textes.",
    leave_empty="Laissez ce champ vide",
    leave_empty_error="Ce champ sert à écarter les robots : videz-le, puis renvoyez votre réponse.",
    powered_by="Enquête réalisée avec Boucle",
    choose_one="Une seule réponse",
    choose_many="Plusieurs réponses possibles",
)
ENGLISH = Words(
    language="en",
    other_language="fr",
    other_language_name="Français",
    optional="optional",
    contact_heading="How to reach you",
    contact_note="Optional. It allows us to get back to you.",
    send="Send my answer",
    clear_choice="Clear this answer",
    errors_one="One thing to correct",
    errors_many="{count} things to correct",
    error_prefix="To correct",
    thanks_heading="We have received your answer",
    soon_heading="Thank you. Somebody will get back to you.",
    tracking_label="Your tracking number",
    tracking_note="Keep it: quote it whenever you contact us about this.",
    already_heading="We already have your answer",
    already_note="Your first answer is recorded; this one has not replaced it.",
    kept_note="It is recorded: there is nothing more to do.",
    again="Give another answer",
    closed_heading="This survey has ended",
    closed_note="It takes no more answers. Thank you for your interest.",
    not_yet_heading="This survey is not open yet",
    not_yet_note="Come back a little later: you can answer as soon as it opens.",
    unknown_heading="This address leads to no survey",
    unknown_note="Check the link that you received: part of it may be missing.",
    unavailable_heading="We cannot serve you at this moment",
    unavailable_note="The fault is ours. If you were sending an answer, go back: it is still there. Try again in a few "
    "minutes.",
    busy="Many answers are coming from your network. Wait a minute, then send yours again: "
    "nothing that you wrote is lost.",
    too_large="This answer is too long to be received. Go back and shorten your texts.",
    leave_empty="Leave this field empty",
    leave_empty_error="This field keeps robots out: empty it, then send your answer again.",
    powered_by="Survey made with Boucle",
    choose_one="One answer",
    choose_many="Several answers possible",
)
WORDS = {"fr": FRENCH, "en": ENGLISH}

SCALE_ENDS = {
    QuestionKind.NPS: (
        LocalizedText("Pas du tout probable", "Not at all likely"),
        LocalizedText("Très probable", "Very likely"),
    ),
    QuestionKind.CSAT: (
        LocalizedText("Pas du tout satisfait", "Very dissatisfied"),
        LocalizedText("Très satisfait", "Very satisfied"),
    ),
    QuestionKind.CES: (LocalizedText("Très difficile", "Very difficult"), LocalizedText("Très facile", "Very easy")),
}


def error_text(question: Question, error: DomainError, language: str) -> str:
    """Return what stands next to a question whose answer was refused."""
    return _error(question, error.code).into(language)


def _error(question: Question, code: ErrorCode) -> LocalizedText:
    if code is ErrorCode.REQUIRED:
        return _MISSING[question.kind]
    if question.contact_field is not None:
        return _WRONG_DETAIL[question.contact_field]
    if question.kind is QuestionKind.TEXT:
        longest = LONGEST_ANSWER if question.multiline else LONGEST_LINE
        return LocalizedText(
            f"Ce texte est trop long : {longest} caractères au plus.",
            f"This text is too long: at most {longest} characters.",
        )
    if question.kind is QuestionKind.CHOICE:
        return LocalizedText("Choisissez parmi les réponses proposées.", "Choose among the answers offered.")
    return LocalizedText(
        f"Choisissez une note de {question.lowest} à {question.highest}.",
        f"Choose a mark from {question.lowest} to {question.highest}.",
    )


_MARK_MISSING = LocalizedText("Choisissez une note.", "Choose a mark.")
_MISSING = {
    QuestionKind.NPS: _MARK_MISSING,
    QuestionKind.CSAT: _MARK_MISSING,
    QuestionKind.CES: _MARK_MISSING,
    QuestionKind.CHOICE: LocalizedText("Choisissez une réponse.", "Choose an answer."),
    QuestionKind.TEXT: LocalizedText("Cette réponse est nécessaire.", "This answer is needed."),
}
_NAME_TOO_LONG = LocalizedText(
    "Ce nom est trop long : 100 caractères au plus.", "This name is too long: at most 100 characters."
)
_WRONG_DETAIL = {
    ContactField.FIRST_NAME: _NAME_TOO_LONG,
    ContactField.LAST_NAME: _NAME_TOO_LONG,
    ContactField.EMAIL: LocalizedText(
        "Cette adresse ne semble pas complète. Exemple : nom@exemple.fr",
        "This address does not look complete. Example: name@example.com",
    ),
    ContactField.PHONE: LocalizedText(
        "Ce numéro ne semble pas complet. Exemple : 06 12 34 56 78 ou +33 6 12 34 56 78",
        "This number does not look complete. Example: +44 20 7946 0958",
    ),
}
