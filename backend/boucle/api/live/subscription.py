"""The live subscriptions: snapshot and stream without a hole, resumable, by the rights of the moment."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractContextManager, aclosing, nullcontext
from dataclasses import dataclass, field

import strawberry
from graphql import GraphQLError
from starlette.websockets import WebSocket

from boucle.accounts.access import Viewer
from boucle.accounts.permissions import Permission
from boucle.api.authentication import reload
from boucle.api.context import Context, Info
from boucle.api.events.types import Event
from boucle.api.guards import needs, signed_in
from boucle.api.live.feed import Changed, Left, told_by_assignments, told_by_feed
from boucle.api.live.hub import AccessEnded, CaughtUpAt, Resync, Subscriber, TooSlow
from boucle.api.live.sockets import TOO_SLOW, close_socket
from boucle.api.live.types import (
    After,
    AssignmentMessage,
    CaughtUp,
    FeedMessage,
    NodeChanged,
    NodeGone,
    ResyncRequired,
    TicketAssigned,
    TicketChanged,
    TicketLeft,
    TicketUnassigned,
    UpdateMessage,
)
from boucle.api.nodes import node_of
from boucle.api.rows import is_visible
from boucle.api.scalars import LogCursor
from boucle.api.tickets.inputs import TicketFilter
from boucle.api.tickets.types import Ticket
from boucle.events.cursor import Cursor, parse_cursor
from boucle.events.log import cursor_of
from boucle.events.models import Event as EventRow
from boucle.events.models import EventKind
from boucle.kit.ids import global_id
from boucle.kit.phrases import Phrase

Notice = CaughtUp | ResyncRequired
DELETIONS = frozenset({EventKind.TEAM_DELETED, EventKind.ESCALATION_RULE_DELETED})
ENDS_OF_OWN_ACCESS = frozenset({EventKind.SESSION_ENDED, EventKind.API_TOKEN_REVOKED})
# One event stands for new due times on any number of tickets.
DUE_TIMES_RECOMPUTED = frozenset(
    {
        EventKind.ESCALATION_RULE_CREATED,
        EventKind.ESCALATION_RULE_UPDATED,
        EventKind.ESCALATION_RULE_DELETED,
    }
)
NEW_DUE_TIMES = Phrase("An escalation rule has changed, and with it the due times of tickets; read them again.")
RIGHTS_CHANGED = Phrase("Your rights have changed; read what you may see now.")


@dataclass(frozen=True, slots=True)
class Delivery:
    """Events to tell to a viewer whose rights were just looked up."""

    viewer: Viewer
    events: Sequence[EventRow]


@strawberry.type(description="Everything that is told while it happens.")
class Subscription:
    @strawberry.subscription(
        extensions=[needs(Permission.TICKETS_READ)],
        description="Tickets of the filter: one message per event, in order, each once. First what was missed since "
        "`after`, then `CaughtUp`, then what happens. A client too slow is closed with 4290 and resumes by cursor.",
    )
    async def feed(
        self,
        info: Info,
        filter: TicketFilter | None = None,  # noqa: A002  (the schema's word)
        after: After = None,
    ) -> AsyncGenerator[FeedMessage, None]:
        wanted = filter.parsed() if filter is not None else None
        async with aclosing(_follow(info.context, after)) as stream:
            async for item in stream:
                if not isinstance(item, Delivery):
                    yield item
                    continue
                if any(event.kind in DUE_TIMES_RECOMPUTED for event in item.events):
                    yield ResyncRequired(cursor=_cursor(item.events[-1]), reason=info.context.say(NEW_DUE_TIMES))
                    return
                for told in await told_by_feed(item.viewer, item.events, wanted, now=info.context.now()):
                    yield _feed_message(told)

    @strawberry.subscription(
        extensions=[needs(Permission.TICKETS_READ)],
        description="Tickets given to and taken from the viewer; small, for phones. Resumes like `feed`.",
    )
    async def assignments(self, info: Info, after: After = None) -> AsyncGenerator[AssignmentMessage, None]:
        async with aclosing(_follow(info.context, after)) as stream:
            async for item in stream:
                if not isinstance(item, Delivery):
                    yield item
                    continue
                for told in await told_by_assignments(item.viewer, item.events):
                    yield _assignment_message(told)

    @strawberry.subscription(
        extensions=[signed_in()],
        description="Everything but tickets that changes and that the viewer may see: people, teams, absences, "
        "contacts, responses, surveys, rules. Resumes like `feed`.",
    )
    async def updates(self, info: Info, after: After = None) -> AsyncGenerator[UpdateMessage, None]:
        async with aclosing(_follow(info.context, after)) as stream:
            async for item in stream:
                if not isinstance(item, Delivery):
                    yield item
                    continue
                for event in item.events:
                    if (message := await _update_message(info.context, event)) is not None:
                        yield message


def _feed_message(told: Changed | Left) -> FeedMessage:
    cursor = _cursor(told.event)
    if isinstance(told, Changed):
        return TicketChanged(cursor=cursor, ticket=Ticket.of(told.ticket), event=Event.of(told.event))
    return TicketLeft(cursor=cursor, id=_ticket_id(told.ticket_id))


def _assignment_message(told: Changed | Left) -> AssignmentMessage:
    if isinstance(told, Changed):
        return TicketAssigned(cursor=_cursor(told.event), ticket=Ticket.of(told.ticket))
    return TicketUnassigned(cursor=_cursor(told.event), id=_ticket_id(told.ticket_id))


async def _update_message(context: Context, event: EventRow) -> UpdateMessage | None:
    if event.ticket_id is not None:
        return None
    if event.kind in DELETIONS:
        return NodeGone(cursor=_cursor(event), id=strawberry.ID(event.subject))
    if event.kind in ENDS_OF_OWN_ACCESS:
        is_own = event.data.get("user_id") == context.signed_in.user_id
        return NodeGone(cursor=_cursor(event), id=strawberry.ID(event.subject)) if is_own else None
    node = node_of(event.subject)
    if node is None or not await is_visible(node, context):
        return None
    return NodeChanged(cursor=_cursor(event), node=node)


async def _follow(context: Context, after: LogCursor | None) -> AsyncGenerator[Delivery | Notice, None]:
    """Yield deliveries with the viewer's rights as they are now; end with `ResyncRequired` where those changed."""
    start = parse_cursor(after) if after is not None else None
    subscriber = Subscriber(context.services.settings.live_queue, _Overflow(context))
    with _watched(context, subscriber):
        try:
            async with aclosing(_deliveries(context, subscriber, start)) as stream:
                async for item in stream:
                    yield item
        except TooSlow:
            await _wait_for_close(context)
            raise too_slow(context) from None
        except AccessEnded:
            await _wait_for_close(context)
            raise context.unauthenticated() from None


