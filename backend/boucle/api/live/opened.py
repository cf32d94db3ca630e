"""What a live root field answers: an interest in the log, to be followed from a position on."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Hashable
from contextlib import AbstractContextManager, aclosing, nullcontext
from dataclasses import dataclass

from graphql import GraphQLError
from starlette.websockets import WebSocket

from boucle.api.context import Context
from boucle.api.live.access import WatchedConnection
from boucle.api.live.messages import Item, MakeTopic, Message, Renderer, Written
from boucle.api.live.rendering import PlainRenderer
from boucle.api.live.sockets import TOO_SLOW, CloseLater
from boucle.api.live.subscribers import AccessEnded, Phase, QueuedSubscription, Subscription, TooSlow
from boucle.api.live.types import CaughtUp
from boucle.api.scalars import LogCursor
from boucle.events.cursor import Cursor, parse_cursor
from boucle.kit.phrases import Phrase


@dataclass(slots=True, eq=False)
class LiveStream:
    """A stream that has not begun. Sockets follow it themselves; everybody else iterates over it."""

    context: Context
    make_topic: MakeTopic
    interest: Hashable
    start: Cursor | None

    @property
    def asker(self) -> Context:
        """Who asks, as they are now; whatever is written for them may be written for others later."""
        return self.context.kept()

    def join(self, subscription: Subscription) -> None:
        """Let the process tell a subscription of what this stream is about."""
        hub = self.context.services.hub
        hub.join(subscription, hub.topic(self.make_topic), self.interest)

    async def follow(self, renderer: Renderer) -> AsyncGenerator[Written, None]:
        """Yield what was missed, then what happens, with the viewer's rights as they are at each moment."""
        context = self.context
        subscription = QueuedSubscription(
            context.services.settings.live_queue, context.signed_in, renderer, _on_overflow(context)
        )
        subscription.phase = Phase.REPLAYING  # from the start: rights that have changed are noted for the replay
        with self._watched(subscription) as connection:
            self.join(subscription)
            try:
                if connection is not None:  # what happened since the viewer was read was not for it to hear
                    await connection.check(context.services.hub.position)
                    subscription.check()
                async with aclosing(self._items(subscription)) as items:
                    async for item in items:
                        yield item.written
                        if item.message.is_last:
                            return
            except TooSlow:
                await _wait_for_close(context)
                raise too_slow(context) from None
            except AccessEnded:
                await _wait_for_close(context)
                raise context.unauthenticated() from None
            finally:
                context.services.hub.leave(subscription)

    async def _items(self, subscription: QueuedSubscription) -> AsyncGenerator[Item, None]:
        async with aclosing(self.context.services.hub.catch_up(subscription, self.start)) as replay:
            async for items in replay:
                for item in items:
                    yield item
        yield await caught_up(subscription)
        subscription.go_live()
        while True:
            for item in await subscription.take():
                yield item

    def _watched(self, subscription: Subscription) -> AbstractContextManager[WatchedConnection | None]:
        """Watch a stream over HTTP; sockets are watched as a whole."""
        if isinstance(self.context.connection, WebSocket):
            return nullcontext()
        return self.context.services.hub.watched(WatchedConnection(self.context, _nothing, {subscription}))

    def __aiter__(self) -> AsyncIterator[object]:
        """Leave the messages to Strawberry's executor."""
        return self.follow(PlainRenderer(self.asker))


def live_stream(context: Context, make_topic: MakeTopic, interest: Hashable, after: str | None) -> LiveStream:
    """Return the stream of an interest after a client's cursor; `None`: from now on."""
    return LiveStream(context, make_topic, interest, None if after is None else parse_cursor(after))


async def caught_up(subscription: Subscription) -> Item:
    """Return what says that everything missed has been told."""
    at = subscription.last
    message = Message(at, CaughtUp(cursor=LogCursor(str(at)), replayed=subscription.replayed))
    [written] = await subscription.renderer.write([message.body])
    return Item(message, written)


def too_slow(context: Context) -> GraphQLError:
    """Return the error of a stream over HTTP whose client did not keep up."""
    return context.refusal(
        "TOO_SLOW",
        Phrase(
            "This client reads too slowly. Subscribe again after the last cursor that it has seen; nothing is lost."
        ),
    )


async def _wait_for_close(context: Context) -> None:
    """On a socket, wait for its close code; to end the stream would say "complete", as if nothing were missing."""
    if isinstance(context.connection, WebSocket):
        await asyncio.Event().wait()


def _on_overflow(context: Context) -> Callable[[], None]:
    """Return what closes a client that cannot keep up; it comes back with its cursor and loses nothing."""
    if isinstance(context.connection, WebSocket):
        return CloseLater(context.connection, TOO_SLOW, "Too slow: resume by cursor")
    return lambda: None  # a stream over HTTP says it itself


async def _nothing() -> None:
    """Leave the end to the stream itself."""
