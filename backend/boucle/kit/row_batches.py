"""Writing many rows of one table with one statement, whose text does not depend on their number.

On PostgreSQL a few rows travel as one JSON text: the driver takes three times as long to write arrays. Many are copied,
which takes two round trips more and a third less of every row. Where many are changed, a value that is the same for all
travels once: of few rows that is chance, and would make ever new texts. On SQLite, where a statement costs no round
trip, it is run row by row within one call of the driver; rows that are set to the same are set together, because each
statement that touches a foreign key keeps a copy of every page that it changes.
"""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

import orjson
from tortoise import Model

from boucle.kit.database import Dialect, dialect, execute, fetch_written, writer

ENOUGH_TO_COPY = 100
Row = Sequence[object]


async def insert_rows(model: type[Model], columns: tuple[str, ...], rows: Sequence[Row]) -> Sequence[int]:
    """Insert rows, each with a value for every column; return their ids, in the order of the rows."""
    if not rows:
        return ()
    insert = _insert(model, columns, (), dialect())
    if dialect() is Dialect.POSTGRES:
        if len(rows) >= ENOUGH_TO_COPY:
            numbers = await _next_numbers(model, len(rows))
            await _copy(model, ("id", *columns), [(number, *row) for number, row in zip(numbers, rows, strict=True)])
            return numbers
        found = await fetch_written(f"{insert} RETURNING id", [_as_json(model, columns, rows)])
        # Numbers are given in the order of the rows, whatever order they are returned in.
        return sorted(row["id"] for row in found)
    if len(rows) == 1:
        [row] = await fetch_written(f"{insert} RETURNING id", _as_stored(model, columns, rows)[0])
        return (row["id"],)
    await writer().execute_many(insert, _as_stored(model, columns, rows))
    [row] = await fetch_written("SELECT seq FROM sqlite_sequence WHERE name = ?", [table_of(model)])
    # The only writer: nobody else's numbers lie in between.
    return range(row["seq"] - len(rows) + 1, row["seq"] + 1)


async def append_rows(
    model: type[Model], columns: tuple[str, ...], rows: Sequence[Row], *, computed: tuple[tuple[str, str], ...] = ()
) -> None:
    """Insert rows whose ids nobody asks for. `computed` are further columns, each with SQL of ours for its value."""
    if not rows:
        return
    insert = _insert(model, columns, computed, dialect())
    if dialect() is Dialect.POSTGRES and len(rows) >= ENOUGH_TO_COPY:
        known = await _computed(tuple(value for _, value in computed))
        await _copy(model, (*(name for name, _ in computed), *columns), [(*known, *row) for row in rows])
    elif dialect() is Dialect.POSTGRES:
        await execute(insert, [_as_json(model, columns, rows)])
    else:
        await writer().execute_many(insert, _as_stored(model, columns, rows))


