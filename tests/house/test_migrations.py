"""Migrations bring an empty and a filled database of both engines to what the models say, and lose nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from tortoise import Tortoise
from tortoise.migrations.api import migrate
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor

from boucle.accounts.models import Organisation, UserType
from boucle.flows.foundations import lay_foundations
from boucle.kit.database import (
    close_database,
    execute,
    fetch,
    migrate_database,
    open_database,
    tortoise_config,
    writer,
)
from boucle.tickets.models import TicketStatus
from tests.databases import Databases
from tests.house.seeding import FIRST, MOMENT, first_tables, inserts


@pytest.fixture
def empty_url(engine: str, database_factory: Databases) -> str:
    """A database without a single table."""
    name = f"empty_{next(database_factory.numbers)}"
    if engine == "sqlite":
        return f"sqlite://{database_factory.folder / name}.sqlite3"
    asyncio.run(create_database(database_factory.socket, name))
    return f"postgres://postgres@/{name}?host={database_factory.socket}"


async def create_database(socket: str, name: str) -> None:
    connection = await asyncpg.connect(host=socket, user="postgres", database="postgres")
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[None]:
    await open_database(url)
    try:
        yield
    finally:
        await close_database()


async def migrate_to_first(url: str) -> None:
    try:
        await migrate(config=tortoise_config(url), target=f"boucle.{FIRST}")
    finally:
        await Tortoise.close_connections()


async def filled(url: str) -> dict[str, dict[str, object]]:
    """Write a row into every table; return what the tables hold then."""
    async with opened(url):
        for statement in inserts():
            await execute(statement)
        return await rows_of(list(first_tables()))


async def rows_of(tables: list[str]) -> dict[str, dict[str, object]]:
    return {table: dict((await fetch(f"SELECT * FROM {table} WHERE id = 1"))[0]) for table in tables}


async def test_migrations_say_what_the_models_say(db):
    detector = MigrationAutodetector(Tortoise.apps, tortoise_config(db)["apps"])

    missing = {writer.name: [repr(each) for each in writer.operations] for writer in await detector.changes()}

    assert missing == {}, "A model changed: write a migration (docs/development.md says how)."


async def test_migrations_run_on_an_empty_database_and_again_without_effect(empty_url):
    await migrate_database(empty_url)
    await migrate_database(empty_url)

    async with opened(empty_url):
        executor = MigrationExecutor(writer(), tortoise_config(empty_url)["apps"])
        assert await executor.plan(None) == []


async def test_migrations_keep_every_row_of_the_first_version(empty_url):
    await migrate_to_first(empty_url)
    before = await filled(empty_url)

    await migrate_database(empty_url)

    async with opened(empty_url):
        after = await rows_of(list(before))
    kept = {table: {name: after[table].get(name, "gone") for name in row} for table, row in before.items()}
    assert kept == before


async def test_migrations_can_be_taken_back_and_made_again(empty_url):
    """What somebody does who goes back to the version before; each step keeps the rows."""
    await migrate_database(empty_url)
    before = await filled(empty_url)

    await migrate_to_first(empty_url)
    await migrate_database(empty_url)

    async with opened(empty_url):
        assert await rows_of(list(before)) == before


async def test_digests_of_new_passwords_are_forgotten(empty_url):
    await migrate_to_first(empty_url)
    async with opened(empty_url):
        for number, scope in enumerate(("userCreate:7", "ticketCreate:7"), start=1):
            await execute(
                "INSERT INTO idempotency_keys (id, scope, key, input_hash, result_id, created_at)"
                f" VALUES ({number}, '{scope}', 'k', 'h', 1, {MOMENT})"
            )

    await migrate_database(empty_url)

    async with opened(empty_url):
        assert [row["scope"] for row in await fetch("SELECT scope FROM idempotency_keys")] == ["ticketCreate:7"]


async def test_every_model_reads_the_rows_of_a_migrated_database(empty_url):
    await migrate_to_first(empty_url)
    await filled(empty_url)

    await migrate_database(empty_url)

    async with opened(empty_url):
        models = {model._meta.db_table: model for model in Tortoise.apps["boucle"].values()}
        counts = {table: len(await models[table].all()) for table in first_tables()}
    assert set(counts.values()) == {1}, counts


async def test_foundations_are_laid_once_and_leave_edits_alone(db):
    await UserType.filter(key="viewer").update(name="Onlooker", permissions=[])
    await TicketStatus.filter(key="open").update(name="À traiter")
    await Organisation.filter(id=1).update(name="Maison Test")
    counted = [await model.all().count() for model in (Organisation, UserType, TicketStatus)]

    await lay_foundations()

    assert [await model.all().count() for model in (Organisation, UserType, TicketStatus)] == counted
    viewer = await UserType.get(key="viewer")
    assert (viewer.name, viewer.permissions) == ("Onlooker", [])
    assert (await TicketStatus.get(key="open")).name == "À traiter"
    assert (await Organisation.get(id=1)).name == "Maison Test"


async def test_foundations_bring_back_only_what_is_missing(db):
    await UserType.filter(key="viewer").delete()

    await lay_foundations()

    keys = [each.key for each in await UserType.all()]
    assert keys.count("viewer") == 1
    assert len(keys) == len(set(keys))
