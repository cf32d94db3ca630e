"""Notes on tickets; they are added, never changed (COM-13)."""

from datetime import datetime

from boucle.accounts.access import Viewer
from boucle.events.log import record
from boucle.events.models import EventKind
from boucle.kit.errors import Required
from boucle.kit.texts import clean_block
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.access import access_ticket
from boucle.tickets.events import ticket_event
from boucle.tickets.models import Ticket, TicketComment, TicketId
from boucle.tickets.rules import LONGEST_COMMENT


async def comment_ticket(viewer: Viewer, ticket_id: TicketId, *, body: str, now: datetime) -> TicketComment:
    """Add a note. Two people may comment at once, so no version is asked for and none is made."""
    async with unit_of_work():
        ticket = await access_ticket(viewer, ticket_id, for_work=True)
        text = clean_block(body, LONGEST_COMMENT, field="body")
        if text is None:
            raise Required("A comment needs some text.", field="body")
        comment = await add_comment(ticket, text, author_id=viewer.user_id, now=now)
        await Ticket.filter(id=ticket.id).update(updated_at=now, last_activity_at=now)
        await record(
            ticket_event(
                EventKind.TICKET_COMMENTED,
                ticket,
                actor=viewer.actor,
                at=now,
                more={"text": text, "comment_id": comment.id},
            )
        )
        return comment


async def add_comment(ticket: Ticket, text: str, *, author_id: int, now: datetime) -> TicketComment:
    """Store a note as a part of another act."""
    return await TicketComment.create(ticket_id=ticket.id, author_id=author_id, body=text, created_at=now)
