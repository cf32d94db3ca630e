"""Node scripts as subprocesses of a test: the public clients that Boucle must work with."""

import asyncio
import json
import os
import shutil
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
INSTALL = "npm ci --prefix tests/conformance"
PATIENCE = 60.0


def missing_parts() -> str | None:
    """What is missing on this machine and how to get it; `None`: nothing."""
    if shutil.which("node") is None:
        return "The conformance tests need Node 20 or newer."
    if not (FOLDER / "node_modules" / "graphql-ws").is_dir():
        return f"The conformance tests need their clients: {INSTALL}"
    return None


@asynccontextmanager
async def node(script: str, *arguments: str) -> AsyncIterator[Process]:
    """A running script of this folder; it does not outlive the block."""
    process = await asyncio.create_subprocess_exec(
        "node", str(FOLDER / script), *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, limit=2**24, env=os.environ
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def lines_of(script: str, *arguments: str, within: float = PATIENCE) -> list[dict[str, Any]]:
    """Run a script to its end; return the JSON lines that it prints."""
    async with node(script, *arguments) as process:
        out, err = await asyncio.wait_for(process.communicate(), within)
    assert process.returncode == 0, err.decode()
    return [json.loads(line) for line in out.splitlines()]
