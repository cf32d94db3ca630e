"""The feed: snapshot and stream without a hole, rights at delivery, resume, slow clients."""

import asyncio
from collections.abc import Sequence

import pytest

from boucle.accounts.access import Viewer
from boucle.accounts.actions.tokens import create_token
from boucle.accounts.permissions import Permission
from boucle.accounts.queries import viewer_of
from boucle.api.authentication import reload
from boucle.api.live import access
from boucle.api.live.messages import Written
from boucle.api.live.rendering import PlannedRenderer
from boucle.api.live.types import TicketAssigned, TicketChanged
from boucle.api.services import Services
from boucle.kit.clock import utc_now
from boucle.tickets.actions import Assignment, assign_ticket, comment_ticket
from boucle.tickets.models import Ticket
from tests.api.conftest import make_account, token_of
from tests.factories.accounts import make_team
from tests.factories.contacts import make_contact
from tests.factories.tickets import make_ticket
from tests.live.client import connected

FEED = """subscription ($filter: TicketFilter, $after: Cursor) { feed(filter: $filter, after: $after) {
  __typename cursor
  ... on TicketChanged { ticket { id key subject assignee { name } } event { kind text } }
  ... on TicketLeft { id }
  ... on CaughtUp { replayed }
  ... on ResyncRequired { reason } } }"""
ASSIGNMENTS = """subscription ($after: Cursor) { assignments(after: $after) {
  __typename cursor ... on TicketAssigned { ticket { key } } ... on TicketUnassigned { id } } }"""
UPDATES = """subscription ($after: Cursor) { updates(after: $after) {
  __typename cursor ... on NodeChanged { node { __typename id ... on Team { name } } } ... on NodeGone { id } } }"""


async def open_ticket(**given: object) -> Ticket:
    return await make_ticket(now=utc_now(), **given)


async def give(viewer: Viewer, ticket: Ticket, *, assignee_id: int | None, team_id: int | None) -> None:
    await assign_ticket(viewer, ticket.id, Assignment(assignee_id, team_id), seen=ticket.version, now=utc_now())


async def test_a_new_ticket_shows_within_a_second(boucle):
    token = await token_of(await make_account("ana@boucle.example"))
    async with connected(boucle, token) as socket:
        feed = await socket.subscribe(FEED)
        await feed.until("CaughtUp")
        ticket = await open_ticket(subject="Where is my parcel?")
        message = await feed.next(within=1.0)
    assert message["__typename"] == "TicketChanged"
    assert message["ticket"]["key"] == ticket.key
    assert message["event"]["kind"] == "TICKET_CREATED"


async def test_a_client_resumes_where_it_was_cut(boucle):
    token = await token_of(await make_account("ana@boucle.example"))
    async with connected(boucle, token) as socket:
        feed = await socket.subscribe(FEED)
        cursor = (await feed.until("CaughtUp"))[-1]["cursor"]
    missed = [(await open_ticket()).key for _ in range(3)]
    async with connected(boucle, token) as socket:
        feed = await socket.subscribe(FEED, after=cursor)
        replay = await feed.until("CaughtUp")
    assert [message["ticket"]["key"] for message in replay[:-1]] == missed


async def test_a_snapshot_and_its_stream_have_no_hole(boucle, admin):
    token = await token_of(await make_account("ana@boucle.example"))
    made: list[str] = []

    async def keep_opening() -> None:
        for _ in range(20):
            ticket = await open_ticket()
            made.append(ticket.key)

    opening = asyncio.create_task(keep_opening())
    await asyncio.sleep(0.05)
    snapshot = await admin("{ liveCursor tickets(first: 100) { nodes { key } } }")
    async with connected(boucle, token) as socket:
        feed = await socket.subscribe(FEED, after=snapshot["liveCursor"])
        await opening
        seen = {node["key"] for node in snapshot["tickets"]["nodes"]}
        while len(seen) < len(made):
            message = await feed.next()
            if message["__typename"] == "TicketChanged":
                seen.add(message["ticket"]["key"])
    assert seen == set(made)


async def test_who_loses_sight_of_a_ticket_gets_a_tombstone_and_no_content(boucle):
    north, south = await make_team(), await make_team()
    ana = await make_account("ana@boucle.example", user_type="ticket_taker", teams=(north.id,))
    boss = await viewer_of(await make_account("boss@boucle.example", user_type="organisation_admin"))
    ticket = await open_ticket(team_id=north.id)
    async with connected(boucle, await token_of(ana)) as socket:
        feed = await socket.subscribe(FEED)
        await feed.until("CaughtUp")
        await assign_ticket(
            boss, ticket.id, Assignment(assignee_id=None, team_id=south.id), seen=ticket.version, now=utc_now()
        )
        left = await feed.next()
        await comment_ticket(boss, ticket.id, body="For the south only", now=utc_now())
        other = await open_ticket(team_id=north.id)
        following = await feed.next()
    assert left == {"__typename": "TicketLeft", "cursor": left["cursor"], "id": f"tkt_{ticket.id}"}
    assert following["ticket"]["key"] == other.key


