"""A believable company of any size, made by SQL: some rows for each statement would take hours for ten millions.

Nothing is random: every choice is a hash of the row's number, so that all engines and all runs hold the same rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.agents import Company, hire
from boucle.kit.database import Dialect, close_database, dialect_of, execute, fetch, open_database
from boucle.kit.jobs import RecordingQueue, install_queue
from tests.databases import prepare

TICKETS_PER_CONTACT = 5
DOZENS = 64
ANSWERED = 85  # percent of the tickets that come from a response
FIRST_SECOND = 1_704_067_200  # 2024-01-01
SECONDS = 2 * 365 * 86_400
PRIME = 2_147_483_647  # products of two numbers below it fit into 64 bits
FIRST_NAMES = ("Léa", "Hugo", "Zoé", "Anaïs", "Noël", "Chloé", "Jean-Luc", "Maëlle", "Inès", "Paul", "Åsa", "Yanis")
LAST_NAMES = ("Martin", "Lefèvre", "O’Brien", "Garçon", "D'Angelo", "Nguyễn", "Dupont", "Müller", "Da Silva", "Roux")
SUBJECTS = (
    "Colis jamais reçu",
    "Remboursement en attente depuis trois semaines",
    'Vendeur "désagréable" au magasin',
    "Produit abîmé à la livraison",
    "Facture en double",
    "Impossible de joindre le service client",
    "Site trop lent\\bloqué au paiement",
)
SEGMENTS = ("VIP", "Standard", "Nouveaux clients")
STATUS_SHARES = {"closed": 62, "resolved": 14, "in_progress": 9, "open": 6, "new": 6, "escalated": 3}


@dataclass(frozen=True, slots=True)
class Sql:
    """The few words that differ between the engines."""

    dialect: Dialect

    def numbers(self, count: int) -> str:
        """Return the start of a statement that has the numbers 1 to `count` as `numbers(n)`."""
        if self.dialect is Dialect.POSTGRES:
            return f"WITH numbers AS (SELECT generate_series(CAST(1 AS bigint), {count}) AS n)"
        return f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})"

    def moment(self, seconds: str) -> str:
        """Return the time of so many seconds, as Tortoise stores it."""
        if self.dialect is Dialect.POSTGRES:
            return f"to_timestamp({seconds})"
        return f"strftime('%Y-%m-%d %H:%M:%S+00:00', {seconds}, 'unixepoch')"

    def json(self, text: str) -> str:
        """Return a text as a value of a JSON column."""
        return f"CAST({text} AS jsonb)" if self.dialect is Dialect.POSTGRES else text


def upto(most: int, salt: int) -> str:
    """Return a number from 0 to below `most` that looks random and follows from `n`; the square parts neighbours."""
    hashed = f"((n * n % {PRIME} * {1_654_435_761 + 2_000_003 * salt} + n * {salt * 7_919_017}) % {PRIME})"
    return f"({hashed} * {most} / {PRIME})"


def chosen(values: Sequence[str], salt: int) -> str:
    """Return one of the texts."""
    cases = " ".join(f"WHEN {index} THEN {quoted(value)}" for index, value in enumerate(values))
    return f"CASE {upto(len(values), salt)} {cases} END"


def quoted(value: str) -> str:
    """Return a text of ours as a literal."""
    return "'" + value.replace("'", "''") + "'"


async def build(url: str, *, tickets: int) -> None:
    """Make a migrated database with so many tickets."""
    await prepare(url)
    install_queue(RecordingQueue())
    await open_database(url)
    try:
        company = await hire()
        sql = Sql(dialect_of(url))
        contacts = max(1, tickets // TICKETS_PER_CONTACT)
        await execute(_contacts(sql, contacts))
        await execute(_responses(sql, company, tickets=tickets, contacts=contacts))
        await execute(_tickets(sql, company, tickets=tickets, contacts=contacts))
        await execute(_events(sql, company, tickets=tickets))
        await _tidy(sql)
    finally:
        await close_database()


def _contacts(sql: Sql, count: int) -> str:
    first, last, created = chosen(FIRST_NAMES, 1), chosen(LAST_NAMES, 2), sql.moment(f"{FIRST_SECOND} + n % 1000")
    return (
        f"{sql.numbers(count)} INSERT INTO contacts (id, first_name, last_name, email, email_key, phone, language, "
        "external_reference, external_reference_key, search_text, created_at, updated_at) "
        f"SELECT n, {first}, {last}, 'Client' || n || '@exemple.fr', 'client' || n || '@exemple.fr', "
        f"CASE WHEN n % 3 = 0 THEN '+336' || (10000000 + n) END, 'fr', 'C-' || n, 'c-' || n, "
        f"'client' || n || '@exemple.fr c-' || n, {created}, {created} FROM numbers"
    )


def _contact_of(tickets: int, contacts: int) -> str:
    """One in eight comes back often and has half of the tickets; the first has some dozens more, at any size."""
    anybody, frequent = upto(contacts, 3), upto(max(1, contacts // 8), 17)
    return (
        f"(CASE WHEN n % {max(1, tickets // DOZENS)} = 0 THEN 1 "
        f"WHEN {upto(2, 16)} = 0 THEN 1 + {anybody} ELSE 1 + {frequent} END)"
    )


def _created(tickets: int) -> str:
    return f"({FIRST_SECOND} + n * {SECONDS} / {tickets})"


FIRST_ACT = f"(60 + {upto(28_800, 4)})"  # within a working day
LAST_ACT = f"({FIRST_ACT} + 60 + {upto(30 * 86_400, 5)})"  # within a month
IS_ANSWERED = f"{upto(100, 6)} < {ANSWERED}"


def _survey(company: Company) -> str:
    cases = " ".join(f"WHEN {index} THEN {survey}" for index, survey in enumerate(company.versions))
    return f"CASE n % {len(company.versions)} {cases} END"


def _responses(sql: Sql, company: Company, *, tickets: int, contacts: int) -> str:
    versions = " ".join(f"WHEN {index} THEN {each}" for index, each in enumerate(company.versions.values()))
    answers = f"""'{{"recommendation": ' || {upto(7, 7)} || '}}'"""
    return (
        f"{sql.numbers(tickets)} INSERT INTO responses (id, survey_id, survey_version_id, contact_id, external_id, "
        "tracking_id, state, channel, language, answers, embedded, score, score_maximum, score_kind, score_class, "
        f"comment, submitted_at) SELECT n, {_survey(company)}, CASE n % {len(company.versions)} {versions} END, "
        f"{_contact_of(tickets, contacts)}, 'n' || n, 'R' || n, 'completed', 'api', 'fr', "
        f"{sql.json(answers)}, {sql.json(quoted('{}'))}, {upto(7, 7)}, "
        f"10, 'nps', 'detractor', {chosen(SUBJECTS, 8)}, {sql.moment(_created(tickets))} "
        f"FROM numbers WHERE {IS_ANSWERED}"
    )


def _by_share(values: Mapping[str, object]) -> str:
    """Return a case over the statuses in their shares; `values` by the status' key."""
    cases, upper = [], 0
    for key, share in STATUS_SHARES.items():
        upper += share
        cases.append(f"WHEN {upto(100, 9)} < {upper} THEN {values[key]}")
    return f"CASE {' '.join(cases)} END"


