"""Working on tickets: fields, statuses, owners, comments, escalation by hand."""

import asyncio
from datetime import timedelta

import pytest

from boucle.accounts.models import Organisation
from boucle.flows.retiring import retire_user
from boucle.kit.errors import Conflict, DomainError, Forbidden, Immutable, Invalid, NotAllowedNow, NotFound, Required
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.actions import (
    Assignment,
    TicketEdit,
    assign_ticket,
    change_status,
    comment_ticket,
    escalate_ticket,
    take_ticket,
    update_ticket,
)
from boucle.tickets.actions.editing import refuse_immutable
from boucle.tickets.models import Ticket, TicketComment, TicketId, TicketPriority
from tests.factories.accounts import make_absence, make_team, make_user, make_viewer
from tests.factories.contacts import NOON
from tests.factories.tickets import event_kinds, last_event, make_rule, make_ticket, status_id

LATER = NOON + timedelta(minutes=5)


async def edited(viewer, ticket, **changes):
    edit = TicketEdit.of(ticket)
    values = {name: changes.get(name, getattr(edit, name)) for name in TicketEdit.__dataclass_fields__}
    return await update_ticket(viewer, TicketId(ticket.id), TicketEdit(**values), seen=ticket.version, now=LATER)


async def moved(viewer, ticket, key, *, seen=None, now=LATER):
    number = TicketId(ticket.id)
    return await change_status(viewer, number, await status_id(key), seen=seen or ticket.version, now=now)


async def given_to(viewer, ticket, *, assignee_id=None, team_id=None, note=None):
    assignment = Assignment(assignee_id or ticket.assignee_id, team_id or ticket.team_id, note)
    return await assign_ticket(viewer, TicketId(ticket.id), assignment, seen=ticket.version, now=LATER)


async def test_an_edit_is_stored_with_old_and_new_value(db, queue):
    viewer, ticket = await make_viewer(), await make_ticket()
    await edited(viewer, ticket, priority=TicketPriority.HIGH)
    stored = await Ticket.get(id=ticket.id)
    assert (stored.priority, stored.priority_rank, stored.version) == (TicketPriority.HIGH, 3, 2)
    assert stored.last_activity_at == stored.updated_at == LATER
    event = await last_event(ticket)
    assert (event.kind.value, event.actor_id, event.at) == ("ticket_priority_changed", viewer.user_id, LATER)
    assert event.data["changes"] == {"priority": ["medium", "high"]}


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"subject": "Parcel found"}, "ticket_updated"),
        ({"priority": TicketPriority.LOW}, "ticket_priority_changed"),
        ({"current_segment": "vip"}, "ticket_segment_changed"),
        ({"current_segment": "vip", "original_segment": "new"}, "ticket_segment_changed"),
        ({"subject": "Parcel found", "priority": TicketPriority.LOW}, "ticket_updated"),
    ],
)
async def test_one_act_is_one_event_named_by_what_changed(db, queue, changes, kind):
    ticket = await make_ticket()
    await edited(await make_viewer(), ticket, **changes)
    assert await event_kinds(ticket) == ["ticket_created", kind]
    assert set((await last_event(ticket)).data["changes"]) == set(changes)


async def test_both_segments_change_and_the_one_at_creation_stays(db, queue):
    ticket = await make_ticket(segment="first")
    stored = await edited(await make_viewer(), ticket, current_segment=None, original_segment="other")
    assert (stored.current_segment, stored.original_segment, stored.segment_at_creation) == (None, "other", "first")


async def test_a_new_subject_is_found_by_search(db, queue):
    ticket = await make_ticket()
    stored = await edited(await make_viewer(), ticket, subject="Réclamation")
    assert stored.search_text == "reclamation lea durand"


async def test_an_edit_that_changes_nothing_leaves_no_trace(db, queue):
    ticket = await make_ticket()
    assert (await edited(await make_viewer(), ticket)).version == 1
    assert await event_kinds(ticket) == ["ticket_created"]


def test_each_immutable_field_is_refused_with_its_reason():
    with pytest.raises(DomainError) as caught:
        refuse_immutable(["subject", "customerName", "key"])
    parts = caught.value.parts
    assert [type(part) for part in parts] == [Immutable, Immutable]
    assert [part.field for part in parts] == [["input", "customerName"], ["input", "key"]]
    assert "never changes" in parts[0].message


