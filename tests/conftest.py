"""Fixtures that every test may ask for."""

from collections.abc import AsyncIterator, Iterator

import pytest
import structlog

from boucle.events.log import load_epoch
from boucle.kit.bus import LocalBell, install_bell
from boucle.kit.database import close_database, open_database
from boucle.kit.jobs import RecordingQueue, install_queue
from tests.databases import ENGINES, Databases, databases

# As the product does: without the values of every frame, which take seconds to write.
structlog.configure(
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)


@pytest.fixture(scope="session")
def database_factory() -> Iterator[Databases]:
    with databases() as factory:
        factory.make_sqlite_template()  # now: a test that asks for another database has a loop that runs
        yield factory


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def database_url(engine: str, database_factory: Databases) -> str:
    return database_factory.fresh(engine)


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[str]:
    """An open, founded database; the test runs once on each engine."""
    install_bell(LocalBell())
    await open_database(database_url)
    await load_epoch()
    yield database_url
    await close_database()


@pytest.fixture
def queue() -> RecordingQueue:
    """What was asked of the workers, in order."""
    recording = RecordingQueue()
    install_queue(recording)
    return recording
