"""Charging operations to who asks for them: what they ask for is taken before, what they did not get is given back."""

from dataclasses import dataclass
from math import ceil

from boucle.api.context import Context
from boucle.kit.allowances import Allowances
from boucle.kit.phrases import Phrase

Report = dict[str, int]


@dataclass(frozen=True, slots=True)
class Charge:
    """What was taken for one operation, from whom: signing in makes somebody else of who asks."""

    allowances: Allowances
    caller: str
    requested: int

    def cancel(self) -> None:
        """Give back everything: the operation did not run."""
        self.allowances.give_back(self.caller, self.requested)

    def settled(self, answered: bytes, *, is_out_of_time: bool = False) -> Report:
        """Give back what was not returned of what was asked for; return what `extensions.cost` says.

        What took too long to answer has cost all that it asked for.
        """
        actual = self.requested if is_out_of_time else min(self.requested, objects_in(answered))
        self.allowances.give_back(self.caller, self.requested - actual)
        return _report(self.allowances, self.caller, self.requested, actual)


async def charge(context: Context, cost: int) -> Charge:
    """Take the cost from the allowance of who asks; raise the refusal `THROTTLED` where too little is left."""
    allowances, caller = context.services.allowances, caller_of(context)
    if cost == 0:
        return Charge(allowances, caller, 0)
    draw = await allowances.draw(caller, cost)
    if draw.is_granted:
        return Charge(allowances, caller, cost)
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


def free_of_charge(context: Context, requested: int) -> Report:
    """Return `extensions.cost` of an operation for which nothing was taken."""
    return _report(context.services.allowances, caller_of(context), requested, 0)


def _report(allowances: Allowances, caller: str, requested: int, actual: int) -> Report:
    return {
        "requested": requested,
        "actual": actual,
        "available": allowances.available(caller),
        "restoreRate": allowances.bucket.restore_rate,
    }


def objects_in(answered: bytes) -> int:
    """Return how many objects a JSON text holds below the outermost: never too few, and without parsing it.

    Every object begins with a brace; those in texts are counted too. One sign is looked for ten times as fast as two.
    """
    return max(0, answered.count(b"{") - 1)


def caller_of(context: Context) -> str:
    """Return whose allowance it is: a token's, a user's for all browsers, an address' before signing in."""
    viewer = context.viewer
    if viewer is None:
        client = context.connection.client
        return f"address:{client.host if client is not None else ''}"
    return f"token:{viewer.token_id}" if viewer.token_id is not None else f"user:{viewer.user_id}"
