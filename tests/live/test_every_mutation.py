"""Old snapshot + received messages = fresh snapshot, for every mutation of the schema.

Screens keep what they have read and apply what they are told; if one mutation told too little, somebody would go on
looking at something that is no longer so.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from boucle.api.schema import make_schema
from boucle.kit.clock import utc_now
from tests.api.conftest import PASSWORD, make_account, token_of
from tests.live.client import Socket, connected
from tests.serving import Boucle, Client, machine

FIELDS = """
fragment All on Node { __typename id
  ... on Ticket { subject status { key } priority team { id } assignee { id } currentSegment originalSegment
    lastActivityAt resolvedAt escalatedAt isEscalatedManually nextDueAt version comments(last: 5) { nodes { body } } }
  ... on User { name email language timeZone isActive version userType { id } teams { id }
    grantedPermissions revokedPermissions }
  ... on UserType { name permissions version }
  ... on Team { name version members { isSupervisor user { id } } }
  ... on Absence { startsAt endsAt endedAt note version user { id } substitute { id } }
  ... on Organisation { name forwardingEnabled language timeZone version }
  ... on Contact { firstName lastName address: email phone externalReference speaks: language isOptedOut version }
  ... on Program { name description version surveys { id } }
  ... on Survey { name description isOpen hasUnpublishedChanges version draft { title { fr en } }
    published { number note } ticketRule { enabled maximumScore } intakeSecret program { id } }
  ... on Response { score comment contact { id } }
  ... on EscalationRule { name delayMinutes isActive version survey { id } recipientUser { id } recipientTeam { id } }
  ... on ApiToken { name }
  ... on Session { userAgent }
}"""
# In two documents: one that asks for all of it asks for too much. The cursor is of before both.
SNAPSHOT = (
    """query { liveCursor viewer { ...All } organisation { ...All } userTypes { ...All }
  apiTokens { ...All } sessions { ...All }
  tickets(first: 20) { nodes { ...All } } users(first: 20) { nodes { ...All } }
  teams(first: 20) { nodes { ...All } } }"""
    + FIELDS,
    """query { absences(first: 20) { nodes { ...All } } contacts(first: 20) { nodes { ...All } }
  programs(first: 20) { nodes { ...All } } surveys(first: 20) { nodes { ...All } }
  responses(first: 20) { nodes { ...All } } escalationRules(first: 20) { nodes { ...All } } }"""
    + FIELDS,
)
FEED = (
    """subscription ($after: Cursor) { feed(after: $after) { __typename
  ... on TicketChanged { ticket { ...All } } ... on TicketLeft { id } ... on ResyncRequired { reason } } }"""
    + FIELDS
)
UPDATES = (
    """subscription ($after: Cursor) { updates(after: $after) { __typename
  ... on NodeChanged { node { ...All } } ... on NodeGone { id } ... on ResyncRequired { reason } } }"""
    + FIELDS
)
Store = dict[str, dict[str, Any]]


@dataclass
class World:
    """A little company, and somebody who may do everything in it."""

    client: Client
    socket: Socket
    ids: dict[str, str] = field(default_factory=dict)

    async def do(self, document: str, **variables: Any) -> dict[str, Any]:
        """Run one mutation that must succeed; return its payload."""
        payload = next(iter((await self.client(document, **variables)).values()))
        assert payload["userErrors"] == [], payload
        return payload

    async def version(self, name: str) -> int:
        answer = await self.client(
            "query ($id: ID!) { node(id: $id) { ... on Ticket { version } ... on User { version } "
            "... on Team { version } ... on Absence { version } ... on Survey { version } ... on Program { version } "
            "... on Contact { version } ... on EscalationRule { version } ... on UserType { version } "
            "... on Organisation { version } } }",
            id=self.ids[name],
        )
        return int(answer["node"]["version"])


@pytest.fixture
async def world(boucle: Boucle) -> AsyncIterator[World]:
    token = await token_of(await make_account("admin@boucle.example", name="Ada Admin"))
    async with machine(boucle, token) as client, connected(boucle, token) as socket:
        world = World(client, socket)
        await furnish(world)
        yield world


async def furnish(world: World) -> None:
    """One of everything, made through the API itself."""
    ids = world.ids
    first = await world.client("{ viewer { id } organisation { id } userTypes { id key } }")
    ids["admin"], ids["organisation"] = first["viewer"]["id"], first["organisation"]["id"]
    ids |= {f"type:{each['key']}": each["id"] for each in first["userTypes"]}
    for name in ("ana", "bob"):
        made = await world.do(RUN["userCreate"], input=new_user(world, name))
        ids[name] = made["user"]["id"]
    team = await world.do(RUN["teamCreate"], input={"name": "North", "members": [{"userId": ids["ana"]}]})
    ids["team"] = team["team"]["id"]
    ids["program"] = (await world.do(RUN["programCreate"], input={"name": "Stores"}))["program"]["id"]
    survey = await world.do(RUN["surveyCreate"], input=new_survey(world, "visit"))
    ids["survey"] = survey["survey"]["id"]
    await world.do(RUN["surveyPublish"], id=ids["survey"], seen=await world.version("survey"))
    contact = await world.do(RUN["contactCreate"], input={"firstName": "Léa", "email": "lea@x.example"})
    ids["contact"] = contact["contact"]["id"]
    ids["ticket"] = (await world.do(RUN["ticketCreate"], input=new_ticket(world)))["ticket"]["id"]
    ids["rule"] = (await world.do(RUN["escalationRuleCreate"], input=new_rule(world)))["rule"]["id"]
    absence = await world.do(RUN["absenceCreate"], input=new_absence(world, "bob"))
    ids["absence"] = absence["absence"]["id"]
    ids["token"] = (await world.do(RUN["apiTokenCreate"], input={"name": "Script"}))["apiToken"]["id"]


def new_user(world: World, name: str) -> dict[str, Any]:
    return {
        "name": name.title(),
        "email": f"{name}@boucle.example",
        "password": PASSWORD,
        "userTypeId": world.ids["type:standard"],
    }


def new_survey(world: World, key: str) -> dict[str, Any]:
    return {"programId": world.ids["program"], "name": key.title(), "key": key}


def new_ticket(world: World) -> dict[str, Any]:
    return {"subject": "Parcel lost", "customerName": "Léa Durand", "assigneeId": world.ids["ana"]}


def new_rule(world: World) -> dict[str, Any]:
    return {"name": "Nobody waits", "delayMinutes": 60, "recipientTeamId": world.ids["team"]}


def new_absence(world: World, name: str) -> dict[str, Any]:
    return {"userId": world.ids[name], "substituteId": world.ids["admin"], "startsAt": utc_now().isoformat()}


def _create(name: str, kind: str, shows: str) -> str:
    return (
        f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ {shows} {{ id }} userErrors {{ code message }} }} }}"
    )


def _on_id(name: str, more: str = "", pass_on: str = "") -> str:
    return (
        f"mutation ($id: ID!, $seen: Int!{more}) {{ "
        f"{name}(id: $id, expectedVersion: $seen{pass_on}) {{ userErrors {{ code message }} }} }}"
    )


def _update(name: str, kind: str) -> str:
    return _on_id(name, f", $input: {kind}!", ", input: $input")


RUN = {
    "userCreate": _create("userCreate", "UserCreateInput", "user"),
    "teamCreate": _create("teamCreate", "TeamCreateInput", "team"),
    "programCreate": _create("programCreate", "ProgramCreateInput", "program"),
    "surveyCreate": _create("surveyCreate", "SurveyCreateInput", "survey"),
    "contactCreate": _create("contactCreate", "ContactCreateInput", "contact"),
    "ticketCreate": _create("ticketCreate", "TicketCreateInput", "ticket"),
    "escalationRuleCreate": _create("escalationRuleCreate", "EscalationRuleInput", "rule"),
    "absenceCreate": _create("absenceCreate", "AbsenceCreateInput", "absence"),
    "apiTokenCreate": _create("apiTokenCreate", "ApiTokenCreateInput", "apiToken"),
    "surveyPublish": _on_id("surveyPublish"),
}
ERRORS = "{ userErrors { code message } }"


async def on(world: World, document: str, name: str, **more: Any) -> None:
    """Run a mutation on the thing of this name, with the version it has now."""
    await world.do(document, id=world.ids[name], seen=await world.version(name), **more)


async def session_create(world: World) -> None:
    await world.do(f'mutation {{ sessionCreate(email: "admin@boucle.example", password: "{PASSWORD}") {ERRORS} }}')


async def session_end(world: World) -> None:
    await session_create(world)
    del world.client.http.headers["authorization"]
    await world.do(f"mutation {{ sessionEnd {ERRORS} }}")


async def session_revoke(world: World) -> None:
    await session_create(world)
    sessions = (await world.client("{ sessions { id } }"))["sessions"]
    await world.do(f"mutation ($id: ID!) {{ sessionRevoke(id: $id) {ERRORS} }}", id=sessions[0]["id"])


async def user_deactivate(world: World) -> None:
    document = _on_id("userDeactivate", ", $to: ID", ", reassignTo: $to")
    await on(world, document, "ana", to=world.ids["bob"])


async def user_reactivate(world: World) -> None:
    await user_deactivate(world)
    await on(world, _on_id("userReactivate"), "ana")


async def ticket_escalate(world: World) -> None:
    await on(world, _on_id("ticketEscalate", ", $note: String", ", note: $note"), "ticket", note="A lawyer called")


async def ticket_change_status(world: World) -> None:
    statuses = (await world.client("{ ticketStatuses { id key } }"))["ticketStatuses"]
    resolved = next(each["id"] for each in statuses if each["key"] == "resolved")
    await on(world, _on_id("ticketChangeStatus", ", $to: ID!", ", statusId: $to"), "ticket", to=resolved)


async def ticket_undo(world: World) -> None:
    await on(world, _on_id("ticketTake"), "ticket")
    await on(world, _on_id("ticketUndo"), "ticket")


async def survey_update(world: World) -> None:
    rule = {"enabled": True, "maximumScore": 8, "priority": "HIGH"}
    await on(world, _update("surveyUpdate", "SurveyUpdateInput"), "survey", input={"name": "Other", "ticketRule": rule})


async def survey_publish(world: World) -> None:
    words = {"fr": "Votre avis", "en": "Your opinion"}
    question = {"key": "again", "kind": "NPS", "text": words, "role": "SCORE"}
    draft = {"title": words, "introduction": words, "thanks": words, "questions": [question]}
    await on(world, _update("surveyUpdate", "SurveyUpdateInput"), "survey", input={"definition": draft})
    await on(world, RUN["surveyPublish"], "survey")


async def an_answer(world: World, email: str) -> dict[str, Any]:
    questions = (
        await world.client(
            "query ($id: ID!) { node(id: $id) { ... on Survey { draft { questions { key kind } } } } }",
            id=world.ids["survey"],
        )
    )["node"]["draft"]["questions"]
    score = next(each["key"] for each in questions if each["kind"] == "NPS")
    return {"contact": {"email": email, "firstName": "Noé"}, "answers": [{"question": score, "number": 1}]}


async def response_submit(world: World) -> None:
    await world.do(
        f'mutation ($input: ResponseInput!) {{ responseSubmit(surveyKey: "visit", input: $input) {ERRORS} }}',
        input=await an_answer(world, "new@x.example"),
    )


async def response_import(world: World) -> None:
    rows = [await an_answer(world, email) for email in ("old@x.example", "older@x.example", "old@x.example")]
    await world.do(
        f'mutation ($rows: [ResponseImportInput!]!) {{ responseImport(surveyKey: "visit", rows: $rows) {ERRORS} }}',
        rows=[row | {"submittedAt": "2024-05-01T08:00:00Z"} for row in rows],
    )


async def delete_team(world: World) -> None:
    made = await world.do(RUN["teamCreate"], input={"name": "Brief", "members": [{"userId": world.ids["ana"]}]})
    world.ids["brief"] = made["team"]["id"]
    await on(world, _on_id("teamDelete"), "brief")


def update(mutation: str, kind: str, thing: str, /, **changes: Any) -> Any:
    return lambda world: on(world, _update(mutation, kind), thing, input=changes)


ACTS: dict[str, Any] = {
    "sessionCreate": session_create,
    "sessionEnd": session_end,
    "sessionRevoke": session_revoke,
    "profileUpdate": lambda w: w.do(
        f'mutation {{ profileUpdate(expectedVersion: 1, input: {{name: "Ada A.", language: EN}}) {ERRORS} }}'
    ),
    "passwordChange": lambda w: w.do(
        f'mutation {{ passwordChange(current: "{PASSWORD}", new: "another good one") {ERRORS} }}'
    ),
    "apiTokenCreate": lambda w: w.do(RUN["apiTokenCreate"], input={"name": "BI"}),
    "apiTokenRevoke": lambda w: w.do(f"mutation ($id: ID!) {{ apiTokenRevoke(id: $id) {ERRORS} }}", id=w.ids["token"]),
    "organisationUpdate": lambda w: w.do(
        "mutation { organisationUpdate(expectedVersion: 1, "
        f'input: {{name: "Maison", forwardingEnabled: false}}) {ERRORS} }}'
    ),
    "userCreate": lambda w: w.do(RUN["userCreate"], input=new_user(w, "zoe") | {"teamIds": [w.ids["team"]]}),
    "userUpdate": lambda w: on(
        w, _update("userUpdate", "UserUpdateInput"), "bob", input={"name": "Robert", "teamIds": [w.ids["team"]]}
    ),
    "userSetPassword": lambda w: w.do(
        f'mutation ($id: ID!) {{ userSetPassword(id: $id, password: "{PASSWORD}") {ERRORS} }}', id=w.ids["bob"]
    ),
    "userDeactivate": user_deactivate,
    "userReactivate": user_reactivate,
    "userTypeUpdate": update("userTypeUpdate", "UserTypeUpdateInput", "type:viewer", permissions=["TICKETS_READ"]),
    "teamCreate": lambda w: w.do(RUN["teamCreate"], input={"name": "South", "members": [{"userId": w.ids["bob"]}]}),
    "teamUpdate": lambda w: on(
        w,
        _update("teamUpdate", "TeamUpdateInput"),
        "team",
        input={"name": "Far north", "members": [{"userId": w.ids["bob"], "isSupervisor": True}]},
    ),
    "teamDelete": delete_team,
    "absenceCreate": lambda w: w.do(RUN["absenceCreate"], input=new_absence(w, "ana")),
    "absenceUpdate": update("absenceUpdate", "AbsenceUpdateInput", "absence", note="Back on Monday"),
    "absenceEnd": lambda w: on(w, _on_id("absenceEnd"), "absence"),
    "contactCreate": lambda w: w.do(RUN["contactCreate"], input={"lastName": "Petit", "phone": "+33612345678"}),
    "contactUpdate": update("contactUpdate", "ContactUpdateInput", "contact", lastName="Durand", isOptedOut=True),
    "programCreate": lambda w: w.do(RUN["programCreate"], input={"name": "Web"}),
    "programUpdate": update("programUpdate", "ProgramUpdateInput", "program", name="All stores"),
    "surveyCreate": lambda w: w.do(RUN["surveyCreate"], input=new_survey(w, "delivery")),
    "surveyUpdate": survey_update,
    "surveyPublish": survey_publish,
    "surveyRotateSecret": lambda w: on(w, _on_id("surveyRotateSecret"), "survey"),
    "responseSubmit": response_submit,
    "responseImport": response_import,
    "ticketCreate": lambda w: w.do(RUN["ticketCreate"], input=new_ticket(w)),
    "ticketUpdate": update("ticketUpdate", "TicketUpdateInput", "ticket", subject="Parcel found", priority="HIGH"),
    "ticketChangeStatus": ticket_change_status,
    "ticketAssign": lambda w: on(
        w,
        _update("ticketAssign", "TicketAssignInput"),
        "ticket",
        input={"assigneeId": w.ids["bob"], "teamId": w.ids["team"], "note": "Yours"},
    ),
    "ticketTake": lambda w: on(w, _on_id("ticketTake"), "ticket"),
    "ticketUndo": ticket_undo,
    "ticketComment": lambda w: w.do(
        f'mutation ($id: ID!) {{ ticketComment(id: $id, body: "Called twice") {ERRORS} }}', id=w.ids["ticket"]
    ),
    "ticketEscalate": ticket_escalate,
    "ticketSetActivity": lambda w: w.do(
        f"mutation ($id: ID!) {{ ticketSetActivity(id: $id, activity: WRITING) {ERRORS} }}", id=w.ids["ticket"]
    ),
    "escalationRuleCreate": lambda w: w.do(RUN["escalationRuleCreate"], input=new_rule(w) | {"delayMinutes": 30}),
    "escalationRuleUpdate": lambda w: on(
        w, _update("escalationRuleUpdate", "EscalationRuleInput"), "rule", input=new_rule(w) | {"delayMinutes": 5}
    ),
    "escalationRuleDelete": lambda w: on(w, _on_id("escalationRuleDelete"), "rule"),
}


def test_the_table_names_every_mutation_of_the_schema():
    assert set(ACTS) == set(make_schema()._schema.mutation_type.fields)


@pytest.mark.parametrize("name", ACTS)
async def test_old_snapshot_and_messages_make_the_fresh_snapshot(world, name):
    before, cursor = await snapshot(world)
    await ACTS[name](world)
    told = await apply_messages(world, before, cursor)
    fresh, _ = await snapshot(world)
    assert told == fresh


async def snapshot(world: World) -> tuple[Store, str]:
    """Everything the viewer can read, by id, and the cursor from before it was read."""
    data: dict[str, Any] = {}
    for document in SNAPSHOT:
        subscription = await world.socket.subscribe(document)
        message = await subscription.messages.get()
        assert message is not None, world.socket.errors[subscription.name]
        assert "errors" not in message, message
        data |= message["data"]
    cursor = data.pop("liveCursor")
    rows: list[dict[str, Any]] = []
    for value in data.values():
        found = value.get("nodes", [value]) if isinstance(value, dict) else value
        rows += found
    return {row["id"]: row for row in rows}, cursor


async def apply_messages(world: World, store: Store, cursor: str) -> Store:
    """Apply what both subscriptions tell after the cursor; where they ask for it, read the snapshot of now."""
    store = dict(store)
    for document in (FEED, UPDATES):
        subscription = await world.socket.subscribe(document, after=cursor)
        while (message := await subscription.next())["__typename"] != "CaughtUp":
            if message["__typename"] == "ResyncRequired":
                store |= {key: row for key, row in (await snapshot(world))[0].items() if key.startswith("tkt_")}
                break
            node = message.get("ticket") or message.get("node")
            if node is not None:
                store[node["id"]] = node
            else:
                store.pop(message["id"], None)
        await subscription.stop()
    return store
