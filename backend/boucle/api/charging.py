"""Charging operations to who asks for them: what they ask for is taken before, what they did not get is given back."""

from dataclasses import dataclass
from math import ceil

from boucle.api.context import Context
from boucle.kit.phrases import Phrase

Report = dict[str, int]


@dataclass(frozen=True, slots=True)
class Charge:
    """What was taken for one operation."""

    context: Context
    requested: int

    def cancel(self) -> None:
        """Give back everything: the operation did not run."""
        self.context.services.allowances.give_back(caller_of(self.context), self.requested)

    def settled(self, answered: bytes) -> Report:
        """Give back what was not returned of what was asked for; return what `extensions.cost` says."""
        actual = min(self.requested, objects_in(answered))
        self.context.services.allowances.give_back(caller_of(self.context), self.requested - actual)
        return reported(self.context, self.requested, actual=actual)


async def charge(context: Context, cost: int) -> Charge:
    """Take the cost from the allowance of who asks; raise the refusal `THROTTLED` where too little is left."""
    if cost == 0:
        return Charge(context, 0)
    allowances = context.services.allowances
    draw = await allowances.draw(caller_of(context), cost)
    if draw.is_granted:
        return Charge(context, cost)
    seconds = max(1, ceil(draw.wait.total_seconds()))
    phrase = Phrase(
        "This operation costs {cost} and {available} are left of your allowance. Repeat it in {seconds} s, or ask for "
        "smaller pages.",
        cost=cost,
        available=draw.available,
        seconds=seconds,
    )
    report = {"requested": cost, "available": draw.available, "restoreRate": allowances.bucket.restore_rate}
    raise context.refusal("THROTTLED", phrase, cost=report, retryAfter=seconds)


def objects_in(answered: bytes) -> int:
    """Return how many objects a JSON text holds below the outermost: never too few, and without parsing it.

    Only an object begins with these two signs, but for a text that ends in a brace, and free JSON data.
    """
    return max(0, answered.count(b'{"') - 1)


def reported(context: Context, requested: int, *, actual: int) -> Report:
    """Return `extensions.cost` of an answered operation."""
    allowances = context.services.allowances
    return {
        "requested": requested,
        "actual": actual,
        "available": allowances.available(caller_of(context)),
        "restoreRate": allowances.bucket.restore_rate,
    }


def caller_of(context: Context) -> str:
    """Return whose allowance it is: a token's, a user's for all browsers, an address' before signing in."""
    viewer = context.viewer
    if viewer is None:
        client = context.connection.client
        return f"address:{client.host if client is not None else ''}"
    return f"token:{viewer.token_id}" if viewer.token_id is not None else f"user:{viewer.user_id}"
