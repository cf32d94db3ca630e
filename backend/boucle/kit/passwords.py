"""Passwords as argon2 digests; secrets of sessions and tokens as plain digests."""

import asyncio
import hashlib
import secrets
import unicodedata

from pwdlib import PasswordHash

SHORTEST_PASSWORD = 10
_hasher = PasswordHash.recommended()
# Checked for unknown addresses too, so that an answer's time tells nothing about who exists.
_DUMMY_DIGEST = _hasher.hash("nobody has this password")


async def hash_password(password: str) -> str:
    """Return an argon2 digest; takes some 50 ms in a thread."""
    return await asyncio.to_thread(_hasher.hash, unicodedata.normalize("NFC", password))


async def is_password(password: str, digest: str | None) -> bool:
    """Whether `password` belongs to `digest`; as slow for nobody (`None`) as for somebody.

    Keyboards send an é as one sign or as two; digests are of the first form, older ones of either.
    """
    forms = dict.fromkeys([unicodedata.normalize("NFC", password), unicodedata.normalize("NFD", password), password])
    for form in forms:
        if await asyncio.to_thread(_hasher.verify, form, digest or _DUMMY_DIGEST):
            return digest is not None
    return False


def new_secret(prefix: str) -> str:
    """Return an unguessable text, e.g. `bcl_…`; 256 bits."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def digest_secret(secret: str) -> str:
    """Return what is stored of a secret; one round is enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
