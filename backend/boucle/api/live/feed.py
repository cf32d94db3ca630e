"""The feed: which tickets changed for whom, and tombstones for those that left somebody's filter or sight."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import strawberry

from boucle.accounts.access import Viewer
from boucle.api.events.types import Event
from boucle.api.live.matching import Matching
from boucle.api.live.messages import Group, Message, Renderer, resync
from boucle.api.live.types import TicketChanged, TicketLeft
from boucle.api.scalars import LogCursor
from boucle.api.tickets.types import Ticket
from boucle.events.log import cursor_of
from boucle.events.models import Event as EventRow
from boucle.events.models import EventKind
from boucle.kit.conditions import ALWAYS, Condition, all_of, columns_of
from boucle.kit.holding import decided, holds, may_hold
from boucle.kit.ids import global_id
from boucle.kit.phrases import Phrase
from boucle.tickets.access import as_visible_as, visibility
from boucle.tickets.past import COLUMNS, NOTHING, Past, Row, past_of
from boucle.tickets.queries import TicketFilter, condition_of, late_condition

# One event stands for new due times on any number of tickets.
DUE_TIMES_RECOMPUTED = frozenset(
    {
        EventKind.ESCALATION_RULE_CREATED,
        EventKind.ESCALATION_RULE_UPDATED,
        EventKind.ESCALATION_RULE_DELETED,
    }
)
CANNOT_TELL = Phrase("It cannot be told here whether a ticket that changed is in this list; read it again.")
NEW_DUE_TIMES = Phrase("An escalation rule has changed, and with it the due times of tickets; read them again.")


@dataclass(frozen=True, slots=True)
class FeedInterest:
    """What a viewer may see and has asked for. Late tickets are told apart by the clock, so not in `fits`."""

    visible: Condition
    fits: Condition
    both: Condition
    only_late: bool


def feed_interest(viewer: Viewer, wanted: TicketFilter | None, *, now: datetime) -> FeedInterest:
    """Return what the viewer's feed with this filter is about."""
    visible = visibility(viewer)
    fits = ALWAYS if wanted is None else condition_of(viewer, replace(wanted, late=None), now=now)
    both = all_of(visible, fits)
    # A list that asks for more than the feed reads would be told that its tickets have left it.
    unread = columns_of(both) - set(COLUMNS)
    assert not unread, f"add to the columns of `tickets.past`, or the feed cannot follow this filter: {sorted(unread)}"
    return FeedInterest(visible, fits, both, only_late=wanted is not None and bool(wanted.late))


@dataclass(slots=True, eq=False)
class FeedTopic:
    """All feeds of the process."""

    now: Callable[[], datetime]
    groups: dict[Group, None] = field(default_factory=dict)
    matching: Matching[Group] = field(default_factory=Matching)

    def identity(self, renderer: Renderer) -> Hashable:
        """Return a key that subscribers share who read all messages of this topic the same."""
        changed = TicketChanged(cursor=LogCursor(""), ticket=Ticket.seen(0), event=Event.seen(0))
        return renderer.identity([changed, TicketLeft(cursor=LogCursor(""), id=strawberry.ID(""))])

    def joined(self, group: Group) -> None:
        """Take note of an interest that is new."""
        self.groups[group] = None
        self.matching.add(group, _interest(group).both)

    def left(self, group: Group) -> None:
        """Forget an interest that nobody has any more."""
        del self.groups[group]
        self.matching.remove(group, _interest(group).both)

    async def tell(self, events: Sequence[EventRow], only: Group | None = None) -> dict[Group, list[Message]]:
        """Return what these events mean to each interest, or to one alone."""
        groups = list(self.groups) if only is None else [only]
        if not groups:
            return {}
        if any(event.kind in DUE_TIMES_RECOMPUTED for event in events):
            end = resync(cursor_of(events[-1]), NEW_DUE_TIMES)
            return {group: [end] for group in groups}
        concerned = [event for event in events if event.ticket_id is not None]
        if not concerned:
            return {}
        telling = _Telling(await past_of(concerned), late_condition(self.now()))
        for event in concerned:
            telling.tell(event, self._candidates(event, telling.past) if only is None else [only])
        return telling.told

    def _candidates(self, event: EventRow, past: Past) -> Iterable[Group]:
        now, before = _rows(event, past)
        return self.matching.candidates([now, before] if now else [before])


@dataclass(slots=True)
class _Telling:
    """One batch of events on its way to those who are interested."""

    past: Past
    late: Condition
    told: dict[Group, list[Message]] = field(default_factory=dict)
    _fitting: dict[tuple[Group, int], bool | None] = field(default_factory=dict)
    _ended: set[Group] = field(default_factory=set)

    def tell(self, event: EventRow, groups: Iterable[Group]) -> None:
        changed: dict[bool, Message] = {}
        left = None
        for group in groups:
            if group in self._ended:
                continue
            fits = self._fits(group, event)
            if fits is None:
                self.told.setdefault(group, []).append(resync(cursor_of(event), CANNOT_TELL))
                self._ended.add(group)
            elif fits:
                sees_all = _interest(group).visible == ALWAYS
                if sees_all not in changed:
                    changed[sees_all] = self._changed(event, sees_all=sees_all)
                self.told.setdefault(group, []).append(changed[sees_all])
            elif self._may_have_left(_interest(group), event):
                left = left or _left(event)
                self.told.setdefault(group, []).append(left)

    def _fits(self, group: Group, event: EventRow) -> bool | None:
        """Whether the ticket is in the list now; `None`: only the database can tell."""
        assert event.ticket_id is not None, event.id
        key = (group, event.ticket_id)
        if key not in self._fitting:
            interest, row = _interest(group), self.past.now.get(event.ticket_id)
            wanted = all_of(interest.both, self.late) if interest.only_late else interest.both
            self._fitting[key] = row is not None and decided(wanted, row)
        return self._fitting[key]

    def _changed(self, event: EventRow, *, sees_all: bool) -> Message:
        """Return what is told of an event to those who see all tickets, or to those who see this one as it was read."""
        assert event.ticket_id is not None, event.id
        cursor = cursor_of(event)
        which = ALWAYS if sees_all else as_visible_as(self.past.now[event.ticket_id])
        ticket = Ticket.seen(event.ticket_id, as_long_as=which)
        return Message(cursor, TicketChanged(cursor=LogCursor(str(cursor)), ticket=ticket, event=Event.seen(event.id)))

    def _may_have_left(self, interest: FeedInterest, event: EventRow) -> bool:
        """Whether the viewer saw the ticket until this event, and it may have been in the filter.

        Whoever did not see it is told nothing: not even that it exists.
        """
        if event.kind is EventKind.TICKET_CREATED:
            return False
        now, before = _rows(event, self.past)
        was_seen = holds(interest.visible, before)
        if not was_seen and not (may_hold(interest.visible, before) and holds(interest.visible, now)):
            return False
        return may_hold(interest.fits, before) and (not interest.only_late or may_hold(self.late, before))


def _interest(group: Group) -> FeedInterest:
    assert isinstance(group.interest, FeedInterest), group.interest
    return group.interest


def _rows(event: EventRow, past: Past) -> tuple[Row, Row]:
    assert event.ticket_id is not None, event.id
    return past.now.get(event.ticket_id, NOTHING), past.before[event.id]


def _left(event: EventRow) -> Message:
    assert event.ticket_id is not None, event.id
    cursor = cursor_of(event)
    gone = strawberry.ID(global_id("tkt", event.ticket_id))
    return Message(cursor, TicketLeft(cursor=LogCursor(str(cursor)), id=gone))
