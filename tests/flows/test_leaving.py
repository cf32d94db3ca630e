"""Leaving while a ticket is on its way to the one who leaves."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from boucle.accounts.access import Viewer
from boucle.accounts.models import User
from boucle.events.actor import CUSTOMER
from boucle.flows.closing_the_loop import receive_response
from boucle.flows.escalation import sweep_due
from boucle.flows.retiring import retire_user
from boucle.kit.database import fetch
from boucle.kit.errors import DomainError, Invalid, NotFound, ReassignRequired
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.models import Channel
from boucle.surveys.rules import TicketRule
from boucle.tickets.actions import Assignment, assign_ticket, take_ticket
from boucle.tickets.models import Ticket, TicketId
from tests.factories.accounts import make_absence, make_user, make_viewer, viewer_of
from tests.factories.contacts import NOON
from tests.factories.surveys import a_submission, make_survey
from tests.factories.tickets import make_rule, make_ticket


@pytest.mark.parametrize("engine", ["postgres"])  # SQLite has one writer at a time
async def test_a_ticket_on_its_way_is_counted_before_the_account_closes(db, queue):
    admin, leaving, ticket = await make_viewer(user_type="organisation_admin"), await make_user(), await make_ticket()
    may_commit = asyncio.Event()

    async def assign_slowly() -> None:
        async with unit_of_work():
            await assign_ticket(admin, TicketId(ticket.id), Assignment(leaving.id, None), seen=1, now=NOON)
            await may_commit.wait()

    assigning = asyncio.create_task(assign_slowly())
    await asyncio.sleep(0.1)
    retiring = asyncio.create_task(retire_user(admin, leaving.id, reassign_to=None, seen_version=1, now=NOON))
    await asyncio.sleep(0.1)
    assert not retiring.done()
    may_commit.set()
    await assigning
    with pytest.raises(ReassignRequired):
        await retiring
    assert (await User.get(id=leaving.id)).is_active
    assert (await Ticket.get(id=ticket.id)).assignee_id == leaving.id


HOUR = timedelta(hours=1)
on_postgres = pytest.mark.parametrize("engine", ["postgres"])  # SQLite has one writer at a time


async def until_waiting_for_a_name(count: int = 1) -> None:
    """Return once so many sessions wait for a name that another one holds."""
    waiting = "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    for _ in range(500):
        if (await fetch(waiting))[0]["n"] >= count:
            return
        await asyncio.sleep(0.01)
    pytest.fail("nobody waits")


@asynccontextmanager
async def retiring(admin: Viewer, user: User) -> AsyncIterator[None]:
    """Somebody who has left to an heir, but for the commit: that follows once others wait for it."""
    heir = await make_user(name="Heir")
    async with unit_of_work():
        await retire_user(admin, user.id, reassign_to=heir.id, seen_version=1, now=NOON)
        yield
        await until_waiting_for_a_name()


async def while_leaving(admin: Viewer, user: User, act: Callable[[], Awaitable[object]]) -> object:
    """What becomes of an act that begins before the retirement is committed, and ends after."""
    may_begin = asyncio.Event()

    async def begin() -> object:
        await may_begin.wait()
        return await act()

    acting = asyncio.create_task(begin())  # outside of the unit of work that follows
    async with retiring(admin, user):
        may_begin.set()
    return (await asyncio.gather(acting, return_exceptions=True))[0]


@pytest.fixture
async def admin(db, queue) -> Viewer:
    return await make_viewer(user_type="organisation_admin")


@pytest.fixture
async def away(admin) -> User:
    return await make_user(name="Away")


@pytest.fixture
async def substitute(away) -> User:
    substitute = await make_user(name="Sub")
    await make_absence(away, substitute)
    return substitute


async def an_answer_for(user: User) -> Callable[[], Awaitable[object]]:
    """An answer that opens a ticket meant for the user."""
    survey = await make_survey(ticket_rule=TicketRule(assignee_id=user.id))

    async def answer() -> object:
        return await receive_response(CUSTOMER, survey, a_submission(), channel=Channel.API, now=NOON)

    return answer


@on_postgres
async def test_an_answer_gives_no_ticket_to_a_substitute_who_leaves(admin, away, substitute):
    await while_leaving(admin, substitute, await an_answer_for(away))
    assert [ticket.assignee_id for ticket in await Ticket.all()] == [away.id]


@on_postgres
async def test_an_answer_goes_on_to_the_next_who_stands_in(admin, away, substitute):
    last = await make_user(name="Last")
    await make_absence(substitute, last)
    await while_leaving(admin, last, await an_answer_for(away))
    assert [ticket.assignee_id for ticket in await Ticket.all()] == [substitute.id]


@on_postgres
async def test_nobody_assigns_a_ticket_to_a_substitute_who_leaves(admin, away, substitute):
    ticket = await make_ticket()

    async def assign() -> object:
        return await assign_ticket(admin, TicketId(ticket.id), Assignment(away.id, None), seen=1, now=NOON)

    await while_leaving(admin, substitute, assign)
    assert (await Ticket.get(id=ticket.id)).assignee_id == away.id


@on_postgres
async def test_nobody_opens_a_ticket_for_a_substitute_who_leaves(admin, away, substitute):
    await while_leaving(admin, substitute, lambda: make_ticket(viewer=admin, assignee_id=away.id))
    assert (await Ticket.get()).assignee_id == away.id


@on_postgres
async def test_nobody_takes_a_ticket_while_they_leave(admin, substitute):
    ticket, viewer = await make_ticket(), await viewer_of(substitute)

    async def take() -> object:
        return await take_ticket(viewer, TicketId(ticket.id), seen=1, now=NOON)

    assert isinstance(await while_leaving(admin, substitute, take), Invalid | NotFound)
    assert (await Ticket.get(id=ticket.id)).assignee_id is None


@on_postgres
async def test_no_rule_gives_a_ticket_to_a_substitute_who_leaves(admin, away, substitute):
    ticket = await make_ticket(assignee_id=admin.user_id)
    await make_rule(recipient_user_id=away.id)

    async def sweep() -> object:
        return await sweep_due(now=NOON + HOUR, address="https://boucle.example")

    await while_leaving(admin, substitute, sweep)
    assert (await Ticket.get(id=ticket.id)).assignee_id == away.id


@on_postgres
async def test_who_leaves_gives_no_ticket_to_a_substitute_who_leaves(admin, away, substitute):
    leaving = await make_user()
    ticket = await make_ticket(assignee_id=leaving.id)

    async def retire() -> object:
        return await retire_user(admin, leaving.id, reassign_to=away.id, seen_version=1, now=NOON)

    await while_leaving(admin, substitute, retire)
    heir = await User.get(name="Heir")  # stands in for the one who is away since the substitute has left
    assert (await Ticket.get(id=ticket.id)).assignee_id == heir.id
    assert not (await User.get(id=leaving.id)).is_active


@on_postgres
async def test_of_two_who_leave_to_each_other_one_stays(admin):
    for _ in range(12):  # whichever of the two names comes first
        one, other = await make_user(), await make_user()
        tickets = [await make_ticket(assignee_id=user.id) for user in (one, other)]
        heard = await asyncio.gather(
            retire_user(admin, one.id, reassign_to=other.id, seen_version=1, now=NOON),
            retire_user(admin, other.id, reassign_to=one.id, seen_version=1, now=NOON),
            return_exceptions=True,
        )
        assert [isinstance(each, User) for each in heard].count(True) == 1, heard
        assert [isinstance(each, DomainError) for each in heard].count(True) == 1, heard
        [stays] = await User.filter(id__in=[one.id, other.id], is_active=True)
        owners = {each.assignee_id for each in await Ticket.filter(id__in=[each.id for each in tickets])}
        assert owners == {stays.id}


async def test_a_ticket_is_forwarded_to_somebody_whom_another_rule_names(admin, away, substitute):
    for user in (away, substitute):
        await make_rule(recipient_user_id=user.id, name=f"For {user.name}", delay_minutes=60 + user.id)
    ticket = await make_ticket(assignee_id=admin.user_id)
    await sweep_due(now=NOON + 9 * HOUR, address="https://boucle.example")
    assert (await Ticket.get(id=ticket.id)).assignee_id == substitute.id
