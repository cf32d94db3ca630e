"""GraphQL over HTTP, server-sent events and WebSockets: Strawberry's view with this product's manners."""

from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import ASGIWebSocketAdapter, GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.schema import Schema
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.types import ExecutionResult
from strawberry.types.unset import UNSET, UnsetType

from boucle.api.authentication import identify, reload
from boucle.api.context import Context, note_live_cursor
from boucle.api.live.sockets import ACCESS_REVOKED, close_socket
from boucle.api.services import Services
from boucle.settings import Settings

RESPONSE_JSON = "application/graphql-response+json"


class TransportHandler(BaseGraphQLTransportWSHandler[Context, None]):
    """The protocol, except that one wrong document does not end its neighbours on the same socket."""

    @staticmethod
    def _get_pre_execution_close_reason(error: object) -> str | None:  # noqa: ARG004  (the parent's signature)
        return None

    async def handle(self) -> None:
        socket = cast("ASGIWebSocketAdapter", self.websocket).ws
        with self.context.services.hub.watched(partial(check_access, self.context, socket)):
            await super().handle()

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        await note_live_cursor()
        await super().run_operation(operation)


class BoucleGraphQL(GraphQL[Context, None]):
    """The endpoint `/graphql`."""

    graphql_transport_ws_handler_class = TransportHandler

    def __init__(self, schema: Schema, settings: Settings) -> None:
        super().__init__(
            schema,
            graphql_ide="graphiql",
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
            allowed_origins=[origin.strip() for origin in settings.allowed_origins.split(",") if origin.strip()],
        )
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await super().__call__(scope, receive, send)
            return
        request = Request(scope, receive)
        response = await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if refusal := self._refuse_foreign_page(request):
            return refusal
        try:
            return cast("Response", await self.run(request))
        except HTTPException as error:
            return _graphql_errors(error.reason, status=error.status_code)

    def _refuse_foreign_page(self, request: Request) -> Response | None:
        """Other sites' pages may not act with the browser's cookie."""
        origin = request.headers.get("origin")
        if request.method != "POST" or origin is None or "authorization" in request.headers:
            return None
        if urlsplit(origin).netloc == request.headers.get("host") or origin in self.allowed_origins:
            return None
        return _graphql_errors(f"Requests from {origin} are not allowed here (BOUCLE_ALLOWED_ORIGINS).", status=403)

    async def get_context(self, request: HTTPConnection, response: Response | WebSocket) -> Context:
        services: Services = request.app.state.services
        is_socket = isinstance(response, WebSocket)
        identity = await identify(request, services)
        if identity.is_refused and not is_socket:
            raise HTTPException(401, "This API token is not valid: unknown, expired or revoked.")
        return Context(services, request, response if isinstance(response, Response) else None, identity.viewer)

    def encode_json(self, data: object) -> str:
        # Text, not bytes: bytes would leave as binary frames, which the protocol forbids.
        return orjson.dumps(data).decode()

    def decode_json(self, data: str | bytes) -> object:
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError:
            raise HTTPException(400, "The body is not JSON.") from None

    async def execute_single(
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,
        sub_response: Response,
        context: Context,
        root_value: None,
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        await note_live_cursor()
        return await super().execute_single(
            request=request,
            request_adapter=request_adapter,
            request_data=request_data,
            context=context,
            root_value=root_value,
            sub_response=sub_response,
        )

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        answer = await super().process_result(request, result)
        has_run = result.data is not None or not result.errors or any(error.path for error in result.errors)
        if not has_run:
            answer.pop("data", None)
        request.state.has_run = has_run
        request.state.accepts_response_json = RESPONSE_JSON in request.headers.get("accept", "")
        return answer

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        response = Response(orjson.dumps(response_data))
        response.headers.raw.extend(sub_response.headers.raw)
        return response

    async def run(self, request: Any, context: Any = UNSET, root_value: Any = UNSET) -> Any:
        response = await super().run(request, context, root_value)
        if isinstance(request, Request) and hasattr(request.state, "has_run"):
            modern = request.state.accepts_response_json
            response.headers["content-type"] = f"{RESPONSE_JSON if modern else 'application/json'}; charset=utf-8"
            # A document that never ran is a wrong request; old clients expect 200 with `errors`.
            response.status_code = 400 if modern and not request.state.has_run else 200
        return response

    async def render_graphql_ide(self, request: Request) -> Response:
        identity = await identify(request, request.app.state.services)
        if identity.viewer is None and self.settings.introspection != "everyone":
            return JSONResponse({"errors": [{"message": "Sign in to use the API explorer."}]}, status_code=401)
        return HTMLResponse(self.graphql_ide_html)

    async def on_ws_connect(self, context: Context) -> UnsetType | dict[str, object] | None:
        authorization = context.connection_params.get("authorization")
        if isinstance(authorization, str):
            identity = await identify(context.connection, context.services, authorization=authorization)
            context.viewer = identity.viewer
        if context.viewer is None:
            raise ConnectionRejectionError
        no_payload: UnsetType = UNSET
        return no_payload

    async def create_websocket_response(self, request: WebSocket, subprotocol: str | None) -> WebSocket:
        await request.accept(subprotocol=subprotocol)
        return request


async def check_access(context: Context, socket: WebSocket) -> None:
    """Give the socket's viewer their present rights, or close it where their access has ended."""
    if context.viewer is None:
        return
    viewer = await reload(context.viewer, context.services)
    if viewer is None:
        await close_socket(socket, ACCESS_REVOKED, "Access revoked")
    else:
        context.viewer = viewer


def _graphql_errors(message: str, *, status: int) -> Response:
    return JSONResponse({"errors": [{"message": message}]}, status_code=status)
