"""Subscriptions of a socket: while they are live no task runs for them, each message goes straight to the wire."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import orjson

from boucle.api.live.messages import Item
from boucle.api.live.rendering import Payload
from boucle.api.live.subscribers import Subscription
from boucle.api.live.wire import SocketWire


@dataclass(eq=False, slots=True, kw_only=True)
class SocketSubscription(Subscription):
    """An operation of graphql-transport-ws that follows the log."""

    wire: SocketWire
    head: bytes
    on_last: Callable[[], None]

    def pass_on(self, items: Sequence[Item]) -> None:
        """Write what the client has not had, or let it wait where the client does not read."""
        for item in items:
            if self.ended_by is not None:
                return
            if not item.message.is_news_after(self.last):
                continue
            self.last = item.message.cursor
            if self.wire.is_busy:
                self.hold([item])
                self.wire.waiting.append(self)
            else:
                self.write(item)

    def write_next(self) -> None:
        """Write the first of what waits; nothing waits where the subscription has ended meanwhile."""
        if self.waiting:
            self.write(self.waiting.pop(0))

    def write(self, item: Item) -> None:
        """Write one message, and after the last one that the operation is complete."""
        text = cast("Payload", item.written).text(self.viewer.language)
        self.wire.write_text(self.head, text, b"}")
        if item.message.is_last:
            self.on_last()


def head_of_next(operation_id: str) -> bytes:
    """Return how every `next` message of an operation begins; its payload and a brace follow."""
    return b'{"id":' + orjson.dumps(operation_id) + b',"type":"next","payload":'


def complete_of(operation_id: str) -> bytes:
    """Return the message that an operation is complete."""
    return orjson.dumps({"id": operation_id, "type": "complete"})
