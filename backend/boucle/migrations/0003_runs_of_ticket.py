"""The index of what rules did to one ticket."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("boucle", "0002_due_index")]

    operations = [
        ops.AddIndex(model_name="EscalationRun", index=Index(fields=["ticket_id"], name="escalation_runs_ticket")),
    ]
