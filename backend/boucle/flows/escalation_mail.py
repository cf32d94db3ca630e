"""The mail that tells somebody of an escalation, in their language."""

from collections.abc import Mapping

from boucle.accounts.models import Language, User
from boucle.kit.mail import Mail
from boucle.tickets.actions import ClaimedTicket
from boucle.tickets.models import EscalationRule
from boucle.tickets.rules import excerpt

SUBJECT: Mapping[Language, str] = {
    Language.FR: "[Boucle] {key} escaladé : {subject}",
    Language.EN: "[Boucle] {key} escalated: {subject}",
}
BODY: Mapping[Language, str] = {
    Language.FR: """Bonjour {name},

Le ticket {key} attend depuis trop longtemps. La règle « {rule} » vous le confie.

{subject}
Client : {customer}{score}{comment}

Ouvrir le ticket : {link}
""",
    Language.EN: """Hello {name},

Ticket {key} has been waiting too long. The rule "{rule}" hands it to you.

{subject}
Customer: {customer}{score}{comment}

Open the ticket: {link}
""",
}
SCORE: Mapping[Language, str] = {Language.FR: "\nNote : {score}/{maximum}", Language.EN: "\nScore: {score}/{maximum}"}
ANONYMOUS: Mapping[Language, str] = {Language.FR: "anonyme", Language.EN: "anonymous"}
LONGEST_WORDS = 600


def escalation_mail(ticket: ClaimedTicket, rule: EscalationRule, user: User, *, address: str) -> Mail:
    """Return the mail to one recipient of an escalation; `address` is where people reach this deployment."""
    language = user.language
    score = SCORE[language].format(score=ticket.score, maximum=ticket.score_maximum) if ticket.score is not None else ""
    comment = f"\n\n{excerpt(ticket.comment, LONGEST_WORDS)}" if ticket.comment else ""
    return Mail(
        recipient=user.email,
        subject=SUBJECT[language].format(key=ticket.key, subject=ticket.subject),
        body=BODY[language].format(
            name=user.name,
            key=ticket.key,
            rule=rule.name,
            subject=ticket.subject,
            customer=ticket.customer_name or ANONYMOUS[language],
            score=score,
            comment=comment,
            link=f"{address}/tickets/{ticket.key}",
        ),
    )
