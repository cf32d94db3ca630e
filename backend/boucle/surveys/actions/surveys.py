"""Making, editing and publishing surveys."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from boucle.accounts.access import Viewer, require
from boucle.accounts.models import Team
from boucle.accounts.ownership import check_owner
from boucle.accounts.permissions import Permission
from boucle.contacts.rules import clean_language
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.database import lock_name
from boucle.kit.errors import Conflict, DomainError, NotAllowedNow, NotFound, Required, Several, Taken
from boucle.kit.ids import global_id
from boucle.kit.passwords import new_secret
from boucle.kit.texts import clean_block, clean_line, required_name, sort_key
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.access import access_editable_survey
from boucle.surveys.actions.programs import LONGEST_NAME, clean_description
from boucle.surveys.definition_checks import check_definition
from boucle.surveys.definitions import (
    LONGEST_KEY,
    SurveyDefinition,
    definition_from_json,
    definition_to_json,
    ready_nps_definition,
)
from boucle.surveys.models import Program, Survey, SurveyId, SurveyVersion
from boucle.surveys.rules import (
    LONGEST_SEGMENT,
    TicketRule,
    check_survey_key,
    check_ticket_rule,
    default_ticket_rule,
    slug_of,
    ticket_rule_from_json,
    ticket_rule_to_json,
)

T = TypeVar("T")
PREFIX = "srv"
SECRET_PREFIX = "bci"
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class NewSurvey:
    """What a survey starts with. `None`: a key made of the name, a ready NPS definition, the usual ticket rule."""

    program_id: int
    name: str
    key: str | None = None
    description: str = ""
    language: str = "fr"
    definition: SurveyDefinition | None = None
    ticket_rule: TicketRule | None = None


@dataclass(frozen=True, slots=True)
class SurveyState:
    """All that a person may edit of a survey; `definition` is the draft, respondents see it once published."""

    program_id: int
    name: str
    description: str
    language: str
    is_open: bool
    definition: SurveyDefinition
    ticket_rule: TicketRule


def state_of(survey: Survey) -> SurveyState:
    """Return what is stored of a survey, to be edited with `dataclasses.replace`."""
    return SurveyState(
        program_id=survey.program_id,
        name=survey.name,
        description=survey.description,
        language=survey.language,
        is_open=survey.is_open,
        definition=definition_from_json(survey.draft),
        ticket_rule=ticket_rule_from_json(survey.ticket_rule),
    )


async def create_survey(viewer: Viewer, new: NewSurvey, *, now: datetime) -> Survey:
    """Make an unpublished survey; raise `Taken` where the wanted key is in use."""
    require(viewer, Permission.SURVEYS_MANAGE)
    definition = new.definition or ready_nps_definition()
    state = await _checked(
        SurveyState(
            program_id=new.program_id,
            name=new.name,
            description=new.description,
            language=new.language,
            is_open=True,
            definition=definition,
            ticket_rule=new.ticket_rule or default_ticket_rule(definition),
        )
    )
    async with unit_of_work():
        await _check_owners(state.ticket_rule)
        key = await _free_key(new.key, state.name)
        survey = await Survey.create(
            **_columns(state),
            key=key,
            published_number=0,
            has_unpublished_changes=True,
            intake_secret=new_secret(SECRET_PREFIX),
            created_at=now,
            updated_at=now,
            version=1,
        )
        await _report(EventKind.SURVEY_CREATED, viewer, survey, now, {"name": (None, state.name)})
        await _report_programs({state.program_id}, viewer, now)
    return survey


async def update_survey(
    viewer: Viewer, survey_id: SurveyId, seen_version: int, wanted: SurveyState, now: datetime
) -> Survey:
    """Bring a survey to the wanted state; questions take effect once published, everything else at once."""
    survey = await _access_current(viewer, survey_id, seen_version)
    checked = await _checked(wanted)
    columns = _columns(checked)
    changes = {name: (getattr(survey, name), value) for name, value in columns.items()}
    changes = {name: (before, after) for name, (before, after) in changes.items() if before != after}
    if not changes:
        return survey
    async with unit_of_work():
        await _check_owners(checked.ticket_rule)
        has_changes = await _differs(survey, columns["draft"])
        keys = {"name_key": sort_key(columns["name"])}
        await _write(survey, now, **columns, **keys, has_unpublished_changes=has_changes)
        await _report(EventKind.SURVEY_UPDATED, viewer, survey, now, _for_people(changes))
        await _report_programs({survey.program_id} ^ {wanted.program_id}, viewer, now)
        return await Survey.get(id=survey_id)


async def publish_survey(
    viewer: Viewer, survey_id: SurveyId, seen_version: int, *, note: str = "", now: datetime
) -> Survey:
    """Show the draft to respondents, as a new version with author, date and note (INT-5)."""
    survey = await _access_current(viewer, survey_id, seen_version)
    if not survey.has_unpublished_changes:
        raise NotAllowedNow(
            "The survey '{name}' has no changes since version {number}. Change it before you publish it.",
            name=survey.name,
            number=survey.published_number,
        )
    words = clean_block(note, LONGEST_NOTE, field="note") or ""
    check_definition(definition_from_json(survey.draft))
    number = survey.published_number + 1
    async with unit_of_work():
        # Taking the survey's version first makes a second publisher wait and then fail, before any row is made.
        await _write(survey, now, has_unpublished_changes=False, published_number=number)
        version = await SurveyVersion.create(
            survey_id=survey.id,
            number=number,
            definition=survey.draft,
            published_at=now,
            published_by_id=viewer.user_id,
            note=words,
        )
        await Survey.filter(id=survey.id).update(published_version_id=version.id)
        await _report(
            EventKind.SURVEY_PUBLISHED, viewer, survey, now, {"published_number": (number - 1 or None, number)}
        )
        return await Survey.get(id=survey.id)


async def rotate_intake_secret(viewer: Viewer, survey_id: SurveyId, seen_version: int, now: datetime) -> Survey:
    """Replace the secret that signs intake; requests signed with the old one are refused from now on."""
    survey = await _access_current(viewer, survey_id, seen_version)
    async with unit_of_work():
        await _write(survey, now, intake_secret=new_secret(SECRET_PREFIX))
        await _report(EventKind.SURVEY_UPDATED, viewer, survey, now, {"intake_secret": (None, None)})
        return await Survey.get(id=survey_id)


async def _access_current(viewer: Viewer, survey_id: SurveyId, seen_version: int) -> Survey:
    survey = await access_editable_survey(viewer, survey_id)
    if survey.version != seen_version:
        raise _stale(survey)
    return survey


async def _checked(state: SurveyState) -> SurveyState:
    """Return the state as it is stored; raise `Several` or the one error there is."""
    name, description = required_name(state.name, LONGEST_NAME), clean_description(state.description)
    if not await Program.filter(id=state.program_id).exists():
        raise NotFound("There is no such program.", field="programId")
    language = clean_language(state.language)
    if language is None:
        raise Required("A survey needs a language.", field="language")
    definition, rule = state.definition.cleaned, _cleaned_rule(state.ticket_rule)
    _check_within("definition", check_definition, definition)
    _check_within("ticketRule", check_ticket_rule, rule)
    return SurveyState(
        program_id=state.program_id,
        name=name,
        description=description,
        language=language,
        is_open=state.is_open,
        definition=definition,
        ticket_rule=rule,
    )


def _cleaned_rule(rule: TicketRule) -> TicketRule:
    if rule.segment is None:
        return rule
    return replace(rule, segment=clean_line(rule.segment, LONGEST_SEGMENT, field=["ticketRule", "segment"]) or "")


def _check_within(path: str, check: Callable[[T], None], value: T) -> None:
    try:
        check(value)
    except DomainError as error:
        for part in error.parts:
            part.field = [path, *(part.field or [])]
        raise Several(error.parts) from error


async def _check_owners(rule: TicketRule) -> None:
    """Raise unless tickets may go to the rule's team and person, and hold that until the commit."""
    if rule.team_id is not None and not await Team.filter(id=rule.team_id).exists():
        raise NotFound("There is no such team (any more).", field=["ticketRule", "teamId"])
    if rule.assignee_id is not None:
        await check_owner(rule.assignee_id, field=["ticketRule", "assigneeId"])


