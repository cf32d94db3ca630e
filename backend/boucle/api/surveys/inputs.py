"""Inputs about programs, surveys and responses. In updates, a missing field stays as it is."""

from dataclasses import replace
from datetime import datetime

import strawberry

from boucle.accounts.models import Language
from boucle.api.contacts.inputs import ContactInput, details_of
from boucle.api.inputs import given
from boucle.api.surveys.definitions import SurveyDefinitionInput
from boucle.contacts.rules import ContactDetails
from boucle.flows.importing import ImportedRow
from boucle.kit.errors import DomainError, Invalid
from boucle.kit.ids import global_id, number_of
from boucle.surveys.actions import NewSurvey, SurveyState
from boucle.surveys.answers import AnswerValue, Submission
from boucle.surveys.models import ScoreClass
from boucle.surveys.rules import TicketRule
from boucle.tickets.models import TicketPriority

NAME = "Name for colleagues."
RULE = "Which answers open a ticket."


@strawberry.input(description="Which surveys.")
class SurveyFilter:
    text: str | None = strawberry.field(
        default=None, description="Words that all occur in name or key; case and accents are free."
    )
    program_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Of any of these programs.")


@strawberry.input(description="Which responses.")
class ResponseFilter:
    survey_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="To any of these surveys.")
    contact_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Of any of these contacts.")
    score_classes: list[ScoreClass] | None = strawberry.field(default=None, description="In any of these classes.")


@strawberry.input(description="A new program.")
class ProgramCreateInput:
    name: str = strawberry.field(description=NAME)
    description: str | None = strawberry.field(default=None, description="What it is about.")


@strawberry.input(description="Changes of a program.")
class ProgramUpdateInput:
    name: strawberry.Maybe[str] = strawberry.field(description=NAME)
    description: strawberry.Maybe[str | None] = strawberry.field(description="What it is about.")


@strawberry.input(description="Which answers open a ticket, and what the ticket starts with.")
class TicketRuleInput:
    enabled: bool = strawberry.field(description="Whether answers open tickets at all.")
    maximum_score: int = strawberry.field(description="0 to 10; scores up to this one open a ticket.")
    priority: TicketPriority = strawberry.field(description="Priority of the new ticket.")
    team_id: strawberry.ID | None = strawberry.field(default=None, description="Team of the new ticket.")
    assignee_id: strawberry.ID | None = strawberry.field(default=None, description="Assignee of the new ticket.")
    segment: str | None = strawberry.field(default=None, description="Segment of the new ticket.")

    def value(self) -> TicketRule:
        """Return the rule as the domain takes it."""
        return TicketRule(
            enabled=self.enabled,
            maximum_score=self.maximum_score,
            priority=self.priority.value,
            team_id=number_of(self.team_id, "tea", field="teamId") if self.team_id else None,
            assignee_id=number_of(self.assignee_id, "usr", field="assigneeId") if self.assignee_id else None,
            segment=self.segment,
        )


@strawberry.input(description="A new survey, unpublished.")
class SurveyCreateInput:
    program_id: strawberry.ID = strawberry.field(description="The group it belongs to.")
    name: str = strawberry.field(description=NAME)
    key: str | None = strawberry.field(default=None, description="Its name in addresses; null: made of the name.")
    description: str | None = strawberry.field(default=None, description="For colleagues.")
    language: Language | None = strawberry.field(default=None, description="Of the page, where unknown. Null: French.")
    definition: SurveyDefinitionInput | None = strawberry.field(default=None, description="Null: a ready NPS survey.")
    ticket_rule: TicketRuleInput | None = strawberry.field(
        default=None, description=f"{RULE} Null: NPS 0 to 6, on other scales the detractors."
    )

    def value(self) -> NewSurvey:
        """Return the survey as the domain takes it."""
        return NewSurvey(
            program_id=number_of(self.program_id, "prg", field="programId"),
            name=self.name,
            key=self.key,
            description=self.description or "",
            language=(self.language or Language.FR).value,
            definition=self.definition.value() if self.definition else None,
            ticket_rule=self.ticket_rule.value() if self.ticket_rule else None,
        )


