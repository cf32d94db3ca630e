"""People who work on tickets through the API, and what they ask for all the time."""

from collections.abc import Sequence

from boucle.accounts.models import Team, User
from tests.api.conftest import make_account, token_of
from tests.serving import Client

STATE = "id key version subject priority status { key } assignee { id } team { id } currentSegment nextDueAt"
ERRORS = "userErrors { field code message retryable }"
CREATE = f"""mutation ($input: TicketCreateInput!, $key: String) {{
  ticketCreate(input: $input, idempotencyKey: $key) {{ ticket {{ {STATE} customerName kind }} {ERRORS} }} }}"""


async def agent(
    *, name: str = "Tom Taker", user_type: str = "ticket_taker", teams: Sequence[Team] = ()
) -> tuple[User, str]:
    """Somebody of this type, and a token of theirs."""
    email = f"{name.partition(' ')[0].lower()}@boucle.example"
    user = await make_account(email, name=name, user_type=user_type, teams=tuple(team.id for team in teams))
    return user, await token_of(user)


async def created(client: Client, **given: object) -> dict[str, object]:
    """A new ticket of this client's making."""
    answer = await client(CREATE, input={"subject": "Parcel lost", "customerName": "Léa Durand", **given})
    assert answer["ticketCreate"]["userErrors"] == []
    return answer["ticketCreate"]["ticket"]
