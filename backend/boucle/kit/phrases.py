"""Words for people: an English sentence with places for values, so that other languages can say it too."""


class Phrase:
    """An English template with named `{places}`; other languages find the sentence by its template.

    A value that is itself words is a `Phrase` too; any other value is said as it is in every language.
    """

    __slots__ = ("template", "values")

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format_map(self.values)
