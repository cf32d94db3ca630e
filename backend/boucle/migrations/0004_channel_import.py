"""Answers may come in by import. Channels are text: only a comment on the column changes, and no table."""

from tortoise import fields, migrations

from boucle.kit.migrating import AlterFieldOnPaper
from boucle.surveys.models import Channel


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