async def _wait_for_close(context: Context) -> None:
    """On a socket, wait for its close code; to end the stream would say "complete", as if nothing were missing."""
    if isinstance(context.connection, WebSocket):
        await asyncio.Event().wait()


def _watched(context: Context, subscriber: Subscriber) -> AbstractContextManager[None]:
    """End a stream over HTTP when its viewer's access ends; sockets are closed as a whole."""
    if isinstance(context.connection, WebSocket):
        return nullcontext()
    viewer, services = context.signed_in, context.services

    async def check_access() -> None:
        if await reload(viewer, services) is None:
            subscriber.end(AccessEnded())

    return services.hub.watched(check_access)


def too_slow(context: Context) -> GraphQLError:
    """Return the error of a stream over HTTP whose client did not keep up."""
    return context.refusal(
        "TOO_SLOW",
        Phrase(
            "This client reads too slowly. Subscribe again after the last cursor that it has seen; nothing is lost."
        ),
    )


async def _deliveries(
    context: Context, subscriber: Subscriber, start: Cursor | None
) -> AsyncGenerator[Delivery | Notice, None]:
    hub, viewer = context.services.hub, context.signed_in
    version = hub.access_version
    async with aclosing(hub.follow(subscriber, start, now=context.now())) as stream:
        async for item in stream:
            if isinstance(item, Resync):
                yield ResyncRequired(cursor=LogCursor(str(item.at)), reason=context.say(item.reason))
                return
            if isinstance(item, CaughtUpAt):
                yield CaughtUp(cursor=LogCursor(str(item.at)), replayed=item.replayed)
                continue
            if hub.access_version != version:
                version = hub.access_version
                now_allowed = await reload(viewer, context.services)
                if now_allowed is None:
                    raise AccessEnded
                if (now_allowed.permissions, now_allowed.team_ids) != (viewer.permissions, viewer.team_ids):
                    yield ResyncRequired(cursor=_cursor(item[-1]), reason=context.say(RIGHTS_CHANGED))
                    return
            yield Delivery(viewer, item)


@dataclass(slots=True)
class _Overflow:
    """Closes the socket of a client that cannot keep up; it comes back with its cursor and loses nothing."""

    context: Context
    _closing: asyncio.Task[None] | None = field(default=None)

    def __call__(self) -> None:
        socket = self.context.connection
        if isinstance(socket, WebSocket):
            self._closing = asyncio.create_task(close_socket(socket, TOO_SLOW, "Too slow: resume by cursor"))


def _cursor(event: EventRow) -> LogCursor:
    return LogCursor(str(cursor_of(event)))


def _ticket_id(number: int) -> strawberry.ID:
    return strawberry.ID(global_id("tkt", number))