async def test_an_edit_of_an_outdated_ticket_says_who_changed_what(db, queue):
    ana, ben, ticket = await make_viewer(name="Ana"), await make_viewer(name="Ben"), await make_ticket()
    await moved(ana, ticket, "open")
    with pytest.raises(Conflict) as caught:
        await edited(ben, ticket, subject="Mine")
    assert "was moved to another status by Ana just now" in caught.value.message
    assert isinstance(caught.value.current, Ticket)
    assert caught.value.current.version == 2
    assert (await Ticket.get(id=ticket.id)).subject == "Parcel lost"


async def test_of_two_who_act_at_once_one_wins_and_the_other_is_told(db, queue):
    team = await make_team()
    ticket = await make_ticket(team_id=team.id)
    viewers = [await make_viewer(name=f"Agent {number}", teams=(team,)) for number in range(5)]
    results = await asyncio.gather(
        *(take_ticket(each, TicketId(ticket.id), seen=1, now=LATER) for each in viewers), return_exceptions=True
    )
    winners = [result for result in results if isinstance(result, Ticket)]
    assert len(winners) == 1
    assert all(isinstance(result, Conflict) for result in results if result not in winners)
    stored = await Ticket.get(id=ticket.id)
    assert (stored.assignee_id, stored.version) == (winners[0].assignee_id, 2)
    assert await event_kinds(ticket) == ["ticket_created", "ticket_assigned"]


async def test_resolving_closing_and_reopening_keep_their_times(db, queue):
    viewer, ticket = await make_viewer(), await make_ticket()
    ticket = await moved(viewer, ticket, "resolved", now=NOON + timedelta(hours=1))
    ticket = await moved(viewer, ticket, "closed", now=NOON + timedelta(hours=2))
    stored = await Ticket.get(id=ticket.id)
    assert (stored.resolved_at, stored.closed_at) == (NOON + timedelta(hours=1), NOON + timedelta(hours=2))
    ticket = await moved(viewer, ticket, "open", now=NOON + timedelta(hours=3))
    stored = await Ticket.get(id=ticket.id)
    assert (stored.resolved_at, stored.closed_at, stored.status_category.value) == (None, None, "open")
    assert (await last_event(ticket)).data["labels"] == {"status": ["closed", "open"]}


@pytest.mark.parametrize("key", ["escalated", "new"])
async def test_a_transition_that_is_not_allowed_is_refused_with_the_reason(db, queue, key):
    viewer, ticket = await make_viewer(), await make_ticket()
    ticket = await moved(viewer, ticket, "open")
    with pytest.raises(NotAllowedNow):
        await moved(viewer, ticket, key)
    assert await event_kinds(ticket) == ["ticket_created", "ticket_status_changed"]


async def test_an_unknown_status_is_not_found(db, queue):
    viewer, ticket = await make_viewer(), await make_ticket()
    with pytest.raises(NotFound):
        await change_status(viewer, TicketId(ticket.id), 999, seen=1, now=LATER)


async def test_a_ticket_keeps_owner_and_team_apart(db, queue):
    lead, agent, team = (
        await make_viewer(user_type="cx_admin"),
        await make_user(name="Ben"),
        await make_team(name="Web"),
    )
    ticket = await make_ticket()
    ticket = await given_to(lead, ticket, team_id=team.id)
    ticket = await given_to(lead, ticket, assignee_id=agent.id)
    assert (ticket.team_id, ticket.assignee_id) == (team.id, agent.id)
    data = (await last_event(ticket)).data
    assert data["changes"] == {"assignee_id": [None, agent.id]}
    assert data["labels"] == {"assignee": [None, "Ben"]}
    assert data["owners"] == {"team_id": team.id, "assignee_id": agent.id}


async def test_an_owner_can_be_changed_but_not_removed(db, queue):
    lead, ben, cleo = await make_viewer(user_type="cx_admin"), await make_user(), await make_user()
    ticket = await given_to(lead, await make_ticket(), assignee_id=ben.id)
    ticket = await given_to(lead, ticket, assignee_id=cleo.id)
    with pytest.raises(NotAllowedNow) as caught:
        await assign_ticket(lead, TicketId(ticket.id), Assignment(None, None), seen=ticket.version, now=LATER)
    assert caught.value.field == ["input", "assigneeId"]
    assert (await Ticket.get(id=ticket.id)).assignee_id == cleo.id


async def test_only_active_people_who_may_work_can_be_given_tickets(db, queue):
    lead, ticket = await make_viewer(user_type="cx_admin"), await make_ticket()
    for user in (await make_user(is_active=False), await make_user(user_type="viewer")):
        with pytest.raises(Invalid) as caught:
            await given_to(lead, ticket, assignee_id=user.id)
        assert caught.value.field == ["input", "assigneeId"]
    with pytest.raises(NotFound):
        await given_to(lead, ticket, assignee_id=999)


