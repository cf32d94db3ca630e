"""What becomes of answers that share a commit: the same as if they had come one after another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from boucle.contacts.actions import Match, Person, match_or_make_contacts, person_with
from boucle.contacts.queries import sharing_read
from boucle.events.actor import Actor
from boucle.events.log import NewEvent, record, request_id_var
from boucle.kit.database import lock_names
from boucle.kit.errors import DomainError, IdempotencyMismatch
from boucle.kit.joint_reads import Rows, fetch_together
from boucle.surveys.actions import (
    EarlierResponse,
    NewResponse,
    SentId,
    StoredResponse,
    earlier_of,
    earlier_read,
    name_to_hold,
    store_responses,
)
from boucle.surveys.answers import CheckedAnswers, Submission, check_answers, is_external_id
from boucle.surveys.left_out import LeftOut
from boucle.surveys.models import Channel, Survey
from boucle.surveys.queries import open_version
from boucle.surveys.rules import TicketRule, should_open_ticket, ticket_rule_from_json
from boucle.surveys.sameness import difference, digest_of
from boucle.tickets.actions import (
    OpenedTicket,
    Opening,
    names_to_share,
    new_status_read,
    open_tickets,
)
from boucle.tickets.queries import tickets_of_responses


class Outcome(NamedTuple):
    """What became of an answer. `ticket` is `None` where none was opened; a repeat changed nothing.

    `left_out` is what of this submission is, or would be, no part of the answer.
    """

    response: StoredResponse
    ticket: OpenedTicket | None
    is_repeat: bool
    left_out: Sequence[LeftOut] = ()


class Accepted(NamedTuple):
    """Right answers to a published version. `rule` is the survey's where it opens a ticket, `None` where not."""

    version_id: int
    answers: CheckedAnswers
    person: Person | None
    rule: TicketRule | None


class Arrival(NamedTuple):
    """One answer on its way in. `checked` is what to store, or why it is refused unless it came in before.

    `sent_id` and `input_hash` are `None` where there is no external id by which it would be known again.
    """

    actor: Actor
    survey: Survey
    channel: Channel
    now: datetime
    submitted_at: datetime
    checked: Accepted | DomainError
    sent_id: SentId | None
    input_hash: str | None
    request_id: str | None
    submission: Submission

    @property
    def left_out(self) -> Sequence[LeftOut]:
        """What of the submission does not become part of the answer."""
        return self.checked.answers.left_out if isinstance(self.checked, Accepted) else ()


async def arrival_of(
    actor: Actor,
    survey: Survey,
    submission: Submission,
    *,
    channel: Channel,
    now: datetime,
    submitted_at: datetime | None = None,
    opens_ticket: bool = True,
) -> Arrival:
    """Check an answer before anybody waits for it. Without `opens_ticket` the survey's rule is left out."""
    request_id, external_id = request_id_var.get(), submission.external_id
    is_known_again = external_id is not None and is_external_id(external_id)
    checked: Accepted | DomainError
    try:
        checked = await _accepted(
            actor,
            survey,
            submission,
            now=now,
            opens_ticket=opens_ticket,
            is_corrected_by_author=channel is Channel.PAGE,
        )
    except DomainError as error:
        checked = error
    return Arrival(
        actor,
        survey,
        channel,
        now,
        submitted_at or now,
        checked,
        (survey.id, external_id) if external_id is not None and is_known_again else None,
        digest_of(submission) if is_known_again else None,
        request_id,
        submission,
    )


async def _accepted(
    actor: Actor,
    survey: Survey,
    submission: Submission,
    *,
    now: datetime,
    opens_ticket: bool,
    is_corrected_by_author: bool,
) -> Accepted:
    version = await open_version(survey)
    answers = check_answers(version.definition, submission, is_corrected_by_author=is_corrected_by_author)
    person = None
    if not answers.details.is_empty:
        details = answers.details.with_fallback(answers.language or survey.language)
        person = person_with(details, actor, now, request_id=request_id_var.get())
    rule = ticket_rule_from_json(survey.ticket_rule) if opens_ticket else None
    opens = rule is not None and should_open_ticket(rule, answers.score.value if answers.score else None)
    return Accepted(version.id, answers, person, rule if opens else None)


