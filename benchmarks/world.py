"""The data that the figures work on: one survey, some customers, tickets made by the real actions."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from boucle.accounts.models import User
from boucle.events.actor import CUSTOMER
from boucle.events.log import load_epoch
from boucle.flows.closing_the_loop import receive_response
from boucle.kit.clock import utc_now
from boucle.kit.database import close_database, open_database
from boucle.kit.jobs import RecordingQueue, install_queue
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.models import Channel, Survey
from tests.factories.accounts import make_user
from tests.factories.surveys import a_submission, make_survey

CUSTOMERS = 500
PER_COMMIT = 200


@dataclass(frozen=True, slots=True)
class World:
    """What both sides of a figure may use."""

    url: str
    agent: User
    survey: Survey
    numbers: Iterator[int]

    async def answer(self) -> None:
        """Send one unhappy answer through the whole loop."""
        number = next(self.numbers)
        given = a_submission(2, external_id=f"n{number}", email=f"customer{number % CUSTOMERS}@exemple.fr")
        await receive_response(CUSTOMER, self.survey, given, channel=Channel.API, now=utc_now())


@asynccontextmanager
async def opened_world(url: str, *, tickets: int) -> AsyncIterator[World]:
    """Open a fresh database and fill it with so many tickets."""
    install_queue(RecordingQueue())
    await open_database(url)
    try:
        await load_epoch()
        agent = await make_user(user_type="organisation_admin")
        world = World(url, agent, await make_survey(now=utc_now() - timedelta(days=1)), count(1))
        for start in range(0, tickets, PER_COMMIT):
            async with unit_of_work():
                for _ in range(min(PER_COMMIT, tickets - start)):
                    await world.answer()
        yield world
    finally:
        await close_database()
