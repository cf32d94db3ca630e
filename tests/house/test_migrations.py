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

FOLDED = {"name_key", "search_text"}  # they follow from the others, and migrations work them out


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
    found = {table: (await fetch(f"SELECT * FROM {table} WHERE id = 1"))[0] for table in tables}
    return {table: {name: value for name, value in row.items() if name not in FOLDED} for table, row in found.items()}


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


async def test_names_and_searches_of_older_rows_are_folded(empty_url):
    await migrate(config=tortoise_config(empty_url), target="boucle.0005_ledger_without_references")
    await Tortoise.close_connections()
    await filled(empty_url)
    async with opened(empty_url):
        data = '{"commande": "W26-433498"}'
        await execute(f"UPDATE responses SET embedded = '{data}'")
        await execute("UPDATE tickets SET subject = 'Retard d’aiguillage', search_text = 'retard d’aiguillage'")
        await execute("UPDATE contacts SET last_name = 'Lebœuf', search_text = 'lebœuf'")
        await execute("UPDATE teams SET name = 'Équipe Nord'")
        columns = [name for name in first_tables()["teams"] if name not in {"id", "name"}]
        await execute(
            f"INSERT INTO teams (id, name, {', '.join(columns)}) "
            f"SELECT 2, 'équipe nord', {', '.join(columns)} FROM teams"
        )

    await migrate_database(empty_url)

    async with opened(empty_url):
        [ticket] = await fetch("SELECT search_text FROM tickets")
        [contact] = await fetch("SELECT search_text FROM contacts")
        teams = await fetch("SELECT name, name_key FROM teams ORDER BY id")
        [user] = await fetch("SELECT name_key, search_text FROM users")
    assert ticket["search_text"].startswith("retard d'aiguillage customer_name")
    assert "w26-433498" in ticket["search_text"]
    assert "leboeuf" in contact["search_text"]
    assert [(each["name"], each["name_key"]) for each in teams] == [
        ("Équipe Nord", "equipe nord"),
        ("équipe nord", "equipe nord"),
    ]
    assert dict(user) == {"name_key": "name", "search_text": "name email"}


async def test_more_rows_than_one_batch_are_folded(empty_url):
    await migrate(config=tortoise_config(empty_url), target="boucle.0005_ledger_without_references")
    await Tortoise.close_connections()
    await filled(empty_url)
    async with opened(empty_url):
        moment = "'2026-01-02 03:04:05.000006+00:00'"
        many = ", ".join(f"({number}, 'Zoé', {moment}, {moment})" for number in range(2, 2500))
        await execute(f"INSERT INTO contacts (id, first_name, created_at, updated_at) VALUES {many}")

    await migrate_database(empty_url)

    async with opened(empty_url):
        [folded] = await fetch("SELECT count(*) AS number FROM contacts WHERE search_text = 'zoe'")
    assert folded["number"] == 2498


@pytest.mark.parametrize("engine", ["postgres"])  # SQLite sorts by signs, always
async def test_names_are_sorted_by_their_signs_whatever_the_language_of_the_database(db):
    found = await fetch("SELECT DISTINCT collation_name FROM information_schema.columns WHERE column_name = 'name_key'")
    assert [each["collation_name"] for each in found] == ["C"]
