"""Real workers on a real Valkey, as processes that can be killed."""

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from boucle.kit.embedded_valkey import embedded_valkey
from boucle.kit.valkey import connect_valkey

REPOSITORY = Path(__file__).parents[2]


@dataclass
class Workers:
    """Starts workers for one database and one Valkey, and leaves none behind."""

    environment: dict[str, str]
    folder: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *, clock_wrong_by: float = 0) -> subprocess.Popen[bytes]:
        """Start a worker whose clock may be wrong by so many seconds."""
        log = (self.folder / f"worker-{len(self.running)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.worker.worker_process", str(clock_wrong_by)],
            cwd=REPOSITORY,
            env=os.environ | self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9: no handler, no farewell."""
        process.send_signal(signal.SIGKILL)
        process.wait(10)

    def logs(self) -> str:
        """What all workers wrote."""
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("worker-*.log")))

    def end(self) -> None:
        """Kill whatever still runs."""
        for process in self.running:
            if process.poll() is None:
                self.kill(process)


@pytest.fixture(scope="session")
def valkey_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with embedded_valkey(tmp_path_factory.mktemp("valkey")) as url:
        yield url


@pytest.fixture
def fresh_valkey(valkey_url: str) -> str:
    from redis import Redis

    with Redis.from_url(valkey_url) as client:
        client.flushall()
    return valkey_url


@pytest.fixture
async def workers(db: str, fresh_valkey: str, tmp_path: Path) -> AsyncIterator[Workers]:
    """Workers on the open database; this process asks for jobs through the same Valkey."""
    environment = {
        "BOUCLE_DATABASE_URL": db,
        "BOUCLE_VALKEY_URL": fresh_valkey,
        "BOUCLE_SWEEP_SECONDS": "1",
        "PYTHONPATH": f"{REPOSITORY / 'backend'}:{REPOSITORY}",
    }
    started = Workers(environment, tmp_path)
    async with AsyncExitStack() as stack:
        await connect_valkey(fresh_valkey, stack)
        try:
            yield started
        finally:
            started.end()