async def test_assigning_others_needs_the_right_and_taking_does_not(db, queue):
    taker, other, ticket = await make_viewer(), await make_user(), await make_ticket()
    with pytest.raises(Forbidden):
        await given_to(taker, ticket, assignee_id=other.id)
    assert (await given_to(taker, ticket, assignee_id=taker.user_id)).assignee_id == taker.user_id
    reader = await make_viewer(user_type="viewer")
    with pytest.raises(Forbidden):
        await take_ticket(reader, TicketId(ticket.id), seen=2, now=LATER)


async def test_a_ticket_out_of_sight_does_not_exist(db, queue):
    taker, ticket = await make_viewer(), await make_ticket(team_id=(await make_team()).id)
    with pytest.raises(NotFound):
        await take_ticket(taker, TicketId(ticket.id), seen=1, now=LATER)
    with pytest.raises(NotFound):
        await comment_ticket(taker, TicketId(ticket.id), body="Hello", now=LATER)


async def test_a_finished_ticket_cannot_be_taken_and_taking_ones_own_changes_nothing(db, queue):
    viewer, ticket = await make_viewer(), await make_ticket()
    ticket = await take_ticket(viewer, TicketId(ticket.id), seen=1, now=LATER)
    assert (await take_ticket(viewer, TicketId(ticket.id), seen=2, now=LATER)).version == 2
    ticket = await moved(viewer, ticket, "closed")
    with pytest.raises(NotAllowedNow):
        await take_ticket(viewer, TicketId(ticket.id), seen=3, now=LATER)


async def test_a_note_with_an_assignment_is_a_comment_and_part_of_the_one_event(db, queue):
    lead, agent, ticket = await make_viewer(user_type="cx_admin"), await make_user(), await make_ticket()
    await given_to(lead, ticket, assignee_id=agent.id, note=" Please call her. ")
    (comment,) = await TicketComment.filter(ticket_id=ticket.id)
    assert (comment.body, comment.author_id) == ("Please call her.", lead.user_id)
    assert await event_kinds(ticket) == ["ticket_created", "ticket_assigned"]
    assert (await last_event(ticket)).data["text"] == "Please call her."


async def test_what_is_given_to_the_absent_goes_to_the_end_of_the_chain(db, queue):
    lead, ticket = await make_viewer(user_type="cx_admin"), await make_ticket()
    away, between, there = await make_user(name="Away"), await make_user(), await make_user(name="There")
    await make_absence(away, between)
    await make_absence(between, there)
    ticket = await given_to(lead, ticket, assignee_id=away.id)
    assert ticket.assignee_id == there.id
    data = (await last_event(ticket)).data
    assert (data["forwarded_from"], data["via"]) == (away.id, [between.id])
    assert data["labels"] == {"assignee": [None, "There"]}


async def test_a_loop_of_substitutes_leaves_the_ticket_with_the_one_first_meant(db, queue):
    lead, ana, ben = await make_viewer(user_type="cx_admin"), await make_user(), await make_user()
    await make_absence(ana, ben)
    await make_absence(ben, ana)
    ticket = await given_to(lead, await make_ticket(), assignee_id=ana.id)
    assert ticket.assignee_id == ana.id
    assert "forwarded_from" not in (await last_event(ticket)).data


async def test_absences_that_are_over_planned_ended_or_switched_off_forward_nothing(db, queue):
    lead, away, there = await make_viewer(user_type="cx_admin"), await make_user(), await make_user()
    day = timedelta(days=1)
    await make_absence(away, there, starts_at=NOON - 3 * day, ends_at=NOON - day)
    await make_absence(away, there, starts_at=NOON + day)
    await make_absence(away, there, starts_at=NOON - day, ended_at=NOON - day / 2)
    assert (await given_to(lead, await make_ticket(), assignee_id=away.id)).assignee_id == away.id
    await make_absence(away, there)
    assert (await given_to(lead, await make_ticket(), assignee_id=away.id)).assignee_id == there.id
    async with unit_of_work():
        await Organisation.all().update(forwarding_enabled=False)
    assert (await given_to(lead, await make_ticket(), assignee_id=away.id)).assignee_id == away.id


async def test_tickets_held_before_an_absence_and_tickets_taken_stay(db, queue):
    lead, there = await make_viewer(user_type="cx_admin"), await make_user()
    away, team = await make_viewer(), await make_team()
    held = await given_to(lead, await make_ticket(), assignee_id=away.user_id)
    await make_absence(away.user_id, there)
    held = await given_to(lead, held, team_id=team.id)
    assert held.assignee_id == away.user_id
    free = await make_ticket()
    assert (await take_ticket(away, TicketId(free.id), seen=1, now=LATER)).assignee_id == away.user_id


