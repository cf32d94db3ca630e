"""The ledger of escalations keeps the numbers of rules and tickets without references, and one index.

Neither is ever deleted, rules are only hidden, and a row is written while its ticket is locked: two checks and an entry
in a second index for every row bought nothing. Who asks about tickets names their rules too: the unique key serves.
"""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.models import Model

from boucle.kit.migrating import AlterFieldOnPaper

POSTGRES = """
ALTER TABLE escalation_runs
    DROP CONSTRAINT escalation_runs_rule_id_fkey,
    DROP CONSTRAINT escalation_runs_ticket_id_fkey
"""
POSTGRES_BACK = """
ALTER TABLE escalation_runs
    ADD FOREIGN KEY (rule_id) REFERENCES escalation_rules (id) ON DELETE CASCADE,
    ADD FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE
"""
# SQLite cannot drop a reference, the table is written anew; none refers to it.
SQLITE = """
CREATE TABLE escalation_runs_anew (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "due_at" TIMESTAMP NOT NULL,
    "ran_at" TIMESTAMP NOT NULL,
    "rule_id" BIGINT NOT NULL{rule},
    "ticket_id" BIGINT NOT NULL{ticket},
    CONSTRAINT "uid_escalation__rule_id_08d0ac" UNIQUE ("rule_id", "ticket_id")
);
INSERT INTO escalation_runs_anew (id, due_at, ran_at, rule_id, ticket_id)
    SELECT id, due_at, ran_at, rule_id, ticket_id FROM escalation_runs;
DROP TABLE escalation_runs;
ALTER TABLE escalation_runs_anew RENAME TO escalation_runs
"""


async def drop_references(_: object, editor: BaseSchemaEditor) -> None:
    """Take both references from the table."""
    await _run(editor, POSTGRES if editor.DIALECT == "postgres" else SQLITE.format(rule="", ticket=""))


async def put_references_back(_: object, editor: BaseSchemaEditor) -> None:
    """Do the reverse."""
    rule, ticket = (f' REFERENCES "{table}" ("id") ON DELETE CASCADE' for table in ("escalation_rules", "tickets"))
    await _run(editor, POSTGRES_BACK if editor.DIALECT == "postgres" else SQLITE.format(rule=rule, ticket=ticket))


async def _run(editor: BaseSchemaEditor, statements: str) -> None:
    for statement in statements.split(";"):
        await editor.client.execute_script(statement)


def without_reference(name: str, model: str) -> AlterFieldOnPaper:
    """Return the change of one of the two fields."""
    field: fields.ForeignKeyRelation[Model] = fields.ForeignKeyField(
        model,
        source_field=f"{name}_id",
        db_constraint=False,
        to_field="id",
        related_name="runs",
        on_delete=OnDelete.CASCADE,
    )
    return AlterFieldOnPaper(model_name="EscalationRun", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [("boucle", "0004_channel_import")]

    operations = [
        ops.RemoveIndex(model_name="EscalationRun", name="escalation_runs_ticket"),
        ops.RunPython(drop_references, put_references_back),
        without_reference("rule", "boucle.EscalationRule"),
        without_reference("ticket", "boucle.Ticket"),
    ]
