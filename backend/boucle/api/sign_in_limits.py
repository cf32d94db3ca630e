"""Slowing down whoever guesses passwords: an attempt is taken before a password is looked at.

Somebody who guesses must not keep out whoever knows: a browser that has signed in before has attempts of its own, and
one address never uses up what an account has for all addresses together.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Network, ip_address

from boucle.accounts.validation import typed_email
from boucle.kit.attempts import Attempts, Limit
from boucle.kit.errors import RateLimited
from boucle.kit.fair_threads import Asker
from boucle.kit.passwords import digest_secret

AT_ONCE = 5
ONE_BACK_EVERY = timedelta(seconds=20)
# More than one address gets, so that it cannot use it up, and a bound to guessing from many addresses.
AT_ONCE_OF_ACCOUNT = 30
ONE_BACK_OF_ACCOUNT_EVERY = timedelta(seconds=10)
AT_ONCE_OF_NETWORK = 20  # an office, or all clients of a proxy that is not trusted
HOME_PREFIX = 64  # who has one address of IPv6 has as many as they like of the same network


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one try of a password is counted against, and whose turn at the checking it is."""

    own: Sequence[Limit]  # of this very account from this very place: as before once the password was right
    shared: Sequence[Limit]  # whoever knows one password must not start these anew for guessing others
    asker: Asker

    @property
    def limits(self) -> Sequence[Limit]:
        """All of them."""
        return [*self.own, *self.shared]


def from_known_device(email: str, device_digest: str) -> Attempt:
    """An attempt of a browser that has signed in to this account before."""
    name = f"device:{_account(email)}:{device_digest}"
    return Attempt([Limit(name, AT_ONCE, ONE_BACK_EVERY)], [], Asker(name, is_known=True))


def from_stranger(email: str, address: str) -> Attempt:
    """An attempt of a browser that has not; the same for accounts that there are and others."""
    account, network = _account(email), network_of(address)
    return Attempt(
        [Limit(f"place:{account}:{network}", AT_ONCE, ONE_BACK_EVERY)],
        [
            Limit(f"account:{account}", AT_ONCE_OF_ACCOUNT, ONE_BACK_OF_ACCOUNT_EVERY),
            Limit(f"network:{network}", AT_ONCE_OF_NETWORK, ONE_BACK_EVERY),
        ],
        Asker(f"network:{network}", is_known=False),
    )


def of_signed_in(user_id: int) -> Attempt:
    """An attempt of somebody signed in to show that they know their own password."""
    return Attempt([Limit(f"password:{user_id}", AT_ONCE, ONE_BACK_EVERY)], [], Asker(f"user:{user_id}", is_known=True))


@asynccontextmanager
async def attempted(attempts: Attempts, attempt: Attempt) -> AsyncIterator[None]:
    """Take the attempt before the block, or raise `RateLimited`; it does not count where the block succeeds."""
    wait = await attempts.take(attempt.limits)
    if wait is not None:
        seconds = int(wait.total_seconds())
        raise RateLimited("Too many wrong passwords. Wait {seconds} seconds and try again.", seconds=seconds)
    try:
        yield
    except RateLimited:
        await attempts.give_back(attempt.limits)  # no password was looked at
        raise
    await attempts.forget(attempt.own)
    await attempts.give_back(attempt.shared)


def network_of(address: str) -> str:
    """Return what counts as one place: an address of IPv4, or the network of one of IPv6."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(IPv6Network((parsed, HOME_PREFIX), strict=False))


def _account(email: str) -> str:
    return digest_secret(typed_email(email))  # of any length, and perhaps a password in the wrong field
