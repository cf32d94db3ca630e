"""How long processes have kept processors busy: unlike rates, hardly touched by whoever else uses the machine."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from math import nan

import psutil

from benchmarks.load import Load

REAPED_SECONDS = 0.3  # what a process of the database used that has just ended is known only after its parent noticed


def seconds_of(pid: int) -> float:
    """Return the seconds that a process has used."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def seconds_of_children(pid: int) -> float:
    """Return the seconds that the children of a process have used, and those that have ended."""
    parent = psutil.Process(pid)
    ended = parent.cpu_times()
    total = float(ended.children_user + ended.children_system)
    for child in parent.children():
        with suppress(psutil.NoSuchProcess):
            total += seconds_of(child.pid)
    return total


def accounted(turn: Callable[[], Load], *, server: int | None, database: int | None) -> Load:
    """Return what a turn saw, with the milliseconds that server and database were busy for one answer."""
    before = _used(server, database)
    load = turn()
    time.sleep(REAPED_SECONDS)
    after = _used(server, database)
    costs = [1000 * (end - start) / load.answers for start, end in zip(before, after, strict=True)]
    return replace(load, server=costs[0], database=costs[1])


def _used(server: int | None, database: int | None) -> tuple[float, float]:
    return (
        nan if server is None else seconds_of(server),
        nan if database is None else seconds_of_children(database),
    )
