"""Pure decisions about surveys: scores and their class, who gets a ticket, how keys are made."""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from pydantic import TypeAdapter

from boucle.kit.errors import Invalid
from boucle.kit.texts import fold
from boucle.surveys.definitions import LONGEST_KEY, NPS_MAXIMUM, QuestionKind, SurveyDefinition
from boucle.surveys.models import ScoreClass

NPS_DETRACTOR_UP_TO = 6
NPS_PASSIVE_UP_TO = 8
LONGEST_SEGMENT = 80
TRACKING_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that is misread or misheard
TRACKING_LENGTH = 10
_SURVEY_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Priority = Literal["high", "medium", "low"]


class Score(NamedTuple):
    """A mark, the best possible mark on its scale, and the kind of scale. More is always better."""

    value: int
    maximum: int
    kind: QuestionKind

    @property
    def score_class(self) -> ScoreClass:
        """NPS 0-6, 7-8, 9-10. On a scale of 1 to n: the lower third of the way from 1 to n, the middle, the upper.

        That is 1-2, 3, 4-5 of five points and 1-2, 3-5, 6-7 of seven.
        """
        if self.kind is QuestionKind.NPS:
            return _nps_class(self.value)
        steps = self.maximum - 1
        if 3 * (self.value - 1) < steps:
            return ScoreClass.DETRACTOR
        return ScoreClass.PROMOTER if 3 * (self.maximum - self.value) < steps else ScoreClass.PASSIVE


def _nps_class(value: int) -> ScoreClass:
    if value <= NPS_DETRACTOR_UP_TO:
        return ScoreClass.DETRACTOR
    return ScoreClass.PASSIVE if value <= NPS_PASSIVE_UP_TO else ScoreClass.PROMOTER


@dataclass(frozen=True, slots=True)
class TicketRule:
    """When a response opens a ticket, and what the ticket starts with (TCR-7).

    `team_id`, `assignee_id` and `segment` are `None` where the ticket starts without.
    """

    enabled: bool = True
    maximum_score: int = NPS_DETRACTOR_UP_TO
    priority: Priority = "high"
    team_id: int | None = None
    assignee_id: int | None = None
    segment: str | None = None


_STORED_RULE = TypeAdapter(TicketRule)


def ticket_rule_from_json(stored: object) -> TicketRule:
    """Return the rule that `ticket_rule_to_json` made."""
    return _rule_of(tuple(cast("Mapping[str, Hashable]", stored).items()))


@lru_cache(maxsize=1_000)
def _rule_of(stored: tuple[tuple[str, Hashable], ...]) -> TicketRule:
    return _STORED_RULE.validate_python(dict(stored))  # every answer asks for its survey's


def ticket_rule_to_json(rule: TicketRule) -> dict[str, object]:
    """Return the rule as JSON to store."""
    return dict(_STORED_RULE.dump_python(rule, mode="json"))


def check_ticket_rule(rule: TicketRule) -> None:
    """Raise `Invalid` where the rule could never mean anything."""
    if not 0 <= rule.maximum_score <= NPS_MAXIMUM:
        raise Invalid(
            "The highest score that opens a ticket is from 0 to {most}.", field=["maximumScore"], most=NPS_MAXIMUM
        )
    if rule.segment is not None and not 0 < len(rule.segment.strip()) <= LONGEST_SEGMENT:
        raise Invalid("A segment's name has 1 to {most} characters.", field=["segment"], most=LONGEST_SEGMENT)


def default_ticket_rule(definition: SurveyDefinition) -> TicketRule:
    """Return the rule of a new survey: NPS 0 to 6 (TCR-7), on other scales the detractors."""
    question = definition.score_question
    if question is None:
        return TicketRule(enabled=False)
    if question.kind is QuestionKind.NPS:
        return TicketRule()
    marks = range(question.lowest, question.highest + 1)
    scores = [Score(mark, question.highest, question.kind) for mark in marks]
    worst = [score.value for score in scores if score.score_class is ScoreClass.DETRACTOR]
    return TicketRule(maximum_score=max(worst))


def should_open_ticket(rule: TicketRule, score: int | None) -> bool:
    """Whether a response with this score opens a ticket; without a score it never does."""
    return rule.enabled and score is not None and score <= rule.maximum_score


def slug_of(name: str) -> str:
    """Return a survey key made of a name: "Après l'achat" gives "apres-l-achat"; empty where nothing is left."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    return plain[:LONGEST_KEY].rstrip("-")


def check_survey_key(key: str) -> None:
    """Raise `Invalid` where the key cannot stand in an address."""
    if len(key) > LONGEST_KEY or not _SURVEY_KEY.fullmatch(key):
        raise Invalid(
            "'{key}' cannot be part of an address. Use small letters, digits and single hyphens, "
            "at most {most} characters.",
            field=["key"],
            key=key,
            most=LONGEST_KEY,
        )


def tracking_id_of(signs: str) -> str:
    """Return ten random signs as people read them aloud: `7K3M9-QXT2F`."""
    assert len(signs) == TRACKING_LENGTH, signs
    return f"{signs[:5]}-{signs[5:]}"
