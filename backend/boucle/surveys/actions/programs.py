"""Making and editing programs."""

from dataclasses import dataclass
from datetime import datetime

from boucle.accounts.access import Viewer, require
from boucle.accounts.permissions import Permission
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.errors import Conflict
from boucle.kit.ids import global_id
from boucle.kit.texts import clean_block, required_name, sort_key
from boucle.kit.unit_of_work import unit_of_work
from boucle.surveys.access import access_editable_program
from boucle.surveys.models import Program

PREFIX = "prg"
LONGEST_NAME = 120
LONGEST_DESCRIPTION = 2000


@dataclass(frozen=True, slots=True)
class ProgramState:
    """All that a person may edit of a program."""

    name: str
    description: str = ""


async def create_program(viewer: Viewer, state: ProgramState, *, now: datetime) -> Program:
    """Make a program for surveys."""
    require(viewer, Permission.SURVEYS_MANAGE)
    name, description = required_name(state.name, LONGEST_NAME), clean_description(state.description)
    async with unit_of_work():
        program = await Program.create(name=name, description=description, created_at=now, version=1)
        changes = {"name": (None, name)}
        await record(
            NewEvent(EventKind.PROGRAM_CREATED, _subject(program), viewer.actor, now, data={"changes": changes})
        )
    return program


async def update_program(
    viewer: Viewer, program_id: int, seen_version: int, state: ProgramState, now: datetime
) -> Program:
    """Bring a program to the wanted state; raise `Conflict` where it changed since the viewer read it."""
    program = await access_editable_program(viewer, program_id)
    if program.version != seen_version:
        raise _stale(program)
    wanted = {"name": required_name(state.name, LONGEST_NAME), "description": clean_description(state.description)}
    changes = {name: (getattr(program, name), value) for name, value in wanted.items()}
    changes = {name: (before, after) for name, (before, after) in changes.items() if before != after}
    if not changes:
        return program
    async with unit_of_work():
        columns = {**wanted, "name_key": sort_key(wanted["name"]), "version": seen_version + 1}
        touched = await Program.filter(id=program_id, version=seen_version).update(**columns)
        if not touched:
            raise _stale(await Program.get(id=program_id))
        await record(
            NewEvent(EventKind.PROGRAM_UPDATED, _subject(program), viewer.actor, now, data={"changes": changes})
        )
        return await Program.get(id=program_id)


def clean_description(description: str) -> str:
    """Return a description as it is stored; raise where it is too long."""
    return clean_block(description, LONGEST_DESCRIPTION, field="description") or ""


def _subject(program: Program) -> str:
    return global_id(PREFIX, program.id)


def _stale(program: Program) -> Conflict:
    return Conflict("The program '{name}' was changed in between. Look again.", current=program, name=program.name)
