"""The live subscriptions: snapshot and stream without a hole, resumable, by the rights of the moment."""

from collections.abc import AsyncGenerator
from typing import cast

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.context import Info
from boucle.api.guards import needs, signed_in
from boucle.api.live.assignments import AssignmentsTopic, assignments_interest
from boucle.api.live.feed import FeedTopic, feed_interest
from boucle.api.live.opened import live_stream
from boucle.api.live.types import After, AssignmentMessage, FeedMessage, UpdateMessage
from boucle.api.live.updates import UpdatesTopic, updates_interest
from boucle.api.tickets.inputs import TicketFilter


@strawberry.type(description="Everything that is told while it happens.")
class Subscription:
    @strawberry.subscription(
        extensions=[needs(Permission.TICKETS_READ)],
        description="Tickets of the filter: one message per event, in order, each once. First what was missed since "
        "`after`, then `CaughtUp`, then what happens. A client too slow is closed with 4290 and resumes by cursor.",
    )
    def feed(
        self,
        info: Info,
        filter: TicketFilter | None = None,  # noqa: A002  (the schema's word)
        after: After = None,
    ) -> AsyncGenerator[FeedMessage, None]:
        context = info.context
        wanted = filter.parsed() if filter is not None else None
        interest = feed_interest(context.signed_in, wanted, now=context.now())
        return cast("AsyncGenerator[FeedMessage, None]", live_stream(context, FeedTopic, interest, after))

    @strawberry.subscription(
        extensions=[needs(Permission.TICKETS_READ)],
        description="Tickets given to and taken from the viewer; small, for phones. Resumes like `feed`.",
    )
    def assignments(self, info: Info, after: After = None) -> AsyncGenerator[AssignmentMessage, None]:
        interest = assignments_interest(info.context.signed_in)
        stream = live_stream(info.context, AssignmentsTopic, interest, after)
        return cast("AsyncGenerator[AssignmentMessage, None]", stream)

    @strawberry.subscription(
        extensions=[signed_in()],
        description="Everything but tickets that changes and that the viewer may see: people, teams, absences, "
        "contacts, responses, surveys, rules. Resumes like `feed`.",
    )
    def updates(self, info: Info, after: After = None) -> AsyncGenerator[UpdateMessage, None]:
        stream = live_stream(info.context, UpdatesTopic, updates_interest(info.context), after)
        return cast("AsyncGenerator[UpdateMessage, None]", stream)
