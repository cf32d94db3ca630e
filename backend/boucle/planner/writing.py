"""Parts of a statement that depend on who asks and on the variables: they write themselves each time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from graphql import FieldNode, GraphQLField
from graphql.execution.values import VariableValues, get_argument_values

from boucle.kit.conditions import ALWAYS, Condition, all_of
from boucle.kit.statements import Statement
from boucle.planner.declarations import Arguments, Asker, Link, RowType
from boucle.planner.faults import Fault, mark
from boucle.planner.json_text import Pieces, literal


@dataclass(slots=True)
class Writing:
    """One statement as it is made for one asker and their variables."""

    statement: Statement
    asker: Asker
    variables: VariableValues
    faults: list[Fault] = field(default_factory=list)
    _visible: dict[str, Condition] = field(default_factory=dict)

    def pieces(self, pieces: Pieces) -> None:
        """Append constant text, and let the other parts write themselves."""
        for piece in pieces:
            if isinstance(piece, str):
                self.statement.add(piece)
            else:
                piece.write(self)

    def visible(self, row: RowType) -> Condition:
        """Return which rows of a type the asker may see."""
        known = self._visible.get(row.name)
        if known is None:
            known = self._visible[row.name] = row.visible(self.asker)
        return known


class Part(Protocol):
    """Something that writes itself into a statement."""

    def write(self, writing: Writing) -> None:
        """Append text and values."""


@dataclass(frozen=True, slots=True)
class Place:
    """A field with arguments, and the climb of its value."""

    definition: GraphQLField
    nodes: Sequence[FieldNode]
    climb: int

    def arguments(self, variables: VariableValues) -> Arguments:
        """Return the values of its arguments; raise `GraphQLError` where a variable does not fit."""
        return get_argument_values(self.definition, self.nodes[0], variables)

    def write_fault(self, error: Exception, writing: Writing) -> None:
        """Write the mark of a value that cannot be had; wherever the field is reached, the error will stand."""
        writing.faults.append(Fault.of(error, self.nodes, self.climb))
        writing.statement.add(literal(mark(len(writing.faults) - 1)))


@dataclass(frozen=True, slots=True)
class VisibleRow:
    """The rest of a WHERE clause that hides what the asker may not see."""

    row: RowType
    alias: str

    def write(self, writing: Writing) -> None:
        condition = writing.visible(self.row)
        if condition != ALWAYS:
            writing.statement.add(" AND ")
            writing.statement.condition(condition, self.alias)


@dataclass(frozen=True, slots=True)
class Filtered:
    """The FROM and WHERE of the rows that a field asks for."""

    row: RowType
    alias: str
    link: Link | None
    parent: str

    def write(self, writing: Writing, *conditions: Condition) -> None:
        statement = writing.statement
        statement.add(f" FROM {self.row.table} {self.alias}")
        word = " WHERE "
        if self.link is not None:
            statement.add(f"{word}{self.alias}.{self.link.there} {self._linked(self.link)}")
            word = " AND "
        is_seen = self.link is not None and self.link.seen_with_parent
        condition = all_of(ALWAYS if is_seen else writing.visible(self.row), *conditions)
        if condition != ALWAYS:
            statement.add(word)
            statement.condition(condition, self.alias)

    def _linked(self, link: Link) -> str:
        here, through = f"{self.parent}.{link.here}", link.through
        if through is None:
            return f"= {here}"
        return f"IN (SELECT j.{through.there} FROM {through.table} j WHERE j.{through.here} = {here})"  # noqa: S608  (names are ours)


def columns_of(alias: str, names: Sequence[str]) -> str:
    """Return a select list; a row that needs no column still has one."""
    return ", ".join(f"{alias}.{name}" for name in names) or "1 AS unused"
