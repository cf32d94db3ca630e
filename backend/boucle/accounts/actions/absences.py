"""Out-of-office periods (FWD-5). What they do to new tickets is decided in `rules.forward`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tortoise.expressions import F, Q

from boucle.accounts.access import Viewer, require_own_account
from boucle.accounts.granting import acting
from boucle.accounts.models import Absence, User
from boucle.accounts.ownership import check_owner
from boucle.accounts.permissions import NAMES, Permission
from boucle.events.actor import Actor
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.errors import Conflict, Forbidden, Invalid, NotAllowedNow, NotFound
from boucle.kit.ids import global_id
from boucle.kit.texts import clean_block
from boucle.kit.unit_of_work import unit_of_work

LONGEST_NOTE = 500


async def create_absence(
    viewer: Viewer,
    *,
    user_id: int,
    substitute_id: int,
    starts_at: datetime,
    ends_at: datetime | None,
    note: str,
    now: datetime,
) -> Absence:
    """Plan an absence for oneself, or for others with the right to manage tickets."""
    _check_right(viewer, user_id)
    await _check(user_id, substitute_id, starts_at, ends_at)
    if ends_at is not None and ends_at <= now:
        raise Invalid("The absence would already be over. Choose an end in the future.", field="endsAt")
    async with unit_of_work():
        _check_right(await acting(viewer, now=now), user_id)
        await check_owner(substitute_id, field=["substituteId"])
        absence = await Absence.create(
            user_id=user_id,
            substitute_id=substitute_id,
            starts_at=starts_at,
            ends_at=ends_at,
            note=_checked_note(note),
            created_at=now,
        )
        await _refuse_overlap(absence, viewer)
        await _record(EventKind.ABSENCE_CREATED, absence, viewer.actor, now=now)
    return absence


async def update_absence(
    viewer: Viewer,
    absence_id: int,
    *,
    substitute_id: int,
    starts_at: datetime,
    ends_at: datetime | None,
    note: str,
    seen_version: int,
    now: datetime,
) -> Absence:
    """Change an absence that is not over."""
    absence = await access_absence(viewer, absence_id)
    _refuse_ended(absence, now)
    await _check(absence.user_id, substitute_id, starts_at, ends_at)
    values = {
        "substitute_id": substitute_id,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "note": _checked_note(note),
    }
    changes = {name: [str(getattr(absence, name)), str(value)] for name, value in values.items()}
    async with unit_of_work():
        _check_right(await acting(viewer, now=now), absence.user_id)
        await check_owner(substitute_id, field=["substituteId"])
        await _write(absence, seen_version, **values)
        await _refuse_overlap(await Absence.get(id=absence_id), viewer)
        await _record(EventKind.ABSENCE_UPDATED, absence, viewer.actor, now=now, changes=changes)
    return await Absence.get(id=absence_id)


async def end_absence(viewer: Viewer, absence_id: int, *, seen_version: int, now: datetime) -> Absence:
    """Come back early, or call off a planned absence: nothing is forwarded from now on."""
    absence = await access_absence(viewer, absence_id)
    _refuse_ended(absence, now)
    async with unit_of_work():
        _check_right(await acting(viewer, now=now), absence.user_id)
        await _write(absence, seen_version, ended_at=now)
        await _record(EventKind.ABSENCE_ENDED, absence, viewer.actor, now=now)
    return await Absence.get(id=absence_id)


async def absences_relying_on(user_ids: Collection[int], *, now: datetime) -> list[Absence]:
    """Return the absences, under way or planned, in which one of these users is to stand in for an active colleague."""
    standing = Absence.filter(Q(ends_at=None) | Q(ends_at__gt=now), substitute_id__in=list(user_ids), ended_at=None)
    return await standing.filter(user__is_active=True).order_by("starts_at", "id").select_related("user")


async def hand_on_absences(absences: Sequence[Absence], substitute_id: int, *, by: Actor, now: datetime) -> None:
    """Let somebody else, who is held, stand in for the absent, as when their substitute leaves."""
    rows = Absence.filter(id__in=[each.id for each in absences])
    await rows.update(substitute_id=substitute_id, version=F("version") + 1)
    for absence in absences:
        changes = {"substitute_id": [str(absence.substitute_id), str(substitute_id)]}
        absence.substitute_id = substitute_id
        await _record(EventKind.ABSENCE_UPDATED, absence, by, now=now, changes=changes)


async def access_absence(viewer: Viewer, absence_id: int) -> Absence:
    """Return an absence that the viewer may change, or raise."""
    absence = await Absence.get_or_none(id=absence_id)
    if absence is None:
        raise NotFound("There is no such absence.", field="id")
    _check_right(viewer, absence.user_id)
    return absence


def _check_right(viewer: Viewer, user_id: int) -> None:
    if viewer.can(Permission.TICKETS_MANAGE):
        return
    if user_id == viewer.user_id:
        require_own_account(viewer)
    else:
        raise Forbidden(
            "You may plan your own absence; for somebody else's you need the right '{right}'.",
            field="userId",
            right=NAMES[Permission.TICKETS_MANAGE],
        )


async def _check(user_id: int, substitute_id: int, starts_at: datetime, ends_at: datetime | None) -> None:
    if not await User.filter(id=user_id, is_active=True).exists():
        raise NotFound("There is no such active user.", field="userId")
    if user_id == substitute_id:
        raise Invalid("Nobody can substitute for themselves. Choose a colleague.", field="substituteId")
    if ends_at is not None and ends_at <= starts_at:
        raise Invalid("The end must be after the start.", field="endsAt")


def _checked_note(note: str) -> str:
    return clean_block(note, LONGEST_NOTE, field="note") or ""


def _refuse_ended(absence: Absence, now: datetime) -> None:
    if absence.ended_at is not None or (absence.ends_at is not None and absence.ends_at <= now):
        raise NotAllowedNow("This absence is over and stays as it was. Plan a new one.", field="id")


async def _refuse_overlap(absence: Absence, viewer: Viewer) -> None:
    others = Absence.filter(user_id=absence.user_id, ended_at=None).exclude(id=absence.id)
    others = others.filter(Q(ends_at=None) | Q(ends_at__gt=absence.starts_at))
    if absence.ends_at is not None:
        others = others.filter(starts_at__lt=absence.ends_at)
    other = await others.first()
    if other is not None:
        raise Invalid(
            "Another absence from {starts_at:%Y-%m-%d} overlaps. End it first, or choose other dates.",
            field="startsAt",
            starts_at=other.starts_at.astimezone(ZoneInfo(viewer.time_zone)),
        )


async def _write(absence: Absence, seen_version: int, **values: object) -> None:
    changed = await Absence.filter(id=absence.id, version=seen_version).update(**values, version=seen_version + 1)
    if not changed:
        raise Conflict("This absence was changed in between. Look again.", current=await Absence.get(id=absence.id))


async def _record(
    kind: EventKind, absence: Absence, by: Actor, *, now: datetime, changes: Mapping[str, object] | None = None
) -> None:
    data: dict[str, object] = {"user_id": absence.user_id, "substitute_id": absence.substitute_id}
    if changes:
        data["changes"] = dict(changes)
    await record(NewEvent(kind, global_id("abs", absence.id), by, now, data=data))
