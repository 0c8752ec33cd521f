"""Secrets of a development machine: made once, kept in a file only its owner can read."""

import base64
import secrets
from collections.abc import Callable
from pathlib import Path

GENERATORS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "DATA_KEY": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    "WECHAT_MINI_SECRET": lambda: secrets.token_hex(16),
    "WECHAT_SERVICE_SECRET": lambda: secrets.token_hex(16),
    "WECHAT_PUSH_TOKEN": lambda: secrets.token_hex(16),
    # 32 bytes in base64 without the padding, the 43 characters WeChat's console asks for
    "WECHAT_PUSH_AES_KEY": lambda: base64.b64encode(secrets.token_bytes(32)).decode().rstrip("="),
    "SMS_SECRET_KEY": lambda: secrets.token_hex(16),
    "STAFF_PASSWORD": lambda: secrets.token_urlsafe(9),
}


def development_secrets(path: Path) -> dict[str, str]:
    """Return the secrets kept in *path*, first making those that are missing (file mode 0600)."""
    known = _read(path)
    missing = {name: make() for name, make in GENERATORS.items() if name not in known}
    if missing:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.chmod(0o600)
        with path.open("a") as file:
            file.writelines(f"{name}={value}\n" for name, value in missing.items())
    return known | missing


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text().splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, value in pairs}
