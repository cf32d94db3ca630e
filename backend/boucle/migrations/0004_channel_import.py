"""Answers may come in by import. Channels are text: only what the models say changes, and no table."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from boucle.surveys.models import Channel


class AlterFieldOnPaper(ops.AlterField):
    """SQLite would write every response anew for the sake of a comment on the column."""

    async def database_forward(self, *_: object, **__: object) -> None:
        """Leave the tables alone."""

    async def database_backward(self, *_: object, **__: object) -> None:
        """Leave the tables alone."""


class Migration(migrations.Migration):
    dependencies = [("boucle", "0003_runs_of_ticket")]

    operations = [
        AlterFieldOnPaper(
            model_name="Response",
            name="channel",
            field=fields.CharEnumField(
                description="PAGE: page\nAPI: api\nINTAKE: intake\nIMPORT: import", enum_type=Channel, max_length=10
            ),
        ),
    ]
