"""Enums of the domains as GraphQL shows them.

Registered before any type or input mentions one: Strawberry would otherwise make a definition of its own.
"""

import strawberry

from boucle.accounts.models import Language
from boucle.accounts.permissions import Permission
from boucle.kit.errors import ErrorCode

strawberry.enum(ErrorCode, description="Why a write was refused; every code is explained in docs/api.md.")
strawberry.enum(Language, description="A language of the product.")
strawberry.enum(Permission, description="One right. A user type bundles them; a user may be granted or refused some.")
