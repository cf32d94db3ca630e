"""Words for values that the log keeps by key, in the viewer's language."""

from collections.abc import Mapping

from boucle.accounts.models import Language

_WORDS: Mapping[Language, Mapping[str, Mapping[str, str]]] = {
    Language.FR: {
        "status": {
            "new": "Nouveau",
            "open": "Ouvert",
            "in_progress": "En cours",
            "escalated": "Escaladé",
            "resolved": "Résolu",
            "closed": "Clos",
        },
        "priority": {"high": "Haute", "medium": "Moyenne", "low": "Basse"},
    },
    Language.EN: {
        "status": {
            "new": "New",
            "open": "Open",
            "in_progress": "In progress",
            "escalated": "Escalated",
            "resolved": "Resolved",
            "closed": "Closed",
        },
        "priority": {"high": "High", "medium": "Medium", "low": "Low"},
    },
}


def in_words(field: str, value: str | None, language: Language) -> str | None:
    """Return a stored value as people read it; names and free text stay as they are."""
    if value is None:
        return None
    return _WORDS[language].get(field, {}).get(value, value)
