"""Sessions keep a digest by which their browser is known again when it signs in anew."""

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("boucle", "0007_forget_input_with_passwords")]

    operations = [
        ops.AddField(
            model_name="Session",
            name="device_digest",
            field=fields.CharField(null=True, max_length=64),
        ),
        ops.AddIndex(model_name="Session", index=Index(fields=["device_digest"], name="sessions_device")),
    ]
