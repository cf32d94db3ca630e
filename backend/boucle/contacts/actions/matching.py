"""Finding out who answered: many people at once, each matched as if those before were already stored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from boucle.contacts.actions.values import (
    DERIVED_FIELDS,
    TEXT_FIELDS,
    Changes,
    contact_event,
    derived_values,
    names_of_values,
    names_to_hold,
    told_values,
    wanted_values,
)
from boucle.contacts.models import Contact
from boucle.contacts.rules import Candidate, ContactDetails, choose_match, key_of
from boucle.events.actor import Actor
from boucle.events.log import NewEvent
from boucle.events.models import EventKind
from boucle.kit.joint_reads import Rows
from boucle.kit.row_batches import insert_rows, update_rows

UPDATED = (*TEXT_FIELDS, *DERIVED_FIELDS, "updated_at", "version")
CASE_FREE = frozenset({"email", "external_reference"})
INSERTED = (*UPDATED, "created_at", "is_opted_out")


class Person(NamedTuple):
    """Somebody who acts: their cleaned details, never none, and who reports it. `names` are `names_to_hold`."""

    details: ContactDetails
    actor: Actor
    at: datetime
    request_id: str | None
    names: Sequence[str]  # by which they are held and found


def person_with(details: ContactDetails, actor: Actor, at: datetime, *, request_id: str | None = None) -> Person:
    """Return whoever has these cleaned details."""
    return Person(details, actor, at, request_id, names_to_hold(details))


class MatchedContact(NamedTuple):
    """A contact as it was when the person had been matched, before whoever came next."""

    id: int
    first_name: str
    last_name: str
    email: str | None
    phone: str | None

    @property
    def name(self) -> str:
        """First and last name, or the best that is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.email or self.phone or f"#{self.id}"


class Match(NamedTuple):
    """Whom a person turned out to be. `event` is to be recorded; `None` where nothing changed."""

    contact: MatchedContact
    event: NewEvent | None


async def match_or_make_contacts(people: Sequence[Person], known: Rows) -> list[Match]:
    """Return the contacts that these people are, made or brought up to date, never with nothing.

    Runs inside the caller's unit of work, which holds the names of all of them until it ends. `known` is what
    `sharing_read` found for at least these people since they are held.
    """
    directory = _Directory(known)
    acts = [directory.admit(person) for person in people]
    await directory.write()
    return [act.match() for act in acts]


@dataclass(slots=True, eq=False)
class _Row:
    """A contact in memory. `place` orders by age, as ids do; `id` is 0 until a new one is stored.

    `changed_at` is `None` for one that is as it was read.
    """

    place: int
    id: int
    values: dict[str, str | None]
    version: int
    derived: dict[str, str | None]
    changed_at: datetime | None = None
    created_at: datetime | None = None

    def candidate(self) -> Candidate:
        return Candidate(
            self.place, self.derived["external_reference_key"], self.derived["email_key"], self.values["phone"]
        )

    def stored(self) -> tuple[object, ...]:
        return (*self.values.values(), *self.derived.values(), self.changed_at, self.version)


class _Act(NamedTuple):
    """One person's effect on the directory, told once the row has its id."""

    person: Person
    row: _Row
    kind: EventKind
    changes: Changes
    seen: tuple[str, str, str | None, str | None]

    def match(self) -> Match:
        person, number = self.person, self.row.id
        event = None
        if self.changes:
            event = contact_event(
                self.kind, person.actor, number, self.changes, person.at, request_id=person.request_id
            )
        return Match(MatchedContact(number, *self.seen), event)


class _Directory:
    """The contacts that a batch is about: those stored that share a value with anybody in it, and those it makes."""

    def __init__(self, stored: Rows) -> None:
        self._rows: list[_Row] = []
        self._by_name: defaultdict[str, list[_Row]] = defaultdict(list)
        self._made: list[_Row] = []
        for each in stored:
            self._add(_row_of(each, place=len(self._rows)))

    def admit(self, person: Person) -> _Act:
        """Match one person, or make them a contact."""
        sharing = {row.place: row for name in person.names for row in self._by_name.get(name, ())}
        place = choose_match(person.details, [row.candidate() for row in sharing.values()]) if sharing else None
        if place is None:
            return self._make(person)
        return self._bring_up_to_date(sharing[place], person)

    async def write(self) -> None:
        """Store what the batch made of them; whoever it made has an id afterwards."""
        changed = [row for row in self._rows if row.id and row.changed_at is not None]
        await update_rows(Contact, UPDATED, [(row.id, *row.stored()) for row in changed])
        rows = [(*row.stored(), row.created_at, False) for row in self._made]
        for row, number in zip(self._made, await insert_rows(Contact, INSERTED, rows), strict=True):
            row.id = number

    def _make(self, person: Person) -> _Act:
        values = wanted_values(person.details)
        values["language"] = values["language"] or person.details.fallback_language
        row = _Row(len(self._rows), 0, values, 1, derived_values(values), person.at, person.at)
        self._made.append(row)
        self._add(row)
        changes: Changes = {name: (None, value) for name, value in values.items() if value}
        return _Act(person, row, EventKind.CONTACT_CREATED, changes, _seen(row))

    def _bring_up_to_date(self, row: _Row, person: Person) -> _Act:
        known = row.values
        details = told_values(person.details)
        told = {name: value for name, value in details.items() if not _is_same(name, known[name], value)}
        changes: Changes = {name: (known[name], value) for name, value in told.items()}
        if told:
            known |= told
            row.derived = derived_values(row.values)
            row.version += 1
            row.changed_at = person.at
            self._index(row)
        return _Act(person, row, EventKind.CONTACT_UPDATED, changes, _seen(row))

    def _add(self, row: _Row) -> None:
        self._rows.append(row)
        self._index(row)

    def _index(self, row: _Row) -> None:
        # A value that was given up stays findable here; the rules compare what the contact has now.
        derived = row.derived
        for name in names_of_values(derived["external_reference_key"], derived["email_key"], row.values["phone"]):
            if row not in (known := self._by_name[name]):
                known.append(row)


def _is_same(name: str, known: str | None, told: str) -> bool:
    """Whether a value says nothing new: the case of an address or a reference does not count (DED-5)."""
    return known == told or (name in CASE_FREE and key_of(known) == key_of(told))


def _row_of(stored: Mapping[str, Any], *, place: int) -> _Row:
    texts = {name: stored[name] for name in TEXT_FIELDS}
    derived = {name: stored[name] for name in DERIVED_FIELDS}
    return _Row(place, stored["id"], texts, stored["version"], derived)


def _seen(row: _Row) -> tuple[str, str, str | None, str | None]:
    values = row.values
    return values["first_name"] or "", values["last_name"] or "", values["email"], values["phone"]
