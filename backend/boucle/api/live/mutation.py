"""The little that clients say of themselves beside the log."""

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.context import Info
from boucle.api.errors import USER_ERRORS, Payload, UserError, expects
from boucle.api.guards import needs
from boucle.api.live.presence import PresenceActivity
from boucle.kit.ids import number_of
from boucle.tickets.access import access_ticket
from boucle.tickets.models import TicketId


@strawberry.type(description="Answer of `ticketSetActivity`.")
class TicketSetActivityPayload(Payload):
    user_errors: list[UserError] = USER_ERRORS


@strawberry.type
class LiveMutation:
    @strawberry.mutation(
        extensions=[needs(Permission.TICKETS_READ), expects(TicketSetActivityPayload)],
        description="Let others see that the viewer writes at a ticket, for the next 8 seconds: say it again while "
        "they write. VIEWING takes it back. Nothing is stored.",
    )
    async def ticket_set_activity(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002  (the schema's word)
        activity: PresenceActivity,
    ) -> TicketSetActivityPayload:
        viewer, number = info.context.signed_in, TicketId(number_of(id, "tkt", field="id"))
        await access_ticket(viewer, number)
        is_writing = activity is PresenceActivity.WRITING
        await info.context.services.presence.write(number, viewer.user_id, is_writing=is_writing)
        return TicketSetActivityPayload()
