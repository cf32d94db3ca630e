"""GraphQL types of programs, surveys and responses."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Self

import strawberry

from boucle.accounts.models import Language
from boucle.accounts.permissions import Permission
from boucle.api.accounts.types import BY_NAME, VERSION, Team, User
from boucle.api.contacts.types import Contact
from boucle.api.context import Context
from boucle.api.rows import (
    RowObject,
    as_viewer,
    column,
    computed,
    computed_together,
    expression,
    first_of,
    global_id,
    row_type,
    to_many,
    to_one,
)
from boucle.api.surveys.definitions import Choice, Question, SurveyDefinition
from boucle.flows import response_access
from boucle.kit.database import Dialect
from boucle.kit.pagination import Order
from boucle.planner.declarations import Kind, Link, Rows, Values
from boucle.surveys import left_out, models, rules
from boucle.surveys.access import survey_visibility
from boucle.surveys.definitions import QuestionKind, definition_from_json
from boucle.surveys.left_out import LeftOutReason
from boucle.surveys.models import Channel, ResponseState, ScoreClass
from boucle.tickets.models import TicketPriority

if TYPE_CHECKING:
    from boucle.api.tickets.types import Ticket

LazyTicket = Annotated["Ticket", strawberry.lazy("boucle.api.tickets.types")]
BY_NUMBER = Order("number", is_descending=True)
strawberry.enum(ResponseState, description="How far an answer got; only completed ones count (INT-11).")
strawberry.enum(LeftOutReason, description="Why part of what was sent is not, or not whole, part of the answer.")
strawberry.enum(Channel, description="How an answer came in: survey page, GraphQL, signed intake, or import.")


@row_type(models.Program, visible=as_viewer(survey_visibility), description="A group of surveys.")
class Program(RowObject):
    id: strawberry.ID = global_id("prg")
    name: str = column("Name for people.")
    description: str = column("What it is about; may be empty.")
    version: int = column(VERSION)
    surveys: list["Survey"] = to_many("Its surveys, by name.", Link("program_id"), lambda _asker: Rows(order=BY_NAME))


@strawberry.type(description="When a response opens a ticket, and what the ticket starts with (TCR-7).")
class TicketRule:
    enabled: bool = strawberry.field(description="Whether responses open tickets at all.")
    maximum_score: int = strawberry.field(description="Scores from the lowest up to this one open a ticket.")
    priority: TicketPriority = strawberry.field(description="Priority of the new ticket.")
    segment: str | None = strawberry.field(description="Segment of the new ticket; null: none.")
    team: Team | None = strawberry.field(description="Team of the new ticket; null: none.")
    assignee: User | None = strawberry.field(description="Assignee of the new ticket; null: nobody.")


def _ticket_rule(_asker: Context, row: Values) -> TicketRule:
    rule = rules.ticket_rule_from_json(row["ticket_rule"])
    return TicketRule(
        enabled=rule.enabled,
        maximum_score=rule.maximum_score,
        priority=TicketPriority(rule.priority),
        segment=rule.segment,
        team=Team.numbered(rule.team_id) if rule.team_id is not None else None,
        assignee=User.numbered(rule.assignee_id) if rule.assignee_id is not None else None,
    )


def _definition(_asker: Context, row: Values) -> SurveyDefinition:
    return SurveyDefinition.of(definition_from_json(row["definition"]))


@row_type(
    models.SurveyVersion,
    visible=as_viewer(survey_visibility),
    description="What respondents see or saw: published once, never changed afterwards (INT-5).",
)
class SurveyVersion(RowObject):
    id: strawberry.ID = global_id("svv")
    number: int = column("1, 2, 3 … within the survey.")
    published_at: datetime = column("When it went live.")
    note: str = column("Why it was published; may be empty.")
    definition: SurveyDefinition = computed("Questions and texts of this version.", _definition, "definition")
    published_by: User | None = to_one("Who published it; null: the system.", on="published_by_id")


def _draft(_asker: Context, row: Values) -> SurveyDefinition:
    return SurveyDefinition.of(definition_from_json(row["draft"]))


def _intake_secret(asker: Context, row: Values) -> str | None:
    return str(row["intake_secret"]) if asker.signed_in.can(Permission.SURVEYS_MANAGE) else None


def _public_url(asker: Context, row: Values) -> str:
    return f"{asker.services.settings.address}/r/{row['key']}"


def _intake_url(asker: Context, row: Values) -> str:
    return f"{asker.services.settings.address}/intake/{row['key']}"


def _over_responses(value: str) -> Any:
    """Return the SQL of an aggregate over the survey's responses."""

    def sql(alias: str, _dialect: Dialect) -> str:
        return f"SELECT {value} FROM responses r WHERE r.survey_id = {alias}.id"  # noqa: S608  (no input in it)

    return sql


