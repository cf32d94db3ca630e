"""Updates: everything but tickets that changes, for whoever may see it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import strawberry

from boucle.accounts.permissions import Permission
from boucle.api.context import Context
from boucle.api.live.messages import Group, Message, Renderer
from boucle.api.live.types import NodeChanged, NodeGone
from boucle.api.nodes import node_of
from boucle.api.rows import RowObject, is_among, the_viewer, visible_rows
from boucle.api.scalars import LogCursor
from boucle.events.log import cursor_of
from boucle.events.models import Event, EventKind
from boucle.kit.conditions import NEVER, Condition

DELETIONS = frozenset({EventKind.TEAM_DELETED, EventKind.ESCALATION_RULE_DELETED})
ENDS_OF_OWN_ACCESS = frozenset({EventKind.SESSION_ENDED, EventKind.API_TOKEN_REVOKED})


@dataclass(frozen=True, slots=True)
class UpdatesInterest:
    """Who looks, with all that may decide what they see."""

    user_id: int
    rights: Hashable
    asker: Context = field(compare=False)


def updates_interest(context: Context) -> UpdatesInterest:
    """Return what the viewer's updates are about."""
    asker = context.kept()  # as they are now: what the socket's viewer may see later does not change it
    return UpdatesInterest(context.signed_in.user_id, the_viewer(asker), asker)


@dataclass(slots=True, eq=False)
class UpdatesTopic:
    """Everybody's updates."""

    now: Callable[[], datetime]
    groups: dict[Group, None] = field(default_factory=dict)

    def identity(self, renderer: Renderer) -> Hashable:
        """Return a key that subscribers share who read all messages of this topic the same."""
        return renderer.identity(None)

    def joined(self, group: Group) -> None:
        """Take note of an interest that is new."""
        self.groups[group] = None

    def left(self, group: Group) -> None:
        """Forget an interest that nobody has any more."""
        del self.groups[group]

    async def tell(self, events: Sequence[Event], only: Group | None = None) -> dict[Group, list[Message]]:
        """Return what these events mean to each interest, or to one alone."""
        told: dict[Group, list[Message]] = {}
        for event in events:
            groups = list(self.groups) if only is None else [only]
            if event.ticket_id is None and groups:
                message = _message(event)
                for group in await _concerned(event, groups):
                    told.setdefault(group, []).append(message)
        return told


def _interest(group: Group) -> UpdatesInterest:
    assert isinstance(group.interest, UpdatesInterest), group.interest
    return group.interest


async def _concerned(event: Event, groups: Sequence[Group]) -> list[Group]:
    node = node_of(event.subject)
    if node is None:
        return []
    if event.kind in DELETIONS:
        return [group for group in groups if visible_rows(node, _interest(group).asker) != NEVER]
    if event.kind in ENDS_OF_OWN_ACCESS:
        return [group for group in groups if _could_see_access(_interest(group), event)]
    return await _who_see(node, groups)


def _could_see_access(interest: UpdatesInterest, event: Event) -> bool:
    """Whether the session or token that has ended was shown to the viewer, who is told that it is gone."""
    viewer = interest.asker.signed_in
    is_own = event.data.get("user_id") == viewer.user_id and not viewer.is_narrowed
    return is_own or viewer.can(Permission.USERS_MANAGE)


async def _who_see(node: RowObject, groups: Sequence[Group]) -> list[Group]:
    """Return who may see a row; asked of the database once for all with the same rights."""
    alike: dict[Condition, list[Group]] = {}
    for group in groups:
        alike.setdefault(visible_rows(node, _interest(group).asker), []).append(group)
    return [group for condition, same in alike.items() if await is_among(node, condition) for group in same]


def _message(event: Event) -> Message:
    cursor = cursor_of(event)
    said, node = LogCursor(str(cursor)), node_of(event.subject)
    if node is None or event.kind in DELETIONS | ENDS_OF_OWN_ACCESS:
        return Message(cursor, NodeGone(cursor=said, id=strawberry.ID(event.subject)))
    return Message(cursor, NodeChanged(cursor=said, node=node))
