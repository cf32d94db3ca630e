"""Operations that take too long are ended, and the client is told in time."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from boucle.tickets.models import Ticket
from tests.api.conftest import make_account, token_of
from tests.blocking import blocked
from tests.factories.tickets import make_ticket
from tests.serving import Client, machine, served

SOON = 0.3
CREATE = (
    'mutation { ticketCreate(input: {subject: "Late", customerName: "Léa"}) { ticket { key } userErrors { message } } }'
)


def nobody_writes(url: str) -> AbstractAsyncContextManager[None]:
    """Hold what every writer needs; on PostgreSQL readers wait as well."""
    return blocked(url, "tickets", mode="ACCESS EXCLUSIVE")


@asynccontextmanager
async def in_a_hurry(settings, **limits: float) -> AsyncIterator[Client]:
    hurried = settings.model_copy(update={"operation_timeout_seconds": SOON, **limits})
    async with served(hurried) as running:
        token = await token_of(await make_account("ana@boucle.example"))
        async with machine(running, token) as client:
            await client("{ viewer { name } }")  # that the token was used is written down
            yield client


async def test_a_write_that_must_wait_too_long_is_told_in_time_and_does_not_happen(settings):
    async with in_a_hurry(settings) as client:
        async with nobody_writes(settings.database):
            started = time.monotonic()
            answer = await client.raw(CREATE)
            assert time.monotonic() - started < SOON + 2
        (error,) = answer["errors"]
        assert (error["extensions"]["code"], error["path"]) == ("TIMEOUT", ["ticketCreate"])
        assert answer["data"] is None
        again = await client.raw(CREATE)
        assert "errors" not in again, "the database is free for others"
        assert await Ticket.all().count() == 1


@pytest.mark.parametrize("engine", ["postgres"])  # readers of SQLite wait for nobody
async def test_a_read_that_takes_too_long_is_ended(settings):
    async with in_a_hurry(settings) as client:
        await make_ticket()
        async with nobody_writes(settings.database):
            answer = await client.raw("{ page: tickets(first: 1) { nodes { key } } }")
        (error,) = answer["errors"]
        assert (error["extensions"]["code"], error["path"]) == ("TIMEOUT", ["page"])
        assert "errors" not in await client.raw("{ tickets(first: 1) { nodes { key } } }")


async def test_a_read_is_ended_whatever_it_waits_for(settings, monkeypatch):
    async def forever(*args: object, **kwargs: object) -> None:
        await asyncio.sleep(3_600)

    async with in_a_hurry(settings) as client:
        monkeypatch.setattr("boucle.api.operations.execute", forever)
        answer = await client.raw("{ tickets(first: 1) { nodes { key } } }")
        assert answer["errors"][0]["extensions"]["code"] == "TIMEOUT"


@pytest.mark.parametrize("engine", ["postgres"])
async def test_a_statement_that_the_database_ends_is_no_bug(settings):
    async with in_a_hurry(settings, operation_timeout_seconds=10, statement_timeout_seconds=SOON) as client:
        async with nobody_writes(settings.database):
            answer = await client.raw("{ tickets(first: 1) { nodes { key } } }")
        assert answer["errors"][0]["extensions"]["code"] == "TIMEOUT"
        assert "incident" not in answer["errors"][0]["extensions"]
