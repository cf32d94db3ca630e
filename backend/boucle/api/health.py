"""`/healthz`, `/readyz` and `/metrics` for whoever watches over the processes."""

from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from tortoise.exceptions import BaseORMException

from boucle.api.services import Services
from boucle.kit.database import fetch
from boucle.kit.valkey import ValkeyUnreachable, living_workers

SUBSCRIPTIONS = Gauge("boucle_subscriptions", "Open live subscriptions of this process.")
SOCKETS = Gauge("boucle_sockets", "Open live sockets of this process.")
WORKER_LAG = 60.0


async def alive(_: Request) -> Response:
    """Answer that the process runs."""
    return PlainTextResponse("ok")


async def ready(request: Request) -> Response:
    """Answer whether the process can serve: a database that takes writes, Valkey, and a worker that was seen lately."""
    services: Services = request.app.state.services
    checks = {"database": await _database(services), "valkey": "ok", "worker": "ok"}
    if services.settings.valkey_url is None:
        checks["valkey"] = checks["worker"] = "not configured (BOUCLE_VALKEY_URL)"
    else:
        try:
            beats = await living_workers(services.settings.valkey_url)
        except ValkeyUnreachable as error:
            checks["valkey"] = checks["worker"] = str(error)
        else:
            ages = [(services.now() - each.at).total_seconds() for each in beats]
            if not ages or min(ages) > WORKER_LAG:
                checks["worker"] = "no worker was seen in the last minute; start `boucle worker`"
    is_ready = all(value == "ok" for value in checks.values())
    return JSONResponse({"ready": is_ready, **checks}, status_code=200 if is_ready else 503)


async def metrics(request: Request) -> Response:
    """Answer in Prometheus' text format."""
    services: Services = request.app.state.services
    SUBSCRIPTIONS.set(services.hub.subscriber_count)
    SOCKETS.set(services.hub.socket_count)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _database(services: Services) -> str:
    try:
        await fetch("SELECT 1 AS one")
    except (BaseORMException, OSError) as error:
        return f"unreachable: {error}"
    return await services.write_probe.state()


routes = [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)]