@row_type(
    models.Survey,
    visible=as_viewer(survey_visibility),
    description="Questions in draft and published, and what happens with the answers.",
)
class Survey(RowObject):
    id: strawberry.ID = global_id("srv")
    key: str = column("Its name in addresses; never changes.")
    name: str = column("Name for colleagues; respondents see the title.")
    description: str = column("For colleagues; may be empty.")
    language: Language = column("Language of the page where the respondent's is unknown.")
    is_open: bool = column("Whether it takes answers, once published.")
    has_unpublished_changes: bool = column("Whether the draft differs from what is published.")
    created_at: datetime = column("When it was made.")
    updated_at: datetime = column("When it was last changed or published.")
    version: int = column(VERSION)
    program: Program = to_one("The group it belongs to.", on="program_id", seen_with_parent=True)
    draft: SurveyDefinition = computed(
        "What is being edited; respondents see it once it is published.", _draft, "draft"
    )
    published: SurveyVersion | None = to_one(
        "What respondents see; null before the first publication.", on="published_version_id"
    )
    versions: list[SurveyVersion] = to_many(
        "Everything ever published, newest first.", Link("survey_id"), lambda _asker: Rows(order=BY_NUMBER)
    )
    ticket_rule: TicketRule = computed("Which answers open a ticket.", _ticket_rule, "ticket_rule")
    intake_secret: str | None = computed(
        "Key that signs `POST /intake/<key>`; null without the right SURVEYS_MANAGE.", _intake_secret, "intake_secret"
    )
    public_url: str = computed("Address of the page for respondents.", _public_url, "key")
    intake_url: str = computed(
        "Address that takes signed answers from other systems, see docs/intake.md.", _intake_url, "key"
    )
    response_count: int = expression("How many answers came in.", _over_responses("count(*)"), Kind.NUMBER, "id")
    last_response_at: datetime | None = expression(
        "When the last answer came in; null before the first.", _over_responses("max(r.submitted_at)"), Kind.TIME, "id"
    )
    average_score: float | None = expression(
        "Mean of all scores on the survey's own scale; null before the first score.",
        _over_responses("avg(r.score)"),
        Kind.NUMBER,
        "id",
    )


@strawberry.type(description="The answer to one question; exactly one of number, text and choices is filled.")
class Answer:
    question: Question = strawberry.field(description="The question as it was asked.")
    number: int | None = strawberry.field(description="Mark of an NPS, CSAT or CES question; null on other kinds.")
    text: str | None = strawberry.field(description="Words of a text question; null on other kinds.")
    choices: list[Choice] = strawberry.field(description="Chosen answers of a choice question; empty on other kinds.")


@strawberry.type(description="A value that travelled with an answer.")
class EmbeddedValue:
    name: str = strawberry.field(description="As the survey declares it.")
    value: str = strawberry.field(description="As it came in.")


def _embedded(_asker: Context, row: Values) -> list[EmbeddedValue]:
    return [EmbeddedValue(name=name, value=value) for name, value in sorted(row["embedded"].items())]


@strawberry.type(description="Part of what was sent that is not, or not whole, part of the answer.")
class LeftOut:
    field: list[str] = strawberry.field(description='Where it stood: `["contact", "phone"]`.')
    value: str = strawberry.field(description="The beginning of what was sent.")
    reason: LeftOutReason = strawberry.field(description="Why it was left out.")

    @classmethod
    def of(cls, part: left_out.LeftOut) -> Self:
        """Return what the client is told of it."""
        return cls(field=list(part.field), value=part.value, reason=part.reason)


def _left_out(_asker: Context, row: Values) -> list[LeftOut]:
    return [LeftOut.of(part) for part in left_out.left_out_from_json(row["left_out"])]


async def _answers(_asker: Context, rows: Sequence[Values]) -> list[list[Answer]]:
    versions = await models.SurveyVersion.in_bulk({row["survey_version_id"] for row in rows}, "id")
    definitions = {key: definition_from_json(version.definition) for key, version in versions.items()}
    return [
        [
            _answer(Question.of(question), row["answers"][question.key])
            for question in definitions[row["survey_version_id"]].questions
            if question.key in row["answers"]
        ]
        for row in rows
    ]


def _answer(question: Question, value: object) -> Answer:
    chosen = value if isinstance(value, list) else []
    return Answer(
        question=question,
        number=value if isinstance(value, int) else None,
        text=value if isinstance(value, str) else None,
        choices=[choice for choice in question.choices if choice.key in chosen],
    )


def _version_number(alias: str, _dialect: Dialect) -> str:
    return f"SELECT v.number FROM survey_versions v WHERE v.id = {alias}.survey_version_id"  # noqa: S608  (no input in it)


@row_type(
    models.Response, visible=as_viewer(response_access.visibility), description="One person's answers to a survey."
)
class Response(RowObject):
    id: strawberry.ID = global_id("rsp")
    state: ResponseState = column("How far it got.")
    channel: Channel = column("How it came in.")
    language: Language = column("Language it was given in.")
    external_id: str | None = column("The sender's own id, unique per survey; null: none.")
    tracking_id: str = column("Told to the customer, e.g. 7K3M9-QXT2F; cannot be guessed.")
    score: int | None = column("Mark of the score question; null where not answered.")
    score_maximum: int | None = column("Best possible mark; null without a score.")
    score_kind: QuestionKind | None = column("Kind of scale; null without a score.")
    score_class: ScoreClass | None = column("Null without a score.")
    comment: str | None = column("The customer's words; null where there are none.")
    submitted_at: datetime = column("When it came in.")
    survey: Survey = to_one("The survey that was answered.", on="survey_id", seen_with_parent=True)
    version_number: int = expression(
        "Number of the published version that was answered.", _version_number, Kind.NUMBER, "survey_version_id"
    )
    contact: Contact | None = to_one(
        "Who answered; null: nobody knows, or the viewer may not see contacts.", on="contact_id"
    )
    ticket: LazyTicket | None = first_of(
        "The ticket it opened; null: none, or not for the viewer.", Link("response_id")
    )
    answers: list[Answer] = computed_together(
        "Answered questions, in the order of the page.", _answers, "survey_version_id", "answers"
    )
    embedded_data: list[EmbeddedValue] = computed(
        "Values that travelled with the answer, by name.", _embedded, "embedded"
    )
    left_out: list[LeftOut] = computed(
        "What was sent with it and could not be taken, such as a phone number that is none; at most 20 parts.",
        _left_out,
        "left_out",
    )
