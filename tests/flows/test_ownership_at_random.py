"""Whatever happens to people, types, absences, rules and surveys: an open ticket's owner can work on it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random, SystemRandom

import pytest

from boucle.accounts.access import Viewer
from boucle.accounts.actions.absences import create_absence, end_absence, update_absence
from boucle.accounts.actions.users import UserDetails, reactivate_user
from boucle.accounts.forwarding import forwardings_at
from boucle.accounts.models import Absence, User, UserType
from boucle.accounts.ownership import owners_among
from boucle.accounts.permissions import Permission
from boucle.events.actor import CUSTOMER
from boucle.flows.closing_the_loop import receive_response
from boucle.flows.escalation import sweep_due
from boucle.flows.ownership import change_user, change_user_type
from boucle.flows.retiring import retire_user
from boucle.kit.errors import DomainError
from boucle.surveys.actions import state_of, update_survey
from boucle.surveys.models import Channel, Survey, SurveyId
from boucle.surveys.rules import TicketRule
from boucle.tickets.actions import (
    Assignment,
    assign_ticket,
    change_status,
    delete_escalation_rule,
    escalate_ticket,
    take_ticket,
)
from boucle.tickets.models import EscalationRule, RuleId, Ticket, TicketId, TicketStatus
from boucle.tickets.statuses import FINISHED
from tests.factories.accounts import make_user, make_viewer, viewer_of
from tests.factories.contacts import NOON
from tests.factories.surveys import a_submission, make_survey
from tests.factories.tickets import make_rule, make_ticket

ROUNDS, ACTS = 2, 60
WORK = Permission.TICKETS_WORK
TYPES = ("ticket_taker", "standard", "viewer")


@dataclass
class Company:
    """People of several types, a survey, and the administrator, who keeps every right."""

    random: Random
    boss: Viewer
    users: list[int]
    survey: int

    def somebody(self) -> int:
        return self.random.choice([*self.users, self.boss.user_id])

    def a_successor(self) -> int | None:
        return self.random.choice([None, self.somebody(), self.boss.user_id])


async def a_company(random: Random) -> Company:
    boss = await make_viewer(user_type="organisation_admin", name="Boss")
    users = [await make_user(name=f"U{number}", user_type=random.choice(TYPES)) for number in range(7)]
    survey = await make_survey(name=f"Visit {random.random()}")
    return Company(random, boss, [user.id for user in users], survey.id)


async def a_ticket(company: Company) -> Ticket:
    return company.random.choice(await Ticket.all() or [await make_ticket()])


async def open_a_ticket(company: Company) -> None:
    await make_ticket(viewer=company.boss, assignee_id=company.somebody())


async def answer(company: Company) -> None:
    survey = await Survey.get(id=company.survey)
    await receive_response(CUSTOMER, survey, a_submission(), channel=Channel.API, now=NOON)


async def give(company: Company) -> None:
    ticket = await a_ticket(company)
    wanted = Assignment(company.somebody(), ticket.team_id)
    await assign_ticket(company.boss, TicketId(ticket.id), wanted, seen=ticket.version, now=NOON)


async def take(company: Company) -> None:
    ticket, viewer = await a_ticket(company), await viewer_of(await User.get(id=company.somebody()))
    await take_ticket(viewer, TicketId(ticket.id), seen=ticket.version, now=NOON)


async def move(company: Company) -> None:
    ticket, viewer = await a_ticket(company), await viewer_of(await User.get(id=company.somebody()))
    status = company.random.choice(await TicketStatus.all())
    await change_status(viewer, TicketId(ticket.id), status.id, seen=ticket.version, now=NOON)


async def ask_for_help(company: Company) -> None:
    ticket = await a_ticket(company)
    await escalate_ticket(company.boss, TicketId(ticket.id), note=None, seen=ticket.version, now=NOON)


async def leave(company: Company) -> None:
    """Somebody plans an absence, which may begin at once."""
    await create_absence(
        company.boss,
        user_id=company.somebody(),
        substitute_id=company.somebody(),
        starts_at=NOON + timedelta(hours=company.random.choice([-1, 0, 1])),
        ends_at=company.random.choice([None, NOON + timedelta(hours=2)]),
        note="",
        now=NOON,
    )


async def choose_another_substitute(company: Company) -> None:
    absence = company.random.choice(await Absence.all())
    await update_absence(
        company.boss,
        absence.id,
        substitute_id=company.somebody(),
        starts_at=absence.starts_at,
        ends_at=absence.ends_at,
        note="",
        seen_version=absence.version,
        now=NOON,
    )


async def come_back(company: Company) -> None:
    absence = company.random.choice(await Absence.all())
    await end_absence(company.boss, absence.id, seen_version=absence.version, now=NOON)


async def add_a_rule(company: Company) -> None:
    await make_rule(viewer=company.boss, recipient_user_id=company.somebody(), now=NOON - timedelta(days=1))


async def drop_a_rule(company: Company) -> None:
    rule = company.random.choice(await EscalationRule.filter(deleted_at=None))
    await delete_escalation_rule(company.boss, RuleId(rule.id), seen=rule.version, now=NOON)


async def sweep(company: Company) -> None:
    hours = company.random.choice([1, 2])
    await sweep_due(now=NOON + timedelta(hours=hours), address="https://boucle.example")


async def point_the_survey(company: Company) -> None:
    survey = await Survey.get(id=company.survey)
    rule = TicketRule(assignee_id=company.random.choice([None, company.somebody()]))
    wanted = replace(state_of(survey), ticket_rule=rule)
    await update_survey(company.boss, SurveyId(survey.id), survey.version, wanted, NOON)


async def change_rights(company: Company) -> None:
    user = await User.get(id=company.random.choice(company.users))
    granted, revoked = company.random.choice([(set(), set()), ({WORK}, set()), (set(), {WORK})])
    kind = await UserType.get(key=company.random.choice(TYPES))
    details = UserDetails(user.name, user.email, kind.id, granted=frozenset(granted), revoked=frozenset(revoked))
    successor, seen = company.a_successor(), user.version
    await change_user(company.boss, user.id, details, reassign_to=successor, seen_version=seen, now=NOON)


async def change_a_type(company: Company) -> None:
    kind = await UserType.get(key=company.random.choice(TYPES))
    await change_user_type(
        company.boss,
        kind.id,
        name=kind.name,
        permissions=frozenset(map(Permission, kind.permissions)) ^ {WORK},
        reassign_to=company.a_successor(),
        seen_version=kind.version,
        now=NOON,
    )


async def retire(company: Company) -> None:
    user = await User.get(id=company.random.choice(company.users))
    successor = company.a_successor()
    await retire_user(company.boss, user.id, reassign_to=successor, seen_version=user.version, now=NOON)


async def bring_back(company: Company) -> None:
    user = await User.get(id=company.random.choice(company.users))
    await reactivate_user(company.boss, user.id, seen_version=user.version, now=NOON)


DOINGS: list[Callable[[Company], Awaitable[None]]] = [
    *(open_a_ticket, answer, give, take, move, move, ask_for_help, leave, leave, choose_another_substitute, come_back),
    *(add_a_rule, drop_a_rule, drop_a_rule, sweep, point_the_survey, point_the_survey),
    *(change_rights, change_rights, change_a_type, change_a_type, retire, bring_back),
]


async def owners_who_cannot_work() -> set[int]:
    tickets = Ticket.exclude(status_category__in=list(FINISHED)).exclude(assignee_id=None)
    owners = {ticket.assignee_id for ticket in await tickets}
    return owners - await owners_among(owners)


@pytest.mark.usefixtures("db", "queue")
async def test_the_owner_of_an_open_ticket_can_work_whatever_happens():
    seed = SystemRandom().randrange(10**9)
    random = Random(seed)
    for _ in range(ROUNDS):
        company, taken = await a_company(random), []
        for _ in range(ACTS):
            doing = random.choice(DOINGS)
            try:
                await doing(company)
                taken.append(doing.__name__)
            except (DomainError, IndexError):  # refused, or there is nothing yet to do it with
                continue
            assert await owners_who_cannot_work() == set(), (seed, taken)
        await everybody_gets_what_is_shown(company, seed)


async def everybody_gets_what_is_shown(company: Company, seed: int) -> None:
    people = sorted(await owners_among([*company.users, company.boss.user_id]) - {company.boss.user_id})
    shown = await forwardings_at([(user_id, NOON) for user_id in people])
    for user_id, chain in zip(people, shown, strict=True):
        ticket = await make_ticket(viewer=company.boss, assignee_id=user_id)
        assert ticket.assignee_id == chain.target, (seed, user_id)
