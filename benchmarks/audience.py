"""Who listens: everybody alike, or people of different rights with different filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice, product
from random import Random
from typing import Any

from benchmarks.agents import BEFORE, TOKEN
from boucle.accounts.models import ApiToken, TeamMember, User
from boucle.kit.database import close_database, open_database
from boucle.kit.ids import global_id
from boucle.kit.passwords import digest_secret
from boucle.kit.unit_of_work import unit_of_work

AMOUNT, FILTERS, PEOPLE = 2_000, 500, 10
SEED = 3
Ticket = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Watcher:
    """A subscriber: a token for Boucle, the same rights as a value for its peer, and what both are asked for."""

    token: str
    user_id: str
    team_ids: Sequence[str]
    sees_all: bool
    filter: Mapping[str, Any] | None = None

    @property
    def rights(self) -> dict[str, Any]:
        """The rights as the peer takes them."""
        return {"id": self.user_id, "teamIds": list(self.team_ids), "seesAll": self.sees_all}

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of the subscription."""
        return {} if self.filter is None else {"filter": dict(self.filter)}

    def hears_of(self, ticket: Ticket) -> bool:
        """Whether the ticket is for their eyes and fits their filter."""
        return self._sees(ticket) and self._wants(ticket)

    def _sees(self, ticket: Ticket) -> bool:
        team, assignee = ticket["team"], ticket["assignee"]
        if self.sees_all or (assignee and assignee["id"] == self.user_id):
            return True
        return team["id"] in self.team_ids if team else not assignee

    def _wants(self, ticket: Ticket) -> bool:
        wanted = self.filter or {}
        return (
            (ticket["team"] or {}).get("id") in wanted.get("teamIds", [(ticket["team"] or {}).get("id")])
            and ticket["priority"] in wanted.get("priorities", [ticket["priority"]])
            and ticket["currentSegment"] in wanted.get("segments", [ticket["currentSegment"]])
            and ("minimumScore" not in wanted or (ticket["score"] or 0) >= wanted["minimumScore"])
            and wanted.get("text", "") in ticket["subject"].lower()
        )


async def hired(url: str) -> list[Watcher]:
    """Return the administrator, and people of several teams with new tokens."""
    await open_database(url)
    try:
        admin = await User.get(name="Admin")
        agents = await User.filter(name__startswith="Agent").order_by("id").limit(PEOPLE - 1)
        return [await _watcher(admin, TOKEN, sees_all=True), *[await _agent(each) for each in agents]]
    finally:
        await close_database()


async def _agent(user: User) -> Watcher:
    token = f"bcl_of_agent_{user.id}_who_has_nothing_secret"
    async with unit_of_work():
        await ApiToken.create(user_id=user.id, name="Benchmarks", secret_digest=digest_secret(token), created_at=BEFORE)
    return await _watcher(user, token, sees_all=False)


async def _watcher(user: User, token: str, *, sees_all: bool) -> Watcher:
    teams = await TeamMember.filter(user_id=user.id).values_list("team_id", flat=True)
    return Watcher(token, global_id("usr", user.id), [global_id("tea", each) for each in teams], sees_all)


def alike(people: Sequence[Watcher]) -> list[Watcher]:
    """Return subscribers who all see and want everything."""
    return [people[0]] * AMOUNT


def mixed(people: Sequence[Watcher], ticket: Ticket) -> list[Watcher]:
    """Return subscribers with so many pairs of rights and filter; some of them hear of the ticket."""
    filters = list(_filters(people, ticket))
    Random(SEED).shuffle(filters)
    pairs = list(product(people, filters[: FILTERS // len(people)]))
    kinds = [Watcher(who.token, who.user_id, who.team_ids, who.sees_all, wanted) for who, wanted in pairs]
    return list(islice(cycle(kinds), AMOUNT))


def _filters(people: Sequence[Watcher], ticket: Ticket) -> list[dict[str, Any]]:
    others = sorted({team for each in people for team in each.team_ids} - {ticket["team"]["id"]})
    teams: list[list[str] | None] = [None, [ticket["team"]["id"]], [ticket["team"]["id"], others[0]], [others[1]]]
    priority = ticket["priority"]
    priorities = [None, [priority], [each for each in ("HIGH", "MEDIUM", "LOW") if each != priority]]
    segments = [None, [ticket["currentSegment"]]]
    scores = [None, 0, 1]
    words = [None, ticket["subject"].lower().split()[0]]
    names = ("teamIds", "priorities", "segments", "minimumScore", "text")
    return [
        {name: value for name, value in zip(names, chosen, strict=True) if value is not None}
        for chosen in product(teams, priorities, segments, scores, words)
    ]
