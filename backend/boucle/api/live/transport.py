"""graphql-transport-ws over Strawberry's handler: strict about messages, patient with wrong documents."""

from functools import partial
from typing import cast

from starlette.websockets import WebSocket
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import ConnectionInitMessage, Message

from boucle.api.authentication import reload
from boucle.api.context import Context
from boucle.api.live.sockets import ACCESS_REVOKED, close_socket

MESSAGE_TYPES = frozenset({"connection_init", "ping", "pong", "subscribe", "complete"})


class TransportHandler(BaseGraphQLTransportWSHandler[Context, None]):
    """The protocol, except that one wrong document does not end its neighbours on the same socket."""

    @staticmethod
    def _get_pre_execution_close_reason(error: object) -> str | None:  # noqa: ARG004  (the parent's signature)
        return None

    async def handle(self) -> None:
        socket = cast("ASGIWebSocketAdapter", self.websocket).ws
        with self.context.services.hub.watched(partial(check_access, self.context, socket)):
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


async def check_access(context: Context, socket: WebSocket) -> None:
    """Give the socket's viewer their present rights, or close it where their access has ended."""
    if context.viewer is None:
        return
    viewer = await reload(context.viewer, context.services)
    if viewer is None:
        await close_socket(socket, ACCESS_REVOKED, "Access revoked")
    else:
        context.viewer = viewer
