"""The whole schema, put together from the domains. `schema.graphql` is its print."""

from functools import partial
from typing import Annotated

import strawberry
from strawberry.schema.config import StrawberryConfig

from boucle.api.accounts.mutation import AccountsMutation
from boucle.api.accounts.query import AccountsQuery
from boucle.api.catalogue import make_catalogue
from boucle.api.contacts.mutation import ContactsMutation
from boucle.api.contacts.query import ContactsQuery
from boucle.api.context import live_cursor
from boucle.api.cost import CostLimit
from boucle.api.documents import CheckedDocuments, Documents
from boucle.api.guards import public, signed_in
from boucle.api.live.mutation import LiveMutation
from boucle.api.live.subscription import Subscription
from boucle.api.live.types import MESSAGES
from boucle.api.masking import BoucleSchema
from boucle.api.nodes import Node, node_of
from boucle.api.operations import Operations
from boucle.api.scalars import SCALARS, LogCursor, clean_texts_of
from boucle.api.surveys.mutation import SurveysMutation
from boucle.api.surveys.query import SurveysQuery
from boucle.api.tickets.mutation import TicketsMutation
from boucle.api.tickets.query import TicketsQuery


@strawberry.type(description="Everything that can be read.")
class Query(AccountsQuery, ContactsQuery, SurveysQuery, TicketsQuery):
    @strawberry.field(
        extensions=[public()], description="Anything by its global id; null: none, or not for the viewer."
    )
    def node(
        self,
        id: Annotated[strawberry.ID, strawberry.argument(description="A global id.")],  # noqa: A002
    ) -> Node | None:
        return node_of(id)

    @strawberry.field(
        extensions=[signed_in()],
        description="The end of the event log as it was before anything else of this operation was read: "
        "subscribe `after` it, and snapshot and stream have no hole between them.",
    )
    def live_cursor(self) -> LogCursor:
        return LogCursor(live_cursor())


@strawberry.type(description="Everything that can be done, one field per act.")
class Mutation(AccountsMutation, ContactsMutation, SurveysMutation, TicketsMutation, LiveMutation):
    pass


def make_schema() -> BoucleSchema:
    """Return the schema with its limits; those of documents are in `document_size`."""
    schema = BoucleSchema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=MESSAGES,
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
        extensions=[CheckedDocuments, CostLimit],
    )
    clean_texts_of(schema.core)
    schema.operations = Operations(schema.core, partial(make_catalogue, schema), Documents(schema.core))
    return schema