def nobody_waits() -> None:
    """Tell nobody."""


async def receive_together(
    arrivals: Sequence[Arrival], *, once_held: Callable[[], None] = nobody_waits
) -> list[Outcome | DomainError]:
    """Receive answers inside the caller's unit of work; return what became of each, in order.

    `once_held` is called when all external ids and contacts are held: whatever begins now comes after these answers.
    """
    await _hold(arrivals)
    seen = await _look_up(arrivals)
    sorting = await _sort(arrivals, seen.earlier)
    stored = await _store([(arrivals[place], each) for place, each in sorting.fresh.items()], seen, once_held)
    outcomes = dict(zip(sorting.fresh, stored, strict=True))
    return [
        outcomes[place] if place in outcomes else _repeated(sorting.settled[place], outcomes, arrival.left_out)
        for place, arrival in enumerate(arrivals)
    ]


def number_of_names(arrival: Arrival) -> int:
    """Return how much is held while the answer is received."""
    person = arrival.checked.person if isinstance(arrival.checked, Accepted) else None
    return (arrival.sent_id is not None) + (len(person.names) if person is not None else 0)


async def _hold(arrivals: Sequence[Arrival]) -> None:
    """Hold all that the answers are about with one statement."""
    accepted = [arrival.checked for arrival in arrivals if isinstance(arrival.checked, Accepted)]
    names = [name_to_hold(arrival.sent_id) for arrival in arrivals if arrival.sent_id is not None]
    for each in accepted:
        if each.person is not None:
            names.extend(each.person.names)
    rules = [each.rule for each in accepted if each.rule is not None]
    shared = names_to_share(rules) if rules else []
    if names or shared:
        await lock_names(names, shared=shared)


class _Seen(NamedTuple):
    """What is stored already of all that is held, and the status that tickets begin in where any may be opened."""

    earlier: Mapping[SentId, EarlierResponse]
    contacts: Rows
    new_status: Rows


async def _look_up(arrivals: Sequence[Arrival]) -> _Seen:
    """Read with one statement all that the answers may be about."""
    sent = dict.fromkeys(arrival.sent_id for arrival in arrivals if arrival.sent_id is not None)
    accepted = [arrival.checked for arrival in arrivals if isinstance(arrival.checked, Accepted)]
    earlier, contacts, new_status = await fetch_together(
        earlier_read(list(sent)),
        sharing_read([each.person.details for each in accepted if each.person is not None]),
        new_status_read() if any(each.rule is not None for each in accepted) else None,
    )
    return _Seen(earlier_of(earlier), contacts, new_status)


@dataclass(slots=True)
class _Sorting:
    """By place: answers to be stored, and what the others are: an outcome, an error, or the place of their first."""

    fresh: dict[int, Accepted] = field(default_factory=dict)
    settled: dict[int, Outcome | DomainError | int] = field(default_factory=dict)


async def _sort(arrivals: Sequence[Arrival], earlier: Mapping[SentId, EarlierResponse]) -> _Sorting:
    tickets = await tickets_of_responses([each.response.id for each in earlier.values()])
    sorting, first_places = _Sorting(), dict[SentId, int]()
    for place, arrival in enumerate(arrivals):
        sent_id = arrival.sent_id
        if sent_id is not None and sent_id in earlier:
            known = earlier[sent_id]
            sorting.settled[place] = _mismatch(arrival, known.input_hash) or _earlier_outcome(known.response, tickets)
        elif sent_id is not None and sent_id in first_places:
            first = first_places[sent_id]
            mismatch = _mismatch(arrival, arrivals[first].input_hash)
            sorting.settled[place] = first if mismatch is None else mismatch
        elif isinstance(arrival.checked, DomainError):
            sorting.settled[place] = arrival.checked
        else:
            sorting.fresh[place] = arrival.checked
            if sent_id is not None:
                first_places[sent_id] = place
    return sorting


