"""Assignments: which tickets came to a viewer, and which were taken away."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import strawberry

from boucle.accounts.access import Viewer
from boucle.api.live.messages import Group, Message, Renderer
from boucle.api.live.types import TicketAssigned, TicketUnassigned
from boucle.api.scalars import LogCursor
from boucle.api.tickets.types import Ticket
from boucle.events.log import cursor_of
from boucle.events.models import Event, EventKind
from boucle.kit.conditions import Condition
from boucle.kit.holding import holds
from boucle.kit.ids import global_id
from boucle.tickets.access import as_visible_as, visibility
from boucle.tickets.past import NOTHING, Row, past_of

ASSIGNING_KINDS = frozenset({EventKind.TICKET_CREATED, EventKind.TICKET_ASSIGNED, EventKind.TICKET_ESCALATED})


@dataclass(frozen=True, slots=True)
class AssignmentsInterest:
    """Whose tickets, as far as they may see them."""

    user_id: int
    visible: Condition


def assignments_interest(viewer: Viewer) -> AssignmentsInterest:
    """Return what the viewer's assignments are about."""
    return AssignmentsInterest(viewer.user_id, visibility(viewer))


@dataclass(slots=True, eq=False)
class AssignmentsTopic:
    """Everybody's assignments."""

    now: Callable[[], datetime]
    by_user: dict[int, dict[Group, AssignmentsInterest]] = field(default_factory=dict)

    def identity(self, renderer: Renderer) -> Hashable:
        """Return a key that subscribers share who read all messages of this topic the same."""
        came = TicketAssigned(cursor=LogCursor(""), ticket=Ticket.seen(0))
        return renderer.identity([came, TicketUnassigned(cursor=LogCursor(""), id=strawberry.ID(""))])

    def joined(self, group: Group) -> None:
        """Take note of an interest that is new."""
        interest = _interest(group)
        self.by_user.setdefault(interest.user_id, {})[group] = interest

    def left(self, group: Group) -> None:
        """Forget an interest that nobody has any more."""
        groups = self.by_user[_interest(group).user_id]
        del groups[group]
        if not groups:
            del self.by_user[_interest(group).user_id]

    async def tell(self, events: Sequence[Event], only: Group | None = None) -> dict[Group, list[Message]]:
        """Return what these events mean to each interest, or to one alone."""
        users = {_interest(only).user_id} if only is not None else self.by_user.keys()
        concerned = [event for event in events if event.kind in ASSIGNING_KINDS and users & set(_owners(event))]
        if not concerned:
            return {}
        past = await past_of(concerned)
        told: dict[Group, list[Message]] = {}
        for event in concerned:
            row = past.now.get(event.ticket_id or 0, NOTHING)
            for group in self._groups(event) if only is None else [only]:
                if (message := _message(event, row, _interest(group))) is not None:
                    told.setdefault(group, []).append(message)
        return told

    def _groups(self, event: Event) -> list[Group]:
        return [group for user_id in set(_owners(event)) for group in self.by_user.get(user_id or 0, ())]


def _interest(group: Group) -> AssignmentsInterest:
    assert isinstance(group.interest, AssignmentsInterest), group.interest
    return group.interest


def _owners(event: Event) -> tuple[int | None, int | None]:
    """Return whose the ticket was and whose it became; nobody's where that did not change."""
    changes = event.data.get("changes")
    pair = changes.get("assignee_id") if isinstance(changes, dict) else None
    return (pair[0], pair[1]) if isinstance(pair, list) else (None, None)


def _message(event: Event, row: Row, interest: AssignmentsInterest) -> Message | None:
    assert event.ticket_id is not None, event.id
    before, after = _owners(event)
    is_theirs = row.get("assignee_id") == interest.user_id and holds(interest.visible, row)
    cursor = cursor_of(event)
    if is_theirs and after == interest.user_id:
        ticket = Ticket.seen(event.ticket_id, as_long_as=as_visible_as(row))
        return Message(cursor, TicketAssigned(cursor=LogCursor(str(cursor)), ticket=ticket))
    if before == interest.user_id and not is_theirs:
        gone = strawberry.ID(global_id("tkt", event.ticket_id))
        return Message(cursor, TicketUnassigned(cursor=LogCursor(str(cursor)), id=gone))
    return None
