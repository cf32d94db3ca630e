"""`boucle doctor`: looks at everything a deployment needs and says what to do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.exceptions import BaseORMException
from tortoise.migrations.executor import MigrationExecutor

from boucle.commands.valkey_address import with_running_valkey
from boucle.kit.clock import utc_now
from boucle.kit.database import WRITER, dialect_of, fetch, tortoise_config
from boucle.kit.mail import Mailer, MailFailed
from boucle.kit.valkey import ValkeyUnreachable, living_workers, without_password
from boucle.settings import Settings

WORKER_LAG_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `detail` says its state and, where it is not fine, the way out."""

    what: str
    is_fine: bool
    detail: str


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything; nothing is changed."""
    settings = with_running_valkey(settings)
    checks: list[Callable[[Settings], Awaitable[Finding]]] = [_migrations, _valkey, _worker, _mail]
    findings = [await _database(settings)]
    try:
        for check in checks if findings[0].is_fine else checks[1:]:
            findings.append(await check(settings))  # noqa: PERF401  (one after another, to be read in this order)
    finally:
        await Tortoise.close_connections()
    return findings


async def _database(settings: Settings) -> Finding:
    config = tortoise_config(settings.database)
    await Tortoise.init(config=config, _enable_global_fallback=True, init_connections=False)
    try:
        await fetch("SELECT 1 AS one")
    except (BaseORMException, OSError) as error:
        hint = "Check BOUCLE_DATABASE_URL and that the server runs."
        detail = f"{settings.shown_database} cannot be reached ({error}). {hint}"
        return Finding("database", is_fine=False, detail=detail)
    return Finding("database", is_fine=True, detail=settings.shown_database)


async def _migrations(settings: Settings) -> Finding:
    connection = get_connection(WRITER[dialect_of(settings.database)])
    executor = MigrationExecutor(connection, tortoise_config(settings.database)["apps"])
    waiting = await executor.plan(None)
    if waiting:
        detail = f"{len(waiting)} migrations have not run. Run `boucle migrate`."
        return Finding("migrations", is_fine=False, detail=detail)
    return Finding("migrations", is_fine=True, detail="up to date")


async def _valkey(settings: Settings) -> Finding:
    if settings.valkey_url is None:
        detail = "not running. Start `boucle run`, which brings its own, or set BOUCLE_VALKEY_URL."
        return Finding("valkey", is_fine=False, detail=detail)
    try:
        await living_workers(settings.valkey_url)
    except ValkeyUnreachable as error:
        return Finding("valkey", is_fine=False, detail=f"{error}. Check BOUCLE_VALKEY_URL.")
    return Finding("valkey", is_fine=True, detail=without_password(settings.valkey_url))


async def _worker(settings: Settings) -> Finding:
    if settings.valkey_url is None:
        return Finding("worker", is_fine=False, detail="unknown without Valkey. Start `boucle run` or `boucle worker`.")
    try:
        beats = await living_workers(settings.valkey_url)
    except ValkeyUnreachable as error:
        return Finding("worker", is_fine=False, detail=f"unknown: {error}.")
    now = utc_now()
    ages = {f"{each.host}:{each.pid}": (now - each.at).total_seconds() for each in beats}
    fresh = {name: age for name, age in ages.items() if age <= WORKER_LAG_SECONDS}
    if not fresh:
        detail = "none was seen in the last minute. Start `boucle worker` (or `boucle run`)."
        return Finding("worker", is_fine=False, detail=detail)
    return Finding("worker", is_fine=True, detail=", ".join(f"{name}, {age:.0f} s ago" for name, age in fresh.items()))


async def _mail(settings: Settings) -> Finding:
    if settings.mail_url is None:
        return Finding("mail", is_fine=True, detail="switched off: no mail is sent (set BOUCLE_MAIL_URL)")
    try:
        await Mailer(settings.mail_url, settings.mail_from).check()
    except MailFailed as error:
        detail = f"the server does not answer ({error}). Check BOUCLE_MAIL_URL."
        return Finding("mail", is_fine=False, detail=detail)
    return Finding("mail", is_fine=True, detail="the server answers")
