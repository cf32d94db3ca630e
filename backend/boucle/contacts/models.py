"""Tables of contacts."""

from typing import NewType

from tortoise import fields
from tortoise.models import Model

ContactId = NewType("ContactId", int)


class Contact(Model):
    """A person in the directory (CTC-1)."""

    id = fields.BigIntField(primary_key=True)
    first_name = fields.CharField(max_length=100, db_default="")
    last_name = fields.CharField(max_length=100, db_default="")
    email = fields.CharField(max_length=254, null=True)
    email_key = fields.CharField(max_length=254, null=True, db_index=True)  # lower case, for matching (DED-5)
    phone = fields.CharField(max_length=30, null=True, db_index=True)  # E.164
    external_reference = fields.CharField(max_length=120, null=True)
    external_reference_key = fields.CharField(max_length=120, null=True, unique=True)  # lower case, like email_key
    language = fields.CharField(max_length=5, null=True)
    is_opted_out = fields.BooleanField(db_default=False)
    search_text = fields.CharField(max_length=700, db_default="")  # folded: names, e-mail, phone, reference
    created_at = fields.DatetimeField(db_index=True)
    updated_at = fields.DatetimeField()
    version = fields.IntField(db_default=1)

    class Meta:
        table = "contacts"

    @property
    def name(self) -> str:
        """First and last name, or the best that is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.email or self.phone or f"#{self.id}"
