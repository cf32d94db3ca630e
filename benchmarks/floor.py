"""The floor: the very statements that the planner sends, run by pgbench, prepared, with nothing around them."""

import asyncio
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from benchmarks.documents import Document, Side
from benchmarks.load import Load
from benchmarks.store import Store
from boucle.accounts.models import User
from boucle.accounts.queries import viewer_of
from boucle.api.context import Context
from boucle.api.schema import make_schema
from boucle.api.services import Services
from boucle.kit.clock import utc_now
from boucle.kit.database import close_database, dialect, fetch_rows, open_database
from boucle.planner.executing import execute, reading_by
from boucle.settings import load_settings

RATE = re.compile(r"tps = ([\d.]+) ")
MARK = re.compile(r"\$(\d+)")
LOOKS_LIKE_VARIABLE = re.compile(r"(?<!:):(?=\w)")


@dataclass(frozen=True, slots=True)
class Sent:
    """One statement as the driver gets it."""

    text: str
    values: Sequence[object]


def statements_of(document: Document, url: str) -> list[Sent]:
    """Return what the planner sends to answer the document."""
    return asyncio.run(_recorded(document.words[Side.BOUCLE], url))


async def _recorded(query: str, url: str) -> list[Sent]:
    sent: list[Sent] = []

    async def fetch(text: str, values: Sequence[object]) -> Sequence[Sequence[Any]]:
        sent.append(Sent(text, values))
        return await fetch_rows(text, values)

    await open_database(url)
    try:
        ready = make_schema().operations.ready(query, None)
        assert ready is not None, "the planner runs it"
        services = cast("Services", SimpleNamespace(settings=load_settings(), now=utc_now))
        viewer = await viewer_of(await User.get(name="Admin"))
        context = Context(services, cast("HTTPConnection", None), None, viewer)
        answer = await execute(ready.prepared[dialect()], context, {}, reading_by(fetch))
        assert not answer.errors, answer.errors
    finally:
        await close_database()
    return sent


def load_of(sent: Sequence[Sent], store: Store, url: str, *, clients: int, seconds: float) -> Load:
    """Return how often per second pgbench runs all the statements; it tells no percentiles."""
    with tempfile.TemporaryDirectory(prefix="boucle-bench-") as folder:
        script = Path(folder) / "statements.sql"
        script.write_text("".join(_script(each, number) for number, each in enumerate(sent)))
        command = [str(store.programs / "pgbench"), "-n", "-M", "prepared", "-f", str(script)]
        command += ["-c", str(clients), "-T", str(max(1, round(seconds))), "-h", store.socket, "-U", "postgres"]
        for number, each in enumerate(sent):
            for place, value in enumerate(each.values, 1):
                command += ["-D", f"{_name(number, place)}={_written(value)}"]
        command.append(urlsplit(url).path.removeprefix("/"))
        done = subprocess.run(command, capture_output=True, text=True, check=False, start_new_session=True)
    found = RATE.search(done.stdout)
    if done.returncode or found is None:
        raise RuntimeError(done.stdout + done.stderr)
    rate = float(found[1])
    return Load(rate, nan, nan, answers=round(rate * max(1, round(seconds))))


def _name(number: int, place: int) -> str:
    return f"s{number}v{place}"


def _script(sent: Sent, number: int) -> str:
    """Return the statement in pgbench's words; a colon before letters inside a text would be a variable of its own."""
    text = LOOKS_LIKE_VARIABLE.sub(":' || '", sent.text)
    return MARK.sub(lambda mark: f":{_name(number, int(mark[1]))}", text) + ";\n"


def _written(value: object) -> str:
    """Return a value as PostgreSQL reads it."""
    if isinstance(value, list | tuple):
        return "{" + ",".join(f'"{_written(each)}"' for each in value) + "}"
    return str(value)