@strawberry.input(description="Changes of a survey. The definition becomes the draft; all else holds at once.")
class SurveyUpdateInput:
    name: strawberry.Maybe[str] = strawberry.field(description=NAME)
    description: strawberry.Maybe[str | None] = strawberry.field(description="For colleagues.")
    program_id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="The group it belongs to.")
    language: strawberry.Maybe[Language] = strawberry.field(description="Of the page, where unknown.")
    is_open: strawberry.Maybe[bool] = strawberry.field(description="Whether it takes answers.")
    definition: strawberry.Maybe[SurveyDefinitionInput] = strawberry.field(description="The new draft.")
    ticket_rule: strawberry.Maybe[TicketRuleInput] = strawberry.field(description=RULE)

    def applied_to(self, state: SurveyState) -> SurveyState:
        """Return the state with the changes that the client mentioned."""
        program = given(self.program_id, strawberry.ID(global_id("prg", state.program_id)))
        return replace(
            state,
            name=given(self.name, state.name),
            description=given(self.description, state.description) or "",
            program_id=number_of(program, "prg", field="programId"),
            language=given(self.language, Language(state.language)).value,
            is_open=given(self.is_open, state.is_open),
            definition=self.definition.value.value() if self.definition else state.definition,
            ticket_rule=self.ticket_rule.value.value() if self.ticket_rule else state.ticket_rule,
        )


@strawberry.input(description="The answer to one question; fill exactly one of number, text and choices.")
class AnswerInput:
    question: str = strawberry.field(description="Key of the question.")
    number: int | None = strawberry.field(default=None, description="Mark, for NPS, CSAT and CES.")
    text: str | None = strawberry.field(default=None, description="Words, for text questions.")
    choices: list[str] | None = strawberry.field(default=None, description="Keys of the choices.")

    def value(self) -> AnswerValue:
        """Return what was given; raise `Invalid` unless it is exactly one thing."""
        filled = [each for each in (self.number, self.text, self.choices) if each is not None]
        if len(filled) != 1:
            raise Invalid(
                "The answer to '{question}' needs exactly one of number, text and choices.",
                field=["answers", self.question],
                question=self.question,
            )
        return filled[0]


@strawberry.input(description="A value that travels with an answer.")
class EmbeddedValueInput:
    name: str = strawberry.field(description="One of the survey's embedded fields; case does not count.")
    value: str = strawberry.field(description="At most 1000 characters.")


@strawberry.input(description="One person's answers to a survey.")
class ResponseInput:
    external_id: str | None = strawberry.field(
        default=None, description="The sender's own id: the same id with the same answers is stored once, for ever."
    )
    language: Language | None = strawberry.field(default=None, description="Null: the survey's.")
    contact: ContactInput | None = strawberry.field(default=None, description="Who answers; wins over the answers.")
    answers: list[AnswerInput] = strawberry.field(description="At most one per question.")
    embedded_data: list[EmbeddedValueInput] | None = strawberry.field(default=None, description="Declared values.")

    def value(self) -> Submission:
        """Return the answers as the domain takes them; raise `Invalid` where a question is answered twice."""
        answers = {answer.question: answer.value() for answer in self.answers}
        if len(answers) < len(self.answers):
            raise Invalid("A question is answered twice. Send one answer per question.", field=["answers"])
        return Submission(
            answers=answers,
            embedded={each.name: each.value for each in self.embedded_data or ()},
            contact=details_of(self.contact) if self.contact else ContactDetails(),
            language=self.language.value if self.language else None,
            external_id=self.external_id,
        )


@strawberry.input(description="One answer of the past, with what `ResponseInput` has.")
class ResponseImportInput(ResponseInput):
    submitted_at: datetime | None = strawberry.field(default=None, description="When it was given; null: now.")

    def row(self) -> ImportedRow:
        """Return the answer as the domain takes it; why it cannot be read is the row's own error."""
        try:
            return ImportedRow(self.value(), self.submitted_at)
        except DomainError as error:
            return ImportedRow(error)
