"""GraphQL types of customers."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from boucle.accounts.models import Language
from boucle.api.connections import After, Before, Connection, First, Last, connect
from boucle.api.context import Context, Info
from boucle.api.nodes import Node, finds
from boucle.contacts import models
from boucle.contacts.access import can_see_contacts
from boucle.events.models import EventKind
from boucle.flows.timeline import contact_timeline
from boucle.kit.ids import global_id
from boucle.kit.pagination import NEWEST_FIRST, PageRequest, fingerprint
from boucle.surveys.access import visible_responses
from boucle.surveys.models import ScoreClass
from boucle.surveys.queries import contact_figures
from boucle.tickets.access import visible_tickets
from boucle.tickets.queries import open_tickets_by_contact

if TYPE_CHECKING:
    from boucle.api.events.types import Event
    from boucle.api.surveys.types import Response
    from boucle.api.tickets.types import Ticket


@strawberry.type(description="A customer in the directory (CTC-1).")
class Contact(Node):
    row: strawberry.Private[models.Contact]
    name: str = strawberry.field(description="First and last name, or the best that is known; never empty.")
    first_name: str = strawberry.field(description="Given name; empty where unknown.")
    last_name: str = strawberry.field(description="Family name; empty where unknown.")
    email: str | None = strawberry.field(description="E-mail address as it was given; null where unknown.")
    phone: str | None = strawberry.field(description="Phone number in E.164, e.g. +33612345678; null where unknown.")
    external_reference: str | None = strawberry.field(
        description="Number in the organisation's own systems, the first thing that answers are matched by; or null."
    )
    language: Language | None = strawberry.field(description="Language to write to them in; null where unknown.")
    is_opted_out: bool = strawberry.field(description="Whether they want no messages.")
    created_at: datetime = strawberry.field(description="When they became known.")
    updated_at: datetime = strawberry.field(description="When one of these fields last changed.")
    version: int = strawberry.field(description="Send it back as `expectedVersion` when changing.")

    @classmethod
    def of(cls, row: models.Contact) -> Self:
        return cls(
            id=strawberry.ID(global_id("con", row.id)),
            row=row,
            name=row.name,
            first_name=row.first_name,
            last_name=row.last_name,
            email=row.email,
            phone=row.phone,
            external_reference=row.external_reference,
            language=Language(row.language) if row.language else None,
            is_opted_out=row.is_opted_out,
            created_at=row.created_at,
            updated_at=row.updated_at,
            version=row.version,
        )

    @classmethod
    def of_optional(cls, row: models.Contact | None) -> Self | None:
        """Return the row as a contact, or `None` for none."""
        return cls.of(row) if row is not None else None

    @strawberry.field(description="Their answers, newest first.")
    async def responses(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Annotated["Response", strawberry.lazy("boucle.api.surveys.types")]]:
        from boucle.api.surveys.types import Response  # noqa: PLC0415  (responses know their contact: a cycle)

        page = PageRequest(first, after, last, before).checked()
        rows = visible_responses(info.context.signed_in).filter(contact_id=self.row.id)
        return await connect(rows, page, NEWEST_FIRST, of=Response.of, filter_print=fingerprint(self.id))

    @strawberry.field(description="Their tickets that the viewer may see, newest first.")
    async def tickets(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Annotated["Ticket", strawberry.lazy("boucle.api.tickets.types")]]:
        from boucle.api.tickets.types import Ticket  # noqa: PLC0415  (tickets know their contact: a cycle)

        page = PageRequest(first, after, last, before).checked()
        rows = visible_tickets(info.context.signed_in).filter(contact_id=self.row.id)
        return await connect(rows, page, NEWEST_FIRST, of=Ticket.of, filter_print=fingerprint(self.id))

    @strawberry.field(
        description="Everything that happened to them, newest first (TIM-1); of tickets only what the viewer may see."
    )
    async def timeline(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        kinds: Annotated[
            list[EventKind] | None, strawberry.argument(description="Only events of these kinds; null: all.")
        ] = None,
    ) -> Connection[Annotated["Event", strawberry.lazy("boucle.api.events.types")]]:
        from boucle.api.events.types import Event  # noqa: PLC0415  (events know their contact: a cycle)

        page = PageRequest(first, after, last, before).checked()
        rows = contact_timeline(info.context.signed_in, self.row.id, kinds)
        return await connect(rows, page, NEWEST_FIRST, of=Event.of, filter_print=fingerprint(self.id, kinds))

    @strawberry.field(description="Score of their last completed answer that has one; null before the first.")
    async def last_score(self, info: Info) -> int | None:
        return (await info.context.batch(contact_figures, self.row.id)).last_score

    @strawberry.field(description="Best possible mark on the scale of `lastScore`; null without one.")
    async def last_score_maximum(self, info: Info) -> int | None:
        return (await info.context.batch(contact_figures, self.row.id)).last_score_maximum

    @strawberry.field(description="Class of `lastScore`; null without one.")
    async def last_score_class(self, info: Info) -> ScoreClass | None:
        return (await info.context.batch(contact_figures, self.row.id)).last_score_class

    @strawberry.field(description="How many answers they gave.")
    async def response_count(self, info: Info) -> int:
        return (await info.context.batch(contact_figures, self.row.id)).count

    @strawberry.field(description="Their tickets that are neither resolved nor closed and that the viewer may see.")
    async def open_ticket_count(self, info: Info) -> int:
        return await info.context.batch_as_viewer(open_tickets_by_contact, self.row.id)


async def visible_contact(context: Context, contact_id: int | None) -> Contact | None:
    """Return a contact that another object names, `None` where the viewer may not see contacts."""
    if context.viewer is None or not can_see_contacts(context.viewer):
        return None
    return Contact.of_optional(await context.row(models.Contact, contact_id))


@finds("con")
async def find_contact(context: Context, number: int) -> Contact | None:
    return await visible_contact(context, number)