def _tickets(sql: Sql, company: Company, *, tickets: int, contacts: int) -> str:
    created, priority = _created(tickets), upto(3, 10)
    at, last = sql.moment(created), sql.moment(f"{created} + {LAST_ACT}")
    status = _by_share({key: each.id for key, each in company.statuses.items()})
    category = _by_share({key: quoted(each.category) for key, each in company.statuses.items()})
    done = _by_share({key: int(key in {"closed", "resolved"}) for key in STATUS_SHARES})
    closed = _by_share({key: int(key == "closed") for key in STATUS_SHARES})
    answered, subject, segment = IS_ANSWERED, chosen(SUBJECTS, 8), chosen(SEGMENTS, 11)
    assignee = f"CASE WHEN {upto(100, 12)} < 90 THEN {company.first_agent} + {upto(company.agents, 13)} END"
    columns = {
        "id": "n",
        "kind": f"CASE WHEN {answered} THEN 'automatic' ELSE 'manual' END",
        "subject": subject,
        "status_id": status,
        "status_category": category,
        "priority": f"CASE {priority} WHEN 0 THEN 'high' WHEN 1 THEN 'medium' ELSE 'low' END",
        "priority_rank": f"3 - {priority}",
        "team_id": f"{company.first_team} + {upto(company.teams, 14)}",
        "assignee_id": assignee,
        "contact_id": _contact_of(tickets, contacts),
        "survey_id": f"CASE WHEN {answered} THEN {_survey(company)} END",
        "response_id": f"CASE WHEN {answered} THEN n END",
        "origin": f"CASE WHEN {answered} THEN 'response:' || n END",
        "customer_name": f"{chosen(FIRST_NAMES, 1)} || ' ' || {chosen(LAST_NAMES, 2)}",
        "customer_email": f"'Client' || {_contact_of(tickets, contacts)} || '@exemple.fr'",
        "score": f"CASE WHEN {answered} THEN {upto(7, 7)} END",
        "score_maximum": f"CASE WHEN {answered} THEN 10 END",
        "score_class": f"CASE WHEN {answered} THEN 'detractor' END",
        "comment": f"CASE WHEN {answered} THEN {subject} END",
        "original_segment": segment,
        "current_segment": segment,
        "segment_at_creation": segment,
        "occurred_at": at,
        "created_at": at,
        "updated_at": last,
        "last_activity_at": last,
        "resolved_at": f"CASE WHEN {done} = 1 THEN {last} END",
        "closed_at": f"CASE WHEN {closed} = 1 THEN {last} END",
        "next_due_at": f"CASE WHEN {done} = 0 AND n % 3 = 0 THEN {sql.moment(f'{created} + 259200')} END",
        "search_text": f"lower({subject})",
    }
    names, values = ", ".join(columns), ", ".join(columns.values())
    return f"{sql.numbers(tickets)} INSERT INTO tickets ({names}) SELECT {values} FROM numbers"


