"""What promised mails tell."""

import re

from boucle.tickets.models import OutgoingMail

_LINK = re.compile(r"/tickets/T-(\d+)")


async def tickets_told_by_mail() -> list[tuple[str, int]]:
    """Who is told of which ticket, whether by a mail of its own or by one that lists many."""
    mails = await OutgoingMail.all()
    return sorted((mail.recipient, int(number)) for mail in mails for number in _LINK.findall(mail.body))
