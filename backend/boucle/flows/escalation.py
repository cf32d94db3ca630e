"""Escalation when a ticket is forgotten: claimed, decided anew, done and written down in one commit (ESC-21)."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from boucle.accounts.models import TeamMember, User
from boucle.flows.escalation_mail import escalation_mails
from boucle.kit.database import Dialect, dialect, is_out_of_reach
from boucle.kit.mail import Mail
from boucle.kit.unit_of_work import unit_of_work
from boucle.tickets.actions import (
    ClaimedTicket,
    Escalation,
    claim_due,
    escalate_by_rules,
    hold_recipients,
    promise_mails,
)
from boucle.tickets.models import TicketId
from boucle.tickets.queries import is_any_due

log = structlog.get_logger(__name__)
# PostgreSQL works for some batches while the next is decided on; SQLite has one writer, and a commit is dear.
BATCHES = {Dialect.POSTGRES: 350, Dialect.SQLITE: 1_000}
LANES = {Dialect.POSTGRES: 3, Dialect.SQLITE: 1}
MOST_NAMED = 10  # in a line of the log
AGAIN_AFTER = timedelta(minutes=5)
MOST_BROKEN = 100  # of one sweep: beyond that the fault lies elsewhere


@dataclass(frozen=True, slots=True)
class Swept:
    """What became of a batch: how many were claimed, on how many a rule fired, and which could not be written."""

    claimed: int = 0
    fired: int = 0
    broken: tuple[TicketId, ...] = ()

    def __add__(self, other: "Swept") -> "Swept":
        return Swept(self.claimed + other.claimed, self.fired + other.fired, self.broken + other.broken)


class BatchFailed(Exception):
    """Claimed tickets could not be written; nothing of the batch was."""

    def __init__(self, ticket_ids: Sequence[TicketId]) -> None:
        super().__init__(ticket_ids)
        self.ticket_ids = ticket_ids


async def escalate_due(ticket_id: TicketId, *, now: datetime, address: str) -> bool:
    """Escalate the ticket if a rule is due at `now`; return whether one fired.

    May run twice, at the wrong time, or on two workers at once: the claim, the ledger, the effect, the event and the
    promised mails are one commit, and what is due is decided from the rules again. `address` is the deployment's.
    """
    return (await _escalate(now=now, address=address, limit=1, only=[ticket_id])).fired == 1


async def sweep_due(
    *, now: datetime, address: str, limit: int | None = None, without: Collection[TicketId] = ()
) -> Swept:
    """Escalate up to `limit` tickets, a batch unless told, whose time has come, whatever became of their jobs.

    One broken ticket does not keep the others waiting: a batch that fails is tried again in halves.
    """
    try:
        return await _escalate(now=now, address=address, limit=limit or BATCHES[dialect()], without=without)
    except BatchFailed as failed:
        swept = await _in_halves(failed, now=now, address=address)
        return replace(swept, claimed=len(failed.ticket_ids))  # others may have been faster with a half


async def _in_halves(failed: BatchFailed, *, now: datetime, address: str) -> Swept:
    ids = failed.ticket_ids
    if len(ids) == 1:
        log.error("escalation_failed", ticket_id=ids[0], exc_info=failed.__cause__)
        return Swept(claimed=1, broken=tuple(ids))
    swept = Swept()
    for half in (ids[: len(ids) // 2], ids[len(ids) // 2 :]):
        try:
            swept += await _escalate(now=now, address=address, limit=len(half), only=half)
        except BatchFailed as again:
            swept += await _in_halves(again, now=now, address=address)
    return swept


async def _escalate(
    *,
    now: datetime,
    address: str,
    limit: int,
    only: Collection[TicketId] | None = None,
    without: Collection[TicketId] = (),
) -> Swept:
    claimed: list[ClaimedTicket] = []
    try:
        async with unit_of_work():
            held = await hold_recipients(now=now)
            claimed = await claim_due(now=now, limit=limit, only=only, without=without)
            escalations = await escalate_by_rules(claimed, held, now=now) if claimed else []
            await promise_mails(await _mails(escalations, address=address), now=now)
    except Exception as error:
        if not claimed or is_out_of_reach(error):
            raise
        raise BatchFailed([TicketId(ticket.id) for ticket in claimed]) from error
    if escalations:
        keys = [each.ticket.key for each in escalations]
        log.info("tickets_escalated", tickets=keys[:MOST_NAMED], count=len(keys))
    return Swept(len(claimed), len(escalations))


async def _mails(escalations: Sequence[Escalation], *, address: str) -> list[Mail]:
    people = await _people({each.recipient.user_id for each in escalations if each.recipient is not None})
    members = await _members(
        {each.rule.recipient_team_id for each in escalations if each.rule.recipient_team_id is not None}
    )
    users: dict[int, User] = {}
    # What somebody gets themselves and what their team gets are in two places of the inbox, and in two mails.
    told: defaultdict[tuple[int, bool], list[Escalation]] = defaultdict(list)
    for each in escalations:
        if each.recipient is not None:
            recipients = people.get(each.recipient.user_id, ())
        else:
            recipients = members.get(each.rule.recipient_team_id or 0, ())
        for user in recipients:
            users[user.id] = user
            told[user.id, each.recipient is not None].append(each)
    return [
        mail
        for (user_id, _), theirs in told.items()
        for mail in escalation_mails(theirs, users[user_id], address=address)
    ]


async def _people(user_ids: Collection[int]) -> Mapping[int, Sequence[User]]:
    return {user.id: (user,) for user in await User.filter(id__in=user_ids)} if user_ids else {}


async def _members(team_ids: Collection[int]) -> Mapping[int, Sequence[User]]:
    if not team_ids:
        return {}
    active = TeamMember.filter(team_id__in=team_ids, user__is_active=True)
    members: defaultdict[int, list[User]] = defaultdict(list)
    for member in await active.order_by("id").prefetch_related("user"):
        members[member.team_id].append(member.user)
    return members


@dataclass(slots=True)
class Sweeper:
    """A worker's sweep, with its memory of tickets that could not be written: they are tried again after a while."""

    address: str
    clock: Callable[[], datetime]
    batch: int | None = None
    _broken: dict[TicketId, datetime] = field(default_factory=dict)

    async def sweep(self, stop: asyncio.Event) -> int:
        """Escalate, batch after batch, until nothing is due or `stop`; return how often a rule fired.

        Where nothing is due it costs one statement that reads one row of an index.
        """
        now = self.clock()
        self._broken = {ticket_id: until for ticket_id, until in self._broken.items() if until > now}
        if not await is_any_due(now=now, without=self._broken):
            return 0
        drained = asyncio.Event()
        async with asyncio.TaskGroup() as lanes:
            fired = [lanes.create_task(self._work_off(stop, drained)) for _ in range(LANES[dialect()])]
        return sum(lane.result() for lane in fired)

    async def _work_off(self, stop: asyncio.Event, drained: asyncio.Event) -> int:
        """Take batches until one is not full: somebody has each of the others, as `drained` tells the other lanes."""
        fired, broken, limit = 0, 0, self.batch or BATCHES[dialect()]
        while not stop.is_set() and broken < MOST_BROKEN:
            now = self.clock()
            swept = await sweep_due(now=now, address=self.address, limit=limit, without=self._broken)
            self._broken |= dict.fromkeys(swept.broken, now + AGAIN_AFTER)
            fired, broken = fired + swept.fired, broken + len(swept.broken)
            if swept.claimed < limit:
                drained.set()
            if drained.is_set() or not await is_any_due(now=now, without=self._broken):
                break
        return fired