def _events(sql: Sql, company: Company, *, tickets: int) -> str:
    """Three of each ticket, in the order in which they happened, so that those of one ticket lie apart."""
    actor = f"{company.first_agent} + {upto(company.agents, 15)}"
    created, data = _created(tickets), """'{"changes": {"status": ["new", "in_progress"]}}'"""
    return (
        f"{sql.numbers(tickets)}, acts AS ("
        f"SELECT n, 'ticket_created' AS kind, {created} AS second, 'system' AS actor_kind, NULL AS actor_id, "
        f"'{{}}' AS data FROM numbers UNION ALL "
        f"SELECT n, 'ticket_assigned', {created} + {FIRST_ACT}, 'user', {actor}, '{{}}' FROM numbers UNION ALL "
        f"SELECT n, 'ticket_status_changed', {created} + {LAST_ACT}, 'user', {actor}, {data} FROM numbers) "
        "INSERT INTO events (kind, at, actor_kind, actor_id, subject, ticket_id, contact_id, data) "
        f"SELECT a.kind, {sql.moment('a.second')}, a.actor_kind, a.actor_id, 'tkt_' || a.n, a.n, t.contact_id, "
        f"{sql.json('a.data')} FROM acts a JOIN tickets t ON t.id = a.n ORDER BY a.second, a.n"
    )


async def _tidy(sql: Sql) -> None:
    """Let sequences go on after the ids that were given, and the engine know what it holds."""
    if sql.dialect is Dialect.SQLITE:
        await execute("ANALYZE")
        return
    for table in ("contacts", "responses", "tickets"):
        await fetch(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    await execute("VACUUM (ANALYZE)")