async def test_a_team_is_never_forwarded(db, queue):
    lead, team = await make_viewer(user_type="cx_admin"), await make_team()
    member, there = await make_user(teams=(team,)), await make_user()
    await make_absence(member, there)
    ticket = await given_to(lead, await make_ticket(), team_id=team.id)
    assert (ticket.team_id, ticket.assignee_id) == (team.id, None)


async def test_open_tickets_of_somebody_who_leaves_go_to_the_substitute_of_the_heir(db, queue):
    lead, leaving, heir, there = (
        await make_viewer(user_type="organisation_admin"),
        await make_user(),
        await make_user(),
        await make_user(),
    )
    await make_absence(heir, there)
    tickets = [await given_to(lead, await make_ticket(), assignee_id=leaving.id) for _ in range(3)]
    done = await moved(lead, tickets[2], "closed")
    await retire_user(lead, leaving.id, reassign_to=heir.id, seen_version=1, now=LATER)
    stored = {ticket.id: ticket for ticket in await Ticket.all()}
    assert [stored[ticket.id].assignee_id for ticket in tickets] == [there.id, there.id, leaving.id]
    assert stored[tickets[0].id].version == 3
    assert stored[done.id].version == 3
    event = await last_event(tickets[0])
    assert event.data["changes"] == {"assignee_id": [leaving.id, there.id]}
    assert event.data["owners"] == {"team_id": None, "assignee_id": there.id}
    assert event.data["forwarded_from"] == heir.id


async def test_a_comment_moves_the_ticket_up_without_a_new_version(db, queue):
    viewer, ticket = await make_viewer(), await make_ticket()
    comment = await comment_ticket(viewer, TicketId(ticket.id), body=" Called her. ", now=LATER)
    stored = await Ticket.get(id=ticket.id)
    assert (comment.body, stored.version, stored.last_activity_at) == ("Called her.", 1, LATER)
    assert (await last_event(ticket)).data["text"] == "Called her."
    with pytest.raises(Required):
        await comment_ticket(viewer, TicketId(ticket.id), body="  ", now=LATER)
    with pytest.raises(Invalid):
        await comment_ticket(viewer, TicketId(ticket.id), body="x" * 10_001, now=LATER)


async def test_escalating_by_hand_sets_the_flag_and_ends_all_rules(db, queue):
    viewer = await make_viewer(user_type="cx_admin")
    await make_rule(recipient_user_id=viewer.user_id)
    ticket = await make_ticket(assignee_id=viewer.user_id, viewer=viewer)
    assert ticket.next_due_at == NOON + timedelta(hours=1)
    await escalate_ticket(viewer, TicketId(ticket.id), note="She is angry", seen=1, now=LATER)
    stored = await Ticket.get(id=ticket.id)
    assert (stored.status_category.value, stored.is_escalated_manually) == ("escalated", True)
    assert (stored.escalated_at, stored.next_due_at) == (LATER, None)
    event = await last_event(ticket)
    assert (event.kind.value, event.data["text"]) == ("ticket_escalated", "She is angry")
    assert await TicketComment.filter(ticket_id=ticket.id).count() == 1
    with pytest.raises(NotAllowedNow):
        await escalate_ticket(viewer, TicketId(ticket.id), note=None, seen=2, now=LATER)
    ticket = await moved(viewer, stored, "open")
    assert ticket.next_due_at is None


async def test_a_finished_ticket_cannot_be_escalated(db, queue):
    viewer, ticket = await make_viewer(), await make_ticket()
    ticket = await moved(viewer, ticket, "resolved")
    with pytest.raises(NotAllowedNow):
        await escalate_ticket(viewer, TicketId(ticket.id), note=None, seen=2, now=LATER)


async def test_due_times_follow_every_act(db, queue):
    lead = await make_viewer(user_type="cx_admin")
    await make_rule(recipient_user_id=lead.user_id, segment="vip")
    ticket = await make_ticket(viewer=lead)
    assert ticket.next_due_at is None
    ticket = await take_ticket(lead, TicketId(ticket.id), seen=1, now=LATER)
    assert ticket.next_due_at is None
    ticket = await edited(lead, ticket, current_segment="vip")
    assert ticket.next_due_at == NOON + timedelta(hours=1)
    ticket = await moved(lead, ticket, "resolved")
    assert ticket.next_due_at is None
    ticket = await moved(lead, ticket, "open")
    assert (await Ticket.get(id=ticket.id)).next_due_at == NOON + timedelta(hours=1)
