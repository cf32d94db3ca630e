"""Messages of the live subscriptions. Each carries the cursor from which to resume after it."""

from typing import Annotated, cast

import strawberry

from boucle.api.accounts.types import User
from boucle.api.events.types import Event
from boucle.api.live.presence import PresenceActivity
from boucle.api.nodes import Node
from boucle.api.scalars import LogCursor
from boucle.api.tickets.types import Ticket
from boucle.kit.ids import global_id
from boucle.planner.declarations import Reference

CURSOR = "Resume after this message by sending it as `after`."


@strawberry.interface(description="A message of `feed`.")
class FeedMessage:
    cursor: LogCursor = strawberry.field(description=CURSOR)


@strawberry.interface(description="A message of `assignments`.")
class AssignmentMessage:
    cursor: LogCursor = strawberry.field(description=CURSOR)


@strawberry.interface(description="A message of `updates`.")
class UpdateMessage:
    cursor: LogCursor = strawberry.field(description=CURSOR)


@strawberry.type(description="Something happened to a ticket that the viewer may see and that fits the filter.")
class TicketChanged(FeedMessage):
    ticket: Ticket = strawberry.field(description="The ticket as it is now, maybe newer than the event.")
    event: Event = strawberry.field(description="What happened.")


@strawberry.type(description="A ticket is no longer in the filter, or no longer visible to the viewer. Forget it.")
class TicketLeft(FeedMessage):
    id: strawberry.ID = strawberry.field(description="Global id of the ticket; nothing else about it is told.")


@strawberry.type(description="A ticket came to the viewer.")
class TicketAssigned(AssignmentMessage):
    ticket: Ticket = strawberry.field(description="The ticket as it is now.")


@strawberry.type(description="A ticket was taken from the viewer.")
class TicketUnassigned(AssignmentMessage):
    id: strawberry.ID = strawberry.field(description="Global id of the ticket.")


@strawberry.type(description="Something other than a ticket changed or was made.")
class NodeChanged(UpdateMessage):
    node: Node = strawberry.field(description="It as it is now.")


@strawberry.type(description="Something other than a ticket was deleted. Forget it.")
class NodeGone(UpdateMessage):
    id: strawberry.ID = strawberry.field(description="Its global id.")


@strawberry.type(description="Sent once: everything missed since `after` has been sent, what follows is live.")
class CaughtUp(FeedMessage, AssignmentMessage, UpdateMessage):
    replayed: int = strawberry.field(description="How many events were looked through, seen by the viewer or not.")


@strawberry.type(
    description="The stream cannot go on from here: the cursor is too old or of another log, or the viewer's rights "
    "or an escalation rule changed. Read a fresh snapshot, then subscribe again after this cursor. The stream ends."
)
class ResyncRequired(FeedMessage, AssignmentMessage, UpdateMessage):
    reason: str = strawberry.field(description="Why, for people.")


@strawberry.type(description="Somebody who is at a ticket at this moment.")
class PresentPerson:
    user: User = strawberry.field(description="Who it is.")
    activity: PresenceActivity = strawberry.field(description="What they do there.")


@strawberry.type(description="Who else is at a ticket. Beside the log: there is no cursor, and nothing is replayed.")
class TicketPresence:
    people: list[PresentPerson] = strawberry.field(description="Everybody but the viewer, in the order of their ids.")


def tombstone_of(body: object) -> object:
    """Return what is told in place of a ticket that is not any more what it was when it was decided to tell of it."""
    assert isinstance(body, TicketChanged | TicketAssigned), body
    gone = strawberry.ID(global_id("tkt", cast("Reference", body.ticket).key))
    made = TicketLeft if isinstance(body, TicketChanged) else TicketUnassigned
    return made(cursor=body.cursor, id=gone)


MESSAGES = (
    TicketChanged,
    TicketLeft,
    TicketAssigned,
    TicketUnassigned,
    NodeChanged,
    NodeGone,
    CaughtUp,
    ResyncRequired,
)
After = Annotated[
    LogCursor | None,
    strawberry.argument(description="Go on after this message's (or `liveCursor`'s) cursor; null: from now on."),
]
