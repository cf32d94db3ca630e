"""How many statements something may send to the database."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

LOGGER = logging.getLogger("tortoise.db_client")


class _Counter(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.statements: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.statements.append(record.getMessage())


@contextmanager
def query_budget(most: int) -> Iterator[None]:
    """Fail where the block sends more statements than this."""
    counter, level = _Counter(), LOGGER.level
    LOGGER.addHandler(counter)
    LOGGER.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        LOGGER.removeHandler(counter)
        LOGGER.setLevel(level)
    sent = "\n".join(statement[:200] for statement in counter.statements)
    assert len(counter.statements) <= most, f"{len(counter.statements)} statements, {most} allowed:\n{sent}"
