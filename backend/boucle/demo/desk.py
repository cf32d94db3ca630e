"""What the people at the company do with tickets, act after act, each through its real action."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

from boucle.accounts.access import Viewer
from boucle.accounts.models import Language
from boucle.demo import notes
from boucle.demo.answers import Scene
from boucle.demo.company import PEOPLE, Company
from boucle.demo.surveys import LOYAL, PROFESSIONAL
from boucle.demo.timetable import Timetable
from boucle.demo.words import Decks, Topic, sentence
from boucle.flows.escalation import escalate_due
from boucle.kit.mail import Mail, Mailer
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
from boucle.tickets.delivery import deliver_mail
from boucle.tickets.models import OutgoingMail, StatusCategory, StatusId, Ticket, TicketId, TicketPriority
from boucle.tickets.rules import is_finished

ADDRESS = "http://localhost:8000"  # in the links of mails that are never sent
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class SilentMailer(Mailer):
    """Takes mail and sends none: nobody is to get mail about what never happened."""

    async def send(self, mail: Mail) -> None:
        """Say nothing."""


SILENT = SilentMailer("", "")


@dataclass(slots=True)
class Case:
    """A ticket as last stored, what it is about, and for which due time somebody already waits."""

    ticket: Ticket
    topic: Topic
    scene: Scene
    watched: datetime | None = None

    @property
    def id(self) -> TicketId:
        """The ticket's id."""
        return TicketId(self.ticket.id)

    @property
    def is_finished(self) -> bool:
        """Whether no work is expected."""
        return is_finished(self.ticket.status_category)


Step = Callable[[Case, datetime], Awaitable[None]]
Work = Callable[[Case, Viewer, datetime], Awaitable[None]]


