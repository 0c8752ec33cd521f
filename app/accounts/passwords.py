"""What a password must be, and how it is kept: salted, by scrypt. Staff and recruiters alike."""

from werkzeug.security import check_password_hash, generate_password_hash

from app.accounts.errors import PasswordTooWeak

SHORTEST = 10
_NOBODY = generate_password_hash("nobody", method="scrypt")


def check_strength(username: str, password: str) -> None:
    """:raises PasswordTooWeak: fewer than 10 characters, digits only, or the name itself"""
    if len(password) < SHORTEST or password.isdigit() or password.lower() == username.lower():
        raise PasswordTooWeak


def hash_of(password: str) -> str:
    """What is kept of a password."""
    return generate_password_hash(password, method="scrypt")


def fits(kept: str | None, password: str) -> bool:
    """Whether *password* is the one behind *kept*; takes as long where there is none."""
    return check_password_hash(kept or _NOBODY, password) and kept is not None
