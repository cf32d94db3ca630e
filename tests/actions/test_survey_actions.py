"""Surveys are made, edited in draft, published as versions, and never overwritten by a late edit."""

import asyncio
from dataclasses import replace

import pytest

from boucle.accounts.permissions import Permission
from boucle.events.log import head, read_after
from boucle.events.models import EventKind
from boucle.kit.condition_filters import as_filter
from boucle.kit.database import close_database, open_database
from boucle.kit.errors import Closed, Conflict, Forbidden, Invalid, NotAllowedNow, NotFound, Several, Taken
from boucle.surveys.actions import (
    NewSurvey,
    ProgramState,
    create_program,
    create_survey,
    publish_survey,
    rotate_intake_secret,
    state_of,
    update_program,
    update_survey,
)
from boucle.surveys.definitions import LocalizedText
from boucle.surveys.models import Program, Survey, SurveyId, SurveyVersion
from boucle.surveys.queries import open_version, surveys_matching
from boucle.surveys.rules import TicketRule, ticket_rule_from_json
from tests.factories.contacts import NOON, a_viewer
from tests.factories.surveys import a_definition, full_definition, make_program, make_survey


async def kinds_after(cursor) -> list[EventKind]:
    return [event.kind for event in await read_after(cursor, limit=50)]


async def edit(survey: Survey, **changes) -> Survey:
    wanted = replace(state_of(survey), **changes)
    return await update_survey(a_viewer(), SurveyId(survey.id), survey.version, wanted, NOON)


async def test_a_new_survey_is_ready_to_publish_and_takes_nothing_before(db):
    start, program = await head(), await make_program()
    survey = await create_survey(a_viewer(), NewSurvey(program.id, "Après l’achat"), now=NOON)
    assert (survey.key, survey.published_number, survey.has_unpublished_changes) == ("apres-l-achat", 0, True)
    assert ticket_rule_from_json(survey.ticket_rule) == TicketRule(maximum_score=6)
    with pytest.raises(Closed):
        await open_version(survey)
    published = await publish_survey(a_viewer(user_id=7), SurveyId(survey.id), 1, note="Première", now=NOON)
    version = await SurveyVersion.get(id=(await open_version(published)).id)
    assert (version.number, version.published_by_id, version.note, version.published_at) == (1, 7, "Première", NOON)
    assert await kinds_after(start) == [
        EventKind.PROGRAM_CREATED,
        EventKind.SURVEY_CREATED,
        EventKind.PROGRAM_UPDATED,
        EventKind.SURVEY_PUBLISHED,
    ]


async def test_edited_questions_take_effect_only_once_published(db):
    survey = await make_survey()
    title = LocalizedText("Nouveau titre", "New title")
    edited = await edit(survey, definition=replace(full_definition(), title=title))
    assert edited.has_unpublished_changes
    assert (await open_version(edited)).definition == full_definition()
    published = await publish_survey(a_viewer(), SurveyId(survey.id), edited.version, now=NOON)
    assert (await open_version(published)).definition.title == title
    assert [version.number for version in await SurveyVersion.all().order_by("id")] == [1, 2]


async def test_what_one_database_published_is_not_taken_for_what_another_did(database_factory):
    for definition in (full_definition(), a_definition()):
        await open_database(database_factory.fresh("sqlite"))
        version = await open_version(await make_survey(definition=definition))
        await close_database()
        assert (version.id, version.definition) == (1, definition)


async def test_an_edit_taken_back_leaves_nothing_to_publish(db):
    survey = await make_survey()
    edited = await edit(survey, definition=a_definition())
    restored = await edit(edited, definition=full_definition())
    assert not restored.has_unpublished_changes
    with pytest.raises(NotAllowedNow):
        await publish_survey(a_viewer(), SurveyId(survey.id), restored.version, now=NOON)


async def test_a_closed_survey_takes_no_answers_at_once(db):
    survey = await edit(await make_survey(), is_open=False)
    assert not survey.has_unpublished_changes
    with pytest.raises(Closed):
        await open_version(survey)


