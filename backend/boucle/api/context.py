"""What every resolver may ask for: the viewer, the moment, and rows in batches."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

import strawberry
from graphql import GraphQLError
from starlette.requests import HTTPConnection
from starlette.responses import Response

from boucle.accounts.access import Viewer
from boucle.accounts.models import Language
from boucle.api.languages import preferred_language
from boucle.api.services import Services
from boucle.api.words import in_language
from boucle.events.log import head
from boucle.kit.phrases import Phrase

NO_CONNECTION = HTTPConnection({"type": "http", "headers": []})


@dataclass(slots=True)
class Context:
    """The context of one HTTP operation, or of one socket with all its operations."""

    services: Services
    connection: HTTPConnection
    response: Response | None
    viewer: Viewer | None
    connection_params: dict[str, object] = field(default_factory=dict)
    has_told_time: bool = False

    def kept(self) -> "Context":
        """Return who asks as they are now, for what outlives the connection: it would be kept open to no end."""
        return Context(self.services, NO_CONNECTION, None, self.viewer)

    def now(self) -> datetime:
        """Return the present moment."""
        self.has_told_time = True
        return self.services.now()

    @property
    def signed_in(self) -> Viewer:
        """Return the viewer; raise where nobody is signed in."""
        if self.viewer is None:
            raise self.unauthenticated()
        return self.viewer

    @property
    def language(self) -> Language:
        """The language to speak: the viewer's own, else the one that the browser prefers, else English."""
        if self.viewer is not None:
            return self.viewer.language
        accepted = self.connection.headers.get("accept-language", "")
        return Language(preferred_language(asked=None, accepted=accepted, otherwise=Language.EN))

    def say(self, phrase: Phrase) -> str:
        """Return the sentence in the language of whoever asks."""
        return in_language(phrase, self.language)

    def refusal(self, code: str, phrase: Phrase, **extensions: object) -> GraphQLError:
        """Return the error that refuses the operation itself; what an act refuses is a `DomainError`."""
        return GraphQLError(self.say(phrase), extensions={"code": code, **extensions})

    def unauthenticated(self) -> GraphQLError:
        """Return the error for a field that needs somebody to be signed in."""
        phrase = Phrase(
            "Nobody is signed in, or the session has ended. Sign in, or send an API token as `Authorization: Bearer`."
        )
        return self.refusal("UNAUTHENTICATED", phrase)


_live_cursor: ContextVar[str] = ContextVar("boucle_live_cursor")


async def note_live_cursor(query: str) -> None:
    """Remember where the log stands before the operation of this task reads anything, if it asks for that.

    Taken later, events between the read and the cursor would be lost to a client that goes on from there.
    """
    if "liveCursor" in query:
        _live_cursor.set(str(await head()))


def live_cursor() -> str:
    """Return the position noted for the operation of this task."""
    return _live_cursor.get()


Info = strawberry.Info[Context, None]
