"""Which responses a viewer may see: by themselves, or through a ticket."""

from boucle.accounts.access import Viewer
from boucle.kit.conditions import Condition, HasRow, any_of
from boucle.surveys.access import response_visibility
from boucle.tickets.access import visibility as ticket_visibility


def visibility(viewer: Viewer) -> Condition:
    """Return the responses that the viewer may see, and those of tickets that they see."""
    return any_of(response_visibility(viewer), HasRow("tickets", "id", "response_id", ticket_visibility(viewer)))