@pytest.mark.parametrize("document", [FEED, ASSIGNMENTS])
async def test_a_ticket_given_away_before_it_is_written_is_a_tombstone_too(boucle, monkeypatch, document):
    north, south = await make_team(), await make_team()
    ana = await make_account("ana@boucle.example", user_type="ticket_taker", teams=(north.id,))
    boss = await viewer_of(await make_account("boss@boucle.example"))
    write, given = PlannedRenderer.write, []

    async def give_first(renderer: PlannedRenderer, bodies: Sequence[object]) -> Sequence[Written]:
        if not given and isinstance(bodies[0], TicketChanged | TicketAssigned):
            given.append(ticket := await Ticket.get())
            await give(boss, ticket, assignee_id=boss.user_id, team_id=south.id)
        return await write(renderer, bodies)

    monkeypatch.setattr(PlannedRenderer, "write", give_first)
    async with connected(boucle, await token_of(ana)) as socket:
        stream = await socket.subscribe(document)
        await stream.until("CaughtUp")
        await open_ticket(team_id=north.id, assignee_id=ana.id)
        told = await stream.next()
    assert given
    assert told["__typename"] in {"TicketLeft", "TicketUnassigned"}
    assert told["id"] == f"tkt_{given[0].id}"
    assert "ticket" not in told


async def test_who_sees_every_ticket_is_told_of_one_that_changes_hands_meanwhile(boucle, monkeypatch):
    north, south = await make_team(), await make_team()
    boss = await make_account("boss@boucle.example")
    write, given = PlannedRenderer.write, []

    async def give_first(renderer: PlannedRenderer, bodies: Sequence[object]) -> Sequence[Written]:
        if not given and isinstance(bodies[0], TicketChanged):
            given.append(ticket := await Ticket.get())
            await give(await viewer_of(boss), ticket, assignee_id=None, team_id=south.id)
        return await write(renderer, bodies)

    monkeypatch.setattr(PlannedRenderer, "write", give_first)
    async with connected(boucle, await token_of(boss)) as socket:
        feed = await socket.subscribe(FEED)
        await feed.until("CaughtUp")
        await open_ticket(team_id=north.id)
        kinds = [(await feed.next())["event"]["kind"] for _ in range(2)]
    assert kinds == ["TICKET_CREATED", "TICKET_ASSIGNED"]


async def test_a_ticket_that_leaves_the_filter_is_said_to_leave(boucle):
    ana = await make_account("ana@boucle.example", name="Ana")
    bob = await make_account("bob@boucle.example", name="Bob")
    viewer = await viewer_of(ana)
    async with connected(boucle, await token_of(ana)) as socket:
        feed = await socket.subscribe(FEED, filter={"mine": True})
        await feed.until("CaughtUp")
        ticket = await open_ticket(assignee_id=ana.id)
        came = await feed.next()
        await assign_ticket(
            viewer, ticket.id, Assignment(assignee_id=bob.id, team_id=None), seen=ticket.version, now=utc_now()
        )
        went = await feed.next()
    assert came["__typename"] == "TicketChanged"
    assert went["__typename"] == "TicketLeft"


async def test_assignments_tell_what_came_and_what_was_taken(boucle):
    ana = await make_account("ana@boucle.example", name="Ana")
    bob = await make_account("bob@boucle.example", name="Bob")
    viewer = await viewer_of(bob)
    async with connected(boucle, await token_of(ana)) as socket:
        mine = await socket.subscribe(ASSIGNMENTS)
        await mine.until("CaughtUp")
        ticket = await open_ticket(assignee_id=ana.id)
        came = await mine.next()
        await assign_ticket(
            viewer, ticket.id, Assignment(assignee_id=bob.id, team_id=None), seen=ticket.version, now=utc_now()
        )
        went = await mine.next()
    assert (came["__typename"], came["ticket"]["key"]) == ("TicketAssigned", ticket.key)
    assert (went["__typename"], went["id"]) == ("TicketUnassigned", f"tkt_{ticket.id}")


async def test_updates_tell_of_teams_made_and_deleted(boucle, admin):
    async with connected(boucle, await token_of(await make_account("ana@boucle.example"))) as socket:
        updates = await socket.subscribe(UPDATES)
        await updates.until("CaughtUp")
        made = await admin('mutation { teamCreate(input: {name: "North"}) { team { id version } } }')
        team = made["teamCreate"]["team"]
        while (changed := await updates.until("NodeChanged"))[-1]["node"]["__typename"] != "Team":
            pass  # the log reader may still have been on its way to where the subscription began
        await admin(
            "mutation ($id: ID!, $seen: Int!) { teamDelete(id: $id, expectedVersion: $seen) { deletedId } }",
            id=team["id"],
            seen=team["version"],
        )
        gone = await updates.until("NodeGone")
    assert changed[-1]["node"] == {"__typename": "Team", "id": team["id"], "name": "North"}
    assert gone[-1]["id"] == team["id"]


