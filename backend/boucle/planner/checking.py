"""Declarations that cannot be right: a misspelled column should not wait until somebody asks for the field."""

from collections.abc import Iterator, Sequence

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


def check(catalogue: Catalogue) -> None:
    """Raise `LookupError` with every column that a declaration names and its table does not have."""
    wrong = [
        f"{row.name}.{name}: {fault}" for row in catalogue.types.values() for name, fault in _wrong(row, catalogue)
    ]
    if wrong:
        raise LookupError("; ".join(wrong))


def _wrong(row: RowType, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for name, reads in row.fields.items():
        for table, column in _named(row, reads, catalogue):
            if column not in table.columns:
                yield name, f"the table '{table.table}' has no column '{column}'"


def _named(row: RowType, reads: Reads, catalogue: Catalogue) -> Iterator[tuple[RowType, str]]:
    """Tell every column that a field names, and of which rows."""
    for column in _own(reads):
        yield row, column
    for each in _ones(reads):
        yield row, each.column
        yield catalogue.types[each.of], each.key
    link: Link | None = getattr(reads, "link", None)
    if link is not None:
        yield row, link.here
        if link.through is None:
            yield catalogue.types[getattr(reads, "of")], link.there  # noqa: B009  (whatever has a link says of what)


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
