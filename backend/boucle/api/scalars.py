"""Scalars of our own, and enums of the domains as GraphQL sees them."""

from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

LogCursor = NewType("LogCursor", str)
CURSOR = strawberry.scalar(
    name="Cursor",
    description="A position in the event log, opaque text. Keep the last one received and resume from it.",
    serialize=str,
    parse_value=str,
)
SCALARS: dict[object, ScalarDefinition] = {LogCursor: CURSOR}
