"""The live subscriptions: snapshot and stream without a hole, resumable, by the rights of the moment."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import cast

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.accounts.types import User
from boucle.api.authentication import reload
from boucle.api.context import Context, Info
from boucle.api.guards import needs, signed_in
from boucle.api.live.assignments import AssignmentsTopic, assignments_interest
from boucle.api.live.feed import FeedTopic, feed_interest
from boucle.api.live.opened import live_stream
from boucle.api.live.presence import PresenceActivity
from boucle.api.live.types import After, AssignmentMessage, FeedMessage, PresentPerson, TicketPresence, UpdateMessage
from boucle.api.live.updates import UpdatesTopic, updates_interest
from boucle.api.tickets.inputs import TicketFilter
from boucle.kit.ids import number_of
from boucle.tickets.access import access_ticket, visible_tickets
from boucle.tickets.models import TicketId


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
        extensions=[needs(Permission.TICKETS_READ)],
        description="Who else is at a ticket: told at once, and whenever that changes. As long as it is open the "
        "viewer is seen there themselves. Ends when the ticket leaves the viewer's sight.",
    )
    async def ticket_presence(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002  (the schema's word)
    ) -> AsyncGenerator[TicketPresence, None]:
        number = TicketId(number_of(id, "tkt", field="id"))
        await access_ticket(info.context.signed_in, number)
        async with aclosing(info.context.services.presence.view(number, info.context.signed_in.user_id)) as changes:
            async for people in changes:
                if not await _still_sees(info.context, number):
                    return
                yield _presence(people, info.context.signed_in.user_id)

    @strawberry.subscription(
        extensions=[signed_in()],
        description="Everything but tickets that changes and that the viewer may see: people, teams, absences, "
        "contacts, responses, surveys, rules. Resumes like `feed`.",
    )
    def updates(self, info: Info, after: After = None) -> AsyncGenerator[UpdateMessage, None]:
        stream = live_stream(info.context, UpdatesTopic, updates_interest(info.context), after)
        return cast("AsyncGenerator[UpdateMessage, None]", stream)


async def _still_sees(context: Context, ticket_id: TicketId) -> bool:
    viewer = await reload(context.signed_in, context.services)
    return viewer is not None and await visible_tickets(viewer).filter(id=ticket_id).exists()


def _presence(people: Mapping[int, PresenceActivity], user_id: int) -> TicketPresence:
    others = sorted(each for each in people if each != user_id)
    return TicketPresence(people=[PresentPerson(user=User.numbered(each), activity=people[each]) for each in others])
