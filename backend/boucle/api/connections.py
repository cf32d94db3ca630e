"""Relay connections over keyset pages."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Generic, TypeVar

import strawberry
from tortoise.models import Model
from tortoise.queryset import QuerySet

from boucle.kit.pagination import Order, Page, PageRequest, read_page

NodeType = TypeVar("NodeType")
Row = TypeVar("Row", bound=Model)

First = Annotated[int | None, strawberry.argument(description="How many from the start, 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="Only what comes after this cursor.")]
Last = Annotated[int | None, strawberry.argument(description="How many from the end, 1 to 100.")]
Before = Annotated[str | None, strawberry.argument(description="Only what comes before this cursor.")]


@strawberry.type(description="Whether there is more, and where this page begins and ends.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether rows follow this page.")
    has_previous_page: bool = strawberry.field(description="Whether rows precede this page.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first row; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last row; null on an empty page.")


@strawberry.type(description="A row and its place in the list.")
class Edge(Generic[NodeType]):
    cursor: str = strawberry.field(description="Keyset cursor: sort value and id, valid for this order and filter.")
    node: NodeType = strawberry.field(description="The row.")


@strawberry.type(description="A page of a list, by keyset; never skips or repeats a row that did not move.")
class Connection(Generic[NodeType]):
    edges: list[Edge[NodeType]] = strawberry.field(description="Rows with their cursors.")
    nodes: list[NodeType] = strawberry.field(description="Rows without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page lies.")
    count: strawberry.Private[Callable[[], Awaitable[int]]]

    @strawberry.field(description="How many rows the whole list has; costs a count of its own.")
    async def total_count(self) -> int:
        return await self.count()


async def connect(
    query: QuerySet[Row],
    page: PageRequest,
    order: Order,
    *,
    of: Callable[[Row], NodeType],
    filter_print: str = "-",
) -> Connection[NodeType]:
    """Read a page of `query` and return it as a connection of `of(row)`."""
    read = await read_page(query, page, order, filter_print=filter_print)
    return connection_of(read, of=of, count=query.count)


def connection_of(
    page: Page[Row], *, of: Callable[[Row], NodeType], count: Callable[[], Awaitable[int]]
) -> Connection[NodeType]:
    """Return a page that was read as a connection."""
    nodes = [of(row) for row in page.rows]
    edges = [Edge(cursor=cursor, node=node) for cursor, node in zip(page.cursors, nodes, strict=True)]
    info = PageInfo(
        has_next_page=page.has_next,
        has_previous_page=page.has_previous,
        start_cursor=page.cursors[0] if page.cursors else None,
        end_cursor=page.cursors[-1] if page.cursors else None,
    )
    return Connection(edges=edges, nodes=nodes, page_info=info, count=count)
