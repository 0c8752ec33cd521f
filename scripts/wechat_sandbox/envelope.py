"""The secure mode's encryption: AES-256-CBC, padded to 32 bytes, the appid at the end."""

import base64
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


def seal(text: str, aes_key: str, appid: str, *, random: bytes = b"") -> str:
    """Encrypt a message as WeChat does; *random* is given only by test vectors."""
    key = base64.b64decode(aes_key + "=")
    content = text.encode()
    plain = (random or os.urandom(16)) + struct.pack(">I", len(content)) + content + appid.encode()
    padding = BLOCK - len(plain) % BLOCK
    plain += bytes([padding]) * padding
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def unseal(sealed: str, aes_key: str) -> tuple[str, str]:
    """(message, appid) out of an encrypted answer."""
    key = base64.b64decode(aes_key + "=")
    decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    plain = decryptor.update(base64.b64decode(sealed)) + decryptor.finalize()
    plain = plain[: -plain[-1]]
    (length,) = struct.unpack(">I", plain[16:20])
    return plain[20 : 20 + length].decode(), plain[20 + length :].decode()
