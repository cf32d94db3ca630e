"""Snapshot + what the feed tells = the list, for whatever happens, whoever looks, and however late they are told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random, SystemRandom

import pytest

from boucle.accounts.access import Viewer
from boucle.api.live.feed import FeedTopic, feed_interest
from boucle.api.live.messages import Group, Message
from boucle.api.live.types import TicketChanged, TicketLeft
from boucle.events.cursor import Cursor
from boucle.events.log import cursor_of, head, read_after
from boucle.kit.errors import DomainError
from boucle.planner.declarations import Reference
from boucle.surveys.models import ScoreClass
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
from boucle.tickets.models import StatusCategory, Ticket, TicketPriority, TicketStatus
from boucle.tickets.queries import TicketFilter, tickets_matching
from tests.factories.accounts import make_team, make_viewer
from tests.factories.contacts import NOON
from tests.factories.tickets import make_rule

ROUNDS, ACTS, LISTENERS = 5, 25, 25
SUBJECTS = ("Parcel lost", "Parcel broken", "Late refund")
SEGMENTS = (None, "VIP", "Standard")


@dataclass
class Company:
    """Somebody who may do everything, and people who see different tickets."""

    boss: Viewer
    viewers: list[Viewer]
    teams: list[int]
    statuses: list[TicketStatus]


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
    return Company(boss, [one, both, none], [north.id, south.id], await TicketStatus.all())


def a_filter(random: Random, company: Company) -> TicketFilter | None:
    """One or two conditions of a list."""
    makers: list[Callable[[], dict[str, object]]] = [
        lambda: {"text": random.choice(["parcel", "lost parcel", "refund", "durand"])},
        lambda: {"status_ids": tuple(each.id for each in random.sample(company.statuses, 2))},
        lambda: {"categories": tuple(random.sample(list(StatusCategory), 2))},
        lambda: {"priorities": (random.choice(list(TicketPriority)),)},
        lambda: {"team_ids": (random.choice(company.teams),)},
        lambda: {"assignee_ids": (random.choice(company.viewers).user_id,)},
        lambda: {"segments": ("VIP",)},
        lambda: {"mine": True},
        lambda: {"my_teams": True},
        lambda: {"unassigned": True},
        lambda: {"late": True},
        lambda: {"without_due_time": True},
        lambda: {"score_classes": (random.choice(list(ScoreClass)),)},
        lambda: {"due_after": NOON + timedelta(minutes=random.choice([0, 60]))},
        lambda: {"due_before": NOON + timedelta(minutes=random.choice([0, 60, 120]))},
        lambda: {"created_after": NOON - timedelta(hours=1)},
        dict,
    ]
    chosen = [make() for make in random.sample(makers, random.randint(0, 2))]
    return TicketFilter(**{name: value for each in chosen for name, value in each.items()}) if chosen else None


async def act(random: Random, company: Company) -> None:
    """Do something that may be refused."""
    viewer = random.choice([company.boss, company.boss, *company.viewers])
    tickets = await Ticket.all()
    people = [None, *(each.user_id for each in (company.boss, *company.viewers))]
    owners = Assignment(random.choice(people), random.choice([None, *company.teams]))
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
