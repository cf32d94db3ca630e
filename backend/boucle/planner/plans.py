"""Operations made ready once: what each root field needs, for every way their conditions may fall."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)
from graphql.execution.values import VariableValues

from boucle.kit.conditions import ALWAYS, Condition, IsOneOf, all_of, equals
from boucle.kit.database import Dialect
from boucle.kit.statements import Statement
from boucle.planner.compiling import FIRST_ALIAS, Compiler, ComputedField
from boucle.planner.declarations import Asker, Catalogue, RowType
from boucle.planner.faults import Fault
from boucle.planner.json_text import Pieces, as_bytes
from boucle.planner.selections import Selected, Selections, fragments_of, switches_of
from boucle.planner.writing import VisibleRow, Writing

MOST_PLANS = 8  # of one operation are kept: twenty conditions may fall in a million ways


@dataclass(frozen=True, slots=True)
class Written:
    """A statement, and the faults that the text which it answers may mark.

    It is in two, so that one more column can be read with it: `columns`, which take the first `in_columns` of the
    values, and what follows them.
    """

    columns: str
    rest: str
    values: Sequence[object]
    in_columns: int
    faults: Sequence[Fault]

    @property
    def text(self) -> str:
        """The statement as the driver takes it."""
        return self.columns + self.rest


@dataclass(frozen=True, slots=True)
class StatementPlan:
    """One statement: its pieces, and what is to be done to the JSON that it answers."""

    pieces: Pieces
    computed: list[ComputedField]
    faults: list[Fault]

    def written(self, dialect: Dialect, asker: Asker, variables: VariableValues) -> Written:
        """Return the statement for one asker."""
        writing = self.writing(dialect, asker, variables)
        return Written(
            writing.statement.text, "", writing.statement.values, len(writing.statement.values), writing.faults
        )

    def writing(self, dialect: Dialect, asker: Asker, variables: VariableValues) -> Writing:
        """Return the statement for one asker, to be gone on with."""
        writing = Writing(Statement(dialect), asker, variables, [*self.faults])
        writing.pieces(self.pieces)
        return writing


@dataclass(frozen=True, slots=True)
class RowsByKey:
    """Rows of one type with what is selected of them, by their keys: `key, JSON`."""

    row: RowType
    plan: StatementPlan
    source: Pieces

    def written(
        self,
        dialect: Dialect,
        asker: Asker,
        variables: VariableValues,
        keys: list[int],
        *,
        are_seen: bool,
        as_long_as: Condition = ALWAYS,
    ) -> Written:
        """Return the statement that reads those of the rows that the asker may see, or all where that is known."""
        writing = self.plan.writing(dialect, asker, variables)
        statement = writing.statement
        columns, in_columns = statement.text, len(statement.values)
        writing.pieces(self.source)
        statement.add(" WHERE ")
        # PostgreSQL makes a lasting plan for one key, and plans an array of them anew each time.
        which = equals(self.row.key, keys[0]) if len(keys) == 1 else IsOneOf(self.row.key, keys)
        statement.condition(all_of(which, as_long_as), FIRST_ALIAS)
        if not are_seen:
            VisibleRow(self.row, FIRST_ALIAS).write(writing)
        return Written(columns, statement.text[len(columns) :], statement.values, in_columns, writing.faults)


@dataclass(slots=True)
class OperationPlan:
    """One operation with its conditions decided."""

    schema: GraphQLSchema
    catalogue: Catalogue
    operation: OperationDefinitionNode
    selections: Selections
    dialect: Dialect
    roots: list[tuple[Selected, StatementPlan | None]] = field(default_factory=list)
    _rows: dict[tuple[str, tuple[int, ...]], RowsByKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for selected in self.selections.of(self.root_type, [self.operation.selection_set]):
            self.roots.append((selected, self._root(selected)))

    @property
    def root_type(self) -> GraphQLObjectType:
        """Query, Mutation or Subscription."""
        root = self.schema.get_root_type(self.operation.operation)
        assert root is not None, self.operation.operation
        return root

    def rows(self, name: str, sets: list[SelectionSetNode]) -> RowsByKey:
        """Return how to read what these selections ask of rows of a type."""
        key = (name, tuple(id(each) for each in sets))
        known = self._rows.get(key)
        if known is None:
            known = self._rows[key] = self._rows_by_key(name, sets)
        return known

    def _rows_by_key(self, name: str, sets: list[SelectionSetNode]) -> RowsByKey:
        compiler = self._compiler()
        row = compiler.row(name, climb=0)
        inside = compiler.object_of(row, sets)
        select: Pieces = [f"SELECT {row.alias}.{row.type.key}, ", *as_bytes(inside, self.dialect)]
        source: Pieces = [f" FROM {row.type.table} {row.alias}", *row.joins]
        return RowsByKey(
            row.type, StatementPlan(compiler.with_views(select), compiler.computed, compiler.faults), source
        )

    def _root(self, selected: Selected) -> StatementPlan | None:
        """Return the statement of a root field; nothing for one that a resolver answers."""
        reads = self.catalogue.roots.get(selected.name)
        if reads is None or self.operation.operation is not OperationType.QUERY or selected.is_typename:
            return None
        compiler = self._compiler()
        term = compiler.rows_field(selected, reads, None)
        select: Pieces = ["SELECT ", *as_bytes(term, self.dialect)]
        return StatementPlan(compiler.with_views(select), compiler.computed, compiler.faults)

    def _compiler(self) -> Compiler:
        return Compiler(self.catalogue, self.selections, self.dialect)


@dataclass(slots=True)
class Prepared:
    """One operation of a validated document; plans are made when first needed and kept."""

    schema: GraphQLSchema
    catalogue: Catalogue
    document: DocumentNode
    operation: OperationDefinitionNode
    dialect: Dialect
    _switches: tuple[str, ...] = ()
    _plans: dict[tuple[bool, ...], OperationPlan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._switches = switches_of(self.document)

    @property
    def variable_names(self) -> Sequence[str]:
        """The variables that the operation declares; whatever else is sent with it means nothing."""
        return [each.variable.name.value for each in self.operation.variable_definitions or ()]

    def plan(self, variables: Mapping[str, object]) -> OperationPlan:
        """Return the plan for these (coerced) variables."""
        key = tuple(bool(variables.get(name)) for name in self._switches)
        known = self._plans.get(key)
        if known is None:
            switches = dict(zip(self._switches, key, strict=True))
            selections = Selections(self.schema, fragments_of(self.document), switches)
            known = OperationPlan(self.schema, self.catalogue, self.operation, selections, self.dialect)
            if len(self._plans) >= MOST_PLANS:
                del self._plans[next(iter(self._plans))]
            self._plans[key] = known
        return known
