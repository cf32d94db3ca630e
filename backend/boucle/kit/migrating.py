"""What several migrations need."""

from tortoise.migrations import operations as ops


class AlterFieldOnPaper(ops.AlterField):
    """Changes what the model says and leaves the tables alone: SQLite would write all rows of one anew."""

    async def database_forward(self, *_: object, **__: object) -> None:
        """Leave the tables alone."""

    async def database_backward(self, *_: object, **__: object) -> None:
        """Leave the tables alone."""


class AddFieldOnPaper(ops.AddField):
    """Says that the model has a field; the column is made by statements of the migration's own."""

    async def database_forward(self, *_: object, **__: object) -> None:
        """Leave the tables alone."""

    async def database_backward(self, *_: object, **__: object) -> None:
        """Leave the tables alone."""
