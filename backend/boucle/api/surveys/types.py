"""GraphQL types of programs, surveys and responses."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from boucle.accounts.models import Language
from boucle.accounts.models import Team as TeamRow
from boucle.accounts.models import User as UserRow
from boucle.accounts.permissions import Permission
from boucle.api.accounts.types import Team, User
from boucle.api.contacts.types import Contact, visible_contact
from boucle.api.context import Context, Info
from boucle.api.nodes import Node, finds
from boucle.api.surveys.definitions import Choice, Question, SurveyDefinition
from boucle.api.surveys.loaders import load_surveys_of_programs, load_tickets_of_responses, load_versions_of_surveys
from boucle.kit.ids import global_id
from boucle.surveys import models, rules
from boucle.surveys.access import can_see_responses, can_see_surveys
from boucle.surveys.definitions import QuestionKind, definition_from_json
from boucle.surveys.models import Channel, ResponseState, ScoreClass
from boucle.surveys.queries import survey_figures
from boucle.tickets.models import TicketPriority

if TYPE_CHECKING:
    from boucle.api.tickets.types import Ticket

strawberry.enum(ResponseState, description="How far an answer got; only completed ones count (INT-11).")
strawberry.enum(Channel, description="How an answer came in: survey page, GraphQL, or signed intake.")


@strawberry.type(description="A group of surveys.")
class Program(Node):
    row: strawberry.Private[models.Program]
    name: str = strawberry.field(description="Name for people.")
    description: str = strawberry.field(description="What it is about; may be empty.")
    version: int = strawberry.field(description="Send it back as `expectedVersion` when changing.")

    @classmethod
    def of(cls, row: models.Program) -> Self:
        return cls(
            id=strawberry.ID(global_id("prg", row.id)),
            row=row,
            name=row.name,
            description=row.description,
            version=row.version,
        )

    @strawberry.field(description="Its surveys, by name.")
    async def surveys(self, info: Info) -> list["Survey"]:
        return [Survey.of(row) for row in await info.context.batch(load_surveys_of_programs, self.row.id)]


@strawberry.type(description="When a response opens a ticket, and what the ticket starts with (TCR-7).")
class TicketRule:
    rule: strawberry.Private[rules.TicketRule]
    enabled: bool = strawberry.field(description="Whether responses open tickets at all.")
    maximum_score: int = strawberry.field(description="Scores from the lowest up to this one open a ticket.")
    priority: TicketPriority = strawberry.field(description="Priority of the new ticket.")
    segment: str | None = strawberry.field(description="Segment of the new ticket; null: none.")

    @classmethod
    def of(cls, rule: rules.TicketRule) -> Self:
        return cls(
            rule=rule,
            enabled=rule.enabled,
            maximum_score=rule.maximum_score,
            priority=TicketPriority(rule.priority),
            segment=rule.segment,
        )

    @strawberry.field(description="Team of the new ticket; null: none.")
    async def team(self, info: Info) -> Team | None:
        return Team.of_optional(await info.context.row(TeamRow, self.rule.team_id))

    @strawberry.field(description="Assignee of the new ticket; null: nobody.")
    async def assignee(self, info: Info) -> User | None:
        return User.of_optional(await info.context.row(UserRow, self.rule.assignee_id))


@strawberry.type(description="What respondents see or saw: published once, never changed afterwards (INT-5).")
class SurveyVersion(Node):
    row: strawberry.Private[models.SurveyVersion]
    number: int = strawberry.field(description="1, 2, 3 … within the survey.")
    published_at: datetime = strawberry.field(description="When it went live.")
    note: str = strawberry.field(description="Why it was published; may be empty.")

    @classmethod
    def of(cls, row: models.SurveyVersion) -> Self:
        return cls(
            id=strawberry.ID(global_id("svv", row.id)),
            row=row,
            number=row.number,
            published_at=row.published_at,
            note=row.note,
        )

    @classmethod
    def of_optional(cls, row: models.SurveyVersion | None) -> Self | None:
        """Return the row as a version, or `None` for none."""
        return cls.of(row) if row is not None else None

    @strawberry.field(description="Questions and texts of this version.")
    def definition(self) -> SurveyDefinition:
        return SurveyDefinition.of(definition_from_json(self.row.definition))

    @strawberry.field(description="Who published it; null: the system.")
    async def published_by(self, info: Info) -> User | None:
        return User.of_optional(await info.context.row(UserRow, self.row.published_by_id))


@strawberry.type(description="Questions in draft and published, and what happens with the answers.")
class Survey(Node):
    row: strawberry.Private[models.Survey]
    key: str = strawberry.field(description="Its name in addresses; never changes.")
    name: str = strawberry.field(description="Name for colleagues; respondents see the title.")
    description: str = strawberry.field(description="For colleagues; may be empty.")
    language: Language = strawberry.field(description="Language of the page where the respondent's is unknown.")
    is_open: bool = strawberry.field(description="Whether it takes answers, once published.")
    has_unpublished_changes: bool = strawberry.field(description="Whether the draft differs from what is published.")
    created_at: datetime = strawberry.field(description="When it was made.")
    updated_at: datetime = strawberry.field(description="When it was last changed or published.")
    version: int = strawberry.field(description="Send it back as `expectedVersion` when changing.")

    @classmethod
    def of(cls, row: models.Survey) -> Self:
        return cls(
            id=strawberry.ID(global_id("srv", row.id)),
            row=row,
            key=row.key,
            name=row.name,
            description=row.description,
            language=Language(row.language),
            is_open=row.is_open,
            has_unpublished_changes=row.has_unpublished_changes,
            created_at=row.created_at,
            updated_at=row.updated_at,
            version=row.version,
        )

    @classmethod
    def of_optional(cls, row: models.Survey | None) -> Self | None:
        """Return the row as a survey, or `None` for none."""
        return cls.of(row) if row is not None else None

    @strawberry.field(description="The group it belongs to.")
    async def program(self, info: Info) -> Program:
        row = await info.context.row(models.Program, self.row.program_id)
        assert row is not None, self.row.program_id
        return Program.of(row)

    @strawberry.field(description="What is being edited; respondents see it once it is published.")
    def draft(self) -> SurveyDefinition:
        return SurveyDefinition.of(definition_from_json(self.row.draft))

    @strawberry.field(description="What respondents see; null before the first publication.")
    async def published(self, info: Info) -> SurveyVersion | None:
        row = await info.context.row(models.SurveyVersion, self.row.published_version_id)
        return SurveyVersion.of_optional(row)

    @strawberry.field(description="Everything ever published, newest first.")
    async def versions(self, info: Info) -> list[SurveyVersion]:
        return [SurveyVersion.of(row) for row in await info.context.batch(load_versions_of_surveys, self.row.id)]

    @strawberry.field(description="Which answers open a ticket.")
    def ticket_rule(self) -> TicketRule:
        return TicketRule.of(rules.ticket_rule_from_json(self.row.ticket_rule))

    @strawberry.field(description="Key that signs `POST /intake/<key>`; null without the right SURVEYS_MANAGE.")
    def intake_secret(self, info: Info) -> str | None:
        return self.row.intake_secret if info.context.signed_in.can(Permission.SURVEYS_MANAGE) else None

    @strawberry.field(description="Address of the page for respondents.")
    def public_url(self, info: Info) -> str:
        return f"{info.context.services.settings.address}/r/{self.key}"

    @strawberry.field(description="Address that takes signed answers from other systems, see docs/intake.md.")
    def intake_url(self, info: Info) -> str:
        return f"{info.context.services.settings.address}/intake/{self.key}"

    @strawberry.field(description="How many answers came in.")
    async def response_count(self, info: Info) -> int:
        return (await info.context.batch(survey_figures, self.row.id)).count

    @strawberry.field(description="When the last answer came in; null before the first.")
    async def last_response_at(self, info: Info) -> datetime | None:
        return (await info.context.batch(survey_figures, self.row.id)).last_at

    @strawberry.field(description="Mean of all scores on the survey's own scale; null before the first score.")
    async def average_score(self, info: Info) -> float | None:
        return (await info.context.batch(survey_figures, self.row.id)).average


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


@strawberry.type(description="One person's answers to a survey.")
class Response(Node):
    row: strawberry.Private[models.Response]
    state: ResponseState = strawberry.field(description="How far it got.")
    channel: Channel = strawberry.field(description="How it came in.")
    language: Language = strawberry.field(description="Language it was given in.")
    external_id: str | None = strawberry.field(description="The sender's own id, unique per survey; null: none.")
    tracking_id: str = strawberry.field(description="Told to the customer, e.g. 7K3M9-QXT2F; cannot be guessed.")
    score: int | None = strawberry.field(description="Mark of the score question; null where not answered.")
    score_maximum: int | None = strawberry.field(description="Best possible mark; null without a score.")
    score_kind: QuestionKind | None = strawberry.field(description="Kind of scale; null without a score.")
    score_class: ScoreClass | None = strawberry.field(description="Null without a score.")
    comment: str | None = strawberry.field(description="The customer's words; null where there are none.")
    submitted_at: datetime = strawberry.field(description="When it came in.")

    @classmethod
    def of(cls, row: models.Response) -> Self:
        return cls(
            id=strawberry.ID(global_id("rsp", row.id)),
            row=row,
            state=row.state,
            channel=row.channel,
            language=Language(row.language),
            external_id=row.external_id,
            tracking_id=row.tracking_id,
            score=row.score,
            score_maximum=row.score_maximum,
            score_kind=QuestionKind(row.score_kind) if row.score_kind else None,
            score_class=row.score_class,
            comment=row.comment,
            submitted_at=row.submitted_at,
        )

    @classmethod
    def of_optional(cls, row: models.Response | None) -> Self | None:
        """Return the row as a response, or `None` for none."""
        return cls.of(row) if row is not None else None

    @strawberry.field(description="The survey that was answered.")
    async def survey(self, info: Info) -> Survey:
        row = await info.context.row(models.Survey, self.row.survey_id)
        assert row is not None, self.row.survey_id
        return Survey.of(row)

    @strawberry.field(description="Number of the published version that was answered.")
    async def version_number(self, info: Info) -> int:
        return (await self._version(info)).number

    @strawberry.field(description="Who answered; null: nobody knows, or the viewer may not see contacts.")
    async def contact(self, info: Info) -> Contact | None:
        return await visible_contact(info.context, self.row.contact_id)

    @strawberry.field(description="The ticket it opened; null: none, or not for the viewer.")
    async def ticket(self, info: Info) -> Annotated["Ticket", strawberry.lazy("boucle.api.tickets.types")] | None:
        from boucle.api.tickets.types import Ticket  # noqa: PLC0415  (tickets know their response: a cycle)

        row = await info.context.batch_as_viewer(load_tickets_of_responses, self.row.id)
        return Ticket.of(row) if row is not None else None

    @strawberry.field(description="Answered questions, in the order of the page.")
    async def answers(self, info: Info) -> list[Answer]:
        definition = definition_from_json((await self._version(info)).definition)
        given = self.row.answers
        return [
            _answer(Question.of(question), given[question.key])
            for question in definition.questions
            if question.key in given
        ]

    @strawberry.field(description="Values that travelled with the answer, by name.")
    def embedded_data(self) -> list[EmbeddedValue]:
        return [EmbeddedValue(name=name, value=value) for name, value in sorted(self.row.embedded.items())]

    async def _version(self, info: Info) -> models.SurveyVersion:
        row = await info.context.row(models.SurveyVersion, self.row.survey_version_id)
        assert row is not None, self.row.survey_version_id
        return row


def _answer(question: Question, value: object) -> Answer:
    chosen = value if isinstance(value, list) else []
    return Answer(
        question=question,
        number=value if isinstance(value, int) else None,
        text=value if isinstance(value, str) else None,
        choices=[choice for choice in question.choices if choice.key in chosen],
    )


@finds("prg")
async def find_program(context: Context, number: int) -> Program | None:
    row = await context.row(models.Program, number) if _may_see_surveys(context) else None
    return Program.of(row) if row else None


@finds("srv")
async def find_survey(context: Context, number: int) -> Survey | None:
    return Survey.of_optional(await context.row(models.Survey, number)) if _may_see_surveys(context) else None


@finds("svv")
async def find_survey_version(context: Context, number: int) -> SurveyVersion | None:
    if not _may_see_surveys(context):
        return None
    return SurveyVersion.of_optional(await context.row(models.SurveyVersion, number))


@finds("rsp")
async def find_response(context: Context, number: int) -> Response | None:
    """A response is visible by itself, or through a ticket that the viewer may see."""
    viewer = context.viewer
    if viewer is None:
        return None
    if not can_see_responses(viewer) and await context.batch_as_viewer(load_tickets_of_responses, number) is None:
        return None
    return Response.of_optional(await context.row(models.Response, number))


def _may_see_surveys(context: Context) -> bool:
    return context.viewer is not None and can_see_surveys(context.viewer)
