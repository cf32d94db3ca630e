"""`/r/{survey key}`: the page that respondents answer on. Plain HTML that works without JavaScript."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from boucle.accounts.models import Language
from boucle.accounts.queries import the_organisation
from boucle.api.bodies import BodyTooLarge, read_body
from boucle.api.languages import preferred_language
from boucle.api.respond_form import (
    ERRORS,
    PAGE_IDS,
    SWITCH,
    TOKEN,
    Form,
    blocks,
    errors_by_question,
    fresh_form,
    posted_form,
    submission_of,
)
from boucle.api.respond_link import LANGUAGE, Pairs
from boucle.api.respond_words import SCALE_ENDS, WORDS, Words, error_text
from boucle.api.services import Services
from boucle.api.typesetting import typeset
from boucle.events.actor import CUSTOMER
from boucle.flows.closing_the_loop import receive_response
from boucle.kit.errors import Closed, IdempotencyMismatch, Several
from boucle.surveys.answers import Submission, check_answers
from boucle.surveys.definitions import SurveyDefinition
from boucle.surveys.models import Channel, Survey
from boucle.surveys.queries import (
    open_version,
    published_version,
    repeated_response,
    response_by_tracking_id,
    survey_by_key,
)

TEMPLATES = Path(__file__).parent / "templates"
LARGEST_BODY = 256 * 1024
ANSWERS_PER_MINUTE = 60  # from one address: a shop's tablet or a whole office may share it
MINUTE = timedelta(minutes=1)
# In the address of the thank-you page. They tell what the sender knows, never what is stored.
ALREADY, SOON = "already", "soon"

templates = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
templates.filters["typeset"] = typeset
STYLE = (TEMPLATES / "respond.css").read_text()
STYLE_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    # No script at all, and only the one style sheet that is part of the page.
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{STYLE_DIGEST}'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # links carry addresses of people
    "Cache-Control": "no-store",
}
# Going back shows the very page that was sent, with its token: sent once more, it is the same answer.
FORM_HEADERS = HEADERS | {"Cache-Control": "private, no-cache"}


@dataclass(frozen=True, slots=True)
class Page:
    """What every page of a survey needs. `survey` is `None` where the address names none."""

    request: Request
    words: Words
    organisation: str
    survey: Survey | None = None

    def show(
        self, template: str, *, status: int = 200, headers: Mapping[str, str] = HEADERS, **values: object
    ) -> Response:
        """Return a page of this survey."""
        html = templates.get_template(template).render(
            style=Markup(STYLE),  # noqa: S704  (a file of ours)
            words=self.words,
            organisation=self.organisation,
            switch=self._switch(),
            **values,
        )
        return HTMLResponse(html, status_code=status, headers=headers)

    def notice(
        self, heading: str, note: str, *, status: int = 200, tracking_id: str | None = None, again: str | None = None
    ) -> Response:
        """Return a page that only tells something; `again` is the address of a fresh form."""
        return self.show("notice.html", status=status, heading=heading, note=note, tracking_id=tracking_id, again=again)

    @property
    def survey_id(self) -> int:
        """The number of the survey, where there is one."""
        assert self.survey is not None
        return int(self.survey.id)

    @property
    def query(self) -> Pairs:
        """All that came in with the address."""
        return self.request.query_params.multi_items()

    def _switch(self) -> str:
        query = {**self.request.query_params, LANGUAGE: self.words.other_language}
        return f"{self.request.url.path}?{urlencode(query)}"


async def show_survey(request: Request) -> Response:
    """Show the questions, or say why there are none."""
    page = await _page(request)
    definition = await _open_definition(page)
    if isinstance(definition, Response):
        return definition
    form = fresh_form(definition, page.query)
    if form.link.token and (first := await repeated_response(page.survey_id, PAGE_IDS + form.link.token)):
        # Sent before: its answer was lost on the way, or the next customer uses the same tablet.
        again = f"{request.url.path}?{form.link.query(language=page.words.language)}"
        return page.notice(page.words.already_heading, page.words.kept_note, tracking_id=first.tracking_id, again=again)
    return _show_form(page, definition, form)


async def take_answer(request: Request) -> Response:
    """Store an answer and thank for it, or show it again with what is to be corrected."""
    page = await _page(request)
    definition = await _open_definition(page)
    if isinstance(definition, Response):
        return definition
    try:
        form = posted_form(definition, page.query, await read_body(request, LARGEST_BODY))
    except (BodyTooLarge, ValueError):
        return page.notice(page.words.errors_one, page.words.too_large, status=413)
    if form.switch:
        return _show_form(page, definition, form, messages=_messages_again(definition, form, page.words.language))
    if form.honeypot:
        return _show_form(page, definition, form, status=422)
    services: Services = request.app.state.services
    address = request.client.host if request.client else "unknown"
    if not await services.limiter.hit(f"page:{address}", ANSWERS_PER_MINUTE, MINUTE):
        return _show_form(page, definition, form, status=429, alert=page.words.busy)
    return await _store(page, definition, form, services)


async def _store(page: Page, definition: SurveyDefinition, form: Form, services: Services) -> Response:
    assert page.survey is not None
    submission = submission_of(definition, form, language=page.words.language)
    try:
        outcome = await receive_response(CUSTOMER, page.survey, submission, channel=Channel.PAGE, now=services.now())
    except Several as several:
        messages = _messages(definition, several, page.words.language)
        return _show_form(page, definition, form, status=422, messages=messages)
    except IdempotencyMismatch:
        # The same page sent twice with other answers, e.g. after going back.
        first = await repeated_response(page.survey_id, submission.external_id)
        assert first is not None
        return _to_thanks(page, first.tracking_id, ALREADY)
    except Closed:
        return page.notice(page.words.closed_heading, page.words.closed_note, status=410)
    is_promised = outcome.ticket is not None and _says_how_to_answer(definition, submission)
    return _to_thanks(page, outcome.response.tracking_id, *([SOON] if is_promised else []))


def _says_how_to_answer(definition: SurveyDefinition, submission: Submission) -> bool:
    """Whether this very answer leaves an address or a number; what is known from before is nobody's business."""
    details = check_answers(definition, submission).details
    return bool(details.email or details.phone)


