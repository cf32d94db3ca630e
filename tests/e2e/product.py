"""The real product as somebody starts it: `boucle run`, the address that it prints, Ctrl-C, nothing left behind."""

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

REPOSITORY = Path(__file__).parents[2]
BUILT_SCREENS = REPOSITORY / "frontend" / "dist" / "index.html"
STARTS_WITHIN_SECONDS = 90
STOPS_WITHIN_SECONDS = 20
ADDRESS = re.compile(r"Boucle is ready: (http://\S+)")
MIB = 1024 * 1024


@dataclass
class Product:
    """One running `boucle run` with its own data."""

    data_dir: Path
    address: str
    process: subprocess.Popen[bytes]

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.address.rsplit(":", 1)[1])

    def processes(self) -> list[psutil.Process]:
        """Web and worker, and what they started: the embedded Valkey."""
        main = psutil.Process(self.process.pid)
        return [main, *main.children(recursive=True)]

    def resident_mib(self) -> float:
        """Resident memory of all its processes; what they share is counted in each."""
        return sum(each.memory_info().rss for each in self.processes()) / MIB

    def stop(self) -> None:
        """Press Ctrl-C, as in a terminal, and check that nothing is left behind."""
        family = self.processes()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(STOPS_WITHIN_SECONDS)
        _, left = psutil.wait_procs(family, timeout=STOPS_WITHIN_SECONDS)
        for each in left:
            each.kill()
        assert not left, f"left behind after Ctrl-C: {left}"
        assert self.process.returncode == 0, self.output()

    def kill(self) -> None:
        """Pull the plug: no goodbye to anybody."""
        family = self.processes()
        self.process.kill()
        self.process.wait(STOPS_WITHIN_SECONDS)
        for each in family[1:]:
            if each.is_running():
                each.kill()
        psutil.wait_procs(family, timeout=STOPS_WITHIN_SECONDS)

    def output(self) -> str:
        """What it has said so far."""
        return _log(self.data_dir).read_text()


def start_product(data_dir: Path, *, port: int = 0) -> Product:
    """Start `boucle run` and wait until it says where it is."""
    assert BUILT_SCREENS.exists(), "The screens are not built (frontend/dist): run `make test-browser`, or `make run`."
    log = _log(data_dir)
    settings = {name: value for name, value in os.environ.items() if not name.startswith("BOUCLE_")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "boucle", "run", "--port", str(port), "--data-dir", str(data_dir)],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=settings,
        )
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        said = log.read_text()
        if found := ADDRESS.search(said):
            return Product(data_dir, found[1], process)
        assert process.poll() is None, said
        time.sleep(0.05)
    process.kill()
    raise AssertionError(f"Not ready within {STARTS_WITHIN_SECONDS} s:\n{log.read_text()}")


def _log(data_dir: Path) -> Path:
    return data_dir / "output.log"
