"""Storing what respondents answer, many answers at once."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from boucle.events.actor import Actor
from boucle.events.log import NewEvent
from boucle.events.models import EventKind
from boucle.kit.database import Dialect, dialect
from boucle.kit.ids import global_id
from boucle.kit.joint_reads import Read, Rows
from boucle.kit.row_batches import insert_rows
from boucle.surveys.answers import CheckedAnswers
from boucle.surveys.definitions import QuestionKind
from boucle.surveys.left_out import left_out_to_json
from boucle.surveys.models import Channel, Response, ResponseState, ScoreClass
from boucle.surveys.rules import TRACKING_ALPHABET, TRACKING_LENGTH, Score, tracking_id_of

PREFIX = "rsp"
COLUMNS = (
    "survey_id",
    "survey_version_id",
    "contact_id",
    "external_id",
    "input_hash",
    "tracking_id",
    "state",
    "channel",
    "language",
    "answers",
    "embedded",
    "score",
    "score_maximum",
    "score_kind",
    "score_class",
    "comment",
    "left_out",
    "submitted_at",
)
# 256 is a multiple of 32, so that every sign is as likely as any other.
_SIGN_OF_BYTE = bytes(ord(TRACKING_ALPHABET[byte % len(TRACKING_ALPHABET)]) for byte in range(256))
SentId = tuple[int, str]  # survey and external id


class StoredResponse(NamedTuple):
    """What whoever sent an answer may want to know of it."""

    id: int
    tracking_id: str
    contact_id: int | None
    score: int | None
    score_maximum: int | None
    score_class: ScoreClass | None
    comment: str | None


@dataclass(frozen=True, slots=True)
class EarlierResponse:
    """What came in under an external id before, and the digest of what was sent."""

    response: StoredResponse
    input_hash: str


class NewResponse(NamedTuple):
    """Checked answers to a published version. `at` is now; `submitted_at` lies before for answers of the past."""

    survey_id: int
    version_id: int
    checked: CheckedAnswers
    language: str
    external_id: str | None
    input_hash: str | None
    contact_id: int | None
    channel: Channel
    submitted_at: datetime
    at: datetime
    actor: Actor
    request_id: str | None = None


def name_to_hold(sent: SentId) -> str:
    """Return what must be held before an external id is looked up: sent twice at once, it is stored once."""
    survey_id, external_id = sent
    return f"response:{survey_id}:{external_id}"


def earlier_read(sent: Sequence[SentId]) -> Read | None:
    """Return what finds the responses that came in under these ids, which the caller's unit of work holds."""
    if not sent:
        return None
    if dialect() is Dialect.POSTGRES:
        return Read(_EARLIER_POSTGRES, [[survey_id for survey_id, _ in sent], [external_id for _, external_id in sent]])
    return Read(_EARLIER_SQLITE, [orjson.dumps(sent).decode()])


def earlier_of(rows: Rows) -> Mapping[SentId, EarlierResponse]:
    """Return what `earlier_read` found."""
    return {(row["survey_id"], row["external_id"]): EarlierResponse(_stored(row), row["input_hash"]) for row in rows}


_EARLIER = (
    "SELECT r.id, r.tracking_id, r.contact_id, r.score, r.score_maximum, r.score_class, r.comment, "
    "r.survey_id, r.external_id, r.input_hash FROM"
)
_EARLIER_POSTGRES = f"""{_EARLIER} unnest($1::bigint[], $2::text[]) AS sent (survey_id, external_id)
JOIN responses r ON r.survey_id = sent.survey_id AND r.external_id = sent.external_id"""
_EARLIER_SQLITE = f"""{_EARLIER} json_each(?) AS sent
CROSS JOIN responses r ON r.survey_id = sent.value ->> 0 AND r.external_id = sent.value ->> 1"""


def _stored(row: Mapping[str, Any]) -> StoredResponse:
    score_class = row["score_class"]
    return StoredResponse(
        id=row["id"],
        tracking_id=row["tracking_id"],
        contact_id=row["contact_id"],
        score=row["score"],
        score_maximum=row["score_maximum"],
        score_class=ScoreClass(score_class) if score_class else None,
        comment=row["comment"],
    )


async def store_responses(given: Sequence[NewResponse]) -> list[tuple[StoredResponse, NewEvent]]:
    """Store completed responses inside the caller's unit of work; return each with the event to be recorded."""
    drafts = [(each, _scored(each.checked.score), new_tracking_id()) for each in given]
    numbers = await insert_rows(Response, COLUMNS, [_row(*draft) for draft in drafts])
    stored, received = list[tuple[StoredResponse, NewEvent]](), _Received({})
    for number, (each, scored, tracking_id) in zip(numbers, drafts, strict=True):
        value, maximum, _, score_class = scored
        comment = each.checked.comment
        response = StoredResponse(number, tracking_id, each.contact_id, value, maximum, score_class, comment)
        stored.append((response, received.event(each, response)))
    return stored


Scored = tuple[int | None, int | None, QuestionKind | None, ScoreClass | None]


def _scored(score: Score | None) -> Scored:
    if score is None:
        return None, None, None, None
    return score.value, score.maximum, score.kind, score.score_class


def new_tracking_id() -> str:
    """Return an id that nobody guesses."""
    # 50 random bits: looking for a twin would cost every answer a statement; the unique column refuses one anyway.
    return tracking_id_of(secrets.token_bytes(TRACKING_LENGTH).translate(_SIGN_OF_BYTE).decode())


def _row(given: NewResponse, scored: Scored, tracking_id: str) -> tuple[object, ...]:
    checked, (value, maximum, kind, score_class) = given.checked, scored
    return (
        given.survey_id,
        given.version_id,
        given.contact_id,
        given.external_id,
        given.input_hash,
        tracking_id,
        ResponseState.COMPLETED,
        given.channel,
        given.language,
        orjson.dumps(checked.values).decode(),
        orjson.dumps(checked.embedded).decode(),
        value,
        maximum,
        kind,
        score_class,
        checked.comment,
        left_out_to_json(checked.left_out),
        given.submitted_at,
    )


Alike = tuple[int, Channel, int | None, int | None, ScoreClass | None]


@dataclass(slots=True)
class _Received:
    """What the log is told of responses. Many of a batch tell the same, which is made and written once."""

    told: dict[Alike, Mapping[str, object]]

    def event(self, given: NewResponse, response: StoredResponse) -> NewEvent:
        """Return the event of one."""
        alike = given.survey_id, given.channel, response.score, response.score_maximum, response.score_class
        if alike not in self.told:
            names = ("survey_id", "channel", "score", "score_maximum", "score_class")
            self.told[alike] = dict(zip(names, alike, strict=True))
        return NewEvent(
            EventKind.RESPONSE_RECEIVED,
            global_id(PREFIX, response.id),
            given.actor,
            given.at,
            None,
            response.contact_id,
            response.id,
            self.told[alike],
            given.request_id,
        )
