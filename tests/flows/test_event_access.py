"""Single events are as visible as what they are about."""

from dataclasses import replace

import pytest

from boucle.accounts.access import Viewer
from boucle.accounts.permissions import Permission
from boucle.events.actor import user_actor
from boucle.events.log import NewEvent, record
from boucle.events.models import Event, EventKind
from boucle.flows.event_access import visibility
from boucle.kit.conditions import all_of, equals
from boucle.kit.database import dialect, fetch_rows
from boucle.kit.statements import Statement
from boucle.kit.unit_of_work import unit_of_work
from tests.factories.contacts import NOON, a_viewer


async def happened(kind: EventKind, *, by: int = 7, contact_id: int | None = None) -> int:
    async with unit_of_work():
        await record(NewEvent(kind, "usr_7", user_actor(by), NOON, contact_id=contact_id))
    return (await Event.all().order_by("-id").first()).id


async def can_see(viewer: Viewer, event_id: int) -> bool:
    statement = Statement(dialect())
    statement.add("SELECT e.id FROM events e WHERE ")
    statement.condition(all_of(equals("id", event_id), visibility(viewer)), "e")
    return len(await fetch_rows(statement.text, statement.values)) == 1


@pytest.mark.parametrize(
    ("kind", "right"),
    [
        (EventKind.SESSION_STARTED, Permission.USERS_MANAGE),
        (EventKind.PASSWORD_CHANGED, Permission.USERS_MANAGE),
        (EventKind.ESCALATION_RULE_CREATED, Permission.TICKETS_MANAGE),
        (EventKind.SURVEY_PUBLISHED, Permission.SURVEYS_READ),
        (EventKind.USER_UPDATED, Permission.USERS_MANAGE),
        (EventKind.USER_TYPE_UPDATED, Permission.USERS_MANAGE),
        (EventKind.TEAM_UPDATED, Permission.TEAMS_MANAGE),
        (EventKind.ABSENCE_CREATED, Permission.TICKETS_MANAGE),
        (EventKind.ORGANISATION_UPDATED, Permission.ORGANISATION_MANAGE),
        (EventKind.CONTACT_CREATED, Permission.CONTACTS_READ),
        (EventKind.RESPONSE_RECEIVED, Permission.CONTACTS_READ),
    ],
)
async def test_an_event_needs_the_right_to_what_it_is_about(db, kind, right):
    about = 1 if kind in {EventKind.CONTACT_CREATED, EventKind.RESPONSE_RECEIVED} else None
    number = await happened(kind, contact_id=about)
    assert not await can_see(a_viewer(Permission.TICKETS_WORK, user_id=1), number)
    assert await can_see(a_viewer(right, user_id=1), number)


async def test_everybody_sees_what_happens_to_their_own_account(db):
    viewer = a_viewer(Permission.TICKETS_WORK, user_id=7)
    assert await can_see(viewer, await happened(EventKind.SESSION_STARTED, by=7))
    assert await can_see(viewer, await happened(EventKind.PASSWORD_CHANGED, by=1))
    assert not await can_see(replace(viewer, is_narrowed=True), await happened(EventKind.SESSION_STARTED, by=7))
    assert not await can_see(viewer, 999)


@pytest.mark.parametrize("kind", list(EventKind))
async def test_no_kind_is_open_to_whoever_has_no_right(db, kind):
    number = await happened(kind, by=7, contact_id=1)
    stranger = a_viewer(Permission.TICKETS_WORK, user_id=1)
    assert not await can_see(stranger, number)
