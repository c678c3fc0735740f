"""Secrets that nobody guesses, and what is kept of them: never the secret itself."""

import secrets
from collections.abc import Iterable
from hashlib import sha256
from hmac import compare_digest

# 256 bits: a thousand million tries a second find none while the sun shines.
_BYTES = 32


def new_secret() -> str:
    """Letters, digits, - and _, to go into an address or a cookie."""
    return secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def found(secret: str, kept: Iterable[str]) -> str | None:
    """The one of the digests kept that is of this secret. It takes as long, whichever it is."""
    wanted, match = digest(secret), None
    for each in kept:
        if compare_digest(each.encode(), wanted.encode()):
            match = each
    return match
