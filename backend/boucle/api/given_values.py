"""How many values come with an operation, counted before they are read: a list may stand in it any number of times."""

from collections.abc import Mapping

from boucle.api.document_size import MOST_IN_A_LIST, too_long_a_list
from boucle.kit.phrases import Phrase

MOST_VALUES = 50_000  # an import of 1,000 rows with all their answers


def excess_of_values(variables: Mapping[str, object], uses: Mapping[str, int]) -> Phrase | None:
    """Return why the values are too many, each variable counted as often as the operation uses it."""
    room = MOST_VALUES
    for name, count in uses.items():
        todo = [variables.get(name)]
        while todo:
            value = todo.pop()
            room -= count
            if isinstance(value, list):
                if len(value) > MOST_IN_A_LIST:
                    return too_long_a_list(len(value))
                todo += value
            elif isinstance(value, dict):
                todo += value.values()
            if room < 0:
                return Phrase(
                    "The variables bring more than {most} values, each counted as often as the document uses it. Send "
                    "them in parts.",
                    most=MOST_VALUES,
                )
    return None
