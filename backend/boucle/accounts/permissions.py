"""What a user may do: permissions, and the user types that bundle them (PER-1, §19)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


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
