"""The people, teams and surveys of the measured company; a few dozen rows, made by the real actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from boucle.accounts.models import ApiToken, User
from boucle.kit.passwords import digest_secret
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.models import SurveyVersion
from boucle.tickets.models import TicketStatus
from tests.factories.accounts import make_team, make_user
from tests.factories.surveys import make_survey

TOKEN = "bcl_of_a_database_that_holds_nothing_secret"
AGENTS, TEAMS, SURVEYS = 40, 8, 4
BEFORE = datetime(2023, 12, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Company:
    """What tickets refer to. Ids of agents and teams have no holes; `versions` by their survey."""

    first_agent: int
    agents: int
    first_team: int
    teams: int
    versions: Mapping[int, int]
    statuses: Mapping[str, TicketStatus]


async def hire() -> Company:
    """Fill an empty deployment, with an administrator who has the token of the benchmarks."""
    teams = [await make_team(name=f"Équipe {number}") for number in range(TEAMS)]
    agents = [await make_user(name=f"Agent·e {number}", teams=(teams[number % TEAMS],)) for number in range(AGENTS)]
    await _give_token(await make_user(name="Admin", user_type="organisation_admin"))
    for number in range(SURVEYS):
        await make_survey(name=f"Enquête {number}", now=BEFORE)
    return Company(
        first_agent=agents[0].id,
        agents=AGENTS,
        first_team=teams[0].id,
        teams=TEAMS,
        versions={each.survey_id: each.id for each in await SurveyVersion.all().order_by("survey_id")},
        statuses={each.key: each for each in await TicketStatus.all()},
    )


async def _give_token(admin: User) -> None:
    async with unit_of_work():
        await ApiToken.create(
            user_id=admin.id, name="Benchmarks", secret_digest=digest_secret(TOKEN), created_at=BEFORE
        )
