"""The same questions answered the ordinary way: Strawberry types, resolvers, data loaders and an ORM.

Served by `uvicorn --factory benchmarks.peers.ordinary:make_app` with DATABASE_URL. Written as the libraries' manuals
say and no worse: nothing is loaded twice, and no list is loaded row by row.
"""

import os
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.types import Info

from boucle.accounts import models as accounts
from boucle.contacts import models as contacts
from boucle.events import models as events
from boucle.kit.database import close_database, open_database
from boucle.tickets import models as tickets


@strawberry.type
class User:
    name: str


@strawberry.type
class Status:
    key: str


@strawberry.type
class Event:
    kind: str
    at: datetime
    actor_id: strawberry.Private[int | None]

    @strawberry.field
    async def actor(self, info: Info) -> User | None:
        return await info.context["users"].load(self.actor_id) if self.actor_id else None


@strawberry.type
class Contact:
    first_name: str
    last_name: str
    contact_id: strawberry.Private[int]

    @strawberry.field
    async def tickets(self, first: int) -> list["Ticket"]:
        rows = await tickets.Ticket.filter(contact_id=self.contact_id).order_by("-id").limit(first)
        return [Ticket.of(row) for row in rows]


@strawberry.type
class Ticket:
    key: str
    subject: str
    priority: str
    customer_name: str
    customer_email: str | None
    score: int | None
    current_segment: str | None
    row: strawberry.Private[tickets.Ticket]

    @classmethod
    def of(cls, row: tickets.Ticket) -> "Ticket":
        return cls(
            key=row.key,
            subject=row.subject,
            priority=row.priority,
            customer_name=row.customer_name,
            customer_email=row.customer_email,
            score=row.score,
            current_segment=row.current_segment,
            row=row,
        )

    @strawberry.field
    async def status(self, info: Info) -> Status:
        return await info.context["statuses"].load(self.row.status_id)

    @strawberry.field
    async def assignee(self, info: Info) -> User | None:
        return await info.context["users"].load(self.row.assignee_id) if self.row.assignee_id else None

    @strawberry.field
    async def contact(self, info: Info) -> Contact | None:
        return await info.context["contacts"].load(self.row.contact_id) if self.row.contact_id else None

    @strawberry.field
    async def last_events(self, info: Info, first: int) -> list[Event]:
        return (await info.context["events"].load(self.row.id))[:first]


@strawberry.type
class Query:
    @strawberry.field
    async def tickets(self, first: int) -> list[Ticket]:
        return [Ticket.of(row) for row in await tickets.Ticket.all().order_by("-last_activity_at", "-id").limit(first)]

    @strawberry.field
    async def contact(self, id: int) -> Contact | None:  # noqa: A002
        row = await contacts.Contact.get_or_none(id=id)
        return Contact(first_name=row.first_name, last_name=row.last_name, contact_id=row.id) if row else None


async def load_users(ids: list[int]) -> list[User | None]:
    found = {row.id: User(name=row.name) for row in await accounts.User.filter(id__in=ids)}
    return [found.get(each) for each in ids]


async def load_statuses(ids: list[int]) -> list[Status | None]:
    found = {row.id: Status(key=row.key) for row in await tickets.TicketStatus.filter(id__in=ids)}
    return [found.get(each) for each in ids]


async def load_contacts(ids: list[int]) -> list[Contact | None]:
    rows = await contacts.Contact.filter(id__in=ids)
    found = {row.id: Contact(first_name=row.first_name, last_name=row.last_name, contact_id=row.id) for row in rows}
    return [found.get(each) for each in ids]


async def load_events(ids: list[int]) -> list[list[Event]]:
    found: defaultdict[int, list[Event]] = defaultdict(list)
    for row in await events.Event.filter(ticket_id__in=ids).order_by("-id"):
        found[row.ticket_id].append(Event(kind=row.kind, at=row.at, actor_id=row.actor_id))
    return [found[each] for each in ids]


class Endpoint(GraphQL):
    async def get_context(self, request: Request, response: object) -> dict[str, DataLoader]:  # noqa: ARG002
        return {
            "users": DataLoader(load_users),
            "statuses": DataLoader(load_statuses),
            "contacts": DataLoader(load_contacts),
            "events": DataLoader(load_events),
        }


@asynccontextmanager
async def lifespan(_: Starlette) -> AsyncIterator[None]:
    await open_database(os.environ["DATABASE_URL"])
    yield
    await close_database()


def make_app() -> Starlette:
    """Return the application."""
    endpoint = Endpoint(strawberry.Schema(Query))
    return Starlette(routes=[Route("/graphql", endpoint, methods=["POST"])], lifespan=lifespan)
