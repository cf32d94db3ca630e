"""Signing in, rights, people and teams through the API."""

from datetime import timedelta

import pytest

from boucle.accounts.models import Organisation, Session, User
from boucle.kit.clock import utc_now
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.models import Ticket
from tests.api.conftest import PASSWORD, make_account, token_of
from tests.factories.accounts import make_absence, make_user
from tests.factories.tickets import make_ticket
from tests.serving import browser, machine

SIGN_IN = """mutation ($email: String!, $password: String!) {
  sessionCreate(email: $email, password: $password) { viewer { email } userErrors { code message } } }"""
WHO = "{ viewer { email permissions } }"
CREATE_USER = """mutation ($input: UserCreateInput!, $key: String) {
  userCreate(input: $input, idempotencyKey: $key) { user { id email } userErrors { field code } } }"""


async def standard_type(client) -> str:
    types = (await client("{ userTypes { id key } }"))["userTypes"]
    return next(each["id"] for each in types if each["key"] == "standard")


async def test_a_browser_signs_in_and_out_with_a_cookie(boucle):
    await make_account("ana@boucle.example")
    async with browser(boucle) as client:
        assert (await client(WHO))["viewer"] is None
        done = await client(SIGN_IN, email=" Ana@Boucle.example ", password=PASSWORD)
        assert done["sessionCreate"] == {"viewer": {"email": "ana@boucle.example"}, "userErrors": []}
        cookie = next(iter(client.http.cookies.jar))
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert (await client(WHO))["viewer"]["email"] == "ana@boucle.example"
        await client("mutation { sessionEnd { userErrors { code } } }")
        assert (await client(WHO))["viewer"] is None


@pytest.mark.parametrize("email", ["ana@boucle.example", "nobody@boucle.example"])
async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(boucle, email):
    await make_account("ana@boucle.example")
    async with browser(boucle) as client:
        answer = await client(SIGN_IN, email=email, password="wrong wrong wrong")
    assert answer["sessionCreate"]["viewer"] is None
    assert [error["code"] for error in answer["sessionCreate"]["userErrors"]] == ["SIGN_IN_FAILED"]


async def test_an_unknown_or_revoked_token_is_refused(boucle):
    async with machine(boucle, "bcl_nonsense") as client:
        answer = await client.http.post("/graphql", json={"query": WHO})
    assert answer.status_code == 401


