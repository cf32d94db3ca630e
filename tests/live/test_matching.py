"""Snapshot + what the feed tells = the list, for whatever happens, whoever looks, and however late they are told."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from random import Random, SystemRandom
from typing import get_type_hints

import pytest

from boucle.accounts.access import Viewer
from boucle.api.live import feed
from boucle.api.live.feed import FeedTopic, feed_interest
from boucle.api.live.messages import Group, Message, Resync
from boucle.api.live.types import TicketChanged, TicketLeft
from boucle.api.tickets import inputs
from boucle.contacts.models import Contact
from boucle.events.actor import CUSTOMER
from boucle.events.cursor import Cursor
from boucle.events.log import cursor_of, head, read_after
from boucle.flows.closing_the_loop import receive_response
from boucle.kit.conditions import ALWAYS, columns_of, equals
from boucle.kit.errors import DomainError
from boucle.planner.declarations import Reference
from boucle.surveys.models import Channel, ScoreClass, Survey
from boucle.surveys.rules import TicketRule
from boucle.tickets.access import visible_tickets
from boucle.tickets.actions import (
    Assignment,
    NewTicket,
    TicketEdit,
    assign_ticket,
    change_status,
    comment_ticket,
    create_ticket,
    escalate_ticket,
    take_ticket,
    undo_last_act,
    update_ticket,
)
from boucle.tickets.models import StatusCategory, Ticket, TicketKind, TicketPriority, TicketStatus
from boucle.tickets.past import COLUMNS
from boucle.tickets.queries import TicketFilter, condition_of, tickets_matching
from tests.factories.accounts import make_team, make_viewer
from tests.factories.contacts import NOON
from tests.factories.surveys import a_submission, make_survey
from tests.factories.tickets import make_rule

ROUNDS, ACTS, LISTENERS = 5, 25, 25
SUBJECTS = ("Parcel lost", "Parcel broken", "Late refund")
SEGMENTS = (None, "VIP", "Standard")
EMAILS = ("lea@exemple.fr", "noe@exemple.fr")
NAMES = [each.name for each in fields(TicketFilter)]


@dataclass
class Company:
    """Somebody who may do everything, and people who see different tickets."""

    boss: Viewer
    viewers: list[Viewer]
    teams: list[int]
    statuses: list[TicketStatus]
    surveys: list[Survey]
    contacts: list[int]


@dataclass
class Listener:
    """A client: what it shows, and all that it may know to exist."""

    viewer: Viewer
    wanted: TicketFilter | None
    shown: set[int] = field(default_factory=set)
    ever_seen: set[int] = field(default_factory=set)

    def apply(self, message: Message, visible_now: set[int]) -> None:
        body = message.body
        if isinstance(body, TicketChanged):
            assert isinstance(body.ticket, Reference)
            assert body.ticket.key in visible_now, self
            self.shown.add(body.ticket.key)
        else:
            assert isinstance(body, TicketLeft)
            number = int(body.id.removeprefix("tkt_"))
            assert number in self.ever_seen, self
            self.shown.discard(number)


@pytest.fixture
async def company(db: str, queue: object) -> Company:
    north, south = await make_team(), await make_team()
    boss = await make_viewer(user_type="cx_admin")
    one, both, none = [await make_viewer(teams=teams) for teams in ((north,), (north, south), ())]
    await make_rule(viewer=boss, recipient_user_id=boss.user_id, now=NOON - timedelta(days=1))
    surveys = [await make_survey(name=name, ticket_rule=TicketRule(team_id=north.id)) for name in ("Visit", "Delivery")]
    for email in EMAILS:
        await receive_response(CUSTOMER, surveys[0], a_submission(9, email=email), channel=Channel.API, now=NOON)
    contacts = [contact.id for contact in await Contact.all()]
    return Company(boss, [one, both, none], [north.id, south.id], await TicketStatus.all(), surveys, contacts)


def drawn(name: str, random: Random, company: Company) -> object:
    """A value for a field of the filter. A new one is drawn by its type, or has to be named here."""
    named: dict[str, Callable[[], object]] = {
        "text": lambda: random.choice(["parcel", "lost parcel", "refund", "durand", "colis"]),
        "status_ids": lambda: tuple(each.id for each in random.sample(company.statuses, 2)),
        "categories": lambda: tuple(random.sample(list(StatusCategory), 2)),
        "priorities": lambda: (random.choice(list(TicketPriority)),),
        "kinds": lambda: (random.choice(list(TicketKind)),),
        "survey_ids": lambda: (random.choice(company.surveys).id,),
        "team_ids": lambda: (random.choice(company.teams),),
        "assignee_ids": lambda: (random.choice(company.viewers).user_id,),
        "contact_ids": lambda: (random.choice(company.contacts),),
        "segments": lambda: ("VIP",),
        "score_classes": lambda: (random.choice(list(ScoreClass)),),
    }
    by_type: dict[object, Callable[[], object]] = {
        bool | None: lambda: True,
        int | None: lambda: random.randint(0, 6),
        datetime | None: lambda: NOON + timedelta(hours=random.choice([-2, -1, 0, 1, 2])),
    }
    make = named.get(name) or by_type.get(get_type_hints(TicketFilter)[name])
    assert make is not None, f"say how to draw `{name}`, or no test knows whether the feed follows it"
    return make()


def a_filter(random: Random, company: Company) -> TicketFilter | None:
    """One or two conditions of a list, of all that there are."""
    chosen = random.sample(NAMES, random.randint(0, 2))
    return TicketFilter(**{name: drawn(name, random, company) for name in chosen}) if chosen else None


async def act(random: Random, company: Company) -> None:
    """Do something that may be refused."""
    viewer = random.choice([company.boss, company.boss, *company.viewers])
    tickets = await Ticket.all()
    people = [None, *(each.user_id for each in (company.boss, *company.viewers))]
    owners = Assignment(random.choice(people), random.choice([None, *company.teams]))
    if random.random() < 0.15:
        answer = a_submission(random.randint(0, 6), email=random.choice(EMAILS))
        await receive_response(CUSTOMER, random.choice(company.surveys), answer, channel=Channel.API, now=NOON)
        return
    if not tickets or random.random() < 0.25:
        new = NewTicket(
            subject=random.choice(SUBJECTS),
            customer_name="Léa Durand",
            priority=random.choice(list(TicketPriority)),
            assignee_id=owners.assignee_id,
            team_id=owners.team_id,
        )
        await create_ticket(company.boss, new, now=NOON - timedelta(minutes=random.choice([0, 30, 90])))
        return
    ticket = random.choice(tickets)
    edit = TicketEdit(
        subject=random.choice(SUBJECTS),
        priority=random.choice(list(TicketPriority)),
        current_segment=random.choice(SEGMENTS),
        original_segment=ticket.original_segment,
    )
    status = random.choice(company.statuses)
    acts = [
        lambda: assign_ticket(company.boss, ticket.id, owners, seen=ticket.version, now=NOON),
        lambda: assign_ticket(company.boss, ticket.id, owners, seen=ticket.version, now=NOON),
        lambda: take_ticket(viewer, ticket.id, seen=ticket.version, now=NOON),
        lambda: update_ticket(viewer, ticket.id, edit, seen=ticket.version, now=NOON),
        lambda: change_status(viewer, ticket.id, status.id, seen=ticket.version, now=NOON),
        lambda: undo_last_act(viewer, ticket.id, seen=ticket.version, now=NOON),
        lambda: comment_ticket(viewer, ticket.id, body="Called", now=NOON),
        lambda: escalate_ticket(viewer, ticket.id, note=None, seen=ticket.version, now=NOON),
    ]
    await random.choice(acts)()


async def ids_of(viewer: Viewer) -> set[int]:
    return set(await visible_tickets(viewer).values_list("id", flat=True))


async def listed(listener: Listener) -> set[int]:
    return {row.id for row in await tickets_matching(listener.viewer, listener.wanted, now=NOON)}


@dataclass
class Scene:
    """Clients of one topic, and how far they have been told."""

    random: Random
    company: Company
    topic: FeedTopic
    position: Cursor
    listeners: dict[Group, Listener] = field(default_factory=dict)

    async def listen(self) -> None:
        viewer = self.random.choice([self.company.boss, *self.company.viewers])
        listener = Listener(viewer, a_filter(self.random, self.company))
        listener.shown, listener.ever_seen = await listed(listener), await ids_of(viewer)
        group = Group(feed_interest(viewer, listener.wanted, now=NOON))
        self.topic.joined(group)
        self.listeners[group] = listener

    async def look(self) -> None:
        """Everybody looks at all that they may see."""
        for listener in self.listeners.values():
            listener.ever_seen |= await ids_of(listener.viewer)

    async def tell(self, limit: int) -> bool:
        """Tell everybody of the next events; each is found as one of many, or on its own, as in a replay."""
        events = await read_after(self.position, limit=limit)
        if not events:
            return False
        self.position = cursor_of(events[-1])
        told = await self.topic.tell(events)
        for group, listener in self.listeners.items():
            alone = (await self.topic.tell(events, only=group)).get(group, [])
            assert [repr(each.body) for each in alone] == [repr(each.body) for each in told.get(group, [])]
            visible = await ids_of(listener.viewer)
            for message in alone:
                listener.apply(message, visible)
        return True


async def play(random: Random, company: Company) -> Scene:
    scene = Scene(random, company, FeedTopic(lambda: NOON), await head())
    for _ in range(5):
        await _try(random, company)
    scene.position = await head()
    for _ in range(LISTENERS):
        await scene.listen()
    for _ in range(ACTS):
        await _try(random, company)
        await scene.look()
        if random.random() < 0.3:
            await scene.tell(limit=random.randint(1, 3))
    while await scene.tell(limit=random.randint(1, 5)):
        continue
    return scene


async def _try(random: Random, company: Company) -> None:
    try:
        await act(random, company)
    except DomainError:
        return


@pytest.mark.parametrize("name", NAMES)
async def test_the_feed_follows_every_field_of_the_filter(company: Company, name: str) -> None:
    wanted = TicketFilter(**{name: drawn(name, Random(1), company)})
    condition = condition_of(company.boss, wanted, now=NOON)
    assert condition != ALWAYS
    assert columns_of(condition) <= set(COLUMNS)
    feed_interest(company.boss, wanted, now=NOON)


async def test_a_filter_that_the_feed_cannot_follow_is_refused_at_once(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "COLUMNS", tuple(set(COLUMNS) - {"priority"}))
    with pytest.raises(AssertionError, match="priority"):
        feed_interest(company.boss, TicketFilter(priorities=(TicketPriority.HIGH,)), now=NOON)


async def test_where_memory_cannot_tell_the_list_is_read_again_and_nothing_has_left_it(company: Company) -> None:
    ticket = await create_ticket(company.boss, NewTicket(subject="Parcel lost", customer_name="Léa"), now=NOON)
    position = await head()
    topic, interest = FeedTopic(lambda: NOON), feed_interest(company.boss, None, now=NOON)
    group = Group(replace(interest, both=equals("queue_id", 7), fits=equals("queue_id", 7)))
    topic.joined(group)
    await comment_ticket(company.boss, ticket.id, body="Called", now=NOON)
    [message] = (await topic.tell(await read_after(position, limit=10)))[group]
    assert isinstance(message.body, Resync)


def test_the_schema_has_the_fields_of_the_filter_and_hands_on_each() -> None:
    assert [each.name for each in fields(inputs.TicketFilter)] == NAMES
    ids = {
        "status_ids": "sta_1",
        "survey_ids": "srv_1",
        "team_ids": "tea_1",
        "assignee_ids": "usr_1",
        "contact_ids": "con_1",
    }
    hints = get_type_hints(inputs.TicketFilter)
    by_type: dict[object, object] = {bool | None: True, int | None: 3, str | None: "a", datetime | None: NOON}
    for name in NAMES:
        value = [ids[name]] if name in ids else by_type.get(hints[name], [])
        assert getattr(inputs.TicketFilter(**{name: value}).parsed(), name) is not None, name


async def test_snapshot_and_messages_make_the_list(company: Company) -> None:
    seed = SystemRandom().randrange(10**9)
    random = Random(seed)
    for _ in range(ROUNDS):
        scene = await play(random, company)
        for listener in scene.listeners.values():
            assert listener.shown == await listed(listener), (seed, listener)


async def test_who_cannot_be_concerned_is_not_even_asked(company: Company) -> None:
    topic = FeedTopic(lambda: NOON)
    for number in range(1000, 1100):
        topic.joined(Group(feed_interest(company.boss, TicketFilter(contact_ids=(number,)), now=NOON)))
    ticket = await create_ticket(company.boss, NewTicket(subject="Parcel lost", customer_name="Léa"), now=NOON)
    row = {"id": ticket.id, "contact_id": 1007, "assignee_id": None, "team_id": None}
    assert len(topic.matching.candidates([row])) == 1


async def test_an_event_that_changes_nothing_of_the_filter_is_told_to_nobody_outside_it(company: Company) -> None:
    ticket = await create_ticket(company.boss, NewTicket(subject="Parcel lost", customer_name="Léa"), now=NOON)
    position = await head()
    topic, group = FeedTopic(lambda: NOON), Group(feed_interest(company.boss, TicketFilter(mine=True), now=NOON))
    topic.joined(group)
    await comment_ticket(company.boss, ticket.id, body="Called", now=NOON)
    assert await topic.tell(await read_after(position, limit=10)) == {}
