"""Encryption and look-up hashes of personal data, keyed by the deployment's DATA_KEY."""

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.fernet import Fernet, MultiFernet


@dataclass
class _Keys:
    fernet: MultiFernet | None = None
    lookup: bytes = b""


_keys = _Keys()


def use_keys(data_key: str) -> None:
    """Take the keys: comma-separated Fernet keys, newest first (older ones still decrypt).

    The look-up hashes hang on the oldest key, so a rotation adds one in front.

    :raises ValueError: a part is not a Fernet key
    """
    parts = [part.strip() for part in data_key.split(",") if part.strip()]
    _keys.fernet = MultiFernet([Fernet(part) for part in parts])
    _keys.lookup = hashlib.sha256(b"lookup:" + parts[-1].encode()).digest()


def are_keys(data_key: str) -> bool:
    """Whether :func:`use_keys` can take this."""
    parts = [part.strip() for part in data_key.split(",") if part.strip()]
    try:
        return bool([Fernet(part) for part in parts])
    except ValueError:
        return False


def encrypt(text: str) -> str:
    """Ciphertext of *text* for a column."""
    assert _keys.fernet is not None, "use_keys() runs in create_app"
    return _keys.fernet.encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text that :func:`encrypt` hid."""
    assert _keys.fernet is not None, "use_keys() runs in create_app"
    return _keys.fernet.decrypt(token.encode()).decode()


def lookup_hash(text: str) -> str:
    """A keyed hash (64 hex) by which an encrypted value can be found, and nothing else."""
    return hmac.new(_keys.lookup, text.encode(), hashlib.sha256).hexdigest()


def mask_phone(phone: str | None) -> str | None:
    """``138****6666``; of a shorter number only the last two digits; None stays None."""
    if not phone:
        return phone
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else f"****{phone[-2:]}"