async def test_strangers_get_no_data_and_no_schema(boucle):
    async with browser(boucle) as client:
        denied = await client.raw("{ users(first: 1) { nodes { email } } }")
        schema = await client.raw("{ __schema { types { name } } }")
    assert denied["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert schema["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_page_of_another_site_cannot_act_with_the_cookie(boucle):
    await make_account("ana@boucle.example")
    async with browser(boucle) as client:
        await client(SIGN_IN, email="ana@boucle.example", password=PASSWORD)
        answer = await client.http.post("/graphql", json={"query": WHO}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize("authorization", ["", "Bearer", "Basic abc"])
@pytest.mark.parametrize("origin", [None, "https://evil.example"])
async def test_where_there_is_an_authorization_the_cookie_does_not_count(boucle, authorization, origin):
    await make_account("ana@boucle.example")
    async with browser(boucle) as client:
        await client(SIGN_IN, email="ana@boucle.example", password=PASSWORD)
        assert (await client(WHO))["viewer"] is not None
        headers = {"authorization": authorization} | ({} if origin is None else {"origin": origin})
        answer = await client.http.post("/graphql", json={"query": WHO}, headers=headers)
    assert answer.status_code == 401


async def test_a_missing_right_is_named(boucle):
    user = await make_account("tom@boucle.example", name="Tom Taker", user_type="ticket_taker")
    async with machine(boucle, await token_of(user)) as client:
        answer = await client.raw(
            CREATE_USER, input={"name": "X", "email": "x@y.example", "password": PASSWORD, "userTypeId": "utp_1"}
        )
    assert answer["errors"][0]["extensions"] == {"code": "FORBIDDEN", "permission": "USERS_MANAGE"}


async def test_a_narrowed_token_shows_and_passes_on_only_its_own_rights(boucle, admin):
    create = """mutation ($permissions: [Permission!]) {
      apiTokenCreate(input: {name: "n", permissions: $permissions}) { secret userErrors { field code } } }"""
    narrow = (await admin(create, permissions=["TICKETS_READ"]))["apiTokenCreate"]["secret"]
    async with machine(boucle, narrow) as client:
        assert (await client(WHO))["viewer"]["permissions"] == ["TICKETS_READ"]
        refused = (await client(create, permissions=["USERS_MANAGE"]))["apiTokenCreate"]
        assert refused["userErrors"] == [{"field": ["input", "permissions"], "code": "FORBIDDEN"}]
        made = (await client(create))["apiTokenCreate"]["secret"]
        own = await client.raw("{ sessions { id } }")
        assert own["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    async with machine(boucle, made) as client:
        assert (await client(WHO))["viewer"]["permissions"] == ["TICKETS_READ"]
        denied = await client.raw("{ contacts(first: 1) { nodes { id } } }")
        assert denied["errors"][0]["extensions"] == {"code": "FORBIDDEN", "permission": "CONTACTS_READ"}


async def test_a_user_is_created_once_per_idempotency_key(admin):
    kind = await standard_type(admin)
    details = {"name": "Léa Roux", "email": "lea@boucle.example", "password": PASSWORD, "userTypeId": kind}
    first = await admin(CREATE_USER, input=details, key="k1")
    again = await admin(CREATE_USER, input=details, key="k1")
    other = await admin(CREATE_USER, input=details | {"name": "Other"}, key="k1")
    assert first["userCreate"]["userErrors"] == []
    assert again == first
    assert other["userCreate"]["userErrors"] == [{"field": ["idempotencyKey"], "code": "IDEMPOTENCY_MISMATCH"}]
    assert await User.filter(email="lea@boucle.example").count() == 1


async def test_what_a_key_remembers_does_not_depend_on_a_password(admin):
    kind = await standard_type(admin)
    details = {"name": "Léa Roux", "email": "lea@boucle.example", "password": PASSWORD, "userTypeId": kind}
    first = await admin(CREATE_USER, input=details, key="k1")
    again = await admin(CREATE_USER, input=details | {"password": "another good password"}, key="k1")
    assert first["userCreate"]["userErrors"] == []
    assert again == first


async def test_a_known_address_is_taken(admin):
    kind = await standard_type(admin)
    details = {"name": "Ada", "email": "ADMIN@boucle.example", "password": PASSWORD, "userTypeId": kind}
    answer = await admin(CREATE_USER, input=details)
    assert answer["userCreate"] == {"user": None, "userErrors": [{"field": ["input", "email"], "code": "TAKEN"}]}


async def test_a_stale_version_answers_with_the_current_user(admin):
    user = await make_account("lea@boucle.example", name="Léa")
    update = """mutation ($id: ID!, $seen: Int!, $input: UserUpdateInput!) {
      userUpdate(id: $id, expectedVersion: $seen, input: $input) {
        user { name version } userErrors { code retryable } } }"""
    done = await admin(update, id=f"usr_{user.id}", seen=1, input={"name": "Léa Roux"})
    assert done["userUpdate"] == {"user": {"name": "Léa Roux", "version": 2}, "userErrors": []}
    stale = await admin(update, id=f"usr_{user.id}", seen=1, input={"name": "Other"})
    assert stale["userUpdate"]["user"] == {"name": "Léa Roux", "version": 2}
    assert stale["userUpdate"]["userErrors"] == [{"code": "CONFLICT", "retryable": True}]


async def test_nobody_takes_the_right_to_manage_users_from_themselves(admin):
    kind = await standard_type(admin)
    own = (await admin("{ viewer { id version } }"))["viewer"]
    answer = await admin(
        """mutation ($id: ID!, $seen: Int!, $input: UserUpdateInput!) {
          userUpdate(id: $id, expectedVersion: $seen, input: $input) { userErrors { code } } }""",
        id=own["id"],
        seen=own["version"],
        input={"userTypeId": kind},
    )
    assert answer["userUpdate"]["userErrors"] == [{"code": "NOT_ALLOWED_NOW"}]


async def test_a_new_password_ends_the_other_sessions(boucle):
    user = await make_account("ana@boucle.example")
    async with browser(boucle) as here, browser(boucle) as there:
        for client in (here, there):
            await client(SIGN_IN, email="ana@boucle.example", password=PASSWORD)
        changed = await here(
            """mutation ($current: String!, $new: String!) {
              passwordChange(current: $current, new: $new) { userErrors { code } } }""",
            current=PASSWORD,
            new="another good password",
        )
        assert changed["passwordChange"]["userErrors"] == []
        assert (await here(WHO))["viewer"] is not None
        assert (await there(WHO))["viewer"] is None
    assert await Session.filter(user_id=user.id, ended_at=None).count() == 1


async def test_pages_follow_each_other_without_gap_or_repeat(admin):
    for number in range(7):
        await make_account(f"u{number}@boucle.example", name=f"User {number}")
    seen, after = [], None
    while True:
        page = (
            await admin(
                """query ($after: String) { users(first: 3, after: $after) {
                  totalCount nodes { name } pageInfo { hasNextPage endCursor } } }""",
                after=after,
            )
        )["users"]
        assert page["totalCount"] == 8
        seen += [node["name"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert seen == ["Ada Admin", *[f"User {number}" for number in range(7)]]


async def test_a_cursor_of_another_filter_is_refused(admin):
    await make_account("b@boucle.example", name="Bob")
    page = await admin("{ users(first: 1) { pageInfo { endCursor } } }")
    cursor = page["users"]["pageInfo"]["endCursor"]
    answer = await admin.raw(
        "query ($after: String) { users(first: 1, after: $after, filter: {isActive: true}) { nodes { id } } }",
        after=cursor,
    )
    assert answer["errors"][0]["extensions"]["code"] == "INVALID"


async def test_an_absence_forwards_and_is_ended(admin):
    ana = await make_account("ana@boucle.example", name="Ana", user_type="standard")
    bob = await make_account("bob@boucle.example", name="Bob", user_type="standard")
    created = await admin(
        """mutation ($input: AbsenceCreateInput!) { absenceCreate(input: $input) {
          absence { id version isActive forwardsTo { name } } userErrors { code message } } }""",
        input={"userId": f"usr_{ana.id}", "substituteId": f"usr_{bob.id}", "startsAt": utc_now().isoformat()},
    )
    absence = created["absenceCreate"]["absence"]
    assert absence["isActive"]
    assert absence["forwardsTo"] == {"name": "Bob"}
    ended = await admin(
        """mutation ($id: ID!, $seen: Int!) { absenceEnd(id: $id, expectedVersion: $seen) {
          absence { isActive } userErrors { code } } }""",
        id=absence["id"],
        seen=absence["version"],
    )
    assert ended["absenceEnd"] == {"absence": {"isActive": False}, "userErrors": []}


ABSENCE = "isActive hasLoop forwardsTo { name } substitute { name }"


async def shown(admin, absence) -> dict:
    read = await admin(
        f"query ($id: ID!) {{ node(id: $id) {{ ... on Absence {{ {ABSENCE} }} }} }}", id=f"abs_{absence.id}"
    )
    return read["node"]


async def test_an_absence_shows_who_really_gets_the_tickets(admin):
    away, substitute = [await make_user(name=name) for name in ("Away", "Sub")]
    absence = await make_absence(away, substitute)
    assert (await shown(admin, absence))["forwardsTo"] == {"name": "Sub"}
    planned = await make_absence(substitute, away, starts_at=utc_now() + timedelta(days=1))
    assert (await shown(admin, planned))["hasLoop"]  # the other one is still away by then
    over = await make_absence(substitute, away, ended_at=utc_now())
    assert (await shown(admin, over))["forwardsTo"] == {"name": "Sub"}
    async with unit_of_work():
        await User.filter(id=substitute.id).update(is_active=False)
    stays = {"isActive": True, "hasLoop": False, "forwardsTo": {"name": "Away"}, "substitute": {"name": "Sub"}}
    assert await shown(admin, absence) == stays
    async with unit_of_work():
        await User.filter(id=substitute.id).update(is_active=True)
        await Organisation.all().update(forwarding_enabled=False)
    assert await shown(admin, absence) == stays


async def test_taking_the_right_to_work_asks_who_takes_over(admin):
    owner, heir = await make_user(name="Owner"), await make_user(name="Heir")
    await make_ticket(assignee_id=owner.id)
    revoke = """mutation ($id: ID!, $to: ID) {
      userUpdate(id: $id, expectedVersion: 1, reassignTo: $to, input: {revokedPermissions: [TICKETS_WORK]}) {
        user { permissions openTicketCount } userErrors { code field } } }"""
    refused = (await admin(revoke, id=f"usr_{owner.id}"))["userUpdate"]
    assert refused == {"user": None, "userErrors": [{"code": "REASSIGN_REQUIRED", "field": ["reassignTo"]}]}
    done = (await admin(revoke, id=f"usr_{owner.id}", to=f"usr_{heir.id}"))["userUpdate"]
    assert (done["user"]["openTicketCount"], done["userErrors"]) == (0, [])
    assert await Ticket.filter(assignee_id=heir.id).count() == 1


async def test_a_bug_is_masked_and_named_by_an_incident(admin, monkeypatch):
    async def broken(viewer: object) -> None:
        raise KeyError("a secret of the database")

    monkeypatch.setattr("boucle.api.tickets.query.segments_in_use", broken)
    answer = await admin.raw("{ segments }")
    assert answer["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "secret" not in str(answer)


async def test_a_statement_that_fails_is_masked_too(admin, monkeypatch):
    async def broken(sql: str, values: object) -> None:
        raise KeyError("a secret of the database")

    monkeypatch.setattr("boucle.api.operations.fetch_rows", broken)
    answer = await admin.raw("{ organisation { name } teams(first: 1) { totalCount } }")
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"INTERNAL"}
    assert answer["data"] is None
    assert "secret" not in str(answer)


async def test_a_client_that_reads_json_gets_json_even_if_it_could_read_a_stream(admin):
    accept = "application/graphql-response+json, application/json, text/event-stream"
    answer = await admin.http.post("/graphql", json={"query": WHO}, headers={"accept": accept})
    assert answer.headers["content-type"].startswith("application/graphql-response+json")
