"""Which single events a viewer may see: as much as they may see of what the event is about."""

from boucle.accounts.access import Viewer
from boucle.accounts.permissions import Permission
from boucle.contacts.access import can_see_contacts
from boucle.events.models import Event, EventKind
from boucle.surveys.access import can_see_responses, can_see_surveys
from boucle.tickets.access import visible_tickets

OWN_ACCESS = frozenset(
    {
        EventKind.SESSION_STARTED,
        EventKind.SESSION_ENDED,
        EventKind.API_TOKEN_CREATED,
        EventKind.API_TOKEN_REVOKED,
        EventKind.PASSWORD_CHANGED,
    }
)
OF_SURVEYS = frozenset(
    {
        EventKind.PROGRAM_CREATED,
        EventKind.PROGRAM_UPDATED,
        EventKind.SURVEY_CREATED,
        EventKind.SURVEY_UPDATED,
        EventKind.SURVEY_PUBLISHED,
    }
)
OF_RULES = frozenset(
    {
        EventKind.ESCALATION_RULE_CREATED,
        EventKind.ESCALATION_RULE_UPDATED,
        EventKind.ESCALATION_RULE_DELETED,
    }
)


async def visible_event(viewer: Viewer, event_id: int) -> Event | None:
    """Return the event, `None` where there is none or the viewer may not see it."""
    event = await Event.get_or_none(id=event_id)
    if event is None:
        return None
    if event.ticket_id is not None:
        is_visible = await visible_tickets(viewer).filter(id=event.ticket_id).exists()
    else:
        is_visible = _can_see(viewer, event)
    return event if is_visible else None


def _can_see(viewer: Viewer, event: Event) -> bool:
    if event.kind is EventKind.RESPONSE_RECEIVED:
        return can_see_responses(viewer)
    if event.contact_id is not None:
        return can_see_contacts(viewer)
    if event.kind in OWN_ACCESS:
        return event.actor_id == viewer.user_id or viewer.can(Permission.USERS_MANAGE)
    if event.kind in OF_SURVEYS:
        return can_see_surveys(viewer)
    return event.kind not in OF_RULES or viewer.can(Permission.TICKETS_MANAGE)
