"""Pure decisions about accounts: no I/O, no clock, no ORM."""

from collections.abc import Mapping
from dataclasses import dataclass

MAXIMUM_HOPS = 10


@dataclass(frozen=True, slots=True)
class Forwarding:
    """Where an assignment really goes (FWD-2, FWD-7).

    `via` are the absent people between the one first meant and the target, in order; the one first meant is not
    among them. `is_loop` says that the chain bites its tail, and so the one first meant keeps the assignment.
    """

    target: int
    via: tuple[int, ...] = ()
    is_loop: bool = False


def forward(user_id: int, substitutes: Mapping[int, int], *, maximum_hops: int = MAXIMUM_HOPS) -> Forwarding:
    """Follow absent users to their substitutes until somebody is there.

    A loop, or a chain of more than `maximum_hops` substitutes, leaves the assignment with `user_id`.
    """
    chain = [user_id]
    while (successor := substitutes.get(chain[-1])) is not None:
        if successor in chain:
            return Forwarding(user_id, is_loop=True)
        chain.append(successor)
    if len(chain) - 1 > maximum_hops:
        return Forwarding(user_id)
    return Forwarding(chain[-1], via=tuple(chain[1:-1]))
