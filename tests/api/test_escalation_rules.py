"""Escalation rules through the API: foreseen, made, paused, deleted, and what their tickets tell of them."""

from datetime import timedelta
from typing import Any

import pytest

from boucle.accounts.models import User
from boucle.flows.escalation import sweep_due
from boucle.kit.clock import utc_now
from tests.api.ticket_desk import ERRORS, agent, created
from tests.serving import Client, machine

HOUR = timedelta(hours=1)
RULE = """id name delayMinutes isActive version firedCount segment
  survey { id } recipientUser { id } recipientTeam { id }"""

NEW_RULE = f"""mutation ($input: EscalationRuleInput!) {{
  escalationRuleCreate(input: $input) {{ rule {{ {RULE} }} {ERRORS} }} }}"""
EDIT_RULE = f"""mutation ($id: ID!, $seen: Int!, $input: EscalationRuleInput!) {{
  escalationRuleUpdate(id: $id, expectedVersion: $seen, input: $input) {{ rule {{ {RULE} }} {ERRORS} }} }}"""
DELETE_RULE = f"""mutation ($id: ID!, $seen: Int!) {{
  escalationRuleDelete(id: $id, expectedVersion: $seen) {{ deletedId rule {{ version }} {ERRORS} }} }}"""
LAST_EVENT = """query ($id: ID!) { node(id: $id) { ... on Ticket { lastEvents(first: 1) {
  kind actorKind actor { id } rule { name firedCount } ruleName ticket { assignee { name } } } } } }"""


@pytest.fixture
async def boss(boucle) -> User:
    """Who rules give tickets to."""
    user, _ = await agent(name="Boss Person")
    return user


def an_hour_to(boss: User) -> dict[str, object]:
    return {"name": "An hour", "delayMinutes": 60, "recipientUserId": f"usr_{boss.id}"}


async def new_rule(client: Client, boss: User) -> dict[str, Any]:
    answer = await client(NEW_RULE, input=an_hour_to(boss))
    assert answer["escalationRuleCreate"]["userErrors"] == []
    return answer["escalationRuleCreate"]["rule"]


async def owned(client: Client) -> dict[str, object]:
    """A ticket that waits for the client's own user."""
    me = (await client("{ viewer { id } }"))["viewer"]["id"]
    return await created(client, assigneeId=me)


async def last_event(client: Client, ticket: dict[str, object]) -> dict[str, Any]:
    answer = await client(LAST_EVENT, id=ticket["id"])
    (event,) = answer["node"]["lastEvents"]
    return event


async def test_a_rule_tells_beforehand_which_tickets_it_waits_for(admin, boss):
    ticket = await owned(admin)
    answer = await admin(
        "query ($rule: EscalationRuleInput!) { escalationPreview(rule: $rule) { waiting dueNow tickets { id } } }",
        rule=an_hour_to(boss),
    )
    assert answer["escalationPreview"] == {"waiting": 1, "dueNow": 0, "tickets": [{"id": ticket["id"]}]}


async def test_a_new_rule_is_active_and_has_done_nothing_yet(admin, boss):
    rule = await new_rule(admin, boss)
    assert (rule["recipientUser"]["id"], rule["isActive"], rule["firedCount"]) == (f"usr_{boss.id}", True, 0)


async def test_a_rule_for_nobody_is_refused_by_the_name_of_the_field(admin):
    wrong = (await admin(NEW_RULE, input={"name": "None", "delayMinutes": 60}))["escalationRuleCreate"]
    assert wrong["userErrors"][0]["field"] == ["input", "recipientUserId"]


async def test_rules_are_for_those_who_manage_tickets(taker, boss):
    denied = await taker.raw(NEW_RULE, input=an_hour_to(boss))
    assert denied["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_a_rule_that_fired_gives_the_ticket_away_and_is_named_in_its_story(admin, boss):
    ticket = await owned(admin)
    await new_rule(admin, boss)
    await sweep_due(now=utc_now() + 2 * HOUR, address="http://localhost")
    event = await last_event(admin, ticket)
    assert event["ticket"]["assignee"]["name"] == "Boss Person"
    assert (event["kind"], event["actorKind"], event["actor"]) == ("TICKET_ESCALATED", "SYSTEM", None)
    assert event["rule"] == {"name": "An hour", "firedCount": 1}


async def test_a_rule_is_paused_and_renamed_one_version_after_the_other(admin, boss):
    rule = await new_rule(admin, boss)
    paused = await admin(EDIT_RULE, id=rule["id"], seen=1, input={**an_hour_to(boss), "isActive": False})
    renamed = await admin(EDIT_RULE, id=rule["id"], seen=2, input={**an_hour_to(boss), "name": "Other"})
    states = [answer["escalationRuleUpdate"]["rule"] for answer in (paused, renamed)]
    assert [(each["name"], each["isActive"], each["version"]) for each in states] == [
        ("An hour", False, 2),
        ("Other", False, 3),
    ]


async def test_a_rule_is_deleted_only_as_it_was_seen_and_its_name_stays_in_the_story(admin, boss):
    ticket, rule = await owned(admin), await new_rule(admin, boss)
    await sweep_due(now=utc_now() + 2 * HOUR, address="http://localhost")
    await admin(EDIT_RULE, id=rule["id"], seen=1, input={**an_hour_to(boss), "name": "Other"})
    stale = (await admin(DELETE_RULE, id=rule["id"], seen=1))["escalationRuleDelete"]
    assert (stale["rule"], stale["userErrors"][0]["code"]) == ({"version": 2}, "CONFLICT")
    gone = (await admin(DELETE_RULE, id=rule["id"], seen=2))["escalationRuleDelete"]
    assert (gone["deletedId"], gone["rule"]) == (rule["id"], None)
    assert (await admin("{ escalationRules(first: 5) { totalCount } }"))["escalationRules"]["totalCount"] == 0
    event = await last_event(admin, ticket)
    assert (event["rule"], event["ruleName"]) == (None, "Other")


async def test_who_may_not_manage_rules_is_told_the_name_of_one_and_nothing_else(boucle, admin, boss):
    ticket, _ = await owned(admin), await new_rule(admin, boss)
    await sweep_due(now=utc_now() + 2 * HOUR, address="http://localhost")
    _, token = await agent(name="Vic Viewer", user_type="viewer")
    async with machine(boucle, token) as client:
        event = await last_event(client, ticket)
    assert event["kind"] == "TICKET_ESCALATED"
    assert event["rule"] is None
    assert event["ruleName"] == (await last_event(admin, ticket))["rule"]["name"]
