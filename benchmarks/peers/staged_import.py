"""The floor of imports: rows that somebody else has checked, copied into a staging table, and SQL over all of them.

One transaction, the bare driver, no Python for a row. The rules are those of Boucle's loop as far as the rows need
them: a repeated external id is left out, contacts are matched by reference, e-mail and phone, oldest first, or made
once for each new address, answers are stored, bad scores open tickets, and the log is told all of it, row by row.
"""

from collections.abc import Sequence

import asyncpg

COLUMNS = (
    *("n", "survey_id", "version_id", "external_id", "input_hash", "tracking_id", "language", "answers", "embedded"),
    *("score", "score_maximum", "score_kind", "score_class", "comment", "submitted_at", "at", "actor_id"),
    *("first_name", "last_name", "email", "email_key", "phone", "reference", "reference_key", "contact_search"),
    *("survey_name", "subject", "ticket_search", "opens", "priority", "priority_rank"),
)
STAGING = """CREATE TEMP TABLE IF NOT EXISTS staging (
  n int, survey_id bigint, version_id bigint, external_id text, input_hash text, tracking_id text, language text,
  answers text, embedded text, score smallint, score_maximum smallint, score_kind text, score_class text, comment text,
  submitted_at timestamptz, at timestamptz, actor_id bigint, first_name text, last_name text, email text,
  email_key text, phone text, reference text, reference_key text, contact_search text, survey_name text, subject text,
  ticket_search text, opens boolean, priority text, priority_rank smallint,
  contact_id bigint, is_new boolean, response_id bigint, ticket_id bigint) ON COMMIT DELETE ROWS"""
LEAVE_REPEATS = """DELETE FROM staging s USING responses r
WHERE r.survey_id = s.survey_id AND r.external_id = s.external_id"""
SAME = "(s.reference_key IS NULL OR c.external_reference_key IS NULL OR c.external_reference_key = s.reference_key)"
MATCH = f"""UPDATE staging s SET contact_id = coalesce(
  (SELECT min(c.id) FROM contacts c WHERE c.external_reference_key = s.reference_key),
  (SELECT min(c.id) FROM contacts c WHERE c.email_key = s.email_key AND {SAME}),
  (SELECT min(c.id) FROM contacts c WHERE c.phone = s.phone AND {SAME}))"""
MAKE = """WITH made AS (
  INSERT INTO contacts (first_name, last_name, email, email_key, phone, external_reference, external_reference_key,
    language, is_opted_out, search_text, created_at, updated_at, version)
  SELECT first_name, last_name, email, email_key, phone, reference, reference_key, language, false, contact_search,
    at, at, 1
  FROM (SELECT DISTINCT ON (email_key) * FROM staging WHERE contact_id IS NULL ORDER BY email_key, n) fresh ORDER BY n
  RETURNING id, email_key)
UPDATE staging s SET contact_id = made.id, is_new = true FROM made
WHERE s.contact_id IS NULL AND s.email_key = made.email_key"""
ANSWER = """WITH stored AS (
  INSERT INTO responses (survey_id, survey_version_id, contact_id, external_id, input_hash, tracking_id, state, channel,
    language, answers, embedded, score, score_maximum, score_kind, score_class, comment, submitted_at)
  SELECT survey_id, version_id, contact_id, external_id, input_hash, tracking_id, 'completed', 'import', language,
    answers::jsonb, embedded::jsonb, score, score_maximum, score_kind, score_class, comment, submitted_at
  FROM staging ORDER BY n RETURNING id, survey_id, external_id)
UPDATE staging s SET response_id = stored.id FROM stored
WHERE s.survey_id = stored.survey_id AND s.external_id = stored.external_id"""
OPEN = """WITH opened AS (
  INSERT INTO tickets (kind, origin, subject, status_id, status_category, priority, priority_rank, contact_id,
    survey_id, response_id, customer_name, customer_email, customer_phone, score, score_maximum, score_class, comment,
    occurred_at, created_at, updated_at, last_activity_at, is_escalated_manually, search_text, version)
  SELECT 'automatic', 'response:' || s.response_id, s.subject, t.id, t.category, s.priority, s.priority_rank,
    s.contact_id, s.survey_id, s.response_id,
    coalesce(nullif(trim(c.first_name || ' ' || c.last_name), ''), c.email, c.phone, '#' || c.id), c.email, c.phone,
    s.score, s.score_maximum, s.score_class, s.comment, s.submitted_at, s.at, s.at, s.at, false, s.ticket_search, 1
  FROM staging s JOIN contacts c ON c.id = s.contact_id CROSS JOIN (SELECT * FROM ticket_statuses WHERE key = 'new') t
  WHERE s.opens ORDER BY s.n RETURNING id, response_id)
UPDATE staging s SET ticket_id = opened.id FROM opened WHERE s.response_id = opened.response_id"""
CHANGES = """jsonb_strip_nulls(jsonb_build_object(
  'first_name', told(first_name), 'last_name', told(last_name), 'email', told(email), 'phone', told(phone),
  'external_reference', told(reference), 'language', told(language)))"""
TOLD = """CREATE OR REPLACE FUNCTION pg_temp.told(value text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN value <> '' THEN jsonb_build_array(NULL, value) END $$"""
TELL = f"""INSERT INTO events (txid, kind, at, actor_kind, actor_id, subject, ticket_id, contact_id, response_id, data)
SELECT pg_current_xact_id()::text::bigint, kind, at, actor_kind, actor_id, subject, ticket_id, contact_id, response_id,
  data FROM (
  SELECT n, 1 AS step, 'contact_created' AS kind, at, 'user' AS actor_kind, actor_id, 'con_' || contact_id AS subject,
    NULL::bigint AS ticket_id, contact_id, NULL::bigint AS response_id,
    jsonb_build_object('changes', {CHANGES.replace("told(", "pg_temp.told(")}) AS data
  FROM (SELECT DISTINCT ON (contact_id) * FROM staging WHERE is_new ORDER BY contact_id, n) made
  UNION ALL
  SELECT n, 2, 'response_received', at, 'user', actor_id, 'rsp_' || response_id, NULL, contact_id, response_id,
    jsonb_build_object('survey_id', survey_id, 'channel', 'import', 'score', score, 'score_maximum', score_maximum,
      'score_class', score_class) FROM staging
  UNION ALL
  SELECT n, 3, 'ticket_created', at, 'system', NULL, 'tkt_' || ticket_id, ticket_id, contact_id, response_id,
    '{{"changes": {{}}, "labels": {{}}, "owners": {{"team_id": null, "assignee_id": null}}}}'::jsonb
  FROM staging WHERE ticket_id IS NOT NULL) told ORDER BY n, step"""
STEPS = (LEAVE_REPEATS, MATCH, MAKE, ANSWER, OPEN, TELL)


async def prepare(connection: asyncpg.Connection) -> None:
    """Make what a session needs once."""
    await connection.execute(STAGING)
    await connection.execute(TOLD)


async def import_rows(connection: asyncpg.Connection, rows: Sequence[tuple[object, ...]]) -> None:
    """Bring checked rows in; durable afterwards."""
    async with connection.transaction():
        await connection.copy_records_to_table("staging", records=rows, columns=COLUMNS)
        for step in STEPS:
            await connection.execute(step)
