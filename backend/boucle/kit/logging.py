"""Structured logs of everything that runs here, our own and the libraries', with request, user and job ids."""

import logging
import sys
from typing import Literal

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import Processor

NOISY = ("arq", "asyncio", "tortoise", "aiosqlite", "uvicorn", "websockets")

_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def configure_logging(form: Literal["console", "json"], level: str) -> None:
    """Send all logs of this process to standard error, one line each."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *_SHARED], processors=_rendering(form)
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # That the database is away is told once by us, not with a stack for each connection.
    logging.getLogger("asyncpg").setLevel(logging.ERROR)


def _rendering(form: Literal["console", "json"]) -> list[Processor]:
    """Write errors with where they came from, without the values there.

    Those may be a customer's words or a secret, and to write them takes seconds in which nobody is answered.
    """
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if form == "json":
        places = ExceptionDictTransformer(show_locals=False)
        return [remove_meta, structlog.processors.ExceptionRenderer(places), structlog.processors.JSONRenderer()]
    plain = structlog.dev.plain_traceback
    return [remove_meta, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]


def bind_log_context(*, request_id: str | None = None, user_id: int | None = None, job_id: str | None = None) -> None:
    """Put ids on every line that this task logs from now on, and on those of tasks it starts."""
    ids = {"request_id": request_id, "user_id": user_id, "job_id": job_id}
    structlog.contextvars.bind_contextvars(**{name: value for name, value in ids.items() if value is not None})
