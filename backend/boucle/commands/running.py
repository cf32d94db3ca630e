"""`boucle run`, `web` and `worker`: prepare, serve until Ctrl-C, leave nothing behind."""

import asyncio
import socket
import sys
from collections.abc import Coroutine
from contextlib import ExitStack
from typing import Any

import uvloop

from boucle.commands.data_folder import prepare_folder
from boucle.commands.database import check_prepared, is_empty, migrate_all
from boucle.commands.demo import fill, welcome_lines
from boucle.commands.listening import bound_sockets
from boucle.commands.terminal import say
from boucle.commands.valkey_address import announced_valkey
from boucle.kit.embedded_valkey import embedded_valkey
from boucle.kit.logging import configure_logging
from boucle.running import WebDidNotStart, serve_all, serve_web, serve_worker
from boucle.settings import Settings, SettingsError


def run_everything(settings: Settings, *, with_demo: bool) -> None:
    """Take the port, prepare folder and database, start Valkey, serve until told to stop."""
    settings, sockets = _with_port(settings)
    _configure_logging(settings)
    prepare_folder(settings)
    say(f"Preparing the database: {settings.shown_database}")
    asyncio.run(migrate_all(settings))
    if with_demo and asyncio.run(is_empty(settings)):
        say("Making the demo company, once")
        uvloop.run(fill(settings))
    accounts = asyncio.run(welcome_lines(settings))
    with ExitStack() as stack:
        if settings.valkey_url is None:
            url = stack.enter_context(embedded_valkey(settings.data_dir / "valkey"))
            stack.enter_context(announced_valkey(settings, url))
            settings = settings.model_copy(update={"valkey_url": url})

        def welcome(port: int) -> None:
            say("\n".join([f"\nBoucle is ready: {settings.address_at(port)}", *accounts, "Ctrl-C stops it."]))

        _until_stopped(serve_all(settings, sockets, on_ready=welcome))


def run_web(settings: Settings) -> None:
    """Serve HTTP and sockets until told to stop."""
    settings, sockets = _with_port(settings)
    _configure_logging(settings)
    asyncio.run(check_prepared(settings))

    def welcome(port: int) -> None:
        say(f"Listening: {settings.address_at(port)}")

    _until_stopped(serve_web(settings, sockets, on_ready=welcome))


def run_worker_process(settings: Settings) -> None:
    """Run jobs until told to stop."""
    if settings.valkey_url is None:
        raise SettingsError("BOUCLE_VALKEY_URL is not set: a worker needs one, e.g. redis://127.0.0.1:6379/0")
    _configure_logging(settings)
    asyncio.run(check_prepared(settings))
    _until_stopped(serve_worker(settings))


def _until_stopped(serving: Coroutine[Any, Any, None]) -> None:
    try:
        uvloop.run(serving)
    except WebDidNotStart:
        sys.exit("The web server did not start; see the lines above.")
    say("Stopped.")


def _with_port(settings: Settings) -> tuple[Settings, list[socket.socket]]:
    """Take the port, a free one where any is asked for, before links to this deployment are written."""
    sockets = bound_sockets(settings.host, settings.port)
    return settings.model_copy(update={"port": sockets[0].getsockname()[1]}), sockets


def _configure_logging(settings: Settings) -> None:
    configure_logging(form=settings.log_format, level=settings.log_level)
