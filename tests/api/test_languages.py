"""Refusals are said in the language of whoever reads them."""

from collections.abc import AsyncIterator

import pytest

from boucle.accounts.models import Language
from tests.api.conftest import PASSWORD, make_account, token_of
from tests.live.client import connected
from tests.serving import Boucle, Client, browser, machine

GAP = "\N{NO-BREAK SPACE}"
SIGN_IN = """mutation ($password: String!) {
  sessionCreate(email: "lea@boucle.example", password: $password) { userErrors { code message } } }"""
CREATE_TEAM = 'mutation { teamCreate(input: {name: "Relation client"}) { userErrors { code message } } }'
CREATE_TICKET = """mutation { ticketCreate(input: {subject: "Colis", customerName: "Jo", customerEmail: "jo@",
  customerPhone: "12"}) { userErrors { field message } } }"""
UPDATE = """mutation ($id: ID!, $subject: String) {
  ticketUpdate(id: $id, expectedVersion: 1, input: {subject: $subject}) { userErrors { code message } } }"""
MANY_TICKETS = "{ tickets(first: 500) { nodes { key } } }"
FEED = 'subscription { feed(after: "hier") { __typename } }'
WRONG = "wrong wrong wrong"
SIGN_IN_FAILED = {
    "fr": "Cette adresse e-mail et ce mot de passe ne vont pas ensemble. Vérifiez les deux, puis réessayez.",
    "en": "This e-mail and this password do not belong together. Check both and try again.",
}


async def client_token(language: Language, *, user_type: str = "organisation_admin") -> str:
    return await token_of(
        await make_account("lea@boucle.example", name="Léa Roux", user_type=user_type, language=language)
    )


@pytest.fixture
async def french(boucle: Boucle) -> AsyncIterator[Client]:
    async with machine(boucle, await client_token(Language.FR)) as client:
        yield client


@pytest.fixture
async def english(boucle: Boucle) -> AsyncIterator[Client]:
    async with machine(boucle, await client_token(Language.EN)) as client:
        yield client


async def test_a_refused_act_is_told_in_the_language_of_the_profile(french, admin):
    assert (await admin(CREATE_TEAM))["teamCreate"]["userErrors"] == []
    said = [(await client(CREATE_TEAM))["teamCreate"]["userErrors"] for client in (french, admin)]
    assert said == [
        [
            {
                "code": "TAKEN",
                "message": f"Une autre équipe s’appelle déjà «{GAP}Relation client{GAP}». Choisissez un autre nom.",
            }
        ],
        [
            {
                "code": "TAKEN",
                "message": "Another team is already called 'Relation client'. Choose another name.",
            }
        ],
    ]


async def test_the_profile_counts_more_than_the_browser(english):
    english.http.headers["accept-language"] = "fr"
    await english(CREATE_TEAM)
    (error,) = (await english(CREATE_TEAM))["teamCreate"]["userErrors"]
    assert error["message"].startswith("Another team")


async def test_several_refusals_at_once_are_each_told_in_french(french):
    errors = (await french(CREATE_TICKET))["ticketCreate"]["userErrors"]
    assert {error["field"][-1]: error["message"].split(".")[0] for error in errors} == {
        "customerEmail": f"«{GAP}jo@{GAP}» n’est pas une adresse e-mail",
        "customerPhone": f"«{GAP}12{GAP}» n’est pas un numéro de téléphone",
    }


async def test_words_within_a_refusal_are_french_too(french, admin):
    create = 'mutation { ticketCreate(input: {subject: "Colis", customerName: "Jo"}) { ticket { id } } }'
    ticket = (await admin(create))["ticketCreate"]["ticket"]["id"]
    await admin(UPDATE, id=ticket, subject="Colis perdu")
    (error,) = (await french(UPDATE, id=ticket, subject="Le mien"))["ticketUpdate"]["userErrors"]
    assert error["message"] == (
        f"T-1 a changé entre-temps{GAP}: modifié par Ada Admin à l’instant. "
        "Regardez-le tel qu’il est, puis décidez à nouveau."
    )


async def test_a_wrong_argument_of_a_read_is_told_in_french(french):
    (error,) = (await french.raw(MANY_TICKETS))["errors"]
    assert error["message"] == f"`first` vaut 500{GAP}; il doit aller de 1 à 100."


async def test_a_missing_right_is_told_by_its_name_on_the_screen(boucle):
    async with machine(boucle, await client_token(Language.FR, user_type="ticket_taker")) as client:
        (error,) = (await client.raw(CREATE_TEAM))["errors"]
    assert error["message"].startswith(
        f"Il faut pour cela le droit «{GAP}Gérer les équipes{GAP}», que Léa Roux n’a pas"
    )
    assert error["extensions"]["permission"] == "TEAMS_MANAGE"


async def test_an_operation_that_costs_too_much_is_refused_in_french(french):
    wide = "a{0}: contacts(first: 100) {{ nodes {{ timeline(first: 100) {{ nodes {{ text }} }} }} }}"
    document = "{ " + " ".join(wide.format(number) for number in range(3)) + " }"
    (error,) = (await french.raw(document))["errors"]
    assert error["extensions"]["code"] == "TOO_COSTLY"
    assert error["message"].startswith("Cette opération coûte ")


@pytest.mark.parametrize(
    ("accepted", "language"), [("fr-CA,fr;q=0.9,en;q=0.5", "fr"), ("en-GB,fr;q=0.2", "en"), ("de", "en"), (None, "en")]
)
async def test_nobody_signed_in_is_answered_as_the_browser_prefers(boucle, accepted, language):
    await client_token(Language.FR)
    async with browser(boucle) as client:
        if accepted is not None:
            client.http.headers["accept-language"] = accepted
        (error,) = (await client(SIGN_IN, password=WRONG))["sessionCreate"]["userErrors"]
        stranger = await client.raw(MANY_TICKETS)
        assert (await client(SIGN_IN, password=PASSWORD))["sessionCreate"]["userErrors"] == []
    assert error == {"code": "SIGN_IN_FAILED", "message": SIGN_IN_FAILED[language]}
    assert stranger["errors"][0]["message"].startswith(
        {"fr": "Personne n’est connecté", "en": "Nobody is signed in"}[language]
    )


@pytest.mark.parametrize(
    ("language", "says"), [(Language.FR, "n’est pas un curseur de ce journal"), (Language.EN, "is not a cursor")]
)
async def test_a_subscription_is_refused_in_the_language_of_the_profile(boucle, language, says):
    async with connected(boucle, await client_token(language)) as socket:
        feed = await socket.subscribe(FEED)
        message = await feed.messages.get()
        errors = message["errors"] if message is not None else socket.errors[feed.name]
    assert says in errors[0]["message"]
