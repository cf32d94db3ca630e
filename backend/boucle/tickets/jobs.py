"""Jobs of the tickets domain: they parse, call and decide nothing."""

from boucle.kit.jobs import JobContext
from boucle.tickets.delivery import deliver_mails


async def send_mails(context: JobContext, *mail_ids: int) -> None:
    """Make one attempt to deliver each of these promised mails, one after the other."""
    await deliver_mails(mail_ids, context["mailer"], clock=context["now"])
