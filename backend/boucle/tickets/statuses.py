"""The statuses that every deployment has (LIF-1), which are also the kanban's columns (LIF-4)."""

from dataclasses import dataclass

from boucle.kit.phrases import Phrase
from boucle.tickets.models import StatusCategory

ESCALATED = "escalated"  # the key of the status that escalation sets


@dataclass(frozen=True, slots=True)
class BaseStatus:
    """A status that cannot be removed; screens translate its label by the key."""

    key: str
    name: str
    category: StatusCategory
    colour: str


BASE_STATUSES = (
    BaseStatus("new", "New", StatusCategory.NEW, "blue"),
    BaseStatus("open", "Open", StatusCategory.OPEN, "teal"),
    BaseStatus("in_progress", "In progress", StatusCategory.OPEN, "violet"),
    BaseStatus(ESCALATED, "Escalated", StatusCategory.ESCALATED, "red"),
    BaseStatus("resolved", "Resolved", StatusCategory.RESOLVED, "green"),
    BaseStatus("closed", "Closed", StatusCategory.CLOSED, "grey"),
)
LABELS = {
    "new": Phrase("New"),
    "open": Phrase("Open"),
    "in_progress": Phrase("In progress"),
    ESCALATED: Phrase("Escalated"),
    "resolved": Phrase("Resolved"),
    "closed": Phrase("Closed"),
}
FINISHED = frozenset({StatusCategory.RESOLVED, StatusCategory.CLOSED})
