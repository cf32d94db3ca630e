"""Running the processes: web, worker, or both with an embedded Valkey; they start fast and leave nothing behind."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette

from boucle.api.arrivals import Config, Door, most_connections
from boucle.api.live.wire import HttpWire, SocketWire
from boucle.app import make_app
from boucle.kit.garbage import spare_garbage_rounds
from boucle.settings import Settings
from boucle.worker import run_worker, run_worker_process

GRACE_SECONDS = 5
# Longer than proxies keep theirs (Caddy two minutes, nginx one): else they send answers to connections that are just
# being closed, and cannot send them again.
KEEP_ALIVE_SECONDS = 150
LARGEST_MESSAGE = 1_048_576
STARTED_CHECK_SECONDS = 0.02
OnReady = Callable[[int], None]
Sockets = Sequence[socket.socket]


class WebDidNotStart(Exception):
    """The web server ended before it listened; the log says why."""


class Server(uvicorn.Server):
    """Uvicorn without signal handlers of its own: one place decides when everything stops."""

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().serve(sockets)
        except SystemExit as ended:  # it would go through everything that runs, with a stack of each
            raise WebDidNotStart from ended

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    @property
    def bound_port(self) -> int:
        """The port it listens on, also where any free one was asked for."""
        return int(self.servers[0].sockets[0].getsockname()[1])


def web_server(app: Starlette, settings: Settings) -> Server:
    """Return the HTTP server for an app."""
    return Server(
        Config(
            app,
            door=Door(settings.connections or most_connections(besides=settings.database_pool)),
            host=settings.host,
            port=settings.port,
            loop="uvloop",
            http=HttpWire,
            ws=SocketWire,
            ws_max_size=LARGEST_MESSAGE,
            ws_per_message_deflate=False,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )


async def serve_web(settings: Settings, sockets: Sockets, *, on_ready: OnReady) -> None:
    """Run the web process on sockets that are bound, until it is told to stop; `on_ready` is called with the port."""
    stop = _stop_on_signals()
    server = web_server(make_app(settings), settings)
    async with _serving(server, sockets, on_ready=on_ready) as web:
        await _first_of(stop, web)


async def serve_worker(settings: Settings) -> None:
    """Run a worker process until it is told to stop."""
    await run_worker_process(settings)


async def serve_all(settings: Settings, sockets: Sockets, *, on_ready: OnReady) -> None:
    """Run web and worker in this process until it is told to stop; the settings name the Valkey."""
    stop = _stop_on_signals()
    server = web_server(make_app(settings), settings)
    async with _serving(server, sockets, on_ready=on_ready) as web:
        worker = asyncio.create_task(run_worker(settings, stop))
        try:
            await _first_of(stop, web, worker)
        finally:
            stop.set()
            await worker


@asynccontextmanager
async def _serving(server: Server, sockets: Sockets, *, on_ready: OnReady) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(server.serve(list(sockets)))
    try:
        while not server.started:
            if task.done():
                raise WebDidNotStart from task.exception()
            await asyncio.sleep(STARTED_CHECK_SECONDS)
        spare_garbage_rounds()
        on_ready(server.bound_port)
        yield task
    finally:
        server.should_exit = True
        await asyncio.wait({task})


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    return stop


async def _first_of(stop: asyncio.Event, *tasks: asyncio.Task[None]) -> None:
    waiting = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait({waiting, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    for task in done - {waiting}:
        task.result()  # a part that ended by itself ended by an error: show it
