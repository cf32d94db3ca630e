"""Who is behind a cookie's or a token's secret, with their rights as they are now: one statement per request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from boucle.accounts.access import Viewer
from boucle.accounts.models import Language
from boucle.accounts.permissions import Permission, effective_permissions
from boucle.kit.conditions import Compare, Comparison, Condition, IsMissing, all_of, any_of, equals
from boucle.kit.database import Dialect, dialect, fetch
from boucle.kit.passwords import digest_secret
from boucle.kit.statements import Statement


@dataclass(frozen=True, slots=True)
class Credential:
    """A live session or token: whose it is, and when it was last seen in use (`None`: never)."""

    viewer: Viewer
    last_used_at: datetime | None


async def session_of_secret(secret: str, *, now: datetime) -> Credential | None:
    """Return the live session behind a cookie's secret."""
    return await _session(equals("secret_digest", digest_secret(secret)), now)


async def session_of_id(session_id: int, *, now: datetime) -> Credential | None:
    """Return a session that is still live."""
    return await _session(equals("id", session_id), now)


async def token_of_secret(secret: str, *, now: datetime) -> Credential | None:
    """Return the live API token behind a bearer secret."""
    return await _token(equals("secret_digest", digest_secret(secret)), now)


async def token_of_id(token_id: int, *, now: datetime) -> Credential | None:
    """Return an API token that is still live."""
    return await _token(equals("id", token_id), now)


async def _session(which: Condition, now: datetime) -> Credential | None:
    is_live = all_of(which, IsMissing("ended_at"), Compare("expires_at", Comparison.MORE, now))
    row = await _row("sessions", "c.last_seen_at AS last_used_at, NULL AS narrowed", is_live)
    return None if row is None else _credential(row, session_id=row["id"])


async def _token(which: Condition, now: datetime) -> Credential | None:
    not_over = any_of(IsMissing("expires_at"), Compare("expires_at", Comparison.MORE, now))
    is_live = all_of(which, IsMissing("revoked_at"), not_over)
    row = await _row("api_tokens", "c.last_used_at, c.permissions AS narrowed", is_live)
    return None if row is None else _credential(row, token_id=row["id"])


async def _row(table: str, columns: str, is_live: Condition) -> Mapping[str, Any] | None:
    statement = Statement(dialect())
    listed = "string_agg" if statement.dialect is Dialect.POSTGRES else "group_concat"
    statement.add(
        f"SELECT c.id, {columns}, u.id AS user_id, u.name, u.language, u.time_zone, u.granted, u.revoked,"  # noqa: S608  (no input in it)
        f" t.permissions, (SELECT {listed}(CAST(m.team_id AS text), ',') FROM team_members m"
        " WHERE m.user_id = u.id) AS team_ids"
        f" FROM {table} c JOIN users u ON u.id = c.user_id JOIN user_types t ON t.id = u.user_type_id"
        " WHERE u.is_active AND "
    )
    statement.condition(is_live, "c")
    rows = await fetch(statement.text, statement.values)
    return rows[0] if rows else None


def _credential(row: Mapping[str, Any], *, session_id: int | None = None, token_id: int | None = None) -> Credential:
    permissions = effective_permissions(
        _names(row["permissions"]), granted=_names(row["granted"]), revoked=_names(row["revoked"])
    )
    if row["narrowed"] is not None:
        permissions &= {Permission(name) for name in _names(row["narrowed"]) if name in set(Permission)}
    viewer = Viewer(
        user_id=row["user_id"],
        name=row["name"],
        permissions=permissions,
        team_ids=frozenset(int(number) for number in (row["team_ids"] or "").split(",") if number),
        language=Language(row["language"]),
        time_zone=row["time_zone"],
        session_id=session_id,
        token_id=token_id,
    )
    used = row["last_used_at"]
    return Credential(viewer, datetime.fromisoformat(used) if isinstance(used, str) else used)


def _names(value: str | Sequence[str]) -> Sequence[str]:
    """Drivers hand out JSON as text, or parsed where the ORM has taught them to."""
    return orjson.loads(value) if isinstance(value, str) else value
