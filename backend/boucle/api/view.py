"""GraphQL over HTTP, server-sent events and WebSockets: Strawberry's view with this product's manners."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta
from typing import Any, cast

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.http.streaming import HTTPStreamTransport
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult, SubscriptionExecutionResult
from strawberry.types.graphql import OperationType
from strawberry.types.unset import UNSET, UnsetType

from boucle.api.authentication import identify, reload
from boucle.api.context import Context
from boucle.api.direct import RESPONSE_JSON, ShortWay
from boucle.api.explorer import explorer_page
from boucle.api.graphql_requests import checked_body, given_again
from boucle.api.live.streams import EventStream
from boucle.api.live.transport import TransportHandler
from boucle.api.masking import BoucleSchema, without_operation
from boucle.api.services import Services
from boucle.kit.json_reading import read_json
from boucle.kit.logging import bind_log_context
from boucle.settings import Settings

INIT_WITHIN = timedelta(seconds=10)


class BoucleGraphQL(GraphQL[Context, None]):
    """The endpoint `/graphql`."""

    graphql_transport_ws_handler_class = TransportHandler

    def __init__(self, schema: BoucleSchema, settings: Settings, *, init_within: timedelta = INIT_WITHIN) -> None:
        super().__init__(
            schema,
            graphql_ide="graphiql",  # that there is one; the page is ours, see explorer.py
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
            allowed_origins=[origin.strip() for origin in settings.allowed_origins.split(",") if origin.strip()],
            connection_init_wait_timeout=init_within,
        )
        self.settings = settings
        self.short_way = ShortWay(schema)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await super().__call__(scope, receive, send)
            return
        request = Request(scope, receive)
        response = await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            if request.method != "POST":
                return cast("Response", await self.run(request))
            body = await checked_body(request, self.allowed_origins)
            return await self.short_way.answer(request, body) or await self._long_way(request, body)
        except HTTPException as error:
            return _refusal(error)

    async def _long_way(self, request: Request, body: bytes) -> Response:
        return cast("Response", await self.run(Request(request.scope, given_again(body, request.receive))))

    async def get_context(self, request: HTTPConnection, response: Response | WebSocket) -> Context:
        services: Services = request.app.state.services
        is_socket = isinstance(response, WebSocket)
        identity = await identify(request, services)
        if identity.is_refused and not is_socket:
            raise HTTPException(401, "This API token is not valid: unknown, expired or revoked.")
        if identity.viewer is not None:
            bind_log_context(user_id=identity.viewer.user_id)
        return Context(services, request, response if isinstance(response, Response) else None, identity.viewer)

    def encode_json(self, data: object) -> str:
        # Text, not bytes: bytes would leave as binary frames, which the protocol forbids.
        return orjson.dumps(data).decode()

    def decode_json(self, data: str | bytes) -> object:
        return read_json(data)

    def parse_json(self, data: str | bytes) -> dict[str, Any] | list[Any]:
        parsed = super().parse_json(data)
        if not isinstance(parsed, dict | list | None):
            raise HTTPException(400, "Expected a JSON object.")
        return {} if parsed is None else parsed

    async def execute_operation(
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,
        request_data: GraphQLRequestData | list[GraphQLRequestData],
        context: Context,
        root_value: None,
        sub_response: Response,
    ) -> ExecutionResult | list[ExecutionResult] | SubscriptionExecutionResult:
        result = await super().execute_operation(
            request=request,
            request_adapter=request_adapter,
            request_data=request_data,
            context=context,
            root_value=root_value,
            sub_response=sub_response,
        )
        request.state.result = result
        return result

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

    def _get_stream_transport_from_headers(self, headers: Mapping[str, str]) -> HTTPStreamTransport | None:
        # Clients list every type that they can read: a stream is for those who cannot read JSON.
        accept = Headers(dict(headers)).get("accept", "")
        return None if "json" in accept else super()._get_stream_transport_from_headers(headers)

    async def create_streaming_response(
        self,
        request: Request | WebSocket,
        stream: Callable[[], AsyncIterator[str]],
        sub_response: Response,
        headers: Mapping[str, str],
    ) -> Response:
        return EventStream(stream(), source=request.state.result, headers={**sub_response.headers, **headers})

    async def render_graphql_ide(self, request: Request) -> Response:
        identity = await identify(request, request.app.state.services)
        if identity.viewer is None and self.settings.introspection != "everyone":
            return JSONResponse({"errors": [{"message": "Sign in to use the API explorer."}]}, status_code=401)
        return explorer_page()

    async def on_ws_connect(self, context: Context) -> UnsetType | dict[str, object] | None:
        authorization = _authorization(context.connection_params)
        if isinstance(authorization, str):
            identity = await identify(context.connection, context.services, authorization=authorization)
            context.viewer = identity.viewer
        if context.viewer is not None:  # what ended or changed before it was watched was not for it to hear
            context.viewer = await reload(context.viewer, context.services)
        if context.viewer is None:
            raise ConnectionRejectionError
        no_payload: UnsetType = UNSET
        return no_payload

    async def create_websocket_response(self, request: WebSocket, subprotocol: str | None) -> WebSocket:
        await request.accept(subprotocol=subprotocol)
        return request


def _authorization(params: Mapping[str, object]) -> object:
    """Return what a socket's first message says of who asks; headers have no case, so its key has none."""
    return next((value for key, value in params.items() if key.lower() == "authorization"), None)


def _refusal(error: HTTPException) -> Response:
    cause, message, status, headers = error.__cause__, error.reason, error.status_code, None
    if isinstance(cause, CannotGetOperationTypeError):
        message = without_operation(cause)
    elif isinstance(cause, InvalidOperationTypeError) and cause.operation_type is OperationType.SUBSCRIPTION:
        message = "A subscription needs a socket (graphql-transport-ws) or Accept: text/event-stream."
    elif isinstance(cause, InvalidOperationTypeError):
        message, status, headers = "Mutations are not allowed by GET. Send a POST.", 405, {"Allow": "POST"}
    return JSONResponse({"errors": [{"message": message}]}, status_code=status, headers=headers)
