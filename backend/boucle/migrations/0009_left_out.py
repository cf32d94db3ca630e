"""Answers say what of them was left out. Whatever came before has nothing: such answers were refused then."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor

from boucle.kit.migrating import AddFieldOnPaper


async def add_column(_: object, editor: BaseSchemaEditor) -> None:
    """Add the column, without writing the table of all answers anew."""
    kind = "JSONB" if editor.DIALECT == "postgres" else "JSON"
    await editor.client.execute_script(f"ALTER TABLE responses ADD COLUMN left_out {kind}")


async def drop_column(_: object, editor: BaseSchemaEditor) -> None:
    """Do the reverse."""
    await editor.client.execute_script("ALTER TABLE responses DROP COLUMN left_out")


class Migration(migrations.Migration):
    dependencies = [("boucle", "0008_known_devices")]

    operations = [
        ops.RunPython(add_column, drop_column),
        AddFieldOnPaper(model_name="Response", name="left_out", field=fields.JSONField(null=True)),
    ]
