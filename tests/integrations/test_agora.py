"""Agora's tokens and notices, against vectors that Agora's own builders made."""

import base64
import struct
import time
import zlib

import pytest
from agora_token_builder.AccessToken import AccessToken, unPackContent, unPackMessages

from app.integrations.agora import (
    AgoraProject,
    TokenKind,
    WrongIdentifiers,
    build_token,
    is_genuine_notice,
    token_007,
)

PROJECT = AgoraProject("970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b")
CHANNEL = "7d72365eb983485397e3e3f9d460bdda"
UID = 2882341273
VECTOR_007 = (
    "007eJxTYBBbsMMnKq7p9Hf/HcIX5kce9b518kCiQgSr5Zrp4X1Tu6UUGCzNDZwdjU1TUs0Mkk1MzExMk5ISUy0SjQxNDcwMk"
    "4yN3b8IMEQwMTAwMoAwBIL4CgzmKeZGxmamqUmWFsYmFqbGluapxqnGaZYpJmYGSSkpiVwMRhYWRsYmhkbmxgDCaiTj"
)
VECTOR_006 = (
    "006970CA35de60c44645bbae8a215061b33IACV0fZUBw+72cVoL9eyGGh3Q6Poi8bgjwVLnyKSJyOXR7dIfRBXoFHl"
    "EAABAAAAR/QQAAEAAQCvKDdW"
)
NOTICE = (
    b'{"eventMs":1560408533119,"eventType":10,"noticeId":"4eb720f0-8da7-11e9-a43e-53f411c2761f",'
    b'"notifyMs":1560408533119,"payload":{"a":"1","b":2},"productId":1}'
)
NOTICE_SIGNATURE = "6d3320c60b11101395b7fc8f9068748808a0aa1bfa064438e39d1bc2c7d74d99"


def inflate(token: str) -> bytes:
    return zlib.decompress(base64.b64decode(token[3:]))


def test_007_equals_agoras_vector_when_inflated():
    token = token_007(
        PROJECT, CHANNEL, UID, privileges={1: 600}, seconds=600, issued_at=1111111, salt=1
    )
    assert inflate(token) == inflate(VECTOR_007)


def test_006_library_equals_agoras_vector():
    token = AccessToken(PROJECT.app_id, PROJECT.certificate, CHANNEL, UID)
    token.salt, token.ts = 1, 1111111
    token.addPrivilege(1, 1446455471)
    assert token.build() == VECTOR_006


def test_006_expires_at_an_instant_and_007_after_a_span():
    old = build_token(TokenKind.V006, PROJECT, channel=CHANNEL, uid=UID, seconds=600)
    packed = unPackContent(base64.b64decode(old[3 + 32 :]))[3]
    expiries = unPackMessages(packed)[2]
    assert set(expiries) == {1, 2, 3, 4}
    assert all(abs(at - time.time() - 600) < 5 for at in expiries.values())

    new = inflate(build_token(TokenKind.V007, PROJECT, channel=CHANNEL, uid=UID, seconds=600))
    after_signature = new[2 + 32 :]
    issued_at, span = struct.unpack("<II", after_signature[2 + 32 : 2 + 32 + 8])
    assert abs(issued_at - time.time()) < 5
    assert span == 600


def test_two_tokens_of_the_same_second_differ_by_their_salt():
    tokens = {
        build_token(TokenKind.V007, PROJECT, channel=CHANNEL, uid=UID, seconds=600)
        for _ in range(3)
    }
    assert len(tokens) == 3


@pytest.mark.parametrize(
    ("app_id", "certificate"),
    [
        ("", PROJECT.certificate),
        (PROJECT.app_id, ""),
        (PROJECT.app_id[:-1], PROJECT.certificate),
        (PROJECT.app_id, PROJECT.certificate[:-1] + "g"),
        (PROJECT.app_id + "\n", PROJECT.certificate),
    ],
)
def test_ids_of_a_wrong_shape_are_refused(app_id, certificate):
    with pytest.raises(WrongIdentifiers):
        AgoraProject(app_id, certificate)


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": ""},
        {"channel": "面试间"},
        {"channel": "a" * 65},
        {"uid": 0},
        {"uid": 2**32},
        {"seconds": 0},
        {"seconds": 86_401},
    ],
)
@pytest.mark.parametrize("kind", TokenKind)
def test_channel_uid_and_span_outside_agoras_limits_are_refused(kind, wrong):
    asked = {"channel": CHANNEL, "uid": UID, "seconds": 600} | wrong
    with pytest.raises(WrongIdentifiers):
        build_token(kind, PROJECT, **asked)


def test_a_notice_is_proved_over_its_raw_bytes():
    assert is_genuine_notice("secret", NOTICE, NOTICE_SIGNATURE)
    assert not is_genuine_notice("secret", NOTICE.replace(b":1", b": 1"), NOTICE_SIGNATURE)
    assert not is_genuine_notice("other", NOTICE, NOTICE_SIGNATURE)
    assert not is_genuine_notice("secret", NOTICE, "签名")


def test_without_a_secret_no_notice_is_genuine():
    assert not is_genuine_notice("", NOTICE, NOTICE_SIGNATURE)
    assert not is_genuine_notice("", NOTICE, "")
