"""A colleague in a process of their own, who comments on a ticket, so many times in one transaction.

`python -m benchmarks.commenting` takes DATABASE_URL and VALKEY_URL from the environment. Each line of its standard
input is a ticket and a number of comments; the answer is when they were committed, by the system's monotonic clock.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager

from benchmarks.agents import TOKEN
from boucle.accounts.access import Viewer
from boucle.accounts.credentials import token_of_secret
from boucle.events.log import load_epoch
from boucle.kit.clock import utc_now
from boucle.kit.database import close_database, open_database
from boucle.kit.unit_of_work import after_commit, unit_of_work
from boucle.kit.valkey import connect_valkey
from boucle.tickets.actions import comment_ticket
from boucle.tickets.models import TicketId


class Commenter:
    """The colleague, as the benchmark commands them."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def comment(self, ticket_id: int, times: int) -> float:
        """Comment so many times at once; return when that was committed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{ticket_id} {times}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


@contextmanager
def commenter(url: str, valkey: str) -> Iterator[Commenter]:
    """Start the colleague; they leave with the block."""
    environment = {**os.environ, "DATABASE_URL": url, "VALKEY_URL": valkey}
    command = [sys.executable, "-m", "benchmarks.commenting"]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Commenter(process)
    finally:
        process.terminate()
        process.wait()


async def main() -> None:
    """Comment as ordered until the input ends."""
    async with AsyncExitStack() as stack:
        await open_database(os.environ["DATABASE_URL"])
        stack.push_async_callback(close_database)
        await load_epoch()
        await connect_valkey(os.environ["VALKEY_URL"], stack)
        credential = await token_of_secret(TOKEN, now=utc_now())
        assert credential is not None, "the database of the benchmarks has this token"
        while line := await asyncio.to_thread(sys.stdin.readline):
            ticket_id, times = map(int, line.split())
            print(await _committed(credential.viewer, TicketId(ticket_id), times), flush=True)


async def _committed(viewer: Viewer, ticket_id: TicketId, times: int) -> float:
    moments: list[float] = []

    async def note() -> None:
        moments.append(time.monotonic())

    async with unit_of_work():
        after_commit(note)  # before the bell, which is rung next
        for number in range(times):
            await comment_ticket(viewer, ticket_id, body=f"Called the customer, try {number}", now=utc_now())
    return moments[0]


if __name__ == "__main__":
    asyncio.run(main())
