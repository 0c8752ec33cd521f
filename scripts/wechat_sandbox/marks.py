"""Identifiers in the shapes WeChat gives them."""

import base64
import hashlib
import secrets
import string

ALPHABET = string.ascii_letters + string.digits + "-_"


def openid() -> str:
    """28 characters starting with ``o``; openid and unionid look alike."""
    return "o" + "".join(secrets.choice(ALPHABET) for _ in range(27))


def steady_openid(*parts: str) -> str:
    """The openid that the same *parts* give on every start (demo users)."""
    digest = hashlib.sha256("/".join(parts).encode()).digest()
    return "o" + base64.urlsafe_b64encode(digest).decode()[:27]


def login_code() -> str:
    """What wx.login gives: 32 characters starting with ``0``."""
    return "0" + "".join(secrets.choice(ALPHABET) for _ in range(31))


def phone_code() -> str:
    """What a phone-number button gives: 64 hexadecimal digits."""
    return secrets.token_hex(32)


def session_key() -> str:
    """16 random bytes as base64, 24 characters."""
    return base64.b64encode(secrets.token_bytes(16)).decode()


def access_token() -> str:
    """136 characters, as long as WeChat's are today."""
    return "".join(secrets.choice(ALPHABET) for _ in range(136))


def template_id() -> str:
    """43 characters of URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def steady_template_id(name: str) -> str:
    """The template id that the same *name* gives on every start."""
    return base64.urlsafe_b64encode(hashlib.sha256(name.encode()).digest()).decode().rstrip("=")


def message_id() -> str:
    """A 19-digit integer, larger than JavaScript can hold: kept as text."""
    return str(10**18 + secrets.randbelow(8 * 10**18))


def request_id(now: float) -> str:
    """The ``rid`` of an answer: three groups of eight, the first is the time."""
    return f"{int(now):08x}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"


def nonce() -> str:
    """A nonce of a message push: decimal digits."""
    return str(10**8 + secrets.randbelow(10**10))
