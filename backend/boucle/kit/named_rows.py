"""Rows that have a name: what they are sorted, found and compared by follows from it."""

from typing import Any

from tortoise.models import Model

from boucle.kit.texts import sort_key


class NamedRow(Model):
    """A row with the columns `name` and `name_key`. What is saved as a whole needs no thought, an update does."""

    name: Any
    name_key: Any

    async def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = sort_key(self.name)
        await super().save(*args, **kwargs)

    class Meta:
        abstract = True
