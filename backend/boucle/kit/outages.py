"""Saying in the log that something outside of this process is away: once, then seldom, and once when it is back."""

import time
from collections.abc import Callable
from datetime import timedelta

import structlog

log = structlog.get_logger(__name__)
REMINDED_EVERY = timedelta(minutes=1)


class Outage:
    """Whether one thing that many need is away. Each of them would else write a line for each try."""

    def __init__(self, what: str, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._what = what
        self._seconds = seconds
        self._since: float | None = None
        self._told_at = 0.0
        self._untold = 0

    def goes_on(self, error: object, *, during: str) -> None:
        """Note one more failure; `during` names what was to be done."""
        now = self._seconds()
        if self._since is not None and now - self._told_at < REMINDED_EVERY.total_seconds():
            self._untold += 1
            return
        self._since = now if self._since is None else self._since
        log.warning("away", what=self._what, during=during, error=str(error), failures_before=self._untold)
        self._told_at, self._untold = now, 0

    def is_over(self) -> None:
        """Note that it answers, again or still."""
        if self._since is None:
            return
        seconds = round(self._seconds() - self._since, 1)
        log.info("back", what=self._what, seconds_away=seconds, failures=self._untold)
        self._since, self._untold = None, 0


valkey_outage = Outage("valkey")