async def _free_key(wanted: str | None, name: str) -> str:
    await lock_name("survey-keys")
    if wanted is not None:
        check_survey_key(wanted)
        if await Survey.filter(key=wanted).exists():
            raise Taken("The key '{key}' belongs to another survey. Choose another.", field="key", key=wanted)
        return wanted
    base = slug_of(name) or "survey"
    taken = {survey.key for survey in await Survey.filter(key__startswith=base[: LONGEST_KEY - 6])}
    numbered = (f"{base[: LONGEST_KEY - 6]}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (base, *numbered) if key not in taken)


def _columns(state: SurveyState) -> dict[str, Any]:
    return {
        "program_id": state.program_id,
        "name": state.name,
        "description": state.description,
        "language": state.language,
        "is_open": state.is_open,
        "draft": definition_to_json(state.definition),
        "ticket_rule": ticket_rule_to_json(state.ticket_rule),
    }


async def _differs(survey: Survey, draft: object) -> bool:
    if survey.published_version_id is None:
        return True
    published = await SurveyVersion.get(id=survey.published_version_id)
    return bool(published.definition != draft)


async def _write(survey: Survey, now: datetime, **columns: object) -> None:
    touched = await Survey.filter(id=survey.id, version=survey.version).update(
        **columns, updated_at=now, version=survey.version + 1
    )
    if not touched:
        raise _stale(await Survey.get(id=survey.id))


def _for_people(changes: dict[str, tuple[object, object]]) -> dict[str, tuple[object, object]]:
    """Keep what can be read in a line; of questions and rules only that they changed."""
    bulky = {"draft", "ticket_rule"}
    return {name: (None, None) if name in bulky else pair for name, pair in changes.items()}


async def _report_programs(program_ids: Iterable[int], viewer: Viewer, now: datetime) -> None:
    """Tell that these programs now have other surveys."""
    for program_id in sorted(program_ids):
        await record(NewEvent(EventKind.PROGRAM_UPDATED, global_id("prg", program_id), viewer.actor, now))


async def _report(
    kind: EventKind, viewer: Viewer, survey: Survey, now: datetime, changes: dict[str, tuple[object, object]]
) -> None:
    await record(NewEvent(kind, global_id(PREFIX, survey.id), viewer.actor, now, data={"changes": changes}))


def _stale(survey: Survey) -> Conflict:
    return Conflict("The survey '{name}' was changed in between. Look again.", current=survey, name=survey.name)
