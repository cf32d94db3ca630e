"""Jobs of the tickets domain: they parse, call and decide nothing."""

from boucle.kit.jobs import JobContext
from boucle.tickets.delivery import deliver_mail


async def send_mail(context: JobContext, mail_id: int) -> None:
    """Make one attempt to deliver a promised mail."""
    await deliver_mail(mail_id, context["mailer"], now=context["now"]())
