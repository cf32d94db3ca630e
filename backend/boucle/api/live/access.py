"""Connections whose access is looked at again whenever it may have ended or changed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from boucle.accounts.access import Viewer
from boucle.api.authentication import reload
from boucle.api.context import Context
from boucle.api.live.hub import RIGHTS_CHANGED
from boucle.api.live.messages import resync
from boucle.api.live.subscribers import AccessEnded, Phase, Subscription
from boucle.events.cursor import Cursor


@dataclass(slots=True, eq=False)
class WatchedConnection:
    """A socket, or a stream over HTTP, with its subscriptions."""

    context: Context
    on_end: Callable[[], Awaitable[None]]
    subscriptions: set[Subscription] = field(default_factory=set)

    @property
    def user_id(self) -> int | None:
        """Whose it is; `None` while nobody has signed in."""
        return self.context.viewer.user_id if self.context.viewer is not None else None

    async def check(self, at: Cursor) -> None:
        """Give the viewer their present rights, or end the connection where their access has ended."""
        if self.context.viewer is None:
            return
        viewer = await reload(self.context.viewer, self.context.services)
        if viewer is None:
            for subscription in self.subscriptions:
                subscription.end(AccessEnded())
            await self.on_end()
            return
        self.context.viewer = viewer
        for subscription in list(self.subscriptions):
            await self._adapt(subscription, viewer, at)

    async def _adapt(self, subscription: Subscription, viewer: Viewer, at: Cursor) -> None:
        known = subscription.viewer
        if known == viewer:
            return
        if (known.permissions, known.team_ids) == (viewer.permissions, viewer.team_ids):
            self.context.services.hub.show_to(subscription, viewer)
        elif subscription.phase is Phase.REPLAYING:
            subscription.has_other_rights = True
        else:
            await self.context.services.hub.tell_one(subscription, resync(at, RIGHTS_CHANGED))
