"""What a user may do: permissions, and the user types that bundle them (PER-1, §19)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from boucle.kit.phrases import Phrase


class Permission(StrEnum):
    """One right. A user type is a set of these; a user may be granted or refused single ones."""

    TICKETS_READ = "tickets_read"
    TICKETS_READ_ALL = "tickets_read_all"
    TICKETS_WORK = "tickets_work"
    TICKETS_ASSIGN = "tickets_assign"
    TICKETS_MANAGE = "tickets_manage"
    CONTACTS_READ = "contacts_read"
    CONTACTS_EDIT = "contacts_edit"
    SURVEYS_READ = "surveys_read"
    SURVEYS_MANAGE = "surveys_manage"
    TEAMS_MANAGE = "teams_manage"
    USERS_MANAGE = "users_manage"
    ORGANISATION_MANAGE = "organisation_manage"


# What each is for, where its name does not say it all.
MEANINGS: Mapping[Permission, str] = {
    Permission.TICKETS_READ: "See one's own tickets, those of one's teams and those of nobody.",
    Permission.TICKETS_READ_ALL: "With TICKETS_READ: see the tickets of everybody.",
    Permission.TICKETS_WORK: "Open tickets, change those that one sees, comment, take, escalate.",
    Permission.TICKETS_ASSIGN: "Give tickets to other people and teams.",
    Permission.TICKETS_MANAGE: "Escalation rules, and absences of others.",
    Permission.CONTACTS_READ: "See customers, their answers, and the surveys that these belong to.",
    Permission.CONTACTS_EDIT: "Enter and change customers.",
    Permission.SURVEYS_READ: "See surveys and all answers.",
    Permission.SURVEYS_MANAGE: "Make and publish surveys, read their secrets, hand in and import answers.",
    Permission.TEAMS_MANAGE: "Teams and who is in them: whoever may put themselves in a team sees its tickets.",
    Permission.USERS_MANAGE: "Users, their passwords, sessions, API tokens and teams, and user types, as far as one's "
    "own rights go: nobody gives or takes over more than they act with. Together with ORGANISATION_MANAGE it goes "
    "all the way: who holds both may give everything.",
    Permission.ORGANISATION_MANAGE: "Settings of the organisation; with USERS_MANAGE, all rights can be given.",
}

# As the screen under Settings, Users calls them.
NAMES: Mapping[Permission, Phrase] = {
    Permission.TICKETS_READ: Phrase("See their tickets"),
    Permission.TICKETS_READ_ALL: Phrase("See all tickets"),
    Permission.TICKETS_WORK: Phrase("Work on tickets"),
    Permission.TICKETS_ASSIGN: Phrase("Assign tickets"),
    Permission.TICKETS_MANAGE: Phrase("Manage tickets"),
    Permission.CONTACTS_READ: Phrase("See contacts"),
    Permission.CONTACTS_EDIT: Phrase("Edit contacts"),
    Permission.SURVEYS_READ: Phrase("See surveys"),
    Permission.SURVEYS_MANAGE: Phrase("Manage surveys"),
    Permission.TEAMS_MANAGE: Phrase("Manage teams"),
    Permission.USERS_MANAGE: Phrase("Manage users"),
    Permission.ORGANISATION_MANAGE: Phrase("Manage the organisation"),
}


@dataclass(frozen=True, slots=True)
class BuiltInUserType:
    """A user type that every deployment starts with; its permissions may be edited, the type not removed."""

    key: str
    name: str
    permissions: frozenset[Permission]


_TAKER = frozenset({Permission.TICKETS_READ, Permission.TICKETS_WORK, Permission.CONTACTS_READ})
_STANDARD = _TAKER | {Permission.TICKETS_ASSIGN, Permission.SURVEYS_READ, Permission.SURVEYS_MANAGE}
_TICKET_ADMIN = _TAKER | {
    Permission.TICKETS_READ_ALL,
    Permission.TICKETS_ASSIGN,
    Permission.TICKETS_MANAGE,
    Permission.SURVEYS_READ,
    Permission.TEAMS_MANAGE,
}
_CX_ADMIN = _TICKET_ADMIN | _STANDARD | {Permission.CONTACTS_EDIT}
_VIEWER = frozenset({Permission.TICKETS_READ, Permission.TICKETS_READ_ALL, Permission.SURVEYS_READ})

BUILT_IN_USER_TYPES = (
    BuiltInUserType("ticket_taker", "Ticket taker", _TAKER),
    BuiltInUserType("standard", "Standard user", _STANDARD),
    BuiltInUserType("ticket_admin", "Ticket administrator", _TICKET_ADMIN),
    BuiltInUserType("cx_admin", "CX administrator", _CX_ADMIN),
    BuiltInUserType("viewer", "Viewer", _VIEWER),
    BuiltInUserType("organisation_admin", "Organisation administrator", frozenset(Permission)),
)


def effective_permissions(
    of_type: Iterable[str], *, granted: Iterable[str], revoked: Iterable[str]
) -> frozenset[Permission]:
    """Return what a user may do: the type's permissions, plus the granted, minus the revoked (PER-1)."""
    known = {permission.value for permission in Permission}
    names = (set(of_type) | set(granted)) - set(revoked)
    return frozenset(Permission(name) for name in names & known)
