"""Writing JSON as text inside SQL: faster than the engines' own JSON builders, and the same on both.

A *term* is an SQL expression that is text and never null.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, assert_never

from boucle.kit.database import AS_BYTES, Dialect
from boucle.planner.declarations import Kind

Piece: TypeAlias = Any  # str, or a part that writes itself when the statement is made (`writing.Part`)
Pieces: TypeAlias = list[Piece]

MOST_TERMS = 48  # PostgreSQL takes 100 arguments; SQLite parses a chain of || as deep as it is long
NULL = "'null'"


def literal(text: str) -> str:
    """Return the text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def joined(terms: Sequence[Pieces], dialect: Dialect) -> Pieces:
    """Return one term: the texts of all terms, one after the other."""
    if len(terms) == 1:
        return terms[0]
    if len(terms) > MOST_TERMS:
        chunks = [joined(terms[start : start + MOST_TERMS], dialect) for start in range(0, len(terms), MOST_TERMS)]
        return joined(chunks, dialect)
    opening, between = ("concat(", ", ") if dialect is Dialect.POSTGRES else ("(", " || ")
    pieces: Pieces = [opening]
    for index, term in enumerate(terms):
        if index:
            pieces.append(between)
        pieces.extend(term)
    pieces.append(")")
    return pieces


def as_bytes(term: Pieces, dialect: Dialect) -> Pieces:
    """Return the term such that readers hand it over as bytes: what goes to the client needs no string in between."""
    return ["CAST(", *term, f" AS {AS_BYTES[dialect]})"]


def merged(pieces: Pieces) -> Pieces:
    """Return the pieces with neighbouring constants made one, so that fewer are written each time."""
    found: Pieces = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def leaf(sql: str, kind: Kind, dialect: Dialect, *, missing: str) -> str:
    """Return the term for a value; `missing` is the term where it is null."""
    match kind:
        case Kind.TEXT:
            return _text(sql, dialect, missing)
        case Kind.NUMBER | Kind.JSON:
            return f"coalesce(CAST({sql} AS text), {missing})"
        case Kind.BOOLEAN:
            return f"CASE WHEN {sql} THEN 'true' WHEN NOT {sql} THEN 'false' ELSE {missing} END"
        case Kind.TIME:
            return _time(sql, dialect, missing)
        case _:
            assert_never(kind)


def enum_leaf(sql: str, names: Mapping[str, str], dialect: Dialect, *, missing: str) -> str:
    """Return the term for a stored value that GraphQL knows by another name."""
    if all(stored.upper() == name for stored, name in names.items()):
        plain = ' COLLATE "C"' if dialect is Dialect.POSTGRES else ""  # ASCII: any other would be slower
        return f"""coalesce('"' || upper({sql}{plain}) || '"', {missing})"""
    cases = " ".join(f"WHEN {literal(stored)} THEN {literal(quoted(name))}" for stored, name in names.items())
    return f"CASE {sql} {cases} ELSE {missing} END"


def quoted(name: str) -> str:
    """Return a GraphQL name as a JSON string."""
    return f'"{name}"'


def array_of(sql: str, dialect: Dialect, *, only: str = "") -> Pieces:
    """Return the term for a JSON array of the texts of a subquery's rows, in the order in which they come."""
    function = "string_agg" if dialect is Dialect.POSTGRES else "group_concat"
    condition = f" FILTER (WHERE {only})" if only else ""
    return bracketed(f"coalesce({function}({sql}, ','){condition}, '')", dialect)


def bracketed(sql: str, dialect: Dialect) -> Pieces:
    """Return the term for a JSON array whose inside is already text."""
    return joined([["'['"], [sql], ["']'"]], dialect)


def _text(sql: str, dialect: Dialect, missing: str) -> str:
    if dialect is Dialect.POSTGRES:
        return f"coalesce(CAST(to_json({sql}) AS text), {missing})"
    quote = f"json_quote({sql})"
    return quote if missing == NULL else f"CASE WHEN {sql} IS NULL THEN {missing} ELSE {quote} END"


def _time(sql: str, dialect: Dialect, missing: str) -> str:
    """PostgreSQL writes times as ISO 8601 without needless zeros; SQLite's text is brought to the same form."""
    if dialect is Dialect.POSTGRES:
        return f"coalesce(CAST(to_json({sql}) AS text), {missing})"
    digits = f"CASE WHEN length({sql}) = 32 THEN rtrim(substr({sql}, 1, 26), '0') ELSE substr({sql}, 1, 19) END"
    return f"""coalesce('"' || replace({digits}, ' ', 'T') || '+00:00"', {missing})"""
