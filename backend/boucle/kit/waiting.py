"""Waiting for something, and no longer than so."""

import asyncio


async def is_set_within(event: asyncio.Event, seconds: float) -> bool:
    """Wait until the event is set, or for so many seconds; return whether it was set.

    `asyncio.wait_for` of Python 3.11 forgets to be cancelled in the moment in which the event comes: a loop around it
    would go on for ever, and with it the connection that it serves.
    """
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
