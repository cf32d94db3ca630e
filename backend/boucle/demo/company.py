"""Who works at the demo company, in which teams, and who is away when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from boucle.accounts.access import Viewer
from boucle.accounts.actions.absences import create_absence
from boucle.accounts.actions.organisation import update_organisation
from boucle.accounts.actions.teams import create_team
from boucle.accounts.actions.users import UserDetails, create_user
from boucle.accounts.models import Language, User, UserType
from boucle.accounts.queries import the_organisation, viewer_of
from boucle.events.actor import SYSTEM

COMPANY = "Maison Ormelle"
DOMAIN = "boucle.example"
PASSWORD = "boucle-demo"
ADMIN = "admin"
AGENT, LEAD = "ines", "hugo"

WEB, NORTH, SOUTH, DELIVERY = "Service client web", "Magasins Nord", "Magasins Sud", "Livraison & SAV"


@dataclass(frozen=True, slots=True)
class Person:
    """One employee. `handle` is the first part of the address, and what the other modules call them."""

    handle: str
    name: str
    user_type: str
    teams: tuple[str, ...]
    leads: str | None = None
    language: Language = Language.FR

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.handle}@{DOMAIN}"


PEOPLE = (
    Person(ADMIN, "Claire Delaunay", "organisation_admin", (WEB,)),
    Person(LEAD, "Hugo Marchetti", "ticket_admin", (WEB,), leads=WEB),
    Person(AGENT, "Inès Bouchard", "ticket_taker", (WEB,)),
    Person("emily", "Emily Carter", "standard", (WEB,), language=Language.EN),
    Person("yasmine", "Yasmine Benali", "cx_admin", (NORTH,), leads=NORTH),
    Person("nicolas", "Nicolas Vandamme", "ticket_taker", (NORTH,)),
    Person("camille", "Camille Lefèvre", "standard", (NORTH, DELIVERY)),
    Person("marc", "Marc-Antoine Rossi", "ticket_admin", (SOUTH,), leads=SOUTH),
    Person("elodie", "Élodie Garcin", "ticket_taker", (SOUTH,)),
    Person("julien", "Julien Morvan", "ticket_admin", (DELIVERY,), leads=DELIVERY),
    Person("aminata", "Aminata Diallo", "ticket_taker", (DELIVERY,)),
    Person("sophie", "Sophie Hartmann", "viewer", (SOUTH,)),
)
TEAMS = (WEB, NORTH, SOUTH, DELIVERY)


@dataclass(frozen=True, slots=True)
class Leave:
    """An absence as it looks from the end of the story: negative times are past."""

    handle: str
    substitute: str
    starts: timedelta
    ends: timedelta
    note: str
    planned: timedelta


# While Nicolas and Camille are both away, what is meant for Nicolas goes on to Yasmine.
LEAVES = (
    Leave("aminata", "julien", timedelta(days=-48), timedelta(days=-38), "Congés d’été tardifs", timedelta(days=-61)),
    Leave("nicolas", "camille", timedelta(days=-3), timedelta(days=8), "Congé paternité", timedelta(days=-17)),
    Leave("camille", "yasmine", timedelta(hours=-26), timedelta(hours=46), "Formation à Lyon", timedelta(days=-6)),
    Leave("elodie", "marc", timedelta(days=12), timedelta(days=26), "Vacances", timedelta(days=-2)),
)


@dataclass(frozen=True, slots=True)
class Company:
    """The people as viewers by handle, the teams' ids by name, and who is away when."""

    viewers: Mapping[str, Viewer]
    teams: Mapping[str, int]
    end: datetime

    def user_id(self, handle: str) -> int:
        """The account of one person."""
        return self.viewers[handle].user_id

    def handle(self, user_id: int) -> str:
        """Who has this account."""
        return next(handle for handle, viewer in self.viewers.items() if viewer.user_id == user_id)

    def is_away(self, handle: str, at: datetime) -> bool:
        """Whether the person is on leave at that time."""
        mine = [leave for leave in LEAVES if leave.handle == handle]
        return any(self.end + leave.starts <= at < self.end + leave.ends for leave in mine)

    def members(self, team: str) -> list[str]:
        """The handles of those who work on tickets in a team, its lead first."""
        those = [person for person in PEOPLE if team in person.teams and person.user_type != "viewer"]
        return [person.handle for person in sorted(those, key=lambda person: person.leads != team)]


async def found_company(*, at: datetime, end: datetime) -> Company:
    """Make organisation, people and teams at one moment; the story that follows ends at `end`."""
    types = {each.key: each.id for each in await UserType.all()}
    users = {person.handle: await _hire(person, types[person.user_type], now=at) for person in PEOPLE}
    admin = await viewer_of(users[ADMIN])
    organisation = await the_organisation()
    await update_organisation(
        admin,
        name=COMPANY,
        forwarding_enabled=True,
        language=Language.FR,
        time_zone="Europe/Paris",
        seen_version=organisation.version,
        now=at,
    )
    teams = {}
    for name in TEAMS:
        members = {users[person.handle].id: person.leads == name for person in PEOPLE if name in person.teams}
        teams[name] = (await create_team(admin, name=name, members=members, now=at)).id
    viewers = {handle: await viewer_of(user) for handle, user in users.items()}
    return Company(viewers, teams, end)


async def _hire(person: Person, user_type_id: int, *, now: datetime) -> User:
    details = UserDetails(person.name, person.email, user_type_id, language=person.language)
    return await create_user(SYSTEM, details, password=PASSWORD, now=now)


async def plan_leave(company: Company, leave: Leave, *, now: datetime) -> None:
    """Enter one absence, by the person who goes."""
    await create_absence(
        company.viewers[leave.handle],
        user_id=company.user_id(leave.handle),
        substitute_id=company.user_id(leave.substitute),
        starts_at=company.end + leave.starts,
        ends_at=company.end + leave.ends,
        note=leave.note,
        now=now,
    )
