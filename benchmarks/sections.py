"""A part of the page of results: what was compared, and the ratios of every round."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure, what Boucle must reach and aims at, and what each round gave."""

    name: str
    engine: str
    must: str
    aim: str
    values: Sequence[float]

    @property
    def line(self) -> str:
        """The row of the table."""
        seen = f"{min(self.values):.2f} | **{statistics.median(self.values):.2f}** | {max(self.values):.2f}"
        return f"| {self.name} | {self.engine} | {self.must} | {self.aim} | {seen} |"


HEAD = ("| figure | engine | must | aim | least | median | most |", "|---|---|---|---|---|---|---|")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a text that says who does what, the ratios, and lines of Markdown with what makes sense of them."""

    title: str
    text: str
    ratios: Sequence[Ratio]
    details: Sequence[str] = ()

    @property
    def lines(self) -> list[str]:
        """The section as Markdown."""
        return [f"## {self.title}", "", self.text, "", *HEAD, *(each.line for each in self.ratios), "", *self.details]
