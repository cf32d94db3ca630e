"""graphql-transport-ws over Strawberry's handler: strict about messages, patient with wrong documents.

Subscriptions that the planner can write are followed without a task of their own.
"""

from contextlib import aclosing
from functools import partial
from typing import Any, cast

from graphql import located_error
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.subscriptions.protocols.graphql_transport_ws.types import ConnectionInitMessage, Message

from boucle.api.context import Context
from boucle.api.live.access import WatchedConnection
from boucle.api.live.messages import Item
from boucle.api.live.opened import LiveStream, caught_up
from boucle.api.live.rendering import Payload, PlannedRenderer
from boucle.api.live.socket_subscriptions import SocketSubscription, complete_of, head_of_next
from boucle.api.live.sockets import ACCESS_REVOKED, TOO_SLOW, CloseLater, close_socket
from boucle.api.live.subscribers import AccessEnded, StreamEnded, TooSlow
from boucle.api.live.wire import EXTENSION, SocketWire
from boucle.planner.executing import Answer

MESSAGE_TYPES = frozenset({"connection_init", "ping", "pong", "subscribe", "complete"})


class TransportHandler(BaseGraphQLTransportWSHandler[Context, None]):
    """The protocol, except that one wrong document does not end its neighbours on the same socket."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.socket = cast("ASGIWebSocketAdapter", self.websocket).ws
        self.wire = cast("SocketWire | None", self.socket.scope.get("extensions", {}).get(EXTENSION))
        self.followed: dict[str, SocketSubscription] = {}
        revoke = partial(close_socket, self.socket, ACCESS_REVOKED, "Access revoked")
        self.watched = WatchedConnection(self.context, revoke)

    @staticmethod
    def _get_pre_execution_close_reason(error: object) -> str | None:  # noqa: ARG004  (the parent's signature)
        return None

    async def handle(self) -> None:
        with self.context.services.hub.watched(self.watched):
            await super().handle()

    async def handle_message(self, message: Message) -> None:
        if (fault := fault_of(message)) is not None:
            await self.handle_invalid_message(fault)
            return
        await super().handle_message(message)

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        if message.get("payload") is None:
            message = {"type": "connection_init"}
        await super().handle_connection_init(message)
        self.connection_init_timeout_task = None  # it has ended, with a traceback that need not be kept

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        opened = None if self.wire is None else await self._opened(operation)
        if opened is None or self.wire is None:
            await super().run_operation(operation)
            return
        subscription = self._subscription(operation, opened[1], self.wire)
        try:
            await self._follow(subscription, opened[0])
        except (TooSlow, AccessEnded):
            return  # the socket is being closed, which says why
        except BaseException as error:
            self._leave(operation.id)
            if not isinstance(error, Exception):
                raise
            payload = Payload(Answer(None, [located_error(error)]))
            self.wire.write_text(subscription.head, payload.text(subscription.viewer.language), b"}")
            self._complete(operation, subscription)

    async def cleanup_operation(self, operation_id: str) -> None:
        self._leave(operation_id)
        await super().cleanup_operation(operation_id)

    async def _opened(self, operation: Operation[Context, None]) -> tuple[LiveStream, PlannedRenderer] | None:
        from boucle.api.masking import BoucleSchema  # noqa: PLC0415  (the schema knows live fields: a cycle)

        schema = cast("BoucleSchema", self.schema)
        return await schema.opened(operation.query, operation.operation_name, operation.variables, self.context)

    def _subscription(
        self, operation: Operation[Context, None], renderer: PlannedRenderer, wire: SocketWire
    ) -> SocketSubscription:
        subscription = SocketSubscription(
            self.context.services.settings.live_queue,
            self.context.signed_in,
            renderer,
            CloseLater(self.socket, TOO_SLOW, "Too slow: resume by cursor"),
            wire=wire,
            head=head_of_next(operation.id),
            on_last=lambda: self._complete(operation, subscription),
        )
        self.followed[operation.id] = subscription
        self.watched.subscriptions.add(subscription)
        return subscription

    async def _follow(self, subscription: SocketSubscription, stream: LiveStream) -> None:
        """Write what was missed as fast as the client reads; from then on the log's reader writes."""
        stream.join(subscription)
        async with aclosing(self.context.services.hub.catch_up(subscription, stream.start)) as replay:
            async for items in replay:
                for item in items:
                    await self._write(subscription, item)
        subscription.check()
        await self._write(subscription, await caught_up(subscription))
        subscription.go_live()

    async def _write(self, subscription: SocketSubscription, item: Item) -> None:
        while subscription.wire.is_busy:
            await subscription.wire.writable.wait()
        subscription.check()
        subscription.write(item)

    def _leave(self, operation_id: str) -> None:
        subscription = self.followed.pop(operation_id, None)
        if subscription is not None:
            self.watched.subscriptions.discard(subscription)
            self.context.services.hub.leave(subscription)

    def _complete(self, operation: Operation[Context, None], subscription: SocketSubscription) -> None:
        """Say that the stream is over; its id may be used again at once."""
        subscription.end(StreamEnded())
        self._leave(operation.id)
        if self.operations.pop(operation.id, None) is not None:
            operation.completed = True
            subscription.wire.write_text(complete_of(operation.id))


def fault_of(message: object) -> str | None:
    """Return what is wrong with the shape of a message, short enough for a close frame; `None`: nothing."""
    if not isinstance(message, dict):
        return "A message is a JSON object"
    kind = message.get("type")
    if not isinstance(kind, str) or kind not in MESSAGE_TYPES:
        return f"Unknown message type {str(kind)[:40]!r}"
    if kind in {"subscribe", "complete"}:
        name = message.get("id")
        if not isinstance(name, str) or not name:
            return f"'{kind}' needs an 'id', a text that is not empty"
    if kind == "subscribe":
        return _fault_of_operation(message.get("payload"))
    if not isinstance(message.get("payload"), dict | None):
        return f"The payload of '{kind}' is an object or missing"
    return None


def _fault_of_operation(payload: object) -> str | None:
    if not isinstance(payload, dict) or not isinstance(payload.get("query"), str):
        return "'subscribe' needs a 'payload' with a 'query'"
    if not isinstance(payload.get("operationName"), str | None):
        return "'operationName' is a text or missing"
    for name in ("variables", "extensions"):
        if not isinstance(payload.get(name), dict | None):
            return f"'{name}' is an object or missing"
    return None
