"""`node(id:)`: every type with an id registers how to find it for a viewer."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import strawberry

from boucle.api.context import Context
from boucle.kit.ids import parse_global_id

Loader = Callable[[Context, int], Awaitable["Node | None"]]
AnyLoader = TypeVar("AnyLoader", bound=Callable[..., Awaitable[object]])
_loaders: dict[str, Callable[[Context, int], Awaitable[object]]] = {}


@strawberry.interface(description="Anything with a global id. Ids are opaque: a prefix and a number.")
class Node:
    id: strawberry.ID = strawberry.field(description="Global id, stable for ever.")


def finds(prefix: str) -> Callable[[AnyLoader], AnyLoader]:
    """Register how to find the node of a prefix; it answers `None` for what the viewer may not see."""

    def register(load: AnyLoader) -> AnyLoader:
        assert prefix not in _loaders, prefix
        _loaders[prefix] = load
        return load

    return register


async def find_node(context: Context, global_id: str) -> Node | None:
    """Return the node, or `None` where there is none or the viewer may not see it."""
    parsed = parse_global_id(global_id)
    if parsed is None or parsed[0] not in _loaders:
        return None
    node = await _loaders[parsed[0]](context, parsed[1])
    assert node is None or isinstance(node, Node), global_id
    return node
