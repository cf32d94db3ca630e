"""The index of waiting escalations: only open tickets with a due time are in it, however many tickets there are."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("boucle", "0001_initial")]

    operations = [
        ops.RunSQL(
            sql="CREATE INDEX tickets_due ON tickets (next_due_at, id) WHERE next_due_at IS NOT NULL",
            reverse_sql="DROP INDEX tickets_due",
        ),
    ]
