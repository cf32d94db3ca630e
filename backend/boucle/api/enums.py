"""Enums of the domains as GraphQL shows them.

Registered before any type or input mentions one: Strawberry would otherwise make a definition of its own.
"""

import strawberry

from boucle.accounts.models import Language
from boucle.accounts.permissions import MEANINGS, Permission
from boucle.api.live.presence import PresenceActivity
from boucle.events.models import ActorKind, EventKind
from boucle.kit.errors import ErrorCode
from boucle.surveys.models import ScoreClass
from boucle.tickets.models import StatusCategory, TicketKind, TicketPriority
from boucle.tickets.queries import TicketOrderField

strawberry.enum(ErrorCode, description="Why a write was refused; every code is explained in docs/api.md.")
strawberry.enum(Language, description="A language of the product.")
strawberry.enum(Permission, description="One right. A user type bundles them; a user may be granted or refused some.")
for _value in Permission.__strawberry_definition__.values:  # type: ignore[attr-defined]  # it was just made
    _value.description = MEANINGS[_value.value]
strawberry.enum(EventKind, description="Everything that can happen, named by the thing and what became of it.")
strawberry.enum(ActorKind, description="Who acted: a signed-in user, a rule of the system, or the customer.")
strawberry.enum(
    StatusCategory,
    description="The fixed meaning under a status's free label: rules and counts go by it, whatever the label says.",
)
strawberry.enum(ScoreClass, description="NPS 0-6, 7-8, 9-10. Five points: 1-2, 3, 4-5. Seven points: 1-2, 3-5, 6-7.")
strawberry.enum(PresenceActivity, description="What somebody does at a ticket: looks at it, or writes there.")
strawberry.enum(TicketPriority, description="How urgent a ticket is.")
strawberry.enum(TicketKind, description="Whether a response opened the ticket, or a person by hand.")
strawberry.enum(TicketOrderField, description="What tickets are sorted by; those without a value come last.")
