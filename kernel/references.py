"""Public references: typed by prefix, unguessable, easy to read aloud."""

import secrets

# Crockford's base32: no I, L, O or U, so that nothing is misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10


def new(prefix: str) -> str:
    """A fresh reference such as ``ORD-7F3K9Q2MXA`` (50 random bits)."""
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"
