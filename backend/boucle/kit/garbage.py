"""When the garbage collector looks for rings of objects: rarely, and not among what stays."""

import gc

# A batch makes tens of thousands of objects, none of them in rings, and lets them all go at its end.
OBJECTS_BEFORE_A_ROUND = 20_000


def spare_garbage_rounds() -> None:
    """Take what the start has made out of the rounds: it stays, and to walk it delays answers."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BEFORE_A_ROUND)
