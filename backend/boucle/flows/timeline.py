"""Everything that happened to one contact, read from the log."""

from collections.abc import Sequence

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from boucle.accounts.access import Viewer
from boucle.accounts.permissions import Permission
from boucle.contacts.access import can_see_contacts
from boucle.events.models import Event, EventKind
from boucle.surveys.access import can_see_responses
from boucle.tickets.access import visible_tickets

NOTHING = 0  # no event has this id


def contact_timeline(viewer: Viewer, contact_id: int, kinds: Sequence[EventKind] | None = None) -> QuerySet[Event]:
    """Return what happened to a contact (TIM-1): of tickets and responses only what the viewer may see."""
    if not can_see_contacts(viewer):
        return Event.filter(id=NOTHING)
    events = Event.filter(contact_id=contact_id)
    if kinds is not None:
        events = events.filter(kind__in=list(kinds))
    if not can_see_responses(viewer):
        events = events.filter(~Q(kind=EventKind.RESPONSE_RECEIVED))
    if viewer.can(Permission.TICKETS_READ_ALL):
        return events
    seen = visible_tickets(viewer).filter(contact_id=contact_id).values("id")
    return events.filter(Q(ticket_id__isnull=True) | Q(ticket_id__in=Subquery(seen)))
