"""Guessing passwords is slow, whoever guesses from wherever, and keeps nobody out who knows theirs."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from boucle.accounts.models import Session
from boucle.api.sign_in_limits import AT_ONCE, AT_ONCE_OF_ACCOUNT, AT_ONCE_OF_NETWORK, network_of
from tests.api.conftest import PASSWORD, make_account, token_of
from tests.serving import Boucle, Client, browser, machine

ANA = "ana@boucle.example"
SIGN_IN = """mutation ($email: String!, $password: String!) {
  sessionCreate(email: $email, password: $password) { userErrors { code retryable } } }"""
CHANGE = "mutation ($c: String!) { passwordChange(current: $c, new: $c) { userErrors { code } } }"
SET = "mutation ($id: ID!, $p: String!) { userSetPassword(id: $id, password: $p) { userErrors { code } } }"
WRONG = "wrong wrong wrong"


async def tried(client: Client, password: str = WRONG, *, email: str = ANA) -> str:
    """The code of a sign-in; "" if it succeeded."""
    errors = (await client(SIGN_IN, email=email, password=password))["sessionCreate"]["userErrors"]
    return errors[0]["code"] if errors else ""


async def forgot_sessions(client: Client) -> None:
    """Close the browser, which keeps what lasts."""
    client.http.cookies.delete("boucle_session")


@asynccontextmanager
async def browser_at(boucle: Boucle, address: str) -> AsyncIterator[Client]:
    """A browser that asks from another address of this machine."""
    transport = httpx.AsyncHTTPTransport(local_address=address)
    async with httpx.AsyncClient(base_url=boucle.url, transport=transport, timeout=30) as http:
        yield Client(http)


async def use_up_account(boucle: Boucle) -> None:
    """Guess from so many addresses that the account has no attempt left for strangers."""
    for last in range(1, 3 * AT_ONCE_OF_ACCOUNT // AT_ONCE):
        async with browser_at(boucle, f"127.0.1.{last}") as client:
            codes = await asyncio.gather(*(tried(client) for _ in range(AT_ONCE)))
        if set(codes) == {"RATE_LIMITED"}:
            return
    pytest.fail("guessing from many addresses has no end")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_of_a_hundred_guesses_at_once_five_are_checked(boucle):
    await make_account(ANA)
    async with browser(boucle) as client:
        codes = await asyncio.gather(*(tried(client) for _ in range(100)))
    assert Counter(codes) == {"SIGN_IN_FAILED": AT_ONCE, "RATE_LIMITED": 95}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_another_spelling_of_an_address_is_no_other_account(boucle):
    await make_account(ANA)
    async with browser(boucle) as client:
        for _ in range(AT_ONCE):
            await tried(client)
        for spelled in (ANA, ANA.upper(), f"\u202a{ANA}", f"{ANA[:2]}\u2066{ANA[2:]}", f" {ANA}\ufeff"):
            assert await tried(client, PASSWORD, email=spelled) == "RATE_LIMITED"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_right_guess_among_many_wrong_ones_at_once_is_not_looked_at(boucle):
    await make_account(ANA)
    async with browser(boucle) as client:
        codes = await asyncio.gather(*(tried(client) for _ in range(40)), tried(client, PASSWORD))
    assert codes[-1] == "RATE_LIMITED"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_refusal_for_too_many_tries_can_be_repeated_later(boucle):
    async with browser(boucle) as client:
        await asyncio.gather(*(tried(client) for _ in range(AT_ONCE)))
        refused = await client(SIGN_IN, email=ANA, password=WRONG)
    assert refused["sessionCreate"]["userErrors"] == [{"code": "RATE_LIMITED", "retryable": True}]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_right_password_starts_the_count_anew(boucle):
    await make_account(ANA)
    async with browser(boucle) as client:
        for _ in range(3):
            codes = [await tried(client) for _ in range(AT_ONCE - 1)] + [await tried(client, PASSWORD)]
            assert codes == ["SIGN_IN_FAILED"] * (AT_ONCE - 1) + [""]
            client.http.cookies.clear()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_stranger_elsewhere_does_not_keep_the_owner_out(boucle):
    await make_account(ANA)
    async with browser_at(boucle, "127.0.0.2") as stranger, browser_at(boucle, "127.0.0.3") as owner:
        assert "RATE_LIMITED" in [await tried(stranger) for _ in range(AT_ONCE + 3)]
        assert await tried(owner, PASSWORD) == ""


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_guessing_from_many_addresses_is_bounded_and_a_known_browser_still_comes_in(boucle):
    await make_account(ANA)
    async with browser(boucle) as known, browser_at(boucle, "127.0.0.9") as new:
        assert await tried(known, PASSWORD) == ""
        await forgot_sessions(known)
        await use_up_account(boucle)
        assert await tried(new, PASSWORD) == "RATE_LIMITED"
        assert await tried(known, PASSWORD) == ""


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_known_browser_may_guess_no_more_than_others(boucle):
    await make_account(ANA)
    async with browser(boucle) as known:
        await tried(known, PASSWORD)
        await forgot_sessions(known)
        codes = await asyncio.gather(*(tried(known) for _ in range(20)))
    assert Counter(codes)["SIGN_IN_FAILED"] == AT_ONCE


async def test_a_browser_known_for_one_account_is_a_stranger_to_others_and_may_be_known_for_two(boucle):
    await make_account(ANA)
    await make_account("bea@boucle.example")
    async with browser(boucle) as shared:
        await tried(shared, PASSWORD)
        await tried(shared, PASSWORD, email="bea@boucle.example")
        digests = {each.device_digest for each in await Session.all()}
        assert len(digests) == 1
        assert None not in digests
        await use_up_account(boucle)
        assert await tried(shared, PASSWORD) == ""


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_own_right_password_does_not_start_anew_the_guessing_of_others(boucle):
    await make_account("eve@boucle.example")
    refused = 0
    async with browser(boucle) as client:
        for number in range(AT_ONCE_OF_NETWORK + 5):
            client.http.cookies.clear()
            refused += await tried(client, email=f"victim{number}@boucle.example") == "RATE_LIMITED"
            if number % 4 == 0:
                await tried(client, PASSWORD, email="eve@boucle.example")
    assert refused


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_new_password_makes_known_browsers_strangers(boucle):
    ana = await make_account(ANA)
    boss = await make_account("boss@boucle.example")
    async with browser(boucle) as known, machine(boucle, await token_of(boss)) as admin:
        await tried(known, PASSWORD)
        await forgot_sessions(known)
        await admin(SET, id=f"usr_{ana.id}", p="another good password")
        await use_up_account(boucle)
        assert await tried(known, "another good password") == "RATE_LIMITED"


async def test_a_made_up_secret_of_a_browser_is_never_taken_over(boucle):
    await make_account(ANA)
    async with browser(boucle) as client:
        client.http.cookies.set("boucle_device", "bcd_planted", domain="127.0.0.1", path="/graphql")
        await tried(client, PASSWORD)
        secrets = [each.value for each in client.http.cookies.jar if each.name == "boucle_device"]
    assert "bcd_planted" not in secrets


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_guessing_the_current_password_is_slow_too(boucle):
    ana = await make_account(ANA)
    async with machine(boucle, await token_of(ana)) as client:
        answers = await asyncio.gather(*(client(CHANGE, c=WRONG) for _ in range(30)))
    codes = Counter(each["passwordChange"]["userErrors"][0]["code"] for each in answers)
    assert codes["SIGN_IN_FAILED"] == AT_ONCE


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_the_process_answers_others_while_passwords_are_checked(boucle):
    async with browser(boucle) as client:
        guesses = [asyncio.create_task(tried(client, email=f"u{number}@x.example")) for number in range(50)]
        await asyncio.sleep(0.05)
        async with asyncio.timeout(2):
            assert (await client.http.get("/healthz")).text == "ok"
        await asyncio.gather(*guesses)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_a_network_is_an_address_of_ipv4_and_sixty_four_bits_of_ipv6(address, network):
    assert network_of(address) == network
