"""Storing what respondents answer."""

import secrets
from dataclasses import asdict
from datetime import datetime

from boucle.events.actor import Actor
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.database import lock_name
from boucle.kit.errors import IdempotencyMismatch
from boucle.kit.idempotency import hash_input
from boucle.kit.ids import global_id
from boucle.surveys.answers import CheckedAnswers, Submission
from boucle.surveys.models import Channel, Response, ResponseState, Survey
from boucle.surveys.queries import PublishedVersion, repeated_response
from boucle.surveys.rules import TRACKING_ALPHABET, TRACKING_LENGTH, tracking_id_of

PREFIX = "rsp"


async def earlier_response(survey: Survey, submission: Submission) -> Response | None:
    """Return what came in under the same external id before, and hold the id until the unit of work ends.

    Raises `IdempotencyMismatch` where it came with another input.
    """
    if submission.external_id is None:
        return None
    await lock_name(f"response:{survey.id}:{submission.external_id}")
    known = await repeated_response(survey.id, submission.external_id)
    if known is not None and known.input_hash != _hash(submission):
        raise IdempotencyMismatch(
            "The external id '{id}' was used before with other answers. Send the same answers again, or a new id.",
            field="externalId",
            id=submission.external_id,
        )
    return known


async def store_response(
    actor: Actor,
    survey: Survey,
    version: PublishedVersion,
    submission: Submission,
    *,
    checked: CheckedAnswers,
    contact_id: int | None,
    channel: Channel,
    now: datetime,
) -> Response:
    """Store a completed response inside the caller's unit of work, which `earlier_response` found to be the first."""
    score = checked.score
    response = await Response.create(
        survey_id=survey.id,
        survey_version_id=version.id,
        contact_id=contact_id,
        external_id=submission.external_id,
        input_hash=_hash(submission) if submission.external_id is not None else None,
        tracking_id=_new_tracking_id(),
        state=ResponseState.COMPLETED,
        channel=channel,
        language=checked.language or survey.language,
        answers=checked.values,
        embedded=checked.embedded,
        score=score.value if score else None,
        score_maximum=score.maximum if score else None,
        score_kind=score.kind.value if score else None,
        score_class=score.score_class if score else None,
        comment=checked.comment,
        submitted_at=now,
    )
    await _report(actor, survey, response)
    return response


def _hash(submission: Submission) -> str:
    return hash_input(
        {
            "answers": dict(submission.answers),
            "embedded": dict(submission.embedded),
            "contact": asdict(submission.contact),
            "language": submission.language,
        }
    )


def _new_tracking_id() -> str:
    # 50 random bits: looking for a twin would cost every answer a statement; the unique column refuses one anyway.
    return tracking_id_of("".join(secrets.choice(TRACKING_ALPHABET) for _ in range(TRACKING_LENGTH)))


async def _report(actor: Actor, survey: Survey, response: Response) -> None:
    await record(
        NewEvent(
            EventKind.RESPONSE_RECEIVED,
            global_id(PREFIX, response.id),
            actor,
            response.submitted_at,
            contact_id=response.contact_id,
            response_id=response.id,
            data={
                "survey_id": survey.id,
                "channel": response.channel.value,
                "score": response.score,
                "score_maximum": response.score_maximum,
                "score_class": response.score_class.value if response.score_class else None,
            },
        )
    )
