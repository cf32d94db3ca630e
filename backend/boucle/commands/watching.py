"""Which files changed since one last looked; polled, so that it works on every file system."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

LEFT_OUT = frozenset({"__pycache__", "node_modules"})


class Watch:
    """Single files, and those of whole folders that have certain endings."""

    def __init__(self, places: Sequence[Path], endings: frozenset[str]) -> None:
        self._places = places
        self._endings = endings
        self._known = self._look()

    def changed(self) -> list[Path]:
        """Return what was written, added or removed since the last call."""
        before, self._known = self._known, self._look()
        return sorted(path for path in before.keys() | self._known.keys() if before.get(path) != self._known.get(path))

    def _look(self) -> dict[Path, int]:
        found: dict[Path, int] = {}
        for path in self._files():
            with suppress(FileNotFoundError):  # gone in between
                found[path] = path.stat().st_mtime_ns
        return found

    def _files(self) -> Iterator[Path]:
        for place in self._places:
            if place.is_file():
                yield place
            for parent, folders, names in os.walk(place):
                folders[:] = [name for name in folders if name not in LEFT_OUT]
                yield from (Path(parent, name) for name in names if Path(name).suffix in self._endings)
