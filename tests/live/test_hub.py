"""The reader of the log where something goes wrong: nobody is forgotten, nothing is kept, nobody waits for ever."""

from datetime import timedelta
from typing import cast

import pytest
from starlette.requests import HTTPConnection

from boucle.api.context import Context
from boucle.api.live.hub import LiveHub
from boucle.api.live.messages import Renderer
from boucle.api.live.rendering import PlainRenderer
from boucle.api.live.subscribers import QueuedSubscription
from boucle.api.live.updates import UpdatesTopic
from boucle.api.services import Services
from boucle.kit.clock import utc_now
from tests.factories.accounts import make_viewer

RETENTION = timedelta(days=1)


class StrangeTopic(UpdatesTopic):
    """A topic that cannot tell who reads the same."""

    def identity(self, renderer: Renderer) -> object:
        raise LookupError(renderer)


async def test_who_cannot_join_leaves_nothing_behind(db):
    hub = LiveHub(retention=RETENTION, now=utc_now)
    topic = StrangeTopic(utc_now)
    viewer = await make_viewer()
    subscription = QueuedSubscription(
        10,
        viewer,
        PlainRenderer(Context(cast("Services", None), HTTPConnection({"type": "http"}), None, viewer)),
        lambda: None,
    )
    with pytest.raises(LookupError):
        hub.join(subscription, topic, "anything")
    assert (hub.subscriber_count, topic.groups) == (0, {})
