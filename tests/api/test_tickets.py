"""Tickets through the API: reading, working, rights, conflicts, and no more statements than a page needs."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from boucle.accounts.models import User
from boucle.accounts.queries import viewer_of
from boucle.kit.clock import utc_now
from boucle.kit.ids import global_id, number_of
from boucle.tickets.actions.editing import IMMUTABLE
from boucle.tickets.models import Ticket
from tests.api.ticket_desk import CREATE, ERRORS, STATE, agent, created
from tests.factories.accounts import make_absence, make_team
from tests.factories.contacts import make_contact
from tests.factories.tickets import make_rule, make_ticket
from tests.query_budget import query_budget
from tests.serving import Client, machine

HOUR = timedelta(hours=1)
UPDATE = f"""mutation ($id: ID!, $seen: Int!, $input: TicketUpdateInput!) {{
  ticketUpdate(id: $id, expectedVersion: $seen, input: $input) {{ ticket {{ {STATE} }} {ERRORS} }} }}"""
MOVE = f"""mutation ($id: ID!, $seen: Int!, $status: ID!) {{
  ticketChangeStatus(id: $id, expectedVersion: $seen, statusId: $status) {{ ticket {{ {STATE} }} {ERRORS} }} }}"""
ASSIGN = f"""mutation ($id: ID!, $seen: Int!, $input: TicketAssignInput!) {{
  ticketAssign(id: $id, expectedVersion: $seen, input: $input) {{ ticket {{ {STATE} }} {ERRORS} }} }}"""
TAKE = f"""mutation ($id: ID!, $seen: Int!) {{
  ticketTake(id: $id, expectedVersion: $seen) {{ ticket {{ {STATE} }} {ERRORS} }} }}"""
COMMENT = f"""mutation ($id: ID!, $body: String!, $key: String) {{
  ticketComment(id: $id, body: $body, idempotencyKey: $key) {{
    comment {{ id body author {{ name }} ticket {{ id }} }}
    ticket {{ comments(first: 5) {{ totalCount }} }} {ERRORS} }} }}"""
ESCALATE = f"""mutation ($id: ID!, $seen: Int!, $note: String) {{
  ticketEscalate(id: $id, expectedVersion: $seen, note: $note) {{
    ticket {{ {STATE} isEscalatedManually viewerCan {{ work assign take escalate }} }} {ERRORS} }} }}"""
LIST = """query ($first: Int, $after: String, $last: Int, $before: String, $filter: TicketFilter, $order: TicketOrder) {
  tickets(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $order) {
    nodes { id subject } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


async def status_of(client: Client, key: str) -> str:
    statuses = (await client("{ ticketStatuses { id key } }"))["ticketStatuses"]
    return next(each["id"] for each in statuses if each["key"] == key)


async def test_a_manual_ticket_is_created_once_per_idempotency_key(taker):
    given = {"subject": "Refund", "customerName": "Léa Durand", "priority": "HIGH", "segment": "vip"}
    first = (await taker(CREATE, input=given, key="k1"))["ticketCreate"]
    again = (await taker(CREATE, input=given, key="k1"))["ticketCreate"]
    other = (await taker(CREATE, input={**given, "subject": "Other"}, key="k1"))["ticketCreate"]
    assert first["ticket"]["kind"] == "MANUAL"
    assert first["ticket"]["priority"] == "HIGH"
    assert first["ticket"]["id"] == again["ticket"]["id"]
    assert [error["code"] for error in other["userErrors"]] == ["IDEMPOTENCY_MISMATCH"]
    assert await Ticket.all().count() == 1


async def test_a_repeat_shows_nothing_that_has_left_the_viewers_sight(boucle, admin):
    team = await make_team()
    _, token = await agent(teams=[await make_team()])
    async with machine(boucle, token) as client:
        given = {"subject": "Refund", "customerName": "Léa Durand"}
        ticket = (await client(CREATE, input=given, key="k1"))["ticketCreate"]["ticket"]
        await client(COMMENT, id=ticket["id"], body="Called", key="k2")
        version = int((await Ticket.get(id=number_of(ticket["id"], "tkt", field="id"))).version)
        moved = await admin(ASSIGN, id=ticket["id"], seen=version, input={"teamId": f"tea_{team.id}"})
        assert moved["ticketAssign"]["userErrors"] == []
        again = (await client(CREATE, input=given, key="k1"))["ticketCreate"]
        note = (await client(COMMENT, id=ticket["id"], body="Called", key="k2"))["ticketComment"]
    assert again["ticket"] is note["ticket"] is note["comment"] is None
    told = [(each["field"], each["code"]) for each in again["userErrors"] + note["userErrors"]]
    assert told == [(["idempotencyKey"], "NOT_FOUND")] * 2
    assert await Ticket.all().count() == 1


async def test_who_gives_a_ticket_out_of_their_sight_is_not_shown_it(boucle):
    team = await make_team()
    _, token = await agent(user_type="standard")
    async with machine(boucle, token) as client:
        ticket = await created(client)
        answer = await client(ASSIGN, id=ticket["id"], seen=1, input={"teamId": f"tea_{team.id}"})
    assert answer["ticketAssign"] == {"ticket": None, "userErrors": []}
    assert (await Ticket.get(id=number_of(ticket["id"], "tkt", field="id"))).team_id == team.id


async def test_each_wrong_field_of_a_new_ticket_is_named(taker):
    answer = await taker(CREATE, input={"subject": "x", "customerName": " ", "customerEmail": "nobody"})
    errors = answer["ticketCreate"]["userErrors"]
    assert answer["ticketCreate"]["ticket"] is None
    assert {(tuple(error["field"]), error["code"]) for error in errors} == {
        (("input", "customerEmail"), "INVALID"),
        (("input", "customerName"), "REQUIRED"),
    }
    wrong_id = await taker(CREATE, input={"subject": "x", "customerName": "y", "teamId": "usr_1"})
    assert wrong_id["ticketCreate"]["userErrors"][0]["field"] == ["input", "teamId"]


async def test_missing_fields_stay_and_null_clears(taker):
    ticket = await created(taker, segment="vip")
    answer = await taker(UPDATE, id=ticket["id"], seen=1, input={"subject": "Found"})
    assert answer["ticketUpdate"]["ticket"]["currentSegment"] == "vip"
    answer = await taker(UPDATE, id=ticket["id"], seen=2, input={"currentSegment": None, "priority": "LOW"})
    changed = answer["ticketUpdate"]["ticket"]
    assert (changed["currentSegment"], changed["priority"], changed["subject"]) == (None, "LOW", "Found")


async def test_what_never_changes_is_refused_by_name_with_a_reason(taker):
    ticket = await created(taker)
    values = {name: "2026-01-01T00:00:00Z" if name.endswith("At") else "con_1" for name in IMMUTABLE}
    answer = await taker(UPDATE, id=ticket["id"], seen=1, input={**values, "subject": "Changed"})
    errors = answer["ticketUpdate"]["userErrors"]
    assert {error["field"][1] for error in errors} == set(IMMUTABLE)
    assert {error["code"] for error in errors} == {"IMMUTABLE"}
    assert (await Ticket.get()).subject == "Parcel lost"


async def test_a_conflict_shows_the_ticket_as_it_stands(taker, admin):
    ticket = await created(taker)
    await admin(UPDATE, id=ticket["id"], seen=1, input={"priority": "HIGH"})
    answer = (await taker(UPDATE, id=ticket["id"], seen=1, input={"subject": "Mine"}))["ticketUpdate"]
    (error,) = answer["userErrors"]
    assert (error["code"], error["retryable"]) == ("CONFLICT", True)
    assert "by Ada Admin just now" in error["message"]
    assert (answer["ticket"]["version"], answer["ticket"]["priority"]) == (2, "HIGH")


async def test_statuses_move_only_as_allowed(taker):
    ticket = await created(taker)
    answer = await taker(
        "query ($id: ID!) { node(id: $id) { ... on Ticket { allowedStatuses { key } } } }", id=ticket["id"]
    )
    assert [each["key"] for each in answer["node"]["allowedStatuses"]] == ["open", "in_progress", "resolved", "closed"]
    refused = await taker(MOVE, id=ticket["id"], seen=1, status=await status_of(taker, "escalated"))
    assert refused["ticketChangeStatus"]["userErrors"][0]["code"] == "NOT_ALLOWED_NOW"
    moved = await taker(MOVE, id=ticket["id"], seen=1, status=await status_of(taker, "resolved"))
    assert moved["ticketChangeStatus"]["ticket"]["status"]["key"] == "resolved"


async def test_a_ticket_is_taken_assigned_and_never_orphaned(boucle, taker, admin):
    team = await make_team(name="Web")
    user, _ = await agent(name="Ben Other")
    ticket = await created(taker)
    taken = (await taker(TAKE, id=ticket["id"], seen=1))["ticketTake"]["ticket"]
    assert taken["assignee"] is not None
    forbidden = await taker(ASSIGN, id=ticket["id"], seen=2, input={"assigneeId": f"usr_{user.id}"})
    assert forbidden["ticketAssign"]["userErrors"][0]["code"] == "FORBIDDEN"
    given = {"assigneeId": f"usr_{user.id}", "teamId": f"tea_{team.id}", "note": "Please"}
    assigned = (await admin(ASSIGN, id=ticket["id"], seen=2, input=given))["ticketAssign"]["ticket"]
    assert (assigned["assignee"]["id"], assigned["team"]["id"]) == (given["assigneeId"], given["teamId"])
    kept = (await admin(ASSIGN, id=ticket["id"], seen=3, input={"teamId": None}))["ticketAssign"]["ticket"]
    assert (kept["assignee"]["id"], kept["team"]) == (given["assigneeId"], None)
    orphan = await admin(ASSIGN, id=ticket["id"], seen=4, input={"assigneeId": None})
    assert orphan["ticketAssign"]["userErrors"][0]["field"] == ["input", "assigneeId"]


async def test_the_slower_of_two_who_take_a_ticket_sees_whose_it_is(boucle):
    team = await make_team(name="Web")
    ticket = await make_ticket(team_id=team.id, now=utc_now())
    ben, bens_token = await agent(name="Ben Faster", teams=(team,))
    _, token = await agent(teams=(team,))
    async with machine(boucle, bens_token) as faster, machine(boucle, token) as slower:
        await faster(TAKE, id=f"tkt_{ticket.id}", seen=1)
        answer = (await slower(TAKE, id=f"tkt_{ticket.id}", seen=1))["ticketTake"]
    (error,) = answer["userErrors"]
    assert (error["code"], answer["ticket"]["assignee"]["id"]) == ("CONFLICT", f"usr_{ben.id}")
    assert "was assigned by Ben Faster just now" in error["message"]


@pytest.mark.parametrize("act", [TAKE, ESCALATE, COMMENT], ids=["take", "escalate", "comment"])
async def test_the_slower_one_is_told_that_a_ticket_went_away_without_seeing_more_of_it(taker, admin, boucle, act):
    ticket = await created(taker)
    user, _ = await agent(name="Ben Other")
    await admin(ASSIGN, id=ticket["id"], seen=1, input={"assigneeId": f"usr_{user.id}"})
    given = {"body": "Hello"} if act is COMMENT else {"seen": 1}
    (answer,) = (await taker(act, id=ticket["id"], **given)).values()
    (error,) = answer["userErrors"]
    assert (answer["ticket"], error["code"]) == (None, "CONFLICT")
    assert error["message"].startswith(f"{ticket['key']} went to somebody else just now")


async def test_of_many_who_take_nobodys_ticket_at_once_all_but_one_hear_that_it_went(boucle):
    ticket = await make_ticket(now=utc_now())
    tokens = [(await agent(name=f"Agent{number} Quick"))[1] for number in range(4)]

    async def take(token: str) -> dict[str, Any]:
        async with machine(boucle, token) as client:
            return (await client(TAKE, id=f"tkt_{ticket.id}", seen=1))["ticketTake"]

    answers = await asyncio.gather(*map(take, tokens))
    codes = [[error["code"] for error in answer["userErrors"]] for answer in answers]
    assert sorted(codes) == [[], ["CONFLICT"], ["CONFLICT"], ["CONFLICT"]]
    assert [answer["ticket"] is None for answer in answers] == [bool(each) for each in codes]


async def test_whoever_never_saw_a_ticket_is_not_told_where_it_went(taker, admin, boucle):
    teams = [await make_team(name="Web"), await make_team(name="Shops")]
    ticket = await created(admin, teamId=f"tea_{teams[0].id}")
    await admin(ASSIGN, id=ticket["id"], seen=1, input={"teamId": f"tea_{teams[1].id}"})
    answer = (await taker(TAKE, id=ticket["id"], seen=1))["ticketTake"]
    assert (answer["ticket"], answer["userErrors"][0]["code"]) == (None, "NOT_FOUND")


async def test_activity_tells_the_story_in_the_viewers_language(boucle, admin):
    away, _ = await agent(name="Away Person")
    there, _ = await agent(name="There Person")
    await make_absence(away, there)
    ticket = await created(admin, segment="vip")
    await admin(ASSIGN, id=ticket["id"], seen=1, input={"assigneeId": f"usr_{away.id}", "note": "Call her"})
    await admin(MOVE, id=ticket["id"], seen=2, status=await status_of(admin, "in_progress"))
    await User.filter(email="admin@boucle.example").update(language="fr")
    query = """query ($id: ID!) { node(id: $id) { ... on Ticket { activity(first: 10) { nodes {
      kind actor { name } text forwardedFrom { name } changes { field before after } cursor } } } } }"""
    events = (await admin(query, id=ticket["id"]))["node"]["activity"]["nodes"]
    assert [event["kind"] for event in events] == ["TICKET_STATUS_CHANGED", "TICKET_ASSIGNED", "TICKET_CREATED"]
    assert events[0]["changes"] == [{"field": "status", "before": "Nouveau", "after": "En cours"}]
    assert events[1]["changes"] == [{"field": "assignee", "before": None, "after": "There Person"}]
    assert (events[1]["forwardedFrom"]["name"], events[1]["text"]) == ("Away Person", "Call her")
    assert events[1]["actor"]["name"] == "Ada Admin"


async def test_a_comment_is_added_once_per_key_and_needs_no_version(taker):
    ticket = await created(taker)
    for _ in range(2):
        answer = (await taker(COMMENT, id=ticket["id"], body="Called her", key="k"))["ticketComment"]
    assert answer["comment"]["author"]["name"] == "Tom Taker"
    assert answer["comment"]["ticket"]["id"] == ticket["id"]
    assert answer["ticket"]["comments"]["totalCount"] == 1
    found = await taker(
        "query ($id: ID!) { node(id: $id) { id ... on TicketComment { body } } }", id=answer["comment"]["id"]
    )
    assert found["node"]["body"] == "Called her"


async def test_escalating_by_hand_changes_what_the_viewer_can_do(taker):
    ticket = await created(taker)
    answer = (await taker(ESCALATE, id=ticket["id"], seen=1, note="Angry"))["ticketEscalate"]["ticket"]
    assert (answer["status"]["key"], answer["isEscalatedManually"]) == ("escalated", True)
    assert answer["viewerCan"] == {"work": True, "assign": False, "take": True, "escalate": False}


async def test_lists_go_forth_and_back_without_gap_in_every_order(admin):
    for number in range(7):
        priority = ("HIGH", "LOW", "MEDIUM")[number % 3]
        await created(admin, subject=f"Ticket {number}", priority=priority)
    for field in ("CREATED_AT", "LAST_ACTIVITY_AT", "PRIORITY", "DUE_AT", "SCORE"):
        for direction in ("ASC", "DESC"):
            order = {"field": field, "direction": direction}
            whole = [row["id"] for row in (await admin(LIST, first=100, order=order))["tickets"]["nodes"]]
            forth: list[str] = []
            page: dict[str, object] = {"endCursor": None, "hasNextPage": True}
            while page["hasNextPage"]:
                read = (await admin(LIST, first=3, after=page["endCursor"], order=order))["tickets"]
                forth += [row["id"] for row in read["nodes"]]
                page = read["pageInfo"]
            back = (await admin(LIST, last=3, before=page["endCursor"], order=order))["tickets"]
            assert forth == whole
            assert len(whole) == 7
            assert [row["id"] for row in back["nodes"]] == whole[3:6]


async def test_a_cursor_of_another_filter_or_order_is_refused(admin):
    await created(admin)
    await created(admin)
    cursor = (await admin(LIST, first=1))["tickets"]["pageInfo"]["endCursor"]
    for other in ({"filter": {"mine": True}}, {"order": {"field": "PRIORITY", "direction": "ASC"}}):
        answer = await admin.raw(LIST, first=1, after=cursor, **other)
        assert answer["errors"][0]["extensions"]["code"] == "INVALID"


async def test_a_cursor_of_a_list_within_a_row_belongs_to_its_arguments(admin):
    contact = global_id("con", (await make_contact()).id)
    await created(admin, contactId=contact)
    timeline = """query ($id: ID!, $kinds: [EventKind!], $after: String) { node(id: $id) { ... on Contact {
      timeline(first: 1, kinds: $kinds, after: $after) { pageInfo { endCursor } } } } }"""
    told = await admin(timeline, id=contact, kinds=["TICKET_CREATED"])
    cursor = told["node"]["timeline"]["pageInfo"]["endCursor"]
    again = await admin.raw(timeline, id=contact, kinds=["TICKET_CREATED"], after=cursor)
    other = await admin.raw(timeline, id=contact, kinds=["TICKET_ESCALATED"], after=cursor)
    assert "errors" not in again
    assert other["errors"][0]["extensions"]["code"] == "INVALID"


FILTERS: list[tuple[dict[str, object], set[str]]] = [
    ({}, {"a", "b", "c", "d"}),
    ({"text": "reclamation"}, {"b"}),
    ({"text": "RÉCLA durand"}, {"b"}),
    ({"text": "100%"}, {"c"}),
    ({"text": "T-2"}, {"b"}),
    ({"text": "nothing of that"}, set()),
    ({"priorities": ["HIGH"]}, {"a"}),
    ({"priorities": []}, set()),
    ({"kinds": ["MANUAL"]}, {"a", "b", "c", "d"}),
    ({"categories": ["RESOLVED"]}, {"d"}),
    ({"segments": ["vip"]}, {"b"}),
    ({"mine": True}, {"c"}),
    ({"mine": False}, {"a", "b", "c", "d"}),
    ({"unassigned": True}, {"a", "b", "d"}),
    ({"myTeams": True}, set()),
    ({"late": True}, {"c"}),  # a is escalated, which is something else
    ({"dueBefore": "2020-01-02T00:00:00Z"}, {"c"}),
    ({"dueAfter": "2020-01-01T12:00:00Z"}, set()),
    ({"withoutDueTime": True}, {"a", "b", "d"}),
    ({"minimumScore": 1}, set()),
    ({"scoreClasses": ["DETRACTOR"]}, {"b"}),
    ({"scoreClasses": ["PASSIVE", "PROMOTER"]}, set()),
    ({"createdAfter": "2020-01-01T00:00:00+02:00"}, {"a", "b", "c", "d"}),
    ({"createdBefore": "2020-01-01T00:00:00Z"}, set()),
    ({"text": "parcel", "mine": True}, {"c"}),
]


async def test_every_filter_finds_what_it_says(admin):
    me = (await admin("{ viewer { id } }"))["viewer"]["id"]
    a = await created(admin, subject="Parcel", priority="HIGH")
    b = await created(admin, subject="Réclamation", segment="vip")
    c = await created(admin, subject="Parcel 100% lost", assigneeId=me)
    d = await created(admin, subject="Done parcel")
    await admin(ESCALATE, id=a["id"], seen=1)
    await admin(MOVE, id=d["id"], seen=1, status=await status_of(admin, "resolved"))
    await Ticket.filter(assignee_id__isnull=False).update(next_due_at=datetime(2020, 1, 1, tzinfo=UTC))
    await Ticket.filter(current_segment="vip").update(score_class="detractor")
    names = {a["id"]: "a", b["id"]: "b", c["id"]: "c", d["id"]: "d"}
    for wanted, found in FILTERS:
        answer = (await admin(LIST, first=100, filter=wanted))["tickets"]
        assert {names[row["id"]] for row in answer["nodes"]} == found, wanted
        assert answer["totalCount"] == len(found)
        counts = await admin("query ($f: [TicketFilter!]!) { ticketCounts(filters: $f) }", f=[wanted, {}])
        assert counts["ticketCounts"] == [len(found), 4]


async def test_more_than_twenty_counts_at_once_are_refused(admin):
    answer = await admin.raw("query ($f: [TicketFilter!]!) { ticketCounts(filters: $f) }", f=[{}] * 21)
    assert answer["errors"][0]["extensions"]["code"] == "INVALID"


async def test_nobody_sees_tickets_of_other_teams_by_any_way(boucle, taker, admin):
    team = await make_team(name="Web")
    hidden = await created(admin, teamId=f"tea_{team.id}", segment="secret")
    commented = (await admin(COMMENT, id=hidden["id"], body="Internal"))["ticketComment"]["comment"]["id"]
    event = await admin(
        "query ($id: ID!) { node(id: $id) { ... on Ticket { lastEvents(first: 1) { id } } } }", id=hidden["id"]
    )
    event_id = event["node"]["lastEvents"][0]["id"]
    assert (await taker(LIST, first=10))["tickets"] == {
        "nodes": [],
        "totalCount": 0,
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None},
    }
    for number in (hidden["id"], commented, event_id):
        assert (await taker("query ($id: ID!) { node(id: $id) { id } }", id=number))["node"] is None
    assert (await taker("query ($key: String!) { ticketByKey(key: $key) { id } }", key=hidden["key"]))[
        "ticketByKey"
    ] is None
    assert (await taker("{ segments }"))["segments"] == []
    assert (await admin("{ segments }"))["segments"] == ["secret"]
    refused = (await taker(UPDATE, id=hidden["id"], seen=1, input={"subject": "Mine"}))["ticketUpdate"]
    assert (refused["ticket"], refused["userErrors"][0]["code"]) == (None, "NOT_FOUND")


async def test_a_ticket_is_found_by_the_number_people_quote(taker):
    ticket = await created(taker)
    query = "query ($key: String!) { ticketByKey(key: $key) { id } }"
    for key in (ticket["key"], ticket["key"].lower(), ticket["key"].removeprefix("T-"), f" {ticket['key']} "):
        assert (await taker(query, key=key))["ticketByKey"]["id"] == ticket["id"]
    for key in ("T-999", "T-0", "nonsense", ""):
        assert (await taker(query, key=key))["ticketByKey"] is None


async def test_only_people_who_may_work_are_offered(boucle, taker):
    await agent(name="Vera Viewer", user_type="viewer")
    await agent(name="Zoé Agent")
    ticket = await created(taker)
    query = """query ($id: ID!, $search: String) {
      node(id: $id) { ... on Ticket { assignableUsers(search: $search) { name } } } }"""
    everybody = (await taker(query, id=ticket["id"]))["node"]["assignableUsers"]
    assert [each["name"] for each in everybody] == ["Tom Taker", "Zoé Agent"]
    found = (await taker(query, id=ticket["id"], search="zoe"))["node"]["assignableUsers"]
    assert [each["name"] for each in found] == ["Zoé Agent"]


async def test_a_full_page_costs_as_many_statements_as_a_short_one(boucle, admin):
    me = (await admin("{ viewer { id } }"))["viewer"]["id"]
    team = await make_team(name="Web")
    for number in range(20):
        ticket = await created(admin, subject=f"Ticket {number}", assigneeId=me, teamId=f"tea_{team.id}")
        await admin(COMMENT, id=ticket["id"], body="Note")
    page = """query ($first: Int!) { tickets(first: $first) { nodes {
      id key subject status { key } team { name } assignee { name initials } survey { name } contact { name }
      viewerCan { work } allowedStatuses { key }
      lastEvents(first: 2) {
        kind actor { name } ticket { key } changes { after } rule { name } forwardedFrom { name } } } } }"""
    await admin(page, first=1)
    with query_budget(16):
        short = await admin(page, first=2)
    with query_budget(16):
        full = await admin(page, first=20)
    assert len(short["tickets"]["nodes"]) == 2
    assert len(full["tickets"]["nodes"]) == 20
    assert [event["kind"] for event in full["tickets"]["nodes"][7]["lastEvents"]] == [
        "TICKET_COMMENTED",
        "TICKET_CREATED",
    ]


async def test_due_times_are_shown_and_sorted_with_those_that_wait_for_nothing_last(boucle, admin):
    user = await User.get(email="admin@boucle.example")
    viewer = await viewer_of(user)
    await make_rule(viewer=viewer, recipient_user_id=user.id, now=utc_now() - 9 * HOUR)
    later = await make_ticket(viewer=viewer, assignee_id=user.id, now=utc_now())
    sooner = await make_ticket(viewer=viewer, assignee_id=user.id, now=utc_now() - HOUR / 2)
    never = await make_ticket(viewer=viewer, now=utc_now())
    for direction, expected in (("ASC", [sooner, later, never]), ("DESC", [later, sooner, never])):
        order = {"field": "DUE_AT", "direction": direction}
        rows = (await admin(LIST, first=10, order=order))["tickets"]["nodes"]
        assert [row["id"] for row in rows] == [f"tkt_{ticket.id}" for ticket in expected]
