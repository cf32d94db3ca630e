"""Keys of `userCreate` remembered a digest of its input with the new user's password, from which it could be guessed.

They are forgotten, and with them for a day that the act was done; what has a password in it is no longer compared.
"""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("boucle", "0006_folded_names_and_searches")]

    operations = [
        ops.RunSQL("DELETE FROM idempotency_keys WHERE scope LIKE 'userCreate:%'", reverse_sql=""),
    ]
