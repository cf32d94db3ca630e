"""Which single events a viewer may see: as much as they may see of what the event is about."""

from boucle.accounts.access import Viewer
from boucle.accounts.permissions import Permission
from boucle.contacts.access import can_see_contacts
from boucle.events.models import EventKind
from boucle.kit.conditions import ALWAYS, NEVER, Condition, HasRow, IsMissing, IsOneOf, Not, all_of, any_of, equals
from boucle.surveys.access import can_see_responses, can_see_surveys
from boucle.tickets.access import visibility as ticket_visibility

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


def visibility(viewer: Viewer) -> Condition:
    """Return which events the viewer may see: as much as they may see of what the event is about."""
    of_ticket = HasRow("tickets", "ticket_id", "id", ticket_visibility(viewer))
    of_response = equals("kind", EventKind.RESPONSE_RECEIVED)
    of_contact = all_of(Not(of_response), Not(IsMissing("contact_id")))
    of_neither = all_of(Not(of_response), IsMissing("contact_id"), _of_settings(viewer))
    others = any_of(
        _if(of_response, can_see_responses(viewer)),
        _if(of_contact, can_see_contacts(viewer)),
        of_neither,
    )
    return any_of(of_ticket, all_of(IsMissing("ticket_id"), others))


def _of_settings(viewer: Viewer) -> Condition:
    restricted = OWN_ACCESS | OF_SURVEYS | OF_RULES
    own = ALWAYS if viewer.can(Permission.USERS_MANAGE) else equals("actor_id", viewer.user_id)
    return any_of(
        all_of(_kind_in(OWN_ACCESS), own),
        _if(_kind_in(OF_SURVEYS), can_see_surveys(viewer)),
        _if(_kind_in(OF_RULES), viewer.can(Permission.TICKETS_MANAGE)),
        Not(_kind_in(restricted)),
    )


def _kind_in(kinds: frozenset[EventKind]) -> Condition:
    return IsOneOf("kind", sorted(kinds))


def _if(condition: Condition, is_allowed: bool) -> Condition:  # noqa: FBT001  (read with its condition)
    return condition if is_allowed else NEVER
