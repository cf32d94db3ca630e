"""Who may own tickets, asked at every door, and again when the right goes away."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from boucle.accounts.access import Viewer
from boucle.accounts.actions.absences import create_absence, update_absence
from boucle.accounts.actions.users import UserDetails
from boucle.accounts.forwarding import forwardings_at
from boucle.accounts.models import Absence, User, UserType
from boucle.accounts.permissions import Permission
from boucle.events.actor import CUSTOMER
from boucle.events.models import Event, EventKind
from boucle.flows.closing_the_loop import receive_response
from boucle.flows.escalation import escalate_due
from boucle.flows.ownership import change_user, change_user_type
from boucle.flows.retiring import retire_user
from boucle.kit.errors import Invalid, NotAllowedNow, ReassignRequired, Several
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.actions import state_of, update_survey
from boucle.surveys.models import Channel, SurveyId
from boucle.surveys.rules import TicketRule
from boucle.tickets.actions import Assignment, assign_ticket, change_status
from boucle.tickets.models import Ticket, TicketId
from tests.factories.accounts import make_absence, make_team, make_user, make_viewer
from tests.factories.contacts import NOON
from tests.factories.surveys import a_submission, make_survey
from tests.factories.tickets import event_kinds, last_event, make_rule, make_ticket, status_id
from tests.flows.test_leaving import until_waiting_for_a_name

HOUR = timedelta(hours=1)
WORK = Permission.TICKETS_WORK


@pytest.fixture
async def admin(db: str, queue: object) -> Viewer:
    return await make_viewer(user_type="organisation_admin", name="Ada")


async def a_viewer_only() -> User:
    return await make_user(name="Sophie", user_type="viewer")


async def details_of(user: User, **changes: object) -> UserDetails:
    stored = await User.get(id=user.id)
    details = UserDetails(name=stored.name, email=stored.email, user_type_id=stored.user_type_id)
    return replace(details, **changes)


async def change(admin: Viewer, user: User, *, reassign_to: int | None = None, **changes: object) -> User:
    seen = (await User.get(id=user.id)).version
    details = await details_of(user, **changes)
    return await change_user(admin, user.id, details, reassign_to=reassign_to, seen_version=seen, now=NOON)


async def type_without_work(admin: Viewer, key: str, *, reassign_to: int | None = None) -> UserType:
    kind = await UserType.get(key=key)
    left = frozenset(map(Permission, kind.permissions)) - {WORK}
    return await change_user_type(
        admin, kind.id, name=kind.name, permissions=left, reassign_to=reassign_to, seen_version=kind.version, now=NOON
    )


async def take_right_unseen(user: User) -> None:
    """The right goes as it may have gone before anybody looked after it."""
    async with unit_of_work():
        await User.filter(id=user.id).update(revoked=[WORK.value])


async def owner_of(ticket: Ticket) -> int | None:
    return (await Ticket.get(id=ticket.id)).assignee_id


# Doors


async def test_no_survey_sends_its_tickets_to_somebody_who_may_not_work(admin):
    sophie = await a_viewer_only()
    with pytest.raises(Invalid, match="'Work on tickets'") as refused:
        await make_survey(ticket_rule=TicketRule(assignee_id=sophie.id))
    assert refused.value.field == ["ticketRule", "assigneeId"]
    survey = await make_survey()
    wanted = replace(state_of(survey), ticket_rule=TicketRule(assignee_id=sophie.id))
    with pytest.raises(Invalid, match="'Work on tickets'"):
        await update_survey(admin, SurveyId(survey.id), survey.version, wanted, NOON)


async def test_nobody_stands_in_who_may_not_work(admin):
    sophie, other = await a_viewer_only(), await make_user()
    period = {"starts_at": NOON, "ends_at": None, "note": "", "now": NOON}
    with pytest.raises(Invalid, match="'Work on tickets'") as refused:
        await create_absence(admin, user_id=admin.user_id, substitute_id=sophie.id, **period)
    assert refused.value.field == ["substituteId"]
    absence = await create_absence(admin, user_id=admin.user_id, substitute_id=other.id, **period)
    with pytest.raises(Invalid, match="'Work on tickets'"):
        await update_absence(admin, absence.id, substitute_id=sophie.id, seen_version=1, **period)


async def test_what_is_given_to_the_absent_stays_where_the_substitute_may_not_work(admin):
    away, substitute = await make_user(name="Away"), await make_user(name="Sub")
    await make_absence(away, substitute)
    await take_right_unseen(substitute)
    ticket = await make_ticket(assignee_id=away.id)
    assert ticket.assignee_id == away.id


async def test_an_answer_leaves_the_ticket_to_the_team_where_the_person_may_not_work(admin):
    team, named = await make_team(), await make_user()
    survey = await make_survey(ticket_rule=TicketRule(assignee_id=named.id, team_id=team.id))
    await take_right_unseen(named)
    await receive_response(CUSTOMER, survey, a_submission(), channel=Channel.API, now=NOON)
    ticket = await Ticket.get()
    assert (ticket.assignee_id, ticket.team_id) == (None, team.id)


async def test_a_rule_leaves_the_ticket_with_its_owner_where_the_recipient_may_not_work(admin):
    boss = await make_user(name="K")
    await make_rule(recipient_user_id=boss.id)
    ticket = await make_ticket(assignee_id=admin.user_id)
    await take_right_unseen(boss)
    assert await escalate_due(TicketId(ticket.id), now=NOON + HOUR, address="https://boucle.example")
    stored = await Ticket.get(id=ticket.id)
    assert (stored.status_category.value, stored.assignee_id) == ("escalated", admin.user_id)


async def test_whoever_reopens_the_ticket_of_somebody_who_left_takes_it(admin):
    leaving, agent = await make_user(name="Gone"), await make_viewer(user_type="cx_admin", name="Ana")
    ticket = await make_ticket(assignee_id=leaving.id)
    await change_status(agent, TicketId(ticket.id), await status_id("closed"), seen=1, now=NOON)
    await retire_user(admin, leaving.id, reassign_to=None, seen_version=1, now=NOON)
    await change_status(agent, TicketId(ticket.id), await status_id("open"), seen=2, now=NOON)
    assert await owner_of(ticket) == agent.user_id
    assert (await event_kinds(ticket))[-2:] == ["ticket_assigned", "ticket_status_changed"]
    assert (await last_event(ticket)).data["owners"]["assignee_id"] == agent.user_id


async def test_whoever_reopens_the_ticket_of_a_colleague_leaves_it_to_them(admin):
    colleague, agent = await make_user(), await make_viewer(user_type="cx_admin")
    ticket = await make_ticket(assignee_id=colleague.id)
    await change_status(agent, TicketId(ticket.id), await status_id("closed"), seen=1, now=NOON)
    await change_status(agent, TicketId(ticket.id), await status_id("open"), seen=2, now=NOON)
    assert await owner_of(ticket) == colleague.id


# The right goes away

Act = Callable[[Viewer, User, int | None], Awaitable[object]]


async def by_deactivation(admin: Viewer, user: User, reassign_to: int | None) -> object:
    return await retire_user(admin, user.id, reassign_to=reassign_to, seen_version=1, now=NOON)


async def by_revoking(admin: Viewer, user: User, reassign_to: int | None) -> object:
    return await change(admin, user, reassign_to=reassign_to, revoked=frozenset({WORK}))


async def by_another_type(admin: Viewer, user: User, reassign_to: int | None) -> object:
    viewers = await UserType.get(key="viewer")
    return await change(admin, user, reassign_to=reassign_to, user_type_id=viewers.id)


async def by_the_type(admin: Viewer, user: User, reassign_to: int | None) -> object:
    return await type_without_work(admin, "ticket_taker", reassign_to=reassign_to)


every_act = pytest.mark.parametrize("act", [by_deactivation, by_revoking, by_another_type, by_the_type])


@every_act
async def test_nobody_loses_the_right_while_they_hold_open_tickets(admin, act: Act):
    user = await make_user(name="Owner")
    ticket = await make_ticket(assignee_id=user.id)
    with pytest.raises(ReassignRequired, match=": 1") as refused:
        await act(admin, user, None)
    assert refused.value.field == ["reassignTo"]
    assert (await owner_of(ticket), (await User.get(id=user.id)).version) == (user.id, 1)


@every_act
async def test_what_they_hold_and_whom_they_stand_in_for_goes_on_in_the_same_commit(admin, act: Act):
    user, away = await make_user(name="Owner"), await make_user(name="Away", user_type="standard")
    ticket = await make_ticket(assignee_id=user.id)
    absence = await make_absence(away, user)
    await act(admin, user, admin.user_id)
    assert await owner_of(ticket) == admin.user_id
    assert (await last_event(ticket)).data["labels"] == {"assignee": ["Owner", "Ada"]}
    stored = await Absence.get(id=absence.id)
    assert (stored.substitute_id, stored.version) == (admin.user_id, 2)
    assert await Event.filter(kind=EventKind.ABSENCE_UPDATED, subject=f"abs_{absence.id}").count() == 1


@every_act
async def test_nobody_loses_the_right_while_the_absent_count_on_them(admin, act: Act):
    user, away = await make_user(name="Sub"), await make_user(name="Away", user_type="standard")
    await make_absence(away, user, starts_at=NOON + HOUR)
    with pytest.raises(ReassignRequired, match="Sub stands in for Away"):
        await act(admin, user, None)
    with pytest.raises(NotAllowedNow, match="cannot do so for themselves"):
        await act(admin, user, away.id)


@every_act
async def test_rules_and_surveys_that_name_them_are_in_the_way_and_all_is_told_at_once(admin, act: Act):
    user = await make_user(name="Owner")
    await make_ticket(assignee_id=user.id)
    await make_rule(recipient_user_id=user.id, name="Four hours")
    await make_survey(name="Visit", ticket_rule=TicketRule(assignee_id=user.id))
    with pytest.raises(Several) as refused:
        await act(admin, user, None)
    assert [part.message for part in refused.value.parts][1:] == [
        "The escalation rule 'Four hours' sends tickets to Owner. Change the rule first.",
        "Tickets of the survey 'Visit' go to Owner. Change the survey first.",
    ]
    with pytest.raises(Several):
        await act(admin, user, admin.user_id)
    assert await Ticket.filter(assignee_id=user.id).count() == 1


async def test_whoever_loses_the_right_with_them_takes_nothing_over(admin):
    user, fellow = await make_user(name="Owner"), await make_user(name="Fellow")
    await make_ticket(assignee_id=user.id)
    with pytest.raises(Invalid, match="Fellow does not have the right"):
        await type_without_work(admin, "ticket_taker", reassign_to=fellow.id)
    with pytest.raises(Invalid, match="'Work on tickets'"):
        await change(admin, user, reassign_to=(await a_viewer_only()).id, revoked=frozenset({WORK}))


async def test_a_type_names_those_who_hold_the_most_and_counts_the_others(admin):
    users = [await make_user(name=f"U{number}") for number in range(7)]
    for user in (*users, users[3]):
        await make_ticket(assignee_id=user.id)
    with pytest.raises(ReassignRequired) as refused:
        await type_without_work(admin, "ticket_taker")
    assert refused.value.message == (
        "Open tickets of people who would lose the right 'Work on tickets': 8 "
        "(U3 2, U0 1, U1 1, U2 1, U4 1 and 2 more people). Choose who takes them over."
    )


async def test_a_granted_right_outlives_the_types(admin):
    user = await make_user(name="Owner")
    await change(admin, user, granted=frozenset({WORK}))
    ticket = await make_ticket(assignee_id=user.id)
    await type_without_work(admin, "ticket_taker")
    assert await owner_of(ticket) == user.id


async def test_a_change_that_leaves_the_right_asks_for_nobody(admin):
    user = await make_user(name="Owner")
    await make_ticket(assignee_id=user.id)
    assert (await change(admin, user, name="Owen")).name == "Owen"


async def test_finished_tickets_and_absences_that_are_over_hold_nobody_back(admin):
    user, away = await make_user(), await make_user(user_type="standard")
    ticket = await make_ticket(assignee_id=user.id)
    await change_status(
        await make_viewer(user_type="cx_admin"), TicketId(ticket.id), await status_id("closed"), seen=1, now=NOON
    )
    await make_absence(away, user, ends_at=NOON - HOUR)
    await make_absence(away, user, ended_at=NOON - HOUR)
    await by_revoking(admin, user, None)
    assert await owner_of(ticket) == user.id


async def test_tickets_go_to_the_substitute_of_an_absent_successor_who_does_not_lose_the_right_too(admin):
    user, successor, there = await make_user(), await make_user(user_type="standard"), await make_user()
    away = await make_user(name="Away", user_type="standard")
    await make_absence(successor, away)
    await make_absence(away, there)
    ticket = await make_ticket(assignee_id=user.id)
    await type_without_work(admin, "ticket_taker", reassign_to=successor.id)
    [chain] = await forwardings_at([(successor.id, NOON)])
    assert await owner_of(ticket) == chain.target == successor.id  # `away` now counts on `successor`: a loop


async def test_an_account_that_is_no_owner_is_deactivated_with_what_it_still_holds(admin):
    user, other = await make_user(), await make_user()
    ticket = await make_ticket(assignee_id=user.id)
    await take_right_unseen(user)
    with pytest.raises(ReassignRequired):
        await retire_user(admin, user.id, reassign_to=None, seen_version=1, now=NOON)
    await retire_user(admin, user.id, reassign_to=other.id, seen_version=1, now=NOON)
    assert await owner_of(ticket) == other.id


@pytest.mark.parametrize("engine", ["postgres"])  # SQLite has one writer at a time
async def test_a_ticket_on_its_way_is_counted_before_a_type_loses_the_right(admin):
    user, ticket, giver = await make_user(), await make_ticket(), await make_viewer(user_type="cx_admin")
    may_commit = asyncio.Event()

    async def give_slowly() -> None:
        async with unit_of_work():
            await assign_ticket(giver, TicketId(ticket.id), Assignment(user.id, None), seen=1, now=NOON)
            await may_commit.wait()

    giving = asyncio.create_task(give_slowly())
    await asyncio.sleep(0.1)
    taking = asyncio.create_task(type_without_work(admin, "ticket_taker"))
    await until_waiting_for_a_name()
    may_commit.set()
    await giving
    with pytest.raises(ReassignRequired):
        await taking
