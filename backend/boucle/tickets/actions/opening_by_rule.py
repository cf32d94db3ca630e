"""Opening tickets from responses by their surveys' rules, many at once (TCR-7)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from boucle.accounts.forwarding import AbsencesOfPeriod
from boucle.accounts.models import Team, User
from boucle.accounts.ownership import may_own_tickets, names_of_owners
from boucle.contacts.actions import MatchedContact
from boucle.events.actor import SYSTEM
from boucle.events.log import NewEvent
from boucle.events.models import EventKind
from boucle.kit.database import placeholders
from boucle.kit.ids import global_id
from boucle.kit.joint_reads import Read, Rows
from boucle.kit.row_batches import insert_rows
from boucle.surveys.actions import StoredResponse
from boucle.surveys.rules import TicketRule
from boucle.tickets.actions.opening import LONGEST_NAME, NEW
from boucle.tickets.actions.owners import Recipient, held_absences, recipient_among
from boucle.tickets.due_times import RULES, active_rules, time_rule, wake_up_at
from boucle.tickets.events import PREFIX, OwnerNames, owned_data
from boucle.tickets.models import StatusCategory, Ticket, TicketKind, TicketPriority
from boucle.tickets.rules import PRIORITY_RANK, TimeRule, automatic_subject, next_due, search_text_of


class OpenedTicket(NamedTuple):
    """A ticket that a response opened."""

    id: int

    @property
    def key(self) -> str:
        """The number people quote, `T-42` (TCR-15)."""
        return f"T-{self.id}"


class Opening(NamedTuple):
    """A response that opens a ticket, with all that the ticket copies.

    `at` is when it opens; `data` came along with the answer and is only searched.
    """

    response: StoredResponse
    contact: MatchedContact | None
    rule: TicketRule
    survey_id: int
    survey_name: str
    occurred_at: datetime
    at: datetime
    data: Collection[str] = ()
    request_id: str | None = None


def names_to_share(rules: Iterable[TicketRule]) -> list[str]:
    """Return what must be held before tickets are opened: escalation rules and owners stay as they are meanwhile.

    Otherwise a ticket that is written while a rule is being saved would miss its due time for ever, and somebody who
    is leaving, or losing the right to work, could still be given one.
    """
    owners = {rule.assignee_id for rule in rules if rule.assignee_id is not None}
    return [RULES, *names_of_owners(sorted(owners))] if owners else [RULES]


class _NewStatus(NamedTuple):
    id: int
    category: StatusCategory


def new_status_read() -> Read:
    """Return what finds the status that tickets begin in."""
    [mark] = placeholders(1)
    return Read(f"SELECT id, category FROM ticket_statuses WHERE key = {mark}", [NEW])  # noqa: S608


async def open_tickets(openings: Sequence[Opening], new_status: Rows) -> list[tuple[OpenedTicket, NewEvent]]:
    """Open the tickets inside the caller's unit of work, which holds `names_to_share`.

    `new_status` is what `new_status_read` found.
    Returns each with the event to be recorded. The origin is unique: a response never opens two (TCR-16).
    """
    if not openings:
        return []
    circumstances = await _circumstances(openings, new_status)
    drafts = [_draft(each, circumstances) for each in openings]
    columns = tuple(drafts[0].values)
    numbers = await insert_rows(Ticket, columns, [tuple(draft.values.values()) for draft in drafts])
    opened = []
    for draft, number in zip(drafts, numbers, strict=True):
        wake_up_at(number, draft.due_at)
        opened.append((OpenedTicket(number), _event(draft, number, circumstances)))
    return opened


@dataclass(slots=True)
class _Timed:
    """A ticket that is not stored yet, as escalation rules see it."""

    survey_id: int | None
    current_segment: str | None
    status_category: StatusCategory
    assignee_id: int | None
    created_at: datetime
    is_escalated_manually: bool = False


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """What is read once for all tickets of a batch."""

    status: _NewStatus
    names: OwnerNames
    owners: Collection[int]  # those of the people who may own tickets
    absences: AbsencesOfPeriod
    rules: Sequence[TimeRule]
    told: dict[tuple[Recipient | None, int | None], Mapping[str, object]] = field(default_factory=dict)

    def recipient(self, opening: Opening) -> Recipient | None:
        """Return who gets the ticket. A rule that names somebody who may own none gives it to its team alone."""
        meant = opening.rule.assignee_id
        if meant is None or meant not in self.owners:
            return None
        return recipient_among(meant, self.absences.substitutes_at(opening.at))

    def event_data(self, recipient: Recipient | None, team_id: int | None) -> Mapping[str, object]:
        """Return what the log is told of the owners; of a batch many tell the same, which is made and written once."""
        if (recipient, team_id) not in self.told:
            assignee_id = recipient.user_id if recipient is not None else None
            changes = self.names.changes(assignee=(None, assignee_id), team=(None, team_id))
            forwarding = recipient.event_data if recipient is not None else {}
            owned = owned_data(changes, team_id=team_id, assignee_id=assignee_id)
            self.told[recipient, team_id] = {**owned, **forwarding}
        return self.told[recipient, team_id]

    def due_at(self, opened: _Timed) -> datetime | None:
        """Return when the ticket climbs unless somebody acts."""
        due = next_due(opened, self.rules, frozenset())
        return due.at if due is not None else None


async def _circumstances(openings: Sequence[Opening], new_status: Rows) -> _Circumstances:
    [new] = new_status
    team_ids = {each.rule.team_id for each in openings} - {None}
    meant = {each.rule.assignee_id for each in openings if each.rule.assignee_id is not None}
    times = [each.at for each in openings]
    absences = await held_absences(meant, min(times), max(times)) if meant else AbsencesOfPeriod()
    people = meant | absences.substitutes
    users = await User.filter(id__in=people).select_related("user_type") if people else []
    teams = await Team.filter(id__in=team_ids) if team_ids else []
    return _Circumstances(
        status=_NewStatus(new["id"], StatusCategory(new["category"])),
        names=OwnerNames({user.id: user.name for user in users}, {team.id: team.name for team in teams}),
        owners={user.id for user in users if may_own_tickets(user, user.user_type.permissions)},
        absences=absences,
        rules=[time_rule(rule) for rule in await active_rules({each.survey_id for each in openings})] if meant else (),
    )


class _Draft(NamedTuple):
    """A ticket that has everything but its number: the values of its row, and who gets it."""

    opening: Opening
    recipient: Recipient | None
    team_id: int | None
    due_at: datetime | None
    values: dict[str, object]


def _draft(opening: Opening, circumstances: _Circumstances) -> _Draft:
    recipient, rule, status = circumstances.recipient(opening), opening.rule, circumstances.status
    assignee_id = recipient.user_id if recipient is not None else None
    team_id = rule.team_id if rule.team_id in circumstances.names.teams else None
    due_at = circumstances.due_at(_Timed(opening.survey_id, rule.segment, status.category, assignee_id, opening.at))
    values: dict[str, object] = {
        "kind": TicketKind.AUTOMATIC.value,
        "origin": f"response:{opening.response.id}",
        "status_id": status.id,
        "status_category": status.category.value,
        "team_id": team_id,
        "assignee_id": assignee_id,
        "survey_id": opening.survey_id,
        "occurred_at": opening.occurred_at,
        "created_at": opening.at,
        "updated_at": opening.at,
        "last_activity_at": opening.at,
        "next_due_at": due_at,
        "is_escalated_manually": False,
        "version": 1,
        **_by_rule(rule),
        **_by_response(opening),
    }
    return _Draft(opening, recipient, team_id, due_at, values)


def _by_rule(rule: TicketRule) -> dict[str, object]:
    return {
        "priority": rule.priority,
        "priority_rank": PRIORITY_RANK[TicketPriority(rule.priority)],
        "original_segment": rule.segment,
        "current_segment": rule.segment,
        "segment_at_creation": rule.segment,
    }


def _by_response(opening: Opening) -> dict[str, object]:
    response, contact = opening.response, opening.contact
    subject = automatic_subject(
        survey=opening.survey_name,
        comment=response.comment,
        score=response.score,
        score_maximum=response.score_maximum,
    )
    name = contact.name[:LONGEST_NAME] if contact else ""
    email, phone = (contact.email, contact.phone) if contact else (None, None)
    return {
        "response_id": response.id,
        "score": response.score,
        "score_maximum": response.score_maximum,
        "score_class": response.score_class.value if response.score_class else None,
        "comment": response.comment,
        "contact_id": contact.id if contact else None,
        "customer_name": name,
        "customer_email": email,
        "customer_phone": phone,
        "subject": subject,
        "search_text": search_text_of(
            subject=subject,
            customer_name=name,
            customer_email=email,
            customer_phone=phone,
            data=opening.data,
            comment=response.comment,
        ),
    }


def _event(draft: _Draft, number: int, circumstances: _Circumstances) -> NewEvent:
    opening = draft.opening
    return NewEvent(
        EventKind.TICKET_CREATED,
        global_id(PREFIX, number),
        SYSTEM,
        opening.at,
        ticket_id=number,
        contact_id=opening.contact.id if opening.contact else None,
        response_id=opening.response.id,
        data=circumstances.event_data(draft.recipient, draft.team_id),
        request_id=opening.request_id,
    )
