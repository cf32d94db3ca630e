"""Passwords as argon2 digests; secrets of sessions and tokens as plain digests."""

import hashlib
import os
import secrets
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from pwdlib import PasswordHash

from boucle.kit.errors import RateLimited
from boucle.kit.fair_threads import Asker, Crowded, FairThreads

T = TypeVar("T")
SHORTEST_PASSWORD = 10
MOST_WAITING = 40  # each takes some 50 ms, on a busy machine three times as long
# The tool at hand of whoever sits at the machine: nobody else waits there.
COMMAND_LINE = Asker("command line", is_known=True)
# One check occupies several threads of its own and 64 MiB.
_threads = FairThreads(threads=max(1, (os.cpu_count() or 1) // 2), most_waiting=MOST_WAITING)
_hasher = PasswordHash.recommended()
# Checked for unknown addresses too, so that an answer's time tells nothing about who exists.
_DUMMY_DIGEST = _hasher.hash("nobody has this password")


async def hash_password(password: str, *, asker: Asker = COMMAND_LINE) -> str:
    """Return an argon2 digest. Raises `RateLimited` at once where too many passwords wait already."""
    return await _in_turn(asker, partial(_hasher.hash, unicodedata.normalize("NFC", password)))


async def is_password(password: str, digest: str | None, *, asker: Asker = COMMAND_LINE) -> bool:
    """Whether `password` belongs to `digest`; as slow for nobody (`None`) as for somebody. Raises like hashing.

    Keyboards send an é as one sign or as two; digests are of the first form, older ones of either.
    """
    matches = await _in_turn(asker, partial(_verify, password, digest or _DUMMY_DIGEST))
    return matches and digest is not None


def _verify(password: str, digest: str) -> bool:
    forms = dict.fromkeys([unicodedata.normalize("NFC", password), unicodedata.normalize("NFD", password), password])
    return any(_hasher.verify(form, digest) for form in forms)


async def _in_turn(asker: Asker, work: Callable[[], T]) -> T:
    try:
        return await _threads.run(asker, work)
    except Crowded:
        raise RateLimited("Too many passwords are being checked at this moment. Try again in a few seconds.") from None


def new_secret(prefix: str) -> str:
    """Return an unguessable text, e.g. `bcl_…`; 256 bits."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def digest_secret(secret: str) -> str:
    """Return what is stored of a secret; one round is enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
