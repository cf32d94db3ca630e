"""Streams of events over HTTP, for clients that have no socket."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import cast

from anyio import CancelScope
from starlette.responses import StreamingResponse
from starlette.types import Send


class EventStream(StreamingResponse):
    """Ends its subscription whenever the answer ends, also where the connection was cut while a message was written.

    Starlette and Strawberry leave their generators to the garbage collector then, which may take its time.
    """

    def __init__(
        self, text: AsyncIterator[str], *, source: AsyncGenerator[object, None], headers: Mapping[str, str]
    ) -> None:
        super().__init__(text, headers=headers)
        self.source = source

    async def stream_response(self, send: Send) -> None:
        try:
            await super().stream_response(send)
        finally:
            with CancelScope(shield=True):
                async with aclosing(self.source):
                    await cast("AsyncGenerator[str, None]", self.body_iterator).aclose()
