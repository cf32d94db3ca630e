"""The mails that tell somebody of escalations, in their language."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from boucle.accounts.models import Language, User
from boucle.kit.mail import Mail
from boucle.tickets.actions import ClaimedTicket, Escalation
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
SUBJECT_OF_MANY: Mapping[Language, str] = {
    Language.FR: "[Boucle] {count} tickets escaladés",
    Language.EN: "[Boucle] {count} tickets escalated",
}
BODY_OF_MANY: Mapping[Language, str] = {
    Language.FR: """Bonjour {name},

{count} tickets attendent depuis trop longtemps et vous sont confiés.

{tickets}

Tous ces tickets sont dans votre boîte : {link}
""",
    Language.EN: """Hello {name},

{count} tickets have been waiting too long and are handed to you.

{tickets}

All of them are in your inbox: {link}
""",
}
OF_RULE: Mapping[Language, str] = {Language.FR: "Règle « {rule} »", Language.EN: 'Rule "{rule}"'}
MORE: Mapping[Language, str] = {Language.FR: "… et {count} de plus.", Language.EN: "… and {count} more."}
LONGEST_WORDS = 600
MOST_SINGLE_MAILS = 3  # to one person from one batch: whoever comes back to hundreds wants a list
MOST_LISTED = 100


def escalation_mails(escalations: Sequence[Escalation], user: User, *, address: str) -> list[Mail]:
    """Return the mails to one recipient of escalations: a few tell of one ticket each, of many tells one list.

    All have been handed to the person, or all to a team of theirs. `address` is where people reach this deployment.
    """
    if len(escalations) > MOST_SINGLE_MAILS:
        return [_list_mail(escalations, user, address)]
    return [_single_mail(each.ticket, each.rule, user, address) for each in escalations]


def _single_mail(ticket: ClaimedTicket, rule: EscalationRule, user: User, address: str) -> Mail:
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
            link=_link(ticket, address),
        ),
    )


def _list_mail(escalations: Sequence[Escalation], user: User, address: str) -> Mail:
    language, count = user.language, len(escalations)
    listed: defaultdict[str, list[str]] = defaultdict(list)
    for each in escalations[:MOST_LISTED]:
        listed[each.rule.name].append(_line(each.ticket, language, address))
    blocks = ["\n".join([OF_RULE[language].format(rule=rule), *lines]) for rule, lines in listed.items()]
    if count > MOST_LISTED:
        blocks.append(MORE[language].format(count=count - MOST_LISTED))
    view = "mine" if escalations[0].recipient is not None else "teams"
    return Mail(
        recipient=user.email,
        subject=SUBJECT_OF_MANY[language].format(count=count),
        body=BODY_OF_MANY[language].format(
            name=user.name, count=count, tickets="\n\n".join(blocks), link=f"{address}/inbox?view={view}"
        ),
    )


def _line(ticket: ClaimedTicket, language: Language, address: str) -> str:
    score = f", {ticket.score}/{ticket.score_maximum}" if ticket.score is not None else ""
    customer = ticket.customer_name or ANONYMOUS[language]
    return f"- {ticket.key} · {ticket.subject} ({customer}{score})\n  {_link(ticket, address)}"


def _link(ticket: ClaimedTicket, address: str) -> str:
    return f"{address}/tickets/{ticket.key}"
