"""Memories of what was worked out for texts that clients send: bounded by what they hold, not by how often one asks."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Keeps at most so many values and, by estimate, so many bytes; what was not asked for longest goes first.

    Whoever chooses the keys could otherwise fill the memory with few of them. Threads may share one.
    """

    def __init__(self, *, most: int, most_bytes: int) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._held = 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    @property
    def held(self) -> int:
        """How many bytes all values take, by estimate."""
        return self._held

    def get(self, key: K) -> V | None:
        """Return what is kept under a key."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def keep(self, key: K, value: V, *, size: int) -> None:
        """Keep a value of about so many bytes; one that would take all the room alone is not kept."""
        if size > self._most_bytes:
            return
        with self._lock:
            self._forget(key)
            self._values[key] = (value, size)
            self._held += size
            while len(self._values) > self._most or self._held > self._most_bytes:
                self._forget(next(iter(self._values)))

    def _forget(self, key: K) -> None:
        known = self._values.pop(key, None)
        if known is not None:
            self._held -= known[1]
