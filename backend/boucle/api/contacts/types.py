"""GraphQL types of customers."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from boucle.accounts.models import Language
from boucle.api.connections import Connection
from boucle.api.context import Context
from boucle.api.rows import RowObject, as_viewer, column, count_of, expression, global_id, paged, row_type
from boucle.contacts import models
from boucle.contacts.access import visibility
from boucle.events.models import EventKind
from boucle.kit.conditions import ALWAYS, IsOneOf, Not
from boucle.kit.database import Dialect
from boucle.kit.pagination import NEWEST_FIRST
from boucle.planner.declarations import Kind, Link, Rows
from boucle.surveys.models import ResponseState, ScoreClass
from boucle.tickets.queries import finished

if TYPE_CHECKING:
    from boucle.api.events.types import Event
    from boucle.api.surveys.types import Response
    from boucle.api.tickets.types import Ticket

LazyEvent = Annotated["Event", strawberry.lazy("boucle.api.events.types")]
LazyResponse = Annotated["Response", strawberry.lazy("boucle.api.surveys.types")]
LazyTicket = Annotated["Ticket", strawberry.lazy("boucle.api.tickets.types")]


def _newest_first(_asker: Context) -> Rows:
    return Rows(order=NEWEST_FIRST)


def _timeline(
    _asker: Context,
    kinds: Annotated[
        list[EventKind] | None, strawberry.argument(description="Only events of these kinds; null: all.")
    ] = None,
) -> Rows:
    such_that = ALWAYS if kinds is None else IsOneOf("kind", kinds)
    return Rows(such_that, NEWEST_FIRST)


def _unfinished(_asker: Context) -> Rows:
    return Rows(Not(finished()))


def _of_last_score(name: str) -> Any:
    """Return the SQL for a column of the last completed response that has a score."""

    def sql(alias: str, _dialect: Dialect) -> str:
        return (
            f"SELECT r.{name} FROM responses r WHERE r.contact_id = {alias}.id AND r.score IS NOT NULL"  # noqa: S608  (no input in it)
            f" AND r.state = '{ResponseState.COMPLETED.value}' ORDER BY r.id DESC LIMIT 1"
        )

    return sql


def _name(alias: str, _dialect: Dialect) -> str:
    return (
        f"coalesce(nullif(trim({alias}.first_name || ' ' || {alias}.last_name), ''), nullif({alias}.email, ''),"
        f" nullif({alias}.phone, ''), '#' || {alias}.id)"
    )


def _response_count(alias: str, _dialect: Dialect) -> str:
    return f"SELECT count(*) FROM responses r WHERE r.contact_id = {alias}.id"  # noqa: S608  (no input in it)


@row_type(models.Contact, visible=as_viewer(visibility), description="A customer in the directory (CTC-1).")
class Contact(RowObject):
    id: strawberry.ID = global_id("con")
    name: str = expression(
        "First and last name, or the best that is known; never empty.",
        _name,
        Kind.TEXT,
        "first_name",
        "last_name",
        "email",
        "phone",
        "id",
    )
    first_name: str = column("Given name; empty where unknown.")
    last_name: str = column("Family name; empty where unknown.")
    email: str | None = column("E-mail address as it was given; null where unknown.")
    phone: str | None = column("Phone number in E.164, e.g. +33612345678; null where unknown.")
    external_reference: str | None = column(
        "Number in the organisation's own systems, the first thing that answers are matched by; or null."
    )
    language: Language | None = column("Language to write to them in; null where unknown.")
    is_opted_out: bool = column("Whether they want no messages.")
    created_at: datetime = column("When they became known.")
    updated_at: datetime = column("When one of these fields last changed.")
    version: int = column("Send it back as `expectedVersion` when changing.")
    responses: Connection[LazyResponse] = paged("Their answers, newest first.", Link("contact_id"), _newest_first)
    tickets: Connection[LazyTicket] = paged(
        "Their tickets that the viewer may see, newest first.", Link("contact_id"), _newest_first
    )
    timeline: Connection[LazyEvent] = paged(
        "Everything that happened to them, newest first (TIM-1); of tickets only what the viewer may see.",
        Link("contact_id"),
        _timeline,
    )
    last_score: int | None = expression(
        "Score of their last completed answer that has one; null before the first.",
        _of_last_score("score"),
        Kind.NUMBER,
        "id",
    )
    last_score_maximum: int | None = expression(
        "Best possible mark on the scale of `lastScore`; null without one.",
        _of_last_score("score_maximum"),
        Kind.NUMBER,
        "id",
    )
    last_score_class: ScoreClass | None = expression(
        "Class of `lastScore`; null without one.", _of_last_score("score_class"), Kind.TEXT, "id"
    )
    response_count: int = expression("How many answers they gave.", _response_count, Kind.NUMBER, "id")
    open_ticket_count: int = count_of(
        "Their tickets that are neither resolved nor closed and that the viewer may see.",
        "Ticket",
        Link("contact_id"),
        _unfinished,
    )
