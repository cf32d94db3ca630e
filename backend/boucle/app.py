"""Composition root of the web process: its services, their life, and the routes."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from boucle.api import health, intake, public_addresses, respond, static
from boucle.api.live.hub import LiveHub
from boucle.api.live.presence import opened_board
from boucle.api.masking import BoucleSchema
from boucle.api.middleware import EveryRequest
from boucle.api.schema import make_schema
from boucle.api.services import Services
from boucle.api.view import BoucleGraphQL
from boucle.events.log import load_epoch
from boucle.kit.allowances import Allowances, Bucket, connect_allowances
from boucle.kit.attempts import connect_attempts
from boucle.kit.bus import LocalBell, install_bell
from boucle.kit.clock import utc_now
from boucle.kit.database import close_database, open_database
from boucle.kit.jobs import RecordingQueue, install_queue
from boucle.kit.ratelimit import Limiter
from boucle.kit.storage import WriteProbe
from boucle.kit.valkey import connect_valkey
from boucle.settings import Settings


def make_app(settings: Settings) -> Starlette:
    """Return the web application; its database, Valkey and log reader open and close with its lifespan."""

    schema = make_schema()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            app.state.services = await open_services(settings, stack)
            schema.operations.check()
            yield

    return Starlette(
        routes=_routes(schema, settings),
        middleware=[Middleware(EveryRequest)],
        lifespan=lifespan,
    )


async def open_services(settings: Settings, stack: AsyncExitStack) -> Services:
    """Connect to everything that requests need; `stack` closes it again."""
    await open_database(
        settings.database,
        pool_size=settings.database_pool,
        statement_timeout_ms=int(settings.statement_timeout_seconds * 1000),
    )
    stack.push_async_callback(close_database)
    await load_epoch()
    await open_valkey(settings, stack)
    hub = LiveHub(retention=settings.retention, now=utc_now)
    await hub.start()
    stack.push_async_callback(hub.stop)
    presence = await opened_board(settings.valkey_url, stack)
    attempts = connect_attempts(settings.valkey_url)
    stack.push_async_callback(attempts.close)
    return Services(
        settings=settings,
        limiter=Limiter(settings.valkey_url),
        attempts=attempts,
        allowances=_open_allowances(settings, stack),
        hub=hub,
        presence=presence,
        write_probe=WriteProbe(),
        now=utc_now,
    )


def _open_allowances(settings: Settings, stack: AsyncExitStack) -> Allowances:
    # Whatever may run at all must fit into a full bucket.
    bucket = Bucket(max(settings.cost_capacity, settings.cost_limit), settings.cost_restore)
    allowances, valkey = connect_allowances(bucket, settings.valkey_url)
    if valkey is not None:
        stack.push_async_callback(valkey.aclose)
    return allowances


async def open_valkey(settings: Settings, stack: AsyncExitStack) -> None:
    """Install the bell and the queue: shared ones with Valkey, silent ones without."""
    if settings.valkey_url is None:
        install_bell(LocalBell())
        install_queue(RecordingQueue())
        return
    await connect_valkey(settings.valkey_url, stack)


def _routes(schema: BoucleSchema, settings: Settings) -> list[BaseRoute]:
    endpoint = BoucleGraphQL(schema, settings)
    return [
        Route("/graphql", endpoint, methods=["GET", "POST"]),
        WebSocketRoute("/graphql", endpoint),
        *health.routes,
        *intake.routes,
        *respond.routes,
        *public_addresses.routes,
        *static.routes,
    ]
