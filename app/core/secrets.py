"""Random tokens for codes and logins; what is kept of a secret is its hash."""

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz"


def new_token(length: int = 16) -> str:
    """A random token of letters and digits that no eye confuses (5.7 bits a character)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def digest(secret: str) -> str:
    """SHA-256 of a high-entropy secret, 64 hex characters."""
    return hashlib.sha256(secret.encode()).hexdigest()