async def update_rows(model: type[Model], columns: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Set columns of rows; each row begins with its id, which no other has, and has a value for every column."""
    if not rows:
        return
    if dialect() is Dialect.POSTGRES:
        await _update_on_postgres(model, columns, rows)
        return
    alike: defaultdict[Row, list[object]] = defaultdict(list)
    for row in rows:
        alike[tuple(row[1:])].append(row[0])
    wanted = ", ".join(f"{column} = ?" for column in columns)
    these = "id IN (SELECT value FROM json_each(?))"
    update = f"UPDATE {table_of(model)} SET {wanted} WHERE {these}"  # noqa: S608  (names are ours)
    values = _as_stored(model, columns, list(alike))
    sets = [[*row, orjson.dumps(ids).decode()] for row, ids in zip(values, alike.values(), strict=True)]
    await writer().execute_many(update, sets)


async def _update_on_postgres(model: type[Model], columns: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Send what all rows are set to once, and of each row only what is its own."""
    ids, *held = zip(*rows, strict=True)
    is_large = len(rows) >= ENOUGH_TO_COPY
    are_alike = tuple(is_large and values.count(values[0]) == len(values) for values in held)
    update = _postgres_update(model, columns, are_alike)
    shared = [values[0] for values, is_alike in zip(held, are_alike, strict=True) if is_alike]
    if all(are_alike):
        await fetch_written(update, [ids, *shared])
        return
    own = [place for place, is_alike in enumerate(are_alike) if not is_alike]
    named = ("id", *(columns[place] for place in own))
    differing = list(zip(ids, *(held[place] for place in own), strict=True))
    await fetch_written(update, [_as_json(model, named, differing), *shared])


async def _next_numbers(model: type[Model], count: int) -> Sequence[int]:
    [row] = await fetch_written(_NEXT_NUMBERS, [table_of(model), count])
    return sorted(row["numbers"])  # others may take numbers in between


_NEXT_NUMBERS = """SELECT array_agg(nextval(own.sequence)) AS numbers
FROM (SELECT pg_get_serial_sequence($1, 'id')::regclass AS sequence OFFSET 0) AS own, generate_series(1, $2)"""


async def _computed(values: Sequence[str]) -> Sequence[object]:
    if not values:
        return ()
    named = ", ".join(f"{value} AS value_{place}" for place, value in enumerate(values))
    [row] = await fetch_written(f"SELECT {named}", [])
    return tuple(row.values())


async def _copy(model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    async with writer().acquire_connection() as connection:
        await connection.copy_records_to_table(table_of(model), columns=columns, records=rows)


def table_of(model: type[Model]) -> str:
    """Return the table that holds the model's rows."""
    return model._meta.db_table  # noqa: SLF001  (Tortoise has no public name for it)


def _as_stored(model: type[Model], columns: tuple[str, ...], rows: Sequence[Row]) -> list[list[object]]:
    """Return rows as SQLite holds them: times are text in UTC, as Tortoise writes them."""
    stored = [list(row) for row in rows]
    for place in _places(model, columns, "TIMESTAMPTZ"):
        last, text = None, None
        for row in stored:
            if row[place] is not last:  # a batch writes the same moment thousands of times
                last, text = row[place], _moment(row[place])
            row[place] = text
    return stored


def _moment(value: object) -> object:
    return value.astimezone(UTC).isoformat(" ") if isinstance(value, datetime) else value


def _as_json(model: type[Model], columns: tuple[str, ...], rows: Sequence[Row]) -> str:
    written = _places(model, columns, "JSONB")
    if written:
        rows = [_with_fragments(row, written) for row in rows]
    return orjson.dumps([dict(zip(columns, row, strict=True)) for row in rows]).decode()


def _with_fragments(row: Row, places: Sequence[int]) -> Row:
    """Return the row with its JSON texts as they are, not as texts."""
    values = list(row)
    for place in places:
        value = values[place]
        if isinstance(value, str):
            values[place] = orjson.Fragment(value)
    return values


@lru_cache(maxsize=100)
def _places(model: type[Model], columns: tuple[str, ...], wanted: str) -> tuple[int, ...]:
    return tuple(place for place, kind in enumerate(_types(model, columns)) if kind == wanted)


@lru_cache(maxsize=100)
def _insert(model: type[Model], columns: tuple[str, ...], computed: tuple[tuple[str, str], ...], kind: Dialect) -> str:
    names = ", ".join((*(name for name, _ in computed), *columns))
    values = "".join(f"{value}, " for _, value in computed)
    if kind is Dialect.POSTGRES:
        source = f"SELECT {values}wanted.* FROM {_recordset(model, columns)}"  # noqa: S608
    else:
        source = f"VALUES ({values}{', '.join('?' * len(columns))})"
    return f"INSERT INTO {table_of(model)} ({names}) {source}"


@lru_cache(maxsize=100)
def _postgres_update(model: type[Model], columns: tuple[str, ...], are_alike: tuple[bool, ...]) -> str:
    places = itertools.count(2)
    sets = [
        f"{column} = ${next(places)}" if is_alike else f"{column} = wanted.{column}"
        for column, is_alike in zip(columns, are_alike, strict=True)
    ]
    update = f"UPDATE {table_of(model)} AS stored SET {', '.join(sets)}"  # noqa: S608  (names are ours)
    if all(are_alike):
        return f"{update} WHERE stored.id = ANY($1::bigint[])"
    own = [column for column, is_alike in zip(columns, are_alike, strict=True) if not is_alike]
    return f"{update} FROM {_recordset(model, ('id', *own))} WHERE stored.id = wanted.id"


def _recordset(model: type[Model], columns: Sequence[str]) -> str:
    typed = (f"{column} {kind}" for column, kind in zip(columns, _types(model, columns), strict=True))
    return f"json_to_recordset($1::json) AS wanted ({', '.join(typed)})"


def _types(model: type[Model], columns: Sequence[str]) -> list[str]:
    fields = model._meta.fields_map  # noqa: SLF001  (Tortoise has no public name for it)
    kinds = [str(fields[column].get_for_dialect("postgres", "SQL_TYPE")) for column in columns]
    # A length would cut longer values off without a word; the column itself refuses them.
    return ["TEXT" if kind.startswith("VARCHAR") else kind for kind in kinds]
