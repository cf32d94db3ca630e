"""A process that ends with its parent, whatever ends the parent."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

STOP_WITHIN_SECONDS = 15.0
PR_SET_PDEATHSIG = 1


class Child:
    """One command that can be started, stopped and started again."""

    def __init__(self, command: Sequence[str], *, folder: Path, variables: Mapping[str, str]) -> None:
        self._command = command
        self._folder = folder
        self._variables = variables
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it; its output goes where ours goes."""
        self._process = subprocess.Popen(  # noqa: S603  (our own commands)
            self._command,
            cwd=self._folder,
            env={**os.environ, **self._variables},
            stdin=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C is for us; we end it in our own order
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
        )

    def stop(self) -> None:
        """Ask it to end, with all that it started; make it end where it does not."""
        if self._process is None or self._process.poll() is not None:
            return
        os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def restart(self) -> None:
        """Stop it if it runs, then start it."""
        self.stop()
        self.start()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
