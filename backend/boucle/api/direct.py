"""The short way of a query, for whoever was here before: from the body to the planner and back as bytes.

All else, and whatever is not plain, goes the long way through Strawberry's view, which answers the same.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from weakref import WeakSet

import orjson
from graphql import GraphQLError, OperationType
from starlette.requests import Request
from starlette.responses import Response

from boucle.accounts.access import Viewer
from boucle.accounts.actions.sessions import SEEN_EVERY
from boucle.accounts.actions.tokens import USED_EVERY
from boucle.accounts.credentials import Credential, Table, forget, remembered, sealed
from boucle.api.answering import in_time, took_too_long
from boucle.api.authentication import COOKIE
from boucle.api.charging import Charge, charge
from boucle.api.context import Context, note_live_cursor
from boucle.api.given_values import excess_of_values
from boucle.api.masking import BY_PLANNER, BoucleSchema, masked_errors
from boucle.api.operations import Ready
from boucle.api.services import Services
from boucle.kit.database import Dialect, dialect, fetch_rows
from boucle.kit.logging import bind_log_context
from boucle.kit.passwords import digest_secret
from boucle.kit.remembering import Remembered
from boucle.planner.executing import Answer, Rehearsed, perform, rehearsed
from boucle.planner.plans import Written

MOST_REHEARSED = 2_000
MOST_REHEARSED_BYTES = 64 * 1024 * 1024
LONGEST_REHEARSED = 4_096  # of a query's variables, in bytes: what a client sends must not fill the memory
RESPONSE_JSON = "application/graphql-response+json"
TYPES = {True: f"{RESPONSE_JSON}; charset=utf-8", False: "application/json; charset=utf-8"}
KEYS = frozenset({"query", "variables", "operationName", "extensions"})
NOTED_EVERY: Mapping[Table, timedelta] = {Table.SESSIONS: SEEN_EVERY, Table.API_TOKENS: USED_EVERY}
NOTHING = Written("SELECT 1", "", (), 0, ())
NOT_HERE = Answer(None, [])  # the long way has to be taken


class SealBroken(Exception):
    """The credential is no longer what this process remembers."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query in the body of a request."""

    text: str
    ready: Ready
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A credential that this process remembers, and where its secret is looked up."""

    table: Table
    digest: str
    credential: Credential

    def is_current(self, services: Services) -> bool:
        """Whether it has not ended by itself, and its use was noted a short while ago."""
        now, known_until, used = services.now(), self.credential.expires_at, self.credential.last_used_at
        return (known_until is None or known_until > now) and used is not None and now - used < NOTED_EVERY[self.table]


@dataclass(slots=True)
class Reading:
    """Runs statements and looks at the seal in each of them."""

    seal: Sealed
    is_seen: bool = False
    is_broken: bool = False

    async def read(self, written: Written) -> Sequence[Sequence[Any]]:
        """Return the rows of a statement; raise `SealBroken` where the seal is another."""
        kind, values = dialect(), [*written.values]
        text = sealed(written.columns, written.rest, self.seal.table, len(values), kind)
        values.insert(len(values) if kind is Dialect.POSTGRES else written.in_columns, self.seal.digest)
        rows = await fetch_rows(text, values)
        if rows:
            self.is_seen = True
            if rows[0][-1] != self.seal.credential.seal:
                self.is_broken = True
                raise SealBroken
        return rows

    async def check(self) -> None:
        """Look at the seal alone, where no row has shown it."""
        if not self.is_seen:
            with suppress(SealBroken):
                await self.read(NOTHING)


@dataclass(frozen=True, slots=True)
class Priced:
    """What a query costs, and its statements where they are all that it needs."""

    cost: int
    query: Rehearsed | None


@dataclass(slots=True)
class ShortWay:
    """Answers queries without the layers of the view; `None` where the long way has to be taken."""

    schema: BoucleSchema
    _rehearsed: Remembered[tuple[Ready, Viewer, bytes], Priced] = field(
        default_factory=lambda: Remembered(most=MOST_REHEARSED, most_bytes=MOST_REHEARSED_BYTES)
    )
    _kept: WeakSet[Ready] = field(default_factory=WeakSet)

    async def answer(self, request: Request, body: bytes) -> Response | None:
        """Return the answer to a POST whose body was read."""
        accepts = request.headers.get("accept", "*/*")
        if "json" not in accepts and accepts != "*/*":
            return None
        services: Services = request.app.state.services
        asked, seal = await self._asked(body), _seal_of(request, services)
        if asked is None or seal is None:
            return None
        context = Context(services, request, None, seal.credential.viewer)
        priced = self._priced(asked, context, seal.credential.viewer)
        if priced.cost > services.settings.cost_limit:
            return None
        try:
            taken = await charge(context, priced.cost)
        except GraphQLError:
            return None
        answer = await in_time(asked.ready, context, self._answered(asked, priced.query, context, Reading(seal)))
        if answer is NOT_HERE:
            taken.cancel()
            return None
        BY_PLANNER.inc()
        bind_log_context(user_id=seal.credential.viewer.user_id)
        return _response(answer, context, taken, is_modern=RESPONSE_JSON in accepts)

    async def _answered(self, asked: Question, query: Rehearsed | None, context: Context, reading: Reading) -> Answer:
        if query is not None:
            answer = await perform(query, context, reading.read)
        else:
            await note_live_cursor(asked.text)
            answer = await self.schema.operations.answer(asked.ready, context, asked.variables, read=reading.read)
        await reading.check()
        if reading.is_broken:
            forget(reading.seal.table, reading.seal.digest)
            return NOT_HERE
        has_run = answer.data is not None or any(error.path for error in answer.errors)
        return answer if has_run else NOT_HERE

    async def _asked(self, body: bytes) -> Question | None:
        try:
            data = orjson.loads(body)
        except orjson.JSONDecodeError:
            return None
        if not isinstance(data, dict) or not data.keys() <= KEYS:
            return None
        query, name, variables = data.get("query"), data.get("operationName"), data.get("variables")
        if not isinstance(query, str) or not isinstance(name, str | None) or not isinstance(variables, dict | None):
            return None
        await self.schema.operations.meet(query, name)
        ready = self.schema.operations.ready(query, name) if query else None
        if ready is None or ready.kind is not OperationType.QUERY:
            return None
        return None if excess_of_values(variables or {}, ready.uses) else Question(query, ready, variables or {})

    def _priced(self, asked: Question, context: Context, viewer: Viewer) -> Priced:
        """Return the query as it was written for the same viewer and variables before, unless time is in it."""
        names = asked.ready.prepared[dialect()].variable_names
        sent = orjson.dumps({name: asked.variables[name] for name in names if name in asked.variables})
        key = (asked.ready, viewer, sent)
        found = self._rehearsed.get(key)
        if found is not None:
            return found
        query = rehearsed(asked.ready.prepared[dialect()], context, asked.variables)
        priced = Priced(asked.ready.price.of(asked.variables), query)
        is_lasting = not context.has_told_time and (query is None or not query.is_refused)
        if is_lasting and len(sent) <= LONGEST_REHEARSED:
            self._rehearsed.keep(key, priced, size=self._bytes_of(asked.ready, sent, query))
        return priced

    def _bytes_of(self, ready: Ready, sent: bytes, query: Rehearsed | None) -> int:
        """Estimate what it takes to keep a query; the first one of an operation keeps its document too."""
        size = len(sent) + (query.length if query is not None else 0)
        if ready in self._kept:
            return size
        self._kept.add(ready)
        return size + ready.held


def _seal_of(request: Request, services: Services) -> Sealed | None:
    """Return what is remembered of the secret in a request."""
    authorization = request.headers.get("authorization")
    if authorization is not None:
        scheme, _, secret = authorization.partition(" ")
        table, secret = Table.API_TOKENS, secret.strip() if scheme.lower() == "bearer" else ""
    else:
        table, secret = Table.SESSIONS, request.cookies.get(COOKIE, "")
    if not secret:
        return None
    digest = digest_secret(secret)
    credential = remembered(table, digest)
    if credential is None:
        return None
    seal = Sealed(table, digest, credential)
    return seal if seal.is_current(services) else None


def _response(answer: Answer, context: Context, taken: Charge, *, is_modern: bool) -> Response:
    data = orjson.dumps(answer.data)
    others: dict[str, Any] = {"extensions": {"cost": taken.settled(data, is_out_of_time=took_too_long(answer))}}
    if answer.errors:
        others["errors"] = [each.formatted for each in masked_errors(answer.errors, context)]
    # The data is not written a second time into what stands around it.
    return Response(b'{"data":%b,%b' % (data, orjson.dumps(others)[1:]), headers={"content-type": TYPES[is_modern]})
