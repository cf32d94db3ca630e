"""The main path: an answer comes in, its customer is found, an unhappy one becomes a ticket; all in one commit.

Answers that come in at the same time share a commit; each is answered only once it is durable.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from boucle.events.actor import Actor
from boucle.flows.receiving import Arrival, Outcome, arrival_of, nobody_waits, receive_together
from boucle.kit.database import Dialect, dialect, is_out_of_reach
from boucle.kit.errors import DomainError
from boucle.kit.group_commit import GroupCommit
from boucle.kit.unit_of_work import unit_of_work
from boucle.kit.work_state import is_in_unit_of_work
from boucle.surveys.answers import Submission
from boucle.surveys.models import Channel, Survey

# Each answer holds up to four names, and PostgreSQL has room for some thousands among all processes.
MOST_TOGETHER = 250
LANES = 2


async def receive_response(
    actor: Actor, survey: Survey, submission: Submission, *, channel: Channel, now: datetime
) -> Outcome:
    """Store an answer, match or make its contact, open a ticket where the survey's rule says so.

    The same external id with the same answers gives the first outcome again, even after the survey was closed.
    Raises `Closed`, `IdempotencyMismatch`, or `Several` with every wrong answer; then nothing is stored.
    """
    arrival = await arrival_of(actor, survey, submission, channel=channel, now=now)
    if isinstance(arrival.checked, DomainError) and arrival.sent_id is None:
        raise arrival.checked
    if not is_in_unit_of_work():
        return await _together.hand_in(arrival)
    [outcome] = await receive_together([arrival])
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


async def receive_responses(
    arrivals: Sequence[Arrival], *, once_held: Callable[[], None] = nobody_waits
) -> Sequence[Outcome | Exception]:
    """Receive answers in one commit; each is told its own outcome or error, in order.

    What the database refuses is looked for by halves, so that one bad answer fails alone.
    """
    try:
        async with unit_of_work():
            return await receive_together(arrivals, once_held=once_held)
    except Exception as error:
        if is_out_of_reach(error):
            raise  # it may even have been committed
        if len(arrivals) == 1:
            return [error]
    half = len(arrivals) // 2
    return [*await receive_responses(arrivals[:half]), *await receive_responses(arrivals[half:])]


def _lanes() -> int:
    # SQLite has one writer, who would only be waited for.
    return LANES if dialect() is Dialect.POSTGRES else 1


_together = GroupCommit(receive_responses, most=MOST_TOGETHER, lanes=_lanes)
