"""Who is behind a cookie's or a token's secret, with their rights as they are now.

That takes one statement per request. A query that the planner answers whole saves it: it asks by a credential that
this process remembers, and the statement that reads the data also reads the credential's *seal*, a text that changes
with every right. Where the seal is another, the answer is thrown away and the secret is looked up as ever: rights are
always those of the moment, in the very snapshot of the data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

import orjson

from boucle.accounts.access import Viewer
from boucle.accounts.models import Language
from boucle.accounts.permissions import Permission, effective_permissions
from boucle.kit.conditions import Compare, Comparison, Condition, IsMissing, all_of, any_of, equals
from boucle.kit.database import Dialect, dialect, fetch, memory_of
from boucle.kit.passwords import digest_secret
from boucle.kit.statements import Statement

MOST_REMEMBERED = 10_000
MOST_SEALED = 1_000


class Table(StrEnum):
    """What a secret is a secret of."""

    SESSIONS = "sessions"
    API_TOKENS = "api_tokens"


ENDED = {Table.SESSIONS: "ended_at", Table.API_TOKENS: "revoked_at"}


@dataclass(frozen=True, slots=True)
class Credential:
    """A live session or token: whose it is, when it was last seen in use (`None`: never) and when it ends by itself."""

    viewer: Viewer
    last_used_at: datetime | None
    expires_at: datetime | None
    seal: str


_remembered: dict[tuple[Table, str], Credential] = memory_of(Credential)


def remembered(table: Table, digest: str) -> Credential | None:
    """Return the credential as this process saw it last; only to be used with its seal."""
    return _remembered.get((table, digest))


def forget(table: Table, digest: str) -> None:
    """Let the next request look the credential up."""
    _remembered.pop((table, digest), None)


def _remember(table: Table, digest: str, credential: Credential | None) -> None:
    if credential is None:
        forget(table, digest)
        return
    if len(_remembered) >= MOST_REMEMBERED:
        _remembered.clear()
    _remembered[table, digest] = credential


@lru_cache(MOST_SEALED)
def sealed(columns: str, rest: str, table: Table, values: int, kind: Dialect) -> str:
    """Return a statement with the seal between its columns and what follows them, as one more column.

    `values` is how many the statement has. The digest is one more: the last on PostgreSQL, the first of `rest` on
    SQLite, whose marks have no numbers.
    """
    mark = f"${values + 1}" if kind is Dialect.POSTGRES else "?"
    is_live = f"u.is_active AND c.{ENDED[table]} IS NULL AND c.secret_digest = {mark}"
    return f"{columns}, (SELECT {_seal(table, kind)}{_from(table)} WHERE {is_live}){rest}"


async def session_of_secret(secret: str, *, now: datetime) -> Credential | None:
    """Return the live session behind a cookie's secret."""
    digest = digest_secret(secret)
    found = await _session(equals("secret_digest", digest), now)
    _remember(Table.SESSIONS, digest, found)
    return found


async def session_of_id(session_id: int, *, now: datetime) -> Credential | None:
    """Return a session that is still live."""
    return await _session(equals("id", session_id), now)


async def token_of_secret(secret: str, *, now: datetime) -> Credential | None:
    """Return the live API token behind a bearer secret."""
    digest = digest_secret(secret)
    found = await _token(equals("secret_digest", digest), now)
    _remember(Table.API_TOKENS, digest, found)
    return found


async def token_of_id(token_id: int, *, now: datetime) -> Credential | None:
    """Return an API token that is still live."""
    return await _token(equals("id", token_id), now)


async def _session(which: Condition, now: datetime) -> Credential | None:
    is_live = all_of(which, IsMissing("ended_at"), Compare("expires_at", Comparison.MORE, now))
    row = await _row(Table.SESSIONS, "c.last_seen_at AS last_used_at, NULL AS narrowed", is_live)
    return None if row is None else _credential(row, session_id=row["id"])


async def _token(which: Condition, now: datetime) -> Credential | None:
    not_over = any_of(IsMissing("expires_at"), Compare("expires_at", Comparison.MORE, now))
    is_live = all_of(which, IsMissing("revoked_at"), not_over)
    row = await _row(Table.API_TOKENS, "c.last_used_at, c.permissions AS narrowed", is_live)
    return None if row is None else _credential(row, token_id=row["id"])


async def _row(table: Table, columns: str, is_live: Condition) -> Mapping[str, Any] | None:
    statement = Statement(dialect())
    statement.add(
        f"SELECT c.id, {columns}, c.expires_at, u.id AS user_id, u.name, u.language, u.time_zone, u.granted,"
        f" u.revoked, t.permissions, {_teams(statement.dialect)} AS team_ids, {_seal(table, statement.dialect)} AS seal"
        f"{_from(table)} WHERE u.is_active AND "
    )
    statement.condition(is_live, "c")
    rows = await fetch(statement.text, statement.values)
    return rows[0] if rows else None


def _from(table: Table) -> str:
    return f" FROM {table} c JOIN users u ON u.id = c.user_id JOIN user_types t ON t.id = u.user_type_id"


def _teams(kind: Dialect) -> str:
    listed = "string_agg" if kind is Dialect.POSTGRES else "group_concat"
    members = "(SELECT team_id FROM team_members WHERE user_id = u.id ORDER BY team_id) m"
    return f"(SELECT {listed}(CAST(m.team_id AS text), ',') FROM {members})"  # noqa: S608  (no input in it)


def _seal(table: Table, kind: Dialect) -> str:
    """Return the SQL of everything that a viewer is made of, as one text."""
    narrowed = "c.permissions" if table is Table.API_TOKENS else "''"
    columns = ("c.id", "c.expires_at", narrowed, "u.id", "u.name", "u.language", "u.time_zone", "u.granted")
    terms = [*columns, "u.revoked", "t.permissions", _teams(kind)]
    return " || '|' || ".join(f"coalesce(CAST({term} AS text), '')" for term in terms)


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
        is_narrowed=row["narrowed"] is not None,
    )
    return Credential(viewer, _moment(row["last_used_at"]), _moment(row["expires_at"]), row["seal"])


def _moment(value: str | datetime | None) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _names(value: str | Sequence[str]) -> Sequence[str]:
    """Drivers hand out JSON as text, or parsed where the ORM has taught them to."""
    return orjson.loads(value) if isinstance(value, str) else value
