"""Settings of the organisation itself, among them the forwarding switch (FWD-1)."""

from datetime import datetime

from boucle.accounts.access import Viewer, require
from boucle.accounts.granting import acting
from boucle.accounts.models import Language, Organisation
from boucle.accounts.permissions import Permission
from boucle.accounts.queries import the_organisation
from boucle.accounts.validation import checked_time_zone
from boucle.events.log import NewEvent, record
from boucle.events.models import EventKind
from boucle.kit.errors import Conflict
from boucle.kit.ids import global_id
from boucle.kit.texts import required_name
from boucle.kit.unit_of_work import unit_of_work

LONGEST_NAME = 120


async def update_organisation(
    viewer: Viewer,
    *,
    name: str,
    forwarding_enabled: bool,
    language: Language,
    time_zone: str,
    seen_version: int,
    now: datetime,
) -> Organisation:
    """Write the organisation's settings; only organisation administrators may (§20, no. 1)."""
    require(viewer, Permission.ORGANISATION_MANAGE)
    before = await the_organisation()
    values = {
        "name": required_name(name, LONGEST_NAME),
        "forwarding_enabled": forwarding_enabled,
        "language": language,
        "time_zone": checked_time_zone(time_zone, field="timeZone"),
    }
    changes = {key: [getattr(before, key), value] for key, value in values.items() if getattr(before, key) != value}
    async with unit_of_work():
        await acting(viewer, Permission.ORGANISATION_MANAGE, now=now)
        changed = await Organisation.filter(id=before.id, version=seen_version).update(
            **values, version=seen_version + 1
        )
        if not changed:
            raise Conflict(
                "The organisation's settings were changed in between. Look again.", current=await the_organisation()
            )
        subject = global_id("org", before.id)
        await record(NewEvent(EventKind.ORGANISATION_UPDATED, subject, viewer.actor, now, data={"changes": changes}))
    return await the_organisation()
