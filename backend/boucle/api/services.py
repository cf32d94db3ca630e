"""What a web process hands to everything that answers a request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from boucle.api.live.hub import LiveHub
from boucle.api.live.presence import PresenceBoard
from boucle.kit.allowances import Allowances
from boucle.kit.attempts import Attempts
from boucle.kit.ratelimit import Limiter
from boucle.kit.storage import WriteProbe
from boucle.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Made once per process by `boucle.app`; found at `request.app.state.services`."""

    settings: Settings
    limiter: Limiter
    attempts: Attempts
    allowances: Allowances
    hub: LiveHub
    presence: PresenceBoard
    write_probe: WriteProbe
    now: Callable[[], datetime]