class Desk:
    """Everybody's daily work. Each step does one act and plans the next."""

    def __init__(
        self, company: Company, timetable: Timetable, statuses: Mapping[str, StatusId], chance: Random
    ) -> None:
        self._company, self._timetable, self._statuses, self._chance = company, timetable, statuses, chance
        self._notes = Decks(chance)
        self._team_names = {number: name for name, number in company.teams.items()}
        self.cases: list[Case] = []

    def receive(self, case: Case, at: datetime) -> None:
        """Begin to work on a new ticket."""
        self.cases.append(case)
        self._watch(case)
        wait = self._around(8)
        if self._chance.random() < 0.07:
            wait *= 12  # nobody feels responsible for a while
        if case.ticket.assignee_id is None:
            self._later(case, at, wait, self._give if self._chance.random() < 0.3 else self._take)
        else:
            self._work_later(case, at, wait, self._start)

    async def escalate_one(self, at: datetime) -> None:
        """Let somebody ask for help with the newest ticket that is being worked on."""
        for case in reversed(self.cases):
            worker = self._owner(case)
            if worker and case.ticket.status_category is StatusCategory.OPEN and not self._is_away(worker, at):
                await self._escalate(case, self._company.viewers[worker], at)
                return

    # Ownership

    async def _take(self, case: Case, at: datetime) -> None:
        present = self._present(case, at)
        if case.ticket.assignee_id is not None or not present:
            return
        viewer = self._company.viewers[self._chance.choice(present)]
        case.ticket = await take_ticket(viewer, case.id, seen=case.ticket.version, now=at)
        self._watch(case)
        self._work_later(case, at, self._around(0.4), self._start)

    async def _give(self, case: Case, at: datetime) -> None:
        """The lead gives it to whom they would always give it, who may be away: then it goes on by itself."""
        lead, *others = self._members(case)
        await self._assign(case, lead, self._chance.choice(others or [lead]), self._hint(notes.HANDING_OVER), at)
        self._work_later(case, at, self._around(2), self._start)

    async def _hand_over(self, case: Case, at: datetime) -> None:
        """Take a ticket from the desk of somebody who is away."""
        absent, lead = self._owner(case), self._members(case)[0]
        assert absent is not None, case.id
        name = self._company.viewers[absent].name.split()[0]
        note = self._notes.draw(notes.STANDING_IN).format(name=name)
        await self._assign(case, lead, self._chance.choice(self._present(case, at)), note, at)

    async def _assign(self, case: Case, lead: str, to: str, note: str | None, at: datetime) -> None:
        wanted = Assignment(self._company.user_id(to), case.ticket.team_id, note)
        seen = case.ticket.version
        case.ticket = await assign_ticket(self._company.viewers[lead], case.id, wanted, seen=seen, now=at)
        self._watch(case)

    # Work

    async def _start(self, case: Case, worker: Viewer, at: datetime) -> None:
        if self._chance.random() < 0.12:
            await self._prioritise(case, worker, at)
        if self._chance.random() < 0.06:
            segment = self._chance.choice((LOYAL, LOYAL, PROFESSIONAL))
            await self._edit(case, worker, replace(TicketEdit.of(case.ticket), current_segment=segment), at)
        if self._chance.random() < 0.5 or case.ticket.status_category is StatusCategory.ESCALATED:
            key = "in_progress" if self._chance.random() < 0.7 else "open"
            await self._move(case, worker, key, at)
        next_work = self._look if self._chance.random() < 0.72 else self._resolve
        self._work_later(case, at, self._around(20), next_work)

    async def _prioritise(self, case: Case, worker: Viewer, at: datetime) -> None:
        others = [each for each in TicketPriority if each is not case.ticket.priority]
        edit = replace(TicketEdit.of(case.ticket), priority=self._chance.choice(others))
        await self._edit(case, worker, edit, at)

    async def _look(self, case: Case, worker: Viewer, at: datetime) -> None:
        await self._note(case, worker, notes.LOOKING, at)
        draw = self._chance.random()
        if draw < 0.16:
            self._work_later(case, at, self._around(24), self._look)
        elif draw < 0.24 and not case.ticket.is_escalated_manually:
            self._work_later(case, at, self._around(6), self._escalate)
        else:
            wait = self._around(44) if self._chance.random() < 0.95 else 10 * DAY + self._around(80)
            self._work_later(case, at, wait, self._resolve)

    async def _escalate(self, case: Case, worker: Viewer, at: datetime) -> None:
        if case.ticket.is_escalated_manually:
            return
        note = self._notes.draw(notes.ESCALATING)
        case.ticket = await escalate_ticket(worker, case.id, note=note, seen=case.ticket.version, now=at)
        self._watch(case)
        self._later(case, at, self._around(12), self._assume)

    async def _assume(self, case: Case, at: datetime) -> None:
        """The lead takes over what was escalated."""
        lead = self._members(case)[0]
        if self._owner(case) != lead:
            await self._assign(case, lead, lead, None, at)
        self._work_later(case, at, self._around(1), self._start)

    async def _resolve(self, case: Case, worker: Viewer, at: datetime) -> None:
        if case.is_finished:
            return
        if self._chance.random() < 0.42:
            await self._note(case, worker, notes.SOLVING, at)
        await self._move(case, worker, "resolved", at)
        draw = self._chance.random()
        if draw < 0.04:
            self._work_later(case, at, self._around(40), self._reopen)
        elif draw < 0.94:
            self._work_later(case, at, 2 * DAY + self._around(40), self._close)

    async def _close(self, case: Case, worker: Viewer, at: datetime) -> None:
        await self._move(case, worker, "closed", at)
        if self._chance.random() < 0.015:
            self._work_later(case, at, self._around(30), self._reopen)

    async def _reopen(self, case: Case, worker: Viewer, at: datetime) -> None:
        await self._move(case, worker, "open", at)
        await comment_ticket(worker, case.id, body=self._notes.draw(notes.REOPENING), now=at)
        self._work_later(case, at, self._around(5), self._look)

    async def _move(self, case: Case, worker: Viewer, key: str, at: datetime) -> None:
        status = self._statuses[key]
        case.ticket = await change_status(worker, case.id, status, seen=case.ticket.version, now=at)
        self._watch(case)

    async def _edit(self, case: Case, worker: Viewer, edit: TicketEdit, at: datetime) -> None:
        case.ticket = await update_ticket(worker, case.id, edit, seen=case.ticket.version, now=at)
        self._watch(case)

    async def _note(self, case: Case, worker: Viewer, by_topic: Mapping[Topic, tuple[str, ...]], at: datetime) -> None:
        is_solved = by_topic is notes.SOLVING
        if worker.language is Language.EN:
            cards: tuple[str, ...] = notes.ENGLISH_SOLVING if is_solved else notes.ENGLISH
        elif not is_solved and self._chance.random() < 0.25:
            cards = notes.ANYTHING
        else:
            cards = by_topic[case.topic]
        body = sentence(self._notes.draw(cards), case.scene.words(worker.language.value))
        await comment_ticket(worker, case.id, body=body, now=at)

    # The clock

    def _watch(self, case: Case) -> None:
        """Wake up when a rule is due, as the worker does."""
        due = case.ticket.next_due_at
        if due is None or due == case.watched:
            return
        case.watched = due
        # A ticket that is reopened may be due since long: the clock never goes back.
        earliest = max(due, case.ticket.last_activity_at)
        late = timedelta(seconds=self._chance.uniform(0.2, 4))
        self._timetable.plan(earliest + late, partial(self._escalate_by_rule, case))

    async def _escalate_by_rule(self, case: Case, at: datetime) -> None:
        due = case.ticket.next_due_at
        if due is None or due > at:
            return
        fired = await escalate_due(case.id, now=at, address=ADDRESS)
        assert fired, case.id
        case.ticket = await Ticket.get(id=case.id)
        for mail in await OutgoingMail.filter(next_attempt_at__isnull=False):
            await deliver_mail(mail.id, SILENT, now=at)
        self._watch(case)

    def _work_later(self, case: Case, at: datetime, wait: timedelta, work: Work) -> None:
        self._later(case, at, wait, partial(self._work, work))

    async def _work(self, work: Work, case: Case, at: datetime) -> None:
        """Let the owner do it; while they are away somebody else gets the ticket, or it waits a day."""
        owner = self._owner(case)
        if owner is None:
            return
        if not self._is_away(owner, at):
            await work(case, self._company.viewers[owner], at)
        elif self._chance.random() < 0.4 and not case.is_finished:
            await self._hand_over(case, at)
            self._work_later(case, at, self._around(2), work)
        else:
            self._work_later(case, at, DAY, work)

    def _later(self, case: Case, at: datetime, wait: timedelta, step: Step) -> None:
        when = self._timetable.at_work(at + wait, self._chance)
        self._timetable.plan(when, partial(step, case))

    def _around(self, hours: float) -> timedelta:
        """Return mostly about that long, sometimes much longer."""
        return HOUR * self._chance.lognormvariate(0, 0.8) * hours

    # People

    def _owner(self, case: Case) -> str | None:
        owner = case.ticket.assignee_id
        return self._company.handle(owner) if owner is not None else None

    def _members(self, case: Case) -> list[str]:
        team = case.ticket.team_id
        assert team is not None, case.id
        return self._company.members(self._team_names[team])

    def _present(self, case: Case, at: datetime) -> list[str]:
        return [handle for handle in self._members(case) if not self._is_away(handle, at)]

    def _is_away(self, handle: str, at: datetime) -> bool:
        return self._company.is_away(handle, at)

    def _hint(self, cards: tuple[str, ...]) -> str | None:
        return self._notes.draw(cards) if self._chance.random() < 0.4 else None


WORKERS = tuple(person.handle for person in PEOPLE if person.user_type != "viewer")
