"""Leaving while a ticket is on its way to the one who leaves."""

import asyncio

import pytest

from boucle.accounts.models import User
from boucle.flows.retiring import retire_user
from boucle.kit.errors import ReassignRequired
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.actions import Assignment, assign_ticket
from boucle.tickets.models import Ticket, TicketId
from tests.factories.accounts import make_user, make_viewer
from tests.factories.contacts import NOON
from tests.factories.tickets import make_ticket


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
