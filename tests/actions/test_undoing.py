"""One's own last act on a ticket is taken back, wherever it led."""

from dataclasses import replace
from datetime import timedelta

import pytest

from boucle.accounts.permissions import Permission
from boucle.kit.errors import Conflict, Forbidden, NotAllowedNow, NotFound
from boucle.tickets.actions import Assignment, assign_ticket, change_status, comment_ticket, take_ticket, undo_last_act
from boucle.tickets.models import Ticket, TicketId
from tests.factories.accounts import make_team, make_user, make_viewer
from tests.factories.contacts import NOON
from tests.factories.tickets import event_kinds, last_event, make_rule, make_ticket, status_id

SOON = NOON + timedelta(minutes=1)


async def moved(viewer, ticket, key, *, now=NOON):
    return await change_status(viewer, TicketId(ticket.id), await status_id(key), seen=ticket.version, now=now)


async def undone(viewer, ticket, *, now=SOON):
    return await undo_last_act(viewer, TicketId(ticket.id), seen=ticket.version, now=now)


@pytest.mark.parametrize("slip", ["open", "resolved", "closed"])
async def test_a_new_ticket_moved_by_a_slip_is_new_again(db, queue, slip):
    viewer, ticket = await make_viewer(), await make_ticket()
    await undone(viewer, await moved(viewer, ticket, slip))
    stored = await Ticket.get(id=ticket.id)
    assert (stored.status_category.value, stored.resolved_at, stored.closed_at) == ("new", None, None)
    event = await last_event(ticket)
    assert (event.kind.value, event.data["labels"]) == ("ticket_status_changed", {"status": [slip, "new"]})


async def test_a_reopened_ticket_is_resolved_again_since_when_it_was(db, queue):
    viewer, ticket = await make_viewer(), await make_ticket()
    resolved = await moved(viewer, ticket, "resolved", now=NOON)
    reopened = await moved(viewer, resolved, "open", now=NOON + timedelta(hours=5))
    await undone(viewer, reopened, now=NOON + timedelta(hours=5))
    assert (await Ticket.get(id=ticket.id)).resolved_at == NOON


async def test_a_ticket_taken_by_a_slip_is_nobodys_again_and_nothing_is_due_on_it(db, queue):
    viewer, ticket = await make_viewer(user_type="ticket_taker"), await make_ticket()
    await make_rule(recipient_user_id=viewer.user_id)
    taken = await take_ticket(viewer, TicketId(ticket.id), seen=1, now=NOON)
    assert taken.next_due_at is not None
    given_back = await undone(viewer, taken)
    assert (given_back.assignee_id, given_back.next_due_at, given_back.status_category.value) == (None, None, "new")
    assert await event_kinds(ticket) == ["ticket_created", "ticket_assigned", "ticket_assigned"]


async def test_a_ticket_taken_from_a_colleague_is_theirs_again(db, queue):
    team = await make_team()
    viewer, owner = await make_viewer(teams=(team,)), await make_user()
    ticket = await make_ticket(assignee_id=owner.id, team_id=team.id)
    given_back = await undone(viewer, await take_ticket(viewer, TicketId(ticket.id), seen=1, now=NOON))
    assert (given_back.assignee_id, given_back.team_id) == (owner.id, team.id)


async def test_what_somebody_else_did_last_stays(db, queue):
    viewer, other, ticket = await make_viewer(), await make_viewer(), await make_ticket()
    moved_by_other = await moved(other, await moved(viewer, ticket, "open"), "resolved")
    with pytest.raises(NotAllowedNow, match="only your own last act"):
        await undone(viewer, moved_by_other)


async def test_an_act_is_undone_once_and_only_for_ten_minutes(db, queue):
    viewer, ticket = await make_viewer(), await make_ticket()
    resolved = await moved(viewer, ticket, "resolved")
    with pytest.raises(NotAllowedNow):
        await undone(viewer, resolved, now=NOON + timedelta(minutes=11))
    back = await undone(viewer, resolved)
    with pytest.raises(NotAllowedNow):
        await undone(viewer, back)


async def test_a_note_written_since_is_in_nobodys_way_but_a_change_is(db, queue):
    viewer, ticket = await make_viewer(), await make_ticket()
    resolved = await moved(viewer, ticket, "resolved")
    await comment_ticket(viewer, TicketId(ticket.id), body="Called", now=SOON)
    with pytest.raises(Conflict):
        await undo_last_act(viewer, TicketId(ticket.id), seen=1, now=SOON)
    assert (await undone(viewer, resolved)).status_category.value == "new"


async def test_giving_to_others_is_undone_only_with_the_right_to_assign(db, queue):
    viewer = await make_viewer(user_type="cx_admin")
    owner, ticket = await make_user(), await make_ticket()
    number = TicketId(ticket.id)
    given = await assign_ticket(viewer, number, Assignment(owner.id, None), seen=1, now=NOON)
    demoted = replace(viewer, permissions=viewer.permissions - {Permission.TICKETS_ASSIGN})
    with pytest.raises(Forbidden):
        await undone(demoted, given)
    assert (await undone(viewer, given)).assignee_id is None


async def test_a_ticket_does_not_return_to_a_team_that_is_gone(db, queue):
    viewer, gone, other = await make_viewer(user_type="cx_admin"), await make_team(), await make_team()
    ticket = await make_ticket(team_id=gone.id)
    given = await assign_ticket(viewer, TicketId(ticket.id), Assignment(viewer.user_id, other.id), seen=1, now=NOON)
    await gone.delete()
    with pytest.raises(NotFound):
        await undone(viewer, given)
    assert (await Ticket.get(id=ticket.id)).team_id == other.id