def _earlier_outcome(response: StoredResponse, tickets: Mapping[int, int]) -> Outcome:
    number = tickets.get(response.id)
    return Outcome(response, OpenedTicket(number) if number is not None else None, is_repeat=True)


def _mismatch(arrival: Arrival, before: str | None) -> IdempotencyMismatch | None:
    """Return why an answer is another one than what came in under its external id; `None`: it is the same."""
    assert arrival.sent_id is not None, "compared by its external id"
    assert arrival.input_hash is not None, "made with the id"
    if before is None or before == arrival.input_hash:
        return None
    part = difference(before, arrival.submission, arrival.input_hash)
    if part is None:
        return None
    return IdempotencyMismatch(
        "The external id '{id}' was used before with {part}. Send the same again, or a new id.",
        field="externalId",
        id=arrival.sent_id[1],
        part=part,
    )


def _repeated(
    settled: Outcome | DomainError | int, outcomes: Mapping[int, Outcome], left_out: Sequence[LeftOut]
) -> Outcome | DomainError:
    if isinstance(settled, DomainError):
        return settled
    outcome = outcomes[settled] if isinstance(settled, int) else settled
    return outcome._replace(is_repeat=True, left_out=left_out)


async def _store(
    fresh: Sequence[tuple[Arrival, Accepted]], seen: _Seen, once_held: Callable[[], None]
) -> list[Outcome]:
    """Store answers that are neither wrong nor repeats, with their contacts, tickets and events."""
    if not fresh:
        return []
    matches = await _match([accepted for _, accepted in fresh], seen.contacts)
    once_held()
    drafts = [_new_response(*each, match) for each, match in zip(fresh, matches, strict=True)]
    stored = await store_responses(drafts)
    openings = _openings(fresh, matches, [response for response, _ in stored])
    tickets = dict(zip(openings, await open_tickets(list(openings.values()), seen.new_status), strict=True))
    outcomes, told = list[Outcome](), list[NewEvent]()
    for place, (response, received) in enumerate(stored):
        match, opened = matches[place], tickets.get(place)
        # In the order in which one answer after another would have told them.
        if match is not None and match.event is not None:
            told.append(match.event)
        told.append(received)
        if opened is not None:
            told.append(opened[1])
        left_out = fresh[place][0].left_out
        outcomes.append(Outcome(response, opened[0] if opened else None, is_repeat=False, left_out=left_out))
    await record(*told)
    return outcomes


async def _match(fresh: Sequence[Accepted], known: Rows) -> list[Match | None]:
    """Return who answered, in order; `None` for answers that say nothing of their author."""
    found = iter(await match_or_make_contacts([each.person for each in fresh if each.person is not None], known))
    return [next(found) if each.person is not None else None for each in fresh]


def _new_response(arrival: Arrival, accepted: Accepted, match: Match | None) -> NewResponse:
    return NewResponse(
        arrival.survey.id,
        accepted.version_id,
        accepted.answers,
        accepted.answers.language or arrival.survey.language,
        arrival.sent_id[1] if arrival.sent_id is not None else None,
        arrival.input_hash,
        match.contact.id if match is not None else None,
        arrival.channel,
        arrival.submitted_at,
        arrival.now,
        arrival.actor,
        arrival.request_id,
    )


def _openings(
    fresh: Sequence[tuple[Arrival, Accepted]], matches: Sequence[Match | None], responses: Sequence[StoredResponse]
) -> dict[int, Opening]:
    """Return the tickets that the surveys' rules ask for, by the place of their answer."""
    openings: dict[int, Opening] = {}
    for place, ((arrival, accepted), match, response) in enumerate(zip(fresh, matches, responses, strict=True)):
        if accepted.rule is not None:
            openings[place] = Opening(
                response=response,
                contact=match.contact if match is not None else None,
                rule=accepted.rule,
                survey_id=arrival.survey.id,
                survey_name=arrival.survey.name,
                occurred_at=arrival.submitted_at,
                at=arrival.now,
                data=accepted.answers.embedded.values(),
                request_id=arrival.request_id,
            )
    return openings
