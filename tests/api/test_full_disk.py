"""A full disk, or a database that is away, is told in the documented form; all goes on when that is over."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

from boucle.accounts.models import ApiToken
from boucle.app import make_app
from boucle.contacts.models import Contact
from boucle.kit.database import sqlite_path, writer
from boucle.kit.storage import Trouble, WriteProbe, trouble_of
from boucle.settings import Settings
from boucle.surveys.models import Response
from tests.api.conftest import PASSWORD, make_account, token_of
from tests.api.test_intake import ANSWER, send
from tests.api.test_respond import UNHAPPY, token
from tests.api.test_sign_in_limits import SIGN_IN
from tests.factories.surveys import make_survey
from tests.serving import Boucle, browser, machine, served

only_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
ME = "{ viewer { email } }"
CREATE = 'mutation { contactCreate(input: {firstName: "Léa"}) { contact { id } userErrors { code } } }'


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        self.now += 6  # each look is later than the last one counts
        return self.now


@contextmanager
def full_disk(url: str) -> Iterator[None]:
    """Let no file of this process grow beyond SQLite's log: a real refusal of the system, without a disk to fill."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = Path(f"{sqlite_path(url)}-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@asynccontextmanager
async def probed(settings: Settings, monkeypatch) -> AsyncIterator[Boucle]:
    """A server that looks anew each time it is asked whether it can write."""
    monkeypatch.setattr("boucle.app.WriteProbe", lambda: WriteProbe(Seconds()))
    async with served(settings, app=make_app(settings)) as boucle:
        yield boucle


async def state_of_database(boucle: Boucle) -> str:
    async with httpx.AsyncClient() as http:
        return (await http.get(f"{boucle.url}/readyz")).json()["database"]


@only_sqlite
async def test_intake_on_a_full_disk_says_so_and_stores_nothing_then_or_later(boucle, database_url):
    survey = await make_survey()
    with full_disk(database_url):
        refused = await send(boucle, survey, ANSWER)
    assert refused.status_code == 507
    assert refused.headers["retry-after"] == "60"
    assert [error["code"] for error in refused.json()["errors"]] == ["UNAVAILABLE"]
    assert await Response.all().count() == await Contact.all().count() == 0
    taken = await send(boucle, survey, ANSWER)
    assert (taken.status_code, taken.json()["repeated"]) == (201, False)
    assert await Response.all().count() == 1


@only_sqlite
async def test_a_mutation_on_a_full_disk_says_so_and_the_next_one_succeeds(boucle, admin, database_url):
    with full_disk(database_url):
        refused = await admin.raw(CREATE)
    assert refused["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    assert await Contact.all().count() == 0
    assert (await admin(CREATE))["contactCreate"]["userErrors"] == []
    assert await Contact.all().count() == 1


@only_sqlite
async def test_who_reads_with_a_token_not_seen_lately_is_served_on_a_full_disk(boucle, database_url):
    user = await make_account("ana@boucle.example")
    async with machine(boucle, await token_of(user)) as client:
        with full_disk(database_url):
            assert (await client(ME))["viewer"]["email"] == "ana@boucle.example"
        assert (await ApiToken.get()).last_used_at is None
        await client(ME)
    assert (await ApiToken.get()).last_used_at is not None


@only_sqlite
async def test_signing_in_and_the_page_of_a_survey_say_so_in_their_own_form(boucle, database_url):
    await make_account("ana@boucle.example")
    survey = await make_survey()
    async with browser(boucle, **{"accept-language": "fr"}) as client:
        path = f"/r/{survey.key}"
        sent = {**UNHAPPY, "token": await token(client.http, path)}
        with full_disk(database_url):
            answer = await client.raw(SIGN_IN, email="ana@boucle.example", password=PASSWORD)
            page = await client.http.post(path, data=sent)
    assert answer["errors"][0]["message"].startswith("Le disque du serveur est plein")
    assert page.status_code == 507
    assert "La faute est de notre côté" in page.text


@only_sqlite
async def test_readiness_says_that_nothing_can_be_written_and_that_it_can_again(settings, database_url, monkeypatch):
    async with probed(settings, monkeypatch) as boucle:
        assert await state_of_database(boucle) == "ok"
        with full_disk(database_url):
            assert (await state_of_database(boucle)).startswith("full: ")
        assert await state_of_database(boucle) == "ok"


async def test_readiness_tries_to_write_and_leaves_nothing(settings, db, monkeypatch):
    async with probed(settings, monkeypatch) as boucle:
        assert await state_of_database(boucle) == "ok"


@only_sqlite
async def test_many_failures_are_few_lines_without_a_stack(boucle, database_url, capsys):
    survey = await make_survey()
    with full_disk(database_url):
        await asyncio.gather(*(send(boucle, survey, ANSWER | {"externalId": str(n)}) for n in range(20)))
    said = capsys.readouterr().out
    assert said.count("disk I/O error") <= 1
    assert "Traceback" not in said


@only_sqlite
async def test_a_database_locked_by_another_process_is_busy(boucle, database_url):
    await writer().execute_query("PRAGMA busy_timeout = 50")
    survey = await make_survey()
    other = sqlite3.connect(sqlite_path(database_url), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused = await send(boucle, survey, ANSWER)
    other.close()
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_a_database_that_refuses_connections_is_away_and_comes_back(boucle, admin, database_url, caplog):
    survey = await make_survey()
    database, host = database_url.split("/")[3].split("?host=")[0], database_url.split("host=", 1)[1]
    server = await asyncpg.connect(host=host, user="postgres", database="postgres")
    await server.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
    await server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", database)
    try:
        refused, read = await send(boucle, survey, ANSWER), await admin.http.post("/graphql", json={"query": ME})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (503, "UNAVAILABLE")
        assert read.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    finally:
        await server.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")
        await server.close()
    assert (await send(boucle, survey, ANSWER)).status_code == 201
    assert not [each for each in caplog.records if each.exc_info and not each.name.startswith("asyncpg")]


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (OSError(28, "No space left on device"), Trouble.FULL),
        (asyncpg.DiskFullError("could not extend file"), Trouble.FULL),
        (asyncpg.TooManyConnectionsError("sorry"), Trouble.BUSY),
        (asyncpg.CannotConnectNowError("starting up"), Trouble.AWAY),
        (ConnectionRefusedError(111, "refused"), Trouble.AWAY),
        (asyncpg.QueryCanceledError("statement timeout"), None),
        (ValueError("a bug"), None),
    ],
)
def test_errors_of_the_database_itself_are_told_from_others(error, trouble):
    assert trouble_of(error) is trouble
    caused = RuntimeError("in between")
    caused.__cause__ = error
    assert trouble_of(caused) is trouble