async def test_keys_are_unique_and_made_so(db):
    names = [(await make_survey(name="Livraison", published=False)).key for _ in range(3)]
    assert names == ["livraison", "livraison-2", "livraison-3"]
    with pytest.raises(Taken):
        await make_survey(key="livraison")
    with pytest.raises(Invalid):
        await make_survey(key="Été")
    assert (await make_survey(name="???", published=False)).key == "survey"


async def test_a_late_edit_is_refused_with_the_current_survey(db):
    survey = await make_survey()
    await edit(survey, name="Autre nom")
    with pytest.raises(Conflict) as caught:
        await edit(survey, name="Trop tard")
    assert isinstance(caught.value.current, Survey)
    assert caught.value.current.name == "Autre nom"


async def test_two_publishers_at_the_same_time_make_one_version(db):
    survey = await make_survey(published=False)
    results = await asyncio.gather(
        *(publish_survey(a_viewer(), SurveyId(survey.id), 1, now=NOON) for _ in range(4)), return_exceptions=True
    )
    assert sum(isinstance(result, Survey) for result in results) == 1
    assert all(isinstance(result, Survey | Conflict) for result in results)
    assert await SurveyVersion.all().count() == 1


async def test_a_wrong_definition_or_rule_is_refused_and_named(db):
    program = await make_program()
    broken = replace(a_definition(), questions=())
    with pytest.raises(Several) as caught:
        await create_survey(a_viewer(), NewSurvey(program.id, "X", definition=broken), now=NOON)
    assert caught.value.parts[0].field == ["definition", "questions"]
    for rule, field in ((TicketRule(maximum_score=20), "maximumScore"), (TicketRule(team_id=99), "teamId")):
        with pytest.raises((Several, NotFound)) as refused:
            await create_survey(a_viewer(), NewSurvey(program.id, "X", ticket_rule=rule), now=NOON)
        assert refused.value.field == ["ticketRule", field]
    with pytest.raises(NotFound):
        await create_survey(a_viewer(), NewSurvey(program.id + 1, "X"), now=NOON)
    assert await Survey.all().count() == 0


async def test_a_rotated_secret_is_another_one_and_is_told_without_its_value(db):
    survey = await make_survey()
    start = await head()
    rotated = await rotate_intake_secret(a_viewer(), SurveyId(survey.id), survey.version, NOON)
    assert rotated.intake_secret != survey.intake_secret
    [event] = await read_after(start, limit=5)
    assert event.data == {"changes": {"intake_secret": [None, None]}}


async def test_a_program_is_renamed_once(db):
    program = await make_program()
    renamed = await update_program(a_viewer(), program.id, 1, ProgramState("Sites"), NOON)
    assert (renamed.name, renamed.version) == ("Sites", 2)
    with pytest.raises(Conflict):
        await update_program(a_viewer(), program.id, 1, ProgramState("Web"), NOON)
    same = await update_program(a_viewer(), program.id, 2, ProgramState("Sites"), NOON)
    assert same.version == 2


async def test_only_who_manages_surveys_changes_them(db):
    survey = await make_survey()
    reader = a_viewer(Permission.SURVEYS_READ)
    number = SurveyId(survey.id)
    with pytest.raises(Forbidden):
        await create_program(reader, ProgramState("X"), now=NOON)
    with pytest.raises(Forbidden):
        await update_survey(reader, number, survey.version, state_of(survey), NOON)
    with pytest.raises(Forbidden):
        await publish_survey(reader, number, survey.version, now=NOON)
    with pytest.raises(Forbidden):
        await rotate_intake_secret(reader, number, survey.version, NOON)
    assert await Program.all().count() == 1


async def test_surveys_are_found_by_name_and_key(db):
    await make_survey(name="Après l’achat", published=False)
    await make_survey(name="Livraison", key="home-delivery", published=False)
    assert await Survey.filter(as_filter(surveys_matching("HOME"))).count() == 1
    assert await Survey.filter(as_filter(surveys_matching("livr"))).count() == 1
    assert await Survey.filter(as_filter(surveys_matching(" "))).count() == 2
