"""A worker as an operating system runs it: `python -m tests.worker.worker_process [seconds its clock is wrong]`."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

import time_machine

from boucle.kit.logging import configure_logging
from boucle.settings import load_settings
from boucle.worker import run_worker_process


def main() -> None:
    configure_logging(form="json", level="info")
    wrong_by = timedelta(seconds=float(sys.argv[1]) if len(sys.argv) > 1 else 0)
    if not wrong_by:
        asyncio.run(run_worker_process(load_settings()))
        return
    with time_machine.travel(datetime.now(UTC) + wrong_by, tick=True):
        asyncio.run(run_worker_process(load_settings()))


if __name__ == "__main__":
    main()