def _messages(definition: SurveyDefinition, several: Several, language: str) -> dict[str, str]:
    """Return what stands next to each refused answer, in the order of the page."""
    wrong = errors_by_question(several.parts)
    assert wrong, several  # all else on the page is ours
    return {
        question.key: error_text(question, wrong[question.key], language)
        for question in definition.questions
        if question.key in wrong
    }


def _messages_again(definition: SurveyDefinition, form: Form, language: str) -> dict[str, str]:
    """Return what stood next to the answers of a refused page, in another language."""
    if form.switch != ERRORS:
        return {}
    try:
        check_answers(definition, submission_of(definition, form, language=language), is_corrected_by_author=True)
    except Several as several:
        return _messages(definition, several, language)
    return {}


async def show_thanks(request: Request) -> Response:
    """Thank for an answer, with its tracking id; a reload stores nothing again."""
    page = await _page(request)
    response = (
        await response_by_tracking_id(page.survey.id, request.path_params["tracking_id"]) if page.survey else None
    )
    if page.survey is None or response is None:
        return page.notice(page.words.unknown_heading, page.words.unknown_note, status=404)
    return page.notice(*await _thanks(page), tracking_id=response.tracking_id)


async def _thanks(page: Page) -> tuple[str, str]:
    """Return what is said after sending, by what the redirection says of the answer."""
    words, query = page.words, page.request.query_params
    if ALREADY in query:
        return words.already_heading, words.already_note
    definition = await _definition(page.survey) if page.survey else None
    note = definition.thanks.into(words.language) if definition else ""
    return words.soon_heading if SOON in query else words.thanks_heading, note


def _to_thanks(page: Page, tracking_id: str, *notes: str) -> Response:
    query = {LANGUAGE: page.words.language, **dict.fromkeys(notes, "1")}
    return RedirectResponse(f"{page.request.url.path}/thanks/{tracking_id}?{urlencode(query)}", 303, headers=HEADERS)


def _show_form(
    page: Page,
    definition: SurveyDefinition,
    form: Form,
    *,
    status: int = 200,
    messages: Mapping[str, str] | None = None,
    alert: str | None = None,
) -> Response:
    return page.show(
        "survey.html",
        status=status,
        headers=FORM_HEADERS,
        definition=definition,
        blocks=blocks(definition),
        form=form,
        messages=messages or {},
        alert=alert,
        scale_ends=SCALE_ENDS,
        action=_address(page, form, page.words.language),
        switch_action=_address(page, form, page.words.other_language),
        switch_name=SWITCH,
        switch_value=ERRORS if messages else "form",
        token_name=TOKEN,
    )


def _address(page: Page, form: Form, language: str) -> str:
    """Return where the form is sent: whoever reloads that address finds all but what was typed."""
    return f"{page.request.url.path}?{form.link.query(language=language, token=form.token)}"


def unavailable_page(request: Request, status: int) -> Response:
    """Return a page that asks to come back later; it needs no database."""
    accepted = request.headers.get("accept-language", "")
    asked = request.query_params.get(LANGUAGE)
    words = WORDS[preferred_language(asked=asked, accepted=accepted, otherwise=Language.FR)]
    page = Page(request, words, organisation="Boucle")
    return page.notice(words.unavailable_heading, words.unavailable_note, status=status)


async def unknown_page(request: Request) -> Response:
    """Say, in place of anything below `/r/` that is nothing, that no survey is there."""
    page = await _page(request)
    return page.notice(page.words.unknown_heading, page.words.unknown_note, status=404)


async def _page(request: Request) -> Page:
    survey = await survey_by_key(request.path_params.get("key", ""))
    organisation = await the_organisation()
    language = preferred_language(
        asked=request.query_params.get(LANGUAGE),
        accepted=request.headers.get("accept-language", ""),
        otherwise=survey.language if survey else organisation.language.value,
    )
    return Page(request, WORDS[language], organisation.name, survey)


async def _open_definition(page: Page) -> SurveyDefinition | Response:
    """Return what is to be answered, or the page that says why nothing is."""
    words = page.words
    if page.survey is None:
        return page.notice(words.unknown_heading, words.unknown_note, status=404)
    if page.survey.published_version_id is None:
        return page.notice(words.not_yet_heading, words.not_yet_note, status=404)
    try:
        version = await open_version(page.survey)
    except Closed:
        return page.notice(words.closed_heading, words.closed_note, status=410)
    return version.definition


async def _definition(survey: Survey) -> SurveyDefinition | None:
    version = await published_version(survey)
    return version.definition if version else None


routes = [
    Route("/r/{key}", show_survey, methods=["GET"]),
    Route("/r/{key}", take_answer, methods=["POST"]),
    Route("/r/{key}/thanks/{tracking_id}", show_thanks, methods=["GET"]),
]
