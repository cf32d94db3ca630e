"""Declarations that cannot be right: a misspelled column should not wait until somebody asks for the field."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from boucle.planner.declarations import (
    Catalogue,
    Column,
    Computed,
    Expression,
    GlobalId,
    Link,
    Reads,
    RowType,
    ToOne,
    Variant,
)


def check(catalogue: Catalogue, tables: Mapping[str, Collection[str]]) -> None:
    """Raise `LookupError` with every column that a declaration names and its table does not have.

    `tables` are the columns of all tables, those too that only stand between two others.
    """
    wrong = [
        f"{row.name}.{name}: the table '{table}' has no column '{column}'"
        for row in catalogue.types.values()
        for name, reads in row.fields.items()
        for table, column in _named(row, reads, catalogue)
        if column not in tables.get(table, ())
    ]
    if wrong:
        raise LookupError("; ".join(wrong))


def _named(row: RowType, reads: Reads, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Tell every column that a field names, and of which table."""
    for column in _own(reads):
        yield row.table, column
    for each in _ones(reads):
        yield row.table, each.column
        yield catalogue.types[each.of].table, each.key
    link: Link | None = getattr(reads, "link", None)
    if link is None:
        return
    yield row.table, link.here
    yield catalogue.types[getattr(reads, "of")].table, link.there  # noqa: B009  (whatever has a link says of what)
    if link.through is not None:
        yield link.through.table, link.through.here
        yield link.through.table, link.through.there


def _own(reads: Reads) -> Sequence[str]:
    match reads:
        case Column(name):
            return [name]
        case GlobalId(_, column):
            return [column]
        case Expression(_, _, columns):
            return columns
        case Computed():
            return reads.needs
        case Variant():
            return [reads.discriminator]
        case _:
            return []


def _ones(reads: Reads) -> Sequence[ToOne]:
    if isinstance(reads, ToOne):
        return [reads]
    return list(reads.members.values()) if isinstance(reads, Variant) else []