async def test_a_strange_or_old_cursor_asks_for_a_resync_and_ends(boucle):
    async with connected(boucle, await token_of(await make_account("ana@boucle.example"))) as socket:
        feed = await socket.subscribe(FEED, after="99.0.0")
        message = await feed.next()
        ended = await feed.is_ended()
    assert message["__typename"] == "ResyncRequired"
    assert ended


async def test_changed_rights_ask_for_a_resync(boucle, admin):
    ana = await make_account("ana@boucle.example", user_type="ticket_taker")
    async with connected(boucle, await token_of(ana)) as socket:
        feed = await socket.subscribe(FEED)
        await feed.until("CaughtUp")
        await admin(
            """mutation ($members: [TeamMemberInput!]) {
              teamCreate(input: {name: "North", members: $members}) { userErrors { code } } }""",
            members=[{"userId": f"usr_{ana.id}"}],
        )
        message = await feed.next()
    assert message["__typename"] == "ResyncRequired"


async def test_a_deactivated_user_is_cut_off(boucle, admin):
    ana = await make_account("ana@boucle.example", user_type="ticket_taker")
    async with connected(boucle, await token_of(ana)) as socket:
        await (await socket.subscribe(FEED)).until("CaughtUp")
        answer = await admin(
            "mutation ($id: ID!) { userDeactivate(id: $id, expectedVersion: 1) { userErrors { code message } } }",
            id=f"usr_{ana.id}",
        )
        assert answer["userDeactivate"]["userErrors"] == []
        assert await socket.close_code() == 4403


async def test_a_user_is_cut_off_although_their_access_could_not_be_read_at_first(boucle, admin, monkeypatch):
    ana = await make_account("ana@boucle.example", user_type="ticket_taker")
    failures = []

    async def fail_once(viewer: Viewer, services: Services) -> Viewer | None:
        if not failures:
            failures.append(viewer)
            raise OSError
        return await reload(viewer, services)

    async with connected(boucle, await token_of(ana)) as socket:
        await (await socket.subscribe(FEED)).until("CaughtUp")
        monkeypatch.setattr(access, "reload", fail_once)
        await admin(
            "mutation ($id: ID!) { userDeactivate(id: $id, expectedVersion: 1) { userErrors { code } } }",
            id=f"usr_{ana.id}",
        )
        assert await socket.close_code() == 4403
    assert failures


async def test_a_revoked_token_is_cut_off(boucle):
    ana = await make_account("ana@boucle.example")
    token = await token_of(ana)
    async with connected(boucle, token) as socket, connected(boucle, await token_of(ana)) as other:
        mine = await socket.subscribe("{ apiTokens { id } }")
        ids = await mine.next()
        revoke = "mutation ($id: ID!) { apiTokenRevoke(id: $id) { userErrors { code } } }"
        await (await other.subscribe(revoke, id=ids[-1]["id"])).next()
        assert await socket.close_code() == 4403


async def test_one_wrong_document_leaves_its_neighbours_alone(boucle):
    async with connected(boucle, await token_of(await make_account("ana@boucle.example"))) as socket:
        feed = await socket.subscribe(FEED)
        await feed.until("CaughtUp")
        wrong = await socket.subscribe("subscription { this is no graphql")
        assert await wrong.is_ended()
        assert socket.errors[wrong.name]
        ticket = await open_ticket()
        assert (await feed.next())["ticket"]["key"] == ticket.key


async def test_what_is_written_for_one_reaches_nobody_who_may_see_less(boucle):
    ana = await make_account("ana@boucle.example")
    boss = await viewer_of(ana)
    contact = await make_contact()
    rights = boss.permissions - {Permission.CONTACTS_READ}
    narrow = await create_token(ana.id, name="phone", days=None, permissions=rights, now=utc_now())
    document = "subscription { feed { __typename ... on TicketChanged { ticket { contact { firstName } } } } }"
    async with connected(boucle, await token_of(ana)) as one, connected(boucle, narrow.secret) as other:
        feeds = [await socket.subscribe(document) for socket in (one, other, one, other)]
        for feed in feeds:
            await feed.until("CaughtUp")
        await open_ticket(contact_id=contact.id)
        told = [(await feed.next())["ticket"]["contact"] for feed in feeds]
    assert told == [{"firstName": "Léa"}, None] * 2
