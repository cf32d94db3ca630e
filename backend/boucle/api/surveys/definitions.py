"""GraphQL types of what a survey asks, as output and as input."""

from typing import Self

import strawberry

from boucle.surveys import definitions
from boucle.surveys.definitions import ContactField, QuestionKind, QuestionRole

strawberry.enum(
    QuestionKind,
    description="How a question is answered: NPS 0 to 10, CSAT and CES 1 to 5 or 7 (more is better), choices, text.",
)
strawberry.enum(QuestionRole, description="What the answer means for the response as a whole.")
strawberry.enum(ContactField, description="Which detail of the respondent a text answer is.")

KEY = "Stable name in answers, small letters and digits; unique within its list."
MULTIPLE = "Choice questions: whether several may be chosen."
MULTILINE = "Text questions: whether the field has several lines."
POINTS = "CSAT and CES: 5 or 7 points; null on other kinds."
EMBEDDED = "Names of values that may travel with an answer, e.g. in the link; compared without case."


@strawberry.type(description="One text in every language.")
class LocalizedText:
    fr: str = strawberry.field(description="French.")
    en: str = strawberry.field(description="English.")

    @classmethod
    def of(cls, text: definitions.LocalizedText) -> Self:
        return cls(fr=text.fr, en=text.en)


@strawberry.type(description="One answer to choose.")
class Choice:
    key: str = strawberry.field(description=KEY)
    text: LocalizedText = strawberry.field(description="What respondents read.")

    @classmethod
    def of(cls, choice: definitions.Choice) -> Self:
        return cls(key=choice.key, text=LocalizedText.of(choice.text))


@strawberry.type(description="One question of a survey.")
class Question:
    key: str = strawberry.field(description=KEY)
    kind: QuestionKind = strawberry.field(description="How it is answered.")
    text: LocalizedText = strawberry.field(description="What respondents read.")
    required: bool = strawberry.field(description="Whether the survey cannot be sent without an answer.")
    role: QuestionRole | None = strawberry.field(description="Null: an answer like any other.")
    points: int | None = strawberry.field(description=POINTS)
    choices: list[Choice] = strawberry.field(description="Choice questions: what to choose from, in order.")
    multiple: bool = strawberry.field(description=MULTIPLE)
    multiline: bool = strawberry.field(description=MULTILINE)
    contact_field: ContactField | None = strawberry.field(
        description="Text questions: which detail of the respondent it asks for; null: none."
    )

    @classmethod
    def of(cls, question: definitions.Question) -> Self:
        return cls(
            key=question.key,
            kind=question.kind,
            text=LocalizedText.of(question.text),
            required=question.required,
            role=question.role,
            points=question.points,
            choices=[Choice.of(choice) for choice in question.choices],
            multiple=question.multiple,
            multiline=question.multiline,
            contact_field=question.contact_field,
        )


@strawberry.type(description="Everything that respondents see.")
class SurveyDefinition:
    title: LocalizedText = strawberry.field(description="Heading of the page.")
    introduction: LocalizedText = strawberry.field(description="Below the heading; both languages may be empty.")
    thanks: LocalizedText = strawberry.field(description="Shown once the answer is in.")
    questions: list[Question] = strawberry.field(description="In the order of the page.")
    embedded_fields: list[str] = strawberry.field(description=EMBEDDED)

    @classmethod
    def of(cls, definition: definitions.SurveyDefinition) -> Self:
        return cls(
            title=LocalizedText.of(definition.title),
            introduction=LocalizedText.of(definition.introduction),
            thanks=LocalizedText.of(definition.thanks),
            questions=[Question.of(question) for question in definition.questions],
            embedded_fields=list(definition.embedded_fields),
        )


@strawberry.input(description="One text in every language.")
class LocalizedTextInput:
    fr: str = strawberry.field(description="French.")
    en: str = strawberry.field(description="English.")

    def value(self) -> definitions.LocalizedText:
        """Return the text as the domain takes it."""
        return definitions.LocalizedText(fr=self.fr, en=self.en)


@strawberry.input(description="One answer to choose.")
class ChoiceInput:
    key: str = strawberry.field(description=KEY)
    text: LocalizedTextInput = strawberry.field(description="What respondents read.")


@strawberry.input(description="One question of a survey.")
class QuestionInput:
    key: str = strawberry.field(description=KEY)
    kind: QuestionKind = strawberry.field(description="How it is answered.")
    text: LocalizedTextInput = strawberry.field(description="What respondents read.")
    required: bool = strawberry.field(default=False, description="Whether an answer is needed.")
    role: QuestionRole | None = strawberry.field(
        default=None, description="SCORE for at most one NPS, CSAT or CES question; COMMENT for text questions."
    )
    points: int | None = strawberry.field(default=None, description=POINTS)
    choices: list[ChoiceInput] | None = strawberry.field(default=None, description="Needed by choice questions.")
    multiple: bool = strawberry.field(default=False, description=MULTIPLE)
    multiline: bool = strawberry.field(default=False, description=MULTILINE)
    contact_field: ContactField | None = strawberry.field(default=None, description="Which detail it asks for.")

    def value(self) -> definitions.Question:
        """Return the question as the domain takes it."""
        return definitions.Question(
            key=self.key,
            kind=self.kind,
            text=self.text.value(),
            required=self.required,
            role=self.role,
            points=self.points,
            choices=tuple(definitions.Choice(choice.key, choice.text.value()) for choice in self.choices or ()),
            multiple=self.multiple,
            multiline=self.multiline,
            contact_field=self.contact_field,
        )


@strawberry.input(description="Everything that respondents see.")
class SurveyDefinitionInput:
    title: LocalizedTextInput = strawberry.field(description="Heading of the page.")
    introduction: LocalizedTextInput = strawberry.field(description="Below the heading; both languages may be empty.")
    thanks: LocalizedTextInput = strawberry.field(description="Shown once the answer is in.")
    questions: list[QuestionInput] = strawberry.field(description="1 to 100, in the order of the page.")
    embedded_fields: list[str] | None = strawberry.field(default=None, description=EMBEDDED)

    def value(self) -> definitions.SurveyDefinition:
        """Return the definition as the domain takes it."""
        return definitions.SurveyDefinition(
            title=self.title.value(),
            introduction=self.introduction.value(),
            thanks=self.thanks.value(),
            questions=tuple(question.value() for question in self.questions),
            embedded_fields=tuple(self.embedded_fields or ()),
        )
