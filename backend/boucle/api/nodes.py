"""`node(id:)`: every type with an id registers its prefix."""

from typing import TYPE_CHECKING

import strawberry

from boucle.kit.ids import parse_global_id

if TYPE_CHECKING:
    from boucle.api.rows import RowObject


@strawberry.interface(description="Anything with a global id. Ids are opaque: a prefix and a number.")
class Node:
    id: strawberry.ID = strawberry.field(description="Global id, stable for ever.")


_types: "dict[str, type[RowObject]]" = {}


def register_node(prefix: str, kind: "type[RowObject]") -> None:
    """Make the rows of a type known by the prefix of their ids."""
    assert _types.setdefault(prefix, kind).__name__ == kind.__name__, prefix
    _types[prefix] = kind


def node_of(global_id: str) -> "RowObject | None":
    """Return the row of a global id, which may be there or not; `None` for no such id."""
    parsed = parse_global_id(global_id)
    if parsed is None or parsed[0] not in _types:
        return None
    return _types[parsed[0]].numbered(parsed[1])
