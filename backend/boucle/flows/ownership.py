"""When somebody may own tickets no more, what relies on them goes to somebody else in the same commit, or they stay.

Whoever leaves, loses the right to work by an act on their account, or by one on their user type, ends here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from boucle.accounts.access import Viewer
from boucle.accounts.actions.absences import absences_relying_on, hand_on_absences
from boucle.accounts.actions.users import UserDetails, update_user, update_user_type
from boucle.accounts.forwarding import absences_of_period
from boucle.accounts.granting import acting_on_rights
from boucle.accounts.models import Absence, User, UserType
from boucle.accounts.ownership import OWNERS, check_owner, name_of_owner, owners_among
from boucle.accounts.permissions import NAMES, Permission
from boucle.events.actor import Actor
from boucle.kit.errors import DomainError, NotAllowedNow, ReassignRequired, Several
from boucle.kit.phrases import Phrase
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.models import Survey
from boucle.surveys.rules import ticket_rule_from_json
from boucle.tickets.actions import open_tickets_by_owner, reassign_open_tickets
from boucle.tickets.actions.owners import held_substitutes
from boucle.tickets.models import EscalationRule

SUCCESSOR = ["reassignTo"]
MOST_NAMED = 5  # of each kind that is in the way: the rest is a number, or is named once these are settled


async def change_user(
    viewer: Viewer,
    user_id: int,
    details: UserDetails,
    *,
    reassign_to: int | None,
    seen_version: int,
    now: datetime,
) -> User:
    """Write all details of a user; raise where that takes the right to own tickets and something relies on it."""
    async with unit_of_work():
        await acting_on_rights(viewer, Permission.USERS_MANAGE, now=now)
        successor = await hold_leaving([name_of_owner(user_id)], successor=reassign_to, now=now)
        could = await owners_among([user_id])
        user = await update_user(viewer, user_id, details, seen_version=seen_version, now=now)
        await hand_on(could - await owners_among(could), successor, by=viewer.actor, now=now)
        return user


async def change_user_type(
    viewer: Viewer,
    user_type_id: int,
    *,
    name: str,
    permissions: frozenset[Permission],
    reassign_to: int | None,
    seen_version: int,
    now: datetime,
) -> UserType:
    """Change what users of a type may do; raise where some may own tickets no more and something relies on them."""
    async with unit_of_work():
        await acting_on_rights(viewer, Permission.USERS_MANAGE, now=now)
        may_take = Permission.TICKETS_WORK not in permissions
        successor = await hold_leaving([OWNERS], successor=reassign_to, now=now) if may_take else None
        could = await owners_among(await _ids_of_type(user_type_id)) if may_take else set()
        changed = await update_user_type(
            viewer, user_type_id, name=name, permissions=permissions, seen_version=seen_version, now=now
        )
        await hand_on(could - await owners_among(could), successor, by=viewer.actor, now=now)
        return changed


async def _ids_of_type(user_type_id: int) -> list[int]:
    return [user.id for user in await User.filter(user_type_id=user_type_id, is_active=True).only("id")]


@dataclass(frozen=True, slots=True)
class Successor:
    """Who takes over, and all who are held for that: they and whoever may stand in for them."""

    user_id: int
    held: Collection[int]


async def hold_leaving(names: Collection[str], *, successor: int | None, now: datetime) -> Successor | None:
    """Wait for tickets on their way to people, held alone by these names, and let none follow until the commit.

    Call it before counting what they hold: a ticket on its way would otherwise reach somebody who cannot work. The
    successor, and whoever stands in for them, stay in service as long.
    """
    # All with one statement: of two who leave and name each other, one waits for the other.
    substitutes = await held_substitutes([successor] if successor is not None else [], now=now, alone=names)
    return None if successor is None else Successor(successor, {successor, *substitutes.values()})


async def hand_on(leaving: Collection[int], successor: Successor | None, *, by: Actor, now: datetime) -> None:
    """Leave nothing with people who may own tickets no more: the successor takes over, or what is in the way is raised.

    Call it after the right is taken, in the same unit of work, and `hold_leaving` before that: everything is decided
    on what will be. Whoever loses the right with them is no successor, and stands in for nobody.
    """
    if not leaving:
        return
    people = {user.id: user for user in await User.filter(id__in=list(leaving))}
    held = await open_tickets_by_owner(leaving)
    absences = await absences_relying_on(leaving, now=now)
    obstacles: list[DomainError] = [*await _rules_naming(people), *await _surveys_naming(people)]
    if successor is None:
        obstacles = [*_held_by(held, people), *_substitutes_for(absences, people), *obstacles]
    else:
        await check_owner(successor.user_id, field=SUCCESSOR)
        obstacles = [*_would_stand_in_for_themselves(absences, successor.user_id, people), *obstacles]
    if obstacles:
        raise obstacles[0] if len(obstacles) == 1 else Several(obstacles)
    if successor is not None:
        await hand_on_absences(absences, successor.user_id, by=by, now=now)
        standing = (await absences_of_period(now, now)).among(successor.held)
        await reassign_open_tickets(
            by, from_users=leaving, to_user=successor.user_id, substitutes=standing.substitutes_at(now), now=now
        )


def _held_by(held: Mapping[int, int], people: Mapping[int, User]) -> Sequence[DomainError]:
    if not held:
        return []
    if len(people) == 1:
        return [
            ReassignRequired(
                "Open tickets that this user still holds: {count}. Choose who takes them over.",
                field=SUCCESSOR,
                count=sum(held.values()),
            )
        ]
    named = list(held.items())[:MOST_NAMED]
    owners: Phrase | str = ", ".join(f"{people[user_id].name} {count}" for user_id, count in named)
    if len(held) > MOST_NAMED:
        owners = Phrase("{owners} and {count} more people", owners=owners, count=len(held) - MOST_NAMED)
    return [
        ReassignRequired(
            "Open tickets of people who would lose the right '{right}': {count} ({owners}). "
            "Choose who takes them over.",
            field=SUCCESSOR,
            right=NAMES[Permission.TICKETS_WORK],
            count=sum(held.values()),
            owners=owners,
        )
    ]


def _substitutes_for(absences: Sequence[Absence], people: Mapping[int, User]) -> Sequence[DomainError]:
    return [
        ReassignRequired(
            "{substitute} stands in for {absent}. Choose who does so instead.",
            field=SUCCESSOR,
            substitute=people[absence.substitute_id].name,
            absent=absence.user.name,
        )
        for absence in absences[:MOST_NAMED]
    ]


def _would_stand_in_for_themselves(
    absences: Sequence[Absence], successor: int, people: Mapping[int, User]
) -> Sequence[DomainError]:
    return [
        NotAllowedNow(
            "{substitute} stands in for {absent}, who cannot do so for themselves. "
            "Give that absence another substitute first, or choose somebody else.",
            field=SUCCESSOR,
            substitute=people[absence.substitute_id].name,
            absent=absence.user.name,
        )
        for absence in absences
        if absence.user_id == successor
    ][:MOST_NAMED]


async def _rules_naming(people: Mapping[int, User]) -> Sequence[DomainError]:
    rules = EscalationRule.filter(recipient_user_id__in=list(people), deleted_at=None).order_by("id")
    return [
        NotAllowedNow(
            "The escalation rule '{name}' sends tickets to {user}. Change the rule first.",
            field="id",
            name=rule.name,
            user=people[rule.recipient_user_id].name,
        )
        for rule in await rules.limit(MOST_NAMED)
        if rule.recipient_user_id is not None
    ]


async def _surveys_naming(people: Mapping[int, User]) -> Sequence[DomainError]:
    surveys = await Survey.all().order_by("id").only("id", "name", "ticket_rule")
    meant = [(survey.name, ticket_rule_from_json(survey.ticket_rule).assignee_id) for survey in surveys]
    return [
        NotAllowedNow(
            "Tickets of the survey '{name}' go to {user}. Change the survey first.",
            field="id",
            name=name,
            user=people[user_id].name,
        )
        for name, user_id in meant
        if user_id is not None and user_id in people
    ][:MOST_NAMED]
