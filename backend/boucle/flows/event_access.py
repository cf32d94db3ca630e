"""Which single events a viewer may see: as much as they may see of what the event is about."""

from collections.abc import Mapping
from enum import StrEnum
from typing import assert_never

from boucle.accounts.access import Viewer
from boucle.accounts.permissions import Permission
from boucle.contacts.access import visibility as contact_visibility
from boucle.events.models import EventKind
from boucle.kit.conditions import ALWAYS, NEVER, Condition, HasRow, IsOneOf, all_of, any_of, equals
from boucle.kit.ids import global_id
from boucle.surveys.access import response_visibility, survey_visibility
from boucle.tickets.access import visibility as ticket_visibility


class About(StrEnum):
    """What an event is about."""

    TICKET = "ticket"
    CONTACT = "contact"
    RESPONSE = "response"
    SURVEYS = "surveys"
    ESCALATION_RULES = "escalation_rules"
    PEOPLE = "people"
    TEAMS = "teams"
    ABSENCES = "absences"
    ORGANISATION = "organisation"
    OWN_ACCESS = "own_access"


# Every kind stands here, and is seen by nobody who is not let in by what it is about.
ABOUT: Mapping[EventKind, About] = {
    EventKind.TICKET_CREATED: About.TICKET,
    EventKind.TICKET_UPDATED: About.TICKET,
    EventKind.TICKET_STATUS_CHANGED: About.TICKET,
    EventKind.TICKET_PRIORITY_CHANGED: About.TICKET,
    EventKind.TICKET_SEGMENT_CHANGED: About.TICKET,
    EventKind.TICKET_ASSIGNED: About.TICKET,
    EventKind.TICKET_COMMENTED: About.TICKET,
    EventKind.TICKET_ESCALATED: About.TICKET,
    EventKind.RESPONSE_RECEIVED: About.RESPONSE,
    EventKind.CONTACT_CREATED: About.CONTACT,
    EventKind.CONTACT_UPDATED: About.CONTACT,
    EventKind.PROGRAM_CREATED: About.SURVEYS,
    EventKind.PROGRAM_UPDATED: About.SURVEYS,
    EventKind.SURVEY_CREATED: About.SURVEYS,
    EventKind.SURVEY_UPDATED: About.SURVEYS,
    EventKind.SURVEY_PUBLISHED: About.SURVEYS,
    EventKind.ESCALATION_RULE_CREATED: About.ESCALATION_RULES,
    EventKind.ESCALATION_RULE_UPDATED: About.ESCALATION_RULES,
    EventKind.ESCALATION_RULE_DELETED: About.ESCALATION_RULES,
    EventKind.USER_CREATED: About.PEOPLE,
    EventKind.USER_UPDATED: About.PEOPLE,
    EventKind.USER_DEACTIVATED: About.PEOPLE,
    EventKind.USER_REACTIVATED: About.PEOPLE,
    EventKind.USER_TYPE_UPDATED: About.PEOPLE,
    EventKind.TEAM_CREATED: About.TEAMS,
    EventKind.TEAM_UPDATED: About.TEAMS,
    EventKind.TEAM_DELETED: About.TEAMS,
    EventKind.ABSENCE_CREATED: About.ABSENCES,
    EventKind.ABSENCE_UPDATED: About.ABSENCES,
    EventKind.ABSENCE_ENDED: About.ABSENCES,
    EventKind.ORGANISATION_UPDATED: About.ORGANISATION,
    EventKind.SESSION_STARTED: About.OWN_ACCESS,
    EventKind.SESSION_ENDED: About.OWN_ACCESS,
    EventKind.API_TOKEN_CREATED: About.OWN_ACCESS,
    EventKind.API_TOKEN_REVOKED: About.OWN_ACCESS,
    EventKind.PASSWORD_CHANGED: About.OWN_ACCESS,
}
if undecided := set(EventKind) - ABOUT.keys():
    raise LookupError(f"Say in ABOUT who may see events of the kind {', '.join(sorted(undecided))}.")


def visibility(viewer: Viewer) -> Condition:
    """Return which events the viewer may see."""
    return any_of(*(_of_kinds(about, _seen(about, viewer)) for about in About))


def _of_kinds(about: About, seen: Condition) -> Condition:
    kinds = sorted(kind for kind, subject in ABOUT.items() if subject is about)
    return NEVER if seen == NEVER else all_of(IsOneOf("kind", kinds), seen)


def _seen(about: About, viewer: Viewer) -> Condition:
    """Return which events about something the viewer sees: of settings, those who manage them."""
    match about:
        case About.TICKET:
            return HasRow("tickets", "ticket_id", "id", ticket_visibility(viewer))
        case About.CONTACT:
            return contact_visibility(viewer)
        case About.RESPONSE:
            return response_visibility(viewer)
        case About.SURVEYS:
            return survey_visibility(viewer)
        case About.ESCALATION_RULES:
            return _by(viewer, Permission.TICKETS_MANAGE)
        case About.PEOPLE:
            return any_of(_by(viewer, Permission.USERS_MANAGE), _of_oneself(viewer))
        case About.TEAMS:
            return any_of(_by(viewer, Permission.TEAMS_MANAGE), _by(viewer, Permission.USERS_MANAGE))
        case About.ABSENCES:
            return any_of(_by(viewer, Permission.TICKETS_MANAGE), _by_oneself(viewer))
        case About.ORGANISATION:
            return _by(viewer, Permission.ORGANISATION_MANAGE)
        case About.OWN_ACCESS:
            return any_of(_by(viewer, Permission.USERS_MANAGE), _by_oneself(viewer), _of_oneself(viewer))
        case _:
            assert_never(about)


def _by(viewer: Viewer, permission: Permission) -> Condition:
    return ALWAYS if viewer.can(permission) else NEVER


def _by_oneself(viewer: Viewer) -> Condition:
    return NEVER if viewer.is_narrowed else equals("actor_id", viewer.user_id)


def _of_oneself(viewer: Viewer) -> Condition:
    return NEVER if viewer.is_narrowed else equals("subject", global_id("usr", viewer.user_id))
