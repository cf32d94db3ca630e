"""What tickets report to the log.

`data.changes` holds raw values by column, `data.labels` the same for people by field: a status by its key (its name
where the organisation made it), people and teams by name, everything else as it is. `data.owners` says who owns the
ticket after the act, so that readers of the log know who could see it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tortoise.models import Model

from boucle.accounts.models import Team, User
from boucle.events.actor import Actor
from boucle.events.log import NewEvent
from boucle.events.models import EventKind
from boucle.kit.ids import global_id
from boucle.tickets.models import EscalationRule
from boucle.tickets.rules import StatusPoint, StoredStatus
from boucle.tickets.statuses import BASE_STATUSES

PREFIX = "tkt"
RULE_PREFIX = "esc"
Raw = str | int | bool | None
_BASE_KEYS = frozenset(status.key for status in BASE_STATUSES)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one row before and after; the texts are for people."""

    column: str
    before: Raw
    after: Raw
    field: str
    before_text: str | None
    after_text: str | None


def plain_change(column: str, before: Raw, after: Raw) -> FieldChange:
    """Return a change of a value that reads as it is stored."""
    return FieldChange(column, before, after, column, _text(before), _text(after))


def _text(value: Raw) -> str | None:
    return None if value is None else str(value)


def status_change(before: StoredStatus, after: StoredStatus) -> FieldChange:
    """Return a change of status."""
    return FieldChange("status_id", before.id, after.id, "status", status_label(before), status_label(after))


def status_label(status: StatusPoint) -> str:
    """Return the key of a base status, which readers translate, or the name of another."""
    return status.key if status.key in _BASE_KEYS else status.name


async def named_change(
    column: str, before: int | None, after: int | None, *, field: str, model: type[Model]
) -> FieldChange:
    """Return a change of a reference, with the names of the rows that it points to."""
    names = await _names(model, (before, after))
    return FieldChange(column, before, after, field, names.get(before), names.get(after))


Move = tuple[int | None, int | None]  # from whom to whom


async def owner_changes(*, assignee: Move, team: Move) -> list[FieldChange]:
    """Return what changed of assignee and team, each given as (before, after), with their names."""
    return (await owner_names([assignee], [team])).changes(assignee=assignee, team=team)


@dataclass(frozen=True, slots=True)
class OwnerNames:
    """Names of people and teams."""

    assignees: Mapping[int | None, str]
    teams: Mapping[int | None, str]

    def changes(self, *, assignee: Move, team: Move) -> list[FieldChange]:
        """Return what changed of assignee and team, each given as (before, after)."""
        owners = (("assignee", assignee, self.assignees), ("team", team, self.teams))
        return [
            FieldChange(f"{field}_id", before, after, field, names.get(before), names.get(after))
            for field, (before, after), names in owners
            if before != after
        ]


async def owner_names(assignees: Iterable[Move], teams: Iterable[Move]) -> OwnerNames:
    """Return how the people and teams are called who lose or get something."""
    return OwnerNames(await _names(User, _moved(assignees)), await _names(Team, _moved(teams)))


def _moved(moves: Iterable[Move]) -> list[int | None]:
    return [owner for move in moves if move[0] != move[1] for owner in move]


async def _names(model: type[Model], ids: Iterable[int | None]) -> dict[int | None, str]:
    known = {number for number in ids if number is not None}
    return dict(await model.filter(id__in=known).values_list("id", "name")) if known else {}


def change_data(changes: Sequence[FieldChange]) -> dict[str, object]:
    """Return `changes` and `labels` of an event's data."""
    return {
        "changes": {change.column: [change.before, change.after] for change in changes},
        "labels": {change.field: [change.before_text, change.after_text] for change in changes},
    }


def owned_data(changes: Sequence[FieldChange], *, team_id: int | None, assignee_id: int | None) -> dict[str, object]:
    """Return an event's data with the owners after the act.

    Whoever saw the ticket by these owners and no longer does is told so by the live feed.
    """
    return change_data(changes) | {"owners": {"team_id": team_id, "assignee_id": assignee_id}}


class LoggedTicket(Protocol):
    """A ticket, as far as the log tells of it."""

    @property
    def id(self) -> int: ...
    @property
    def team_id(self) -> int | None: ...
    @property
    def assignee_id(self) -> int | None: ...
    @property
    def contact_id(self) -> int | None: ...
    @property
    def response_id(self) -> int | None: ...


def ticket_event(
    kind: EventKind,
    ticket: LoggedTicket,
    *,
    actor: Actor,
    at: datetime,
    changes: Sequence[FieldChange] = (),
    more: Mapping[str, object] | None = None,
) -> NewEvent:
    """Return what happened to a ticket. `more` adds `text`, `rule_id`, `forwarded_from`, `via` or `comment_id`."""
    data = owned_data(changes, team_id=ticket.team_id, assignee_id=ticket.assignee_id) | dict(more or {})
    return told_event(kind, ticket, actor=actor, at=at, data=data)


def told_event(
    kind: EventKind, ticket: LoggedTicket, *, actor: Actor, at: datetime, data: Mapping[str, object]
) -> NewEvent:
    """Return what happened to a ticket, told already by `data`."""
    return NewEvent(
        kind,
        global_id(PREFIX, ticket.id),
        actor,
        at,
        ticket_id=ticket.id,
        contact_id=ticket.contact_id,
        response_id=ticket.response_id,
        data=data,
    )


def rule_event(
    kind: EventKind, rule: EscalationRule, *, actor: Actor, at: datetime, changes: Sequence[FieldChange] = ()
) -> NewEvent:
    """Return what happened to an escalation rule."""
    return NewEvent(kind, global_id(RULE_PREFIX, rule.id), actor, at, data=change_data(changes) | {"name": rule.name})
