"""Words for people: an English sentence with places for values, so that other languages can say it too."""

LONGEST_VALUE = 2_000  # characters: a sentence may quote what somebody sent, but need not send it back


class Phrase:
    """An English template with named `{places}`; other languages find the sentence by its template.

    A value that is itself words is a `Phrase` too; any other value is said as it is in every language.
    """

    __slots__ = ("template", "values")

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values = {name: _shortened(value) for name, value in values.items()}

    def __str__(self) -> str:
        return self.template.format_map(self.values)


def _shortened(value: object) -> object:
    is_long = isinstance(value, str) and len(value) > LONGEST_VALUE
    return f"{value[:LONGEST_VALUE]}…" if is_long and isinstance(value, str) else value
