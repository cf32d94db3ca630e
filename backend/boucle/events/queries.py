"""Reads of the log by what it is about."""

from boucle.events.log import event_of
from boucle.events.models import Event
from boucle.kit.database import fetch, placeholders


async def last_events_of_tickets(ticket_ids: list[int], *, each: int) -> dict[int, list[Event]]:
    """Return up to `each` newest events of every ticket, newest first, in one statement."""
    marks = placeholders(len(ticket_ids) + 1)
    rows = await fetch(
        f"""SELECT * FROM (
                SELECT e.*, row_number() OVER (PARTITION BY ticket_id ORDER BY id DESC) AS place
                FROM events e WHERE ticket_id IN ({",".join(marks[:-1])})
            ) ranked WHERE place <= {marks[-1]} ORDER BY ticket_id, place""",  # noqa: S608  (no input in it)
        [*ticket_ids, each],
    )
    found: dict[int, list[Event]] = {ticket_id: [] for ticket_id in ticket_ids}
    for row in rows:
        values = {name: value for name, value in row.items() if name != "place"}
        found[int(values["ticket_id"])].append(event_of(values))
    return found
