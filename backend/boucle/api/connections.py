"""Relay connections over keyset pages."""

from typing import Annotated, Generic, TypeVar

import strawberry

NodeType = TypeVar("NodeType")

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
    total_count: int = strawberry.field(description="How many rows the whole list has; costs a count of its own.")
