"""`boucle run`, `web` and `worker`: prepare, serve until Ctrl-C, leave nothing behind."""

import asyncio
import socket
import sys
from collections.abc import Coroutine
from contextlib import ExitStack
from typing import Any

import uvloop

from boucle.commands.database import check_prepared, is_empty, migrate_all
from boucle.commands.demo import fill, welcome_lines
from boucle.commands.terminal import say
from boucle.commands.valkey_address import announced_valkey
from boucle.kit.embedded_valkey import embedded_valkey
from boucle.kit.logging import configure_logging
from boucle.running import WebDidNotStart, serve_all, serve_web, serve_worker
from boucle.settings import Settings, SettingsError


def run_everything(settings: Settings, *, with_demo: bool) -> None:
    """Prepare the database, start Valkey, serve until told to stop."""
    settings = _with_port(settings)
    _configure_logging(settings)
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

        _until_stopped(settings, serve_all(settings, on_ready=welcome))


def run_web(settings: Settings) -> None:
    """Serve HTTP and sockets until told to stop."""
    settings = _with_port(settings)
    _configure_logging(settings)
    asyncio.run(check_prepared(settings))

    def welcome(port: int) -> None:
        say(f"Listening: {settings.address_at(port)}")

    _until_stopped(settings, serve_web(settings, on_ready=welcome))


def run_worker_process(settings: Settings) -> None:
    """Run jobs until told to stop."""
    if settings.valkey_url is None:
        raise SettingsError("BOUCLE_VALKEY_URL is not set: a worker needs one, e.g. redis://127.0.0.1:6379/0")
    _configure_logging(settings)
    asyncio.run(check_prepared(settings))
    _until_stopped(settings, serve_worker(settings))


def _until_stopped(settings: Settings, serving: Coroutine[Any, Any, None]) -> None:
    try:
        uvloop.run(serving)
    except WebDidNotStart:
        sys.exit(f"Port {settings.port} on {settings.host} is taken or not allowed. Choose another with --port.")
    say("Stopped.")


def _with_port(settings: Settings) -> Settings:
    """Choose a free port where any is asked for, before links to this deployment are written."""
    if settings.port:
        return settings
    with socket.socket() as probe:
        probe.bind((settings.host, 0))
        return settings.model_copy(update={"port": probe.getsockname()[1]})


def _configure_logging(settings: Settings) -> None:
    configure_logging(form=settings.log_format, level=settings.log_level)
