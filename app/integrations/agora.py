"""Agora 声网: tokens of both kinds and the proof of its webhooks.

https://doc.shengwang.cn/doc/rtc/javascript/basic-features/token-authentication
"""

import base64
import hashlib
import hmac
import re
import secrets
import struct
import time
import zlib
from dataclasses import dataclass
from enum import StrEnum

from agora_token_builder import RtcTokenBuilder

HEX_ID = re.compile(r"[0-9a-fA-F]{32}")
# Agora's 89 characters; no Chinese.
CHANNEL = re.compile(r"[a-zA-Z0-9 !#$%&()+\-:;<=.>?@\[\]^_{}|~,]{1,64}")
LARGEST_UID = 2**32 - 1
LONGEST_SECONDS = 24 * 3600
PUBLISHER = 1  # agora_token_builder's Role_Publisher
RTC_SERVICE = 1
JOIN, PUBLISH_AUDIO, PUBLISH_VIDEO, PUBLISH_STREAM = 1, 2, 3, 4


class TokenKind(StrEnum):
    """007 is what Agora recommends; 006 serves projects set up long ago."""

    V006 = "006"
    V007 = "007"


class WrongIdentifiers(ValueError):
    """An app id, certificate, channel or uid of a shape that Agora never accepts."""


@dataclass(frozen=True)
class AgoraProject:
    """One project in Agora's console: both values are 32 hexadecimal digits."""

    app_id: str
    certificate: str

    def __post_init__(self) -> None:
        # The builders sign anything, an empty certificate too: such tokens fail only at the client.
        if not HEX_ID.fullmatch(self.app_id) or not HEX_ID.fullmatch(self.certificate):
            raise WrongIdentifiers("AGORA_APP_ID and AGORA_APP_CERTIFICATE are 32 hex digits each")


def build_token(
    kind: TokenKind, project: AgoraProject, *, channel: str, uid: int, seconds: int
) -> str:
    """A publisher's token for *channel*, valid *seconds* (1 to 86,400) from now.

    006 carries an absolute expiry, 007 a span: callers always give the span.

    :raises WrongIdentifiers: channel, uid or span are outside Agora's limits
    """
    if not CHANNEL.fullmatch(channel):
        raise WrongIdentifiers("a channel has 1 to 64 characters of Agora's set")
    if not 1 <= uid <= LARGEST_UID:
        # Zero would let anybody in under any uid.
        raise WrongIdentifiers("a uid is between 1 and 4,294,967,295")
    if not 1 <= seconds <= LONGEST_SECONDS:
        raise WrongIdentifiers("a token lives 1 to 86,400 seconds")
    now = int(time.time())
    if kind == TokenKind.V006:
        return RtcTokenBuilder.buildTokenWithUid(
            project.app_id, project.certificate, channel, uid, PUBLISHER, now + seconds
        )
    salt = secrets.randbelow(99_999_998) + 1
    privileges = dict.fromkeys((JOIN, PUBLISH_AUDIO, PUBLISH_VIDEO, PUBLISH_STREAM), seconds)
    return token_007(
        project,
        channel,
        uid,
        privileges=privileges,
        seconds=seconds,
        issued_at=now,
        salt=salt,
    )


def token_007(
    project: AgoraProject,
    channel: str,
    uid: int,
    *,
    privileges: dict[int, int],
    seconds: int,
    issued_at: int,
    salt: int,
) -> str:
    """AccessToken2 for the RTC service, byte for byte as Agora specifies it."""
    service = _u16(RTC_SERVICE) + _u16(len(privileges))
    for privilege, span in sorted(privileges.items()):
        service += _u16(privilege) + _u32(span)
    service += _text(channel.encode()) + _text(str(uid).encode())
    content = _text(project.app_id.encode())
    content += _u32(issued_at) + _u32(seconds) + _u32(salt) + _u16(1) + service
    key = _hmac(_u32(salt), _hmac(_u32(issued_at), project.certificate.encode()))
    packed = zlib.compress(_text(_hmac(key, content)) + content)
    return "007" + base64.b64encode(packed).decode()


def is_genuine_notice(secret: str, raw: bytes, signature: str) -> bool:
    """Whether *signature* (``Agora-Signature-V2``) proves these raw bytes of a webhook."""
    if not secret or not signature.isascii():
        return False
    expected = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, signature)


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _u16(number: int) -> bytes:
    return struct.pack("<H", number)


def _u32(number: int) -> bytes:
    return struct.pack("<I", number)


def _text(raw: bytes) -> bytes:
    return _u16(len(raw)) + raw
