"""Names get a folded key, by which they are sorted, found and compared; what is searched is folded anew.

All rows of contacts and tickets are read and folded in Python: neither engine can. That is done by their numbers, a
batch at a time, and only what differs is written, so that memory is bounded by the batch and a database of plain texts
is hardly touched. A million tickets take some minutes; nobody else can write meanwhile.
"""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor

from boucle.kit.migrating import AddFieldOnPaper
from boucle.kit.texts import fold, sort_key

BATCH = 1_000
ADDED = {"users": ("name_key", "search_text"), "teams": ("name_key",), "surveys": ("name_key",), "programs": ("name_key",)}
LONGEST_OF_CONTACT = 700
LONGEST_OF_TICKET = 15_000
LONGEST_DATA = 2_000
Row = Mapping[str, Any]

TICKETS = """t.subject, t.customer_name, t.customer_email, t.customer_phone, t.comment, t.search_text, r.embedded
FROM tickets t LEFT JOIN responses r ON r.id = t.response_id"""
CONTACTS = """t.first_name, t.last_name, t.email, t.phone, t.external_reference, t.search_text FROM contacts t"""
USERS = "t.name, t.email, t.search_text FROM users t"


async def add_columns(_: object, editor: BaseSchemaEditor) -> None:
    """Add the columns. PostgreSQL would sort by the rules of whatever language the database was made with."""
    collation = ' COLLATE "C"' if editor.DIALECT == "postgres" else ""
    for table, columns in ADDED.items():
        for column in columns:
            await editor.client.execute_script(
                f"ALTER TABLE {table} ADD COLUMN {column} TEXT{collation} NOT NULL DEFAULT ''"
            )


async def drop_columns(_: object, editor: BaseSchemaEditor) -> None:
    """Do the reverse."""
    for table, columns in ADDED.items():
        for column in columns:
            await editor.client.execute_script(f"ALTER TABLE {table} DROP COLUMN {column}")


async def fold_all(_: object, editor: BaseSchemaEditor) -> None:
    """Write what follows from the texts that are there."""
    for table in ADDED:
        names = f"t.name, t.name_key FROM {table} t"  # noqa: S608  (names are ours)
        await _refold(editor, table, "name_key", names, lambda row: sort_key(row["name"]))
    await _refold(editor, "users", "search_text", USERS, lambda row: fold(f"{row['name']} {row['email']}"))
    await _refold(editor, "contacts", "search_text", CONTACTS, _text_of_contact)
    await _refold(editor, "tickets", "search_text", TICKETS, _text_of_ticket)


def _text_of_contact(row: Row) -> str:
    values = (row["first_name"], row["last_name"], row["email"], row["phone"], row["external_reference"])
    return fold(" ".join(value for value in values if value))[:LONGEST_OF_CONTACT]


def _text_of_ticket(row: Row) -> str:
    stored = row["embedded"]
    embedded = orjson.loads(stored) if isinstance(stored, str | bytes) else stored
    data = " ".join(map(str, (embedded or {}).values()))[:LONGEST_DATA]
    customer = (row["customer_name"], row["customer_email"], row["customer_phone"])
    parts = (row["subject"], *customer, data, row["comment"])
    return fold(" ".join(part for part in parts if part))[:LONGEST_OF_TICKET]


async def _refold(
    editor: BaseSchemaEditor, table: str, column: str, selected: str, text_of: Callable[[Row], str]
) -> None:
    is_postgres = editor.DIALECT == "postgres"
    read = f"SELECT t.id, {selected} WHERE t.id > {'$1' if is_postgres else '?'} ORDER BY t.id LIMIT {BATCH}"  # noqa: S608
    last = 0
    while rows := await editor.client.execute_query_dict(read, [last]):
        last = rows[-1]["id"]
        folded = ((row["id"], text_of(row), row[column]) for row in rows)
        changed = [(number, text) for number, text, before in folded if text != before]
        if not changed:
            continue
        if is_postgres:
            write = f"""UPDATE {table} SET {column} = n.text FROM unnest($1::bigint[], $2::text[]) AS n (id, text)
                WHERE {table}.id = n.id"""  # noqa: S608
            numbers, texts = zip(*changed, strict=True)
            await editor.client.execute_query(write, [list(numbers), list(texts)])
        else:
            write = f"""UPDATE {table} SET {column} = n.value ->> 1 FROM json_each(?) AS n
                WHERE {table}.id = n.value ->> 0"""  # noqa: S608
            await editor.client.execute_query(write, [orjson.dumps(changed).decode()])


class Migration(migrations.Migration):
    dependencies = [("boucle", "0005_ledger_without_references")]

    operations = [
        ops.RunPython(add_columns, drop_columns),
        *(
            AddFieldOnPaper(model_name=model, name=name, field=fields.TextField(db_default=""))
            for model, name in (
                ("User", "name_key"),
                ("User", "search_text"),
                ("Team", "name_key"),
                ("Survey", "name_key"),
                ("Program", "name_key"),
            )
        ),
        ops.RunPython(fold_all, ops.RunPython.noop),
    ]
