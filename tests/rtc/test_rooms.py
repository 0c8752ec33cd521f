"""Who gets into a room, with what, and for how long."""

import base64
import hashlib
import hmac
import re
from dataclasses import replace

import orjson
import pytest

from app.accounts.models import Account
from app.core import clock
from app.integrations.agora import WrongIdentifiers
from app.rtc import services
from app.rtc.errors import NotInRoom, RoomClosed, RoomNotFound
from app.rtc.models import Room, new_room_name
from app.rtc.providers.webrtc import turn_password
from app.rtc.schemas import CredentialSchema
from tests.rtc.stage import Caller, open_room

AGORA = {
    "rtc_provider": "agora",
    "agora_app_id": "970CA35de60c44645bbae8a215061b33",
    "agora_app_certificate": "5CFd2fd1755d40ecb72977518be15d3b",
}


@pytest.fixture
def configure(app):
    """Change settings for one test."""
    original = app.extensions["config"]

    def change(**settings):
        app.extensions["config"] = replace(original, **settings)

    yield change
    app.extensions["config"] = original


def test_room_names_sort_by_time_and_fit_agora():
    names = [new_room_name() for _ in range(50)]
    assert all(re.fullmatch(r"iv_[0-9A-HJKMNP-TV-Z]{26}", name) for name in names)
    assert len(set(names)) == 50


def test_only_the_recruiters_side_offers(app):
    room = open_room()
    student = services.issue(room, room.student_account_id)
    recruiter = services.issue(room, room.recruiter_account_id)
    assert (student["side"], student["webrtc"]["offers"]) == ("student", False)
    assert (recruiter["side"], recruiter["webrtc"]["offers"]) == ("recruiter", True)
    assert student["agora"] is None
    for credential in (student, recruiter):
        assert CredentialSchema().validate(orjson.loads(orjson.dumps(credential))) == {}
    assert student["sync_token"] != recruiter["sync_token"]


def test_nobody_else_gets_a_credential(app):
    room, stranger = open_room(), Account.create(name="路人")
    with pytest.raises(NotInRoom):
        services.issue(room, stranger.id)


def test_closed_room_issues_nothing(app):
    room = open_room()
    services.close_room(room)
    with pytest.raises(RoomClosed):
        services.issue(services.get_room(room.name), room.student_account_id)


def test_closing_twice_is_harmless(app):
    room = open_room()
    services.close_room(room)
    closed_at = services.get_room(room.name).closed_at
    services.close_room(room)
    assert services.get_room(room.name).closed_at == closed_at


def test_open_room_is_found_by_what_it_is_for(app):
    first, second = open_room("interview:1"), open_room("interview:2")
    assert services.find_open_room("interview:1") == first
    services.close_room(first)
    assert services.find_open_room("interview:1") is None
    assert services.find_open_room("interview:2") == second


def test_unknown_room_is_not_found(app):
    with pytest.raises(RoomNotFound):
        services.get_room("iv_NOWHERE")


def test_credential_ends_after_its_time(app):
    room = open_room()
    caller = Caller(app, room, room.student_account_id)
    caller.sync()
    clock.travel(clock.now().replace(year=clock.now().year + 1))
    try:
        assert caller.refused() == (403, "room-credential-expired")
        caller.token = services.issue(room, room.student_account_id)["sync_token"]
        caller.sync()
    finally:
        clock.travel(None)


def test_turn_credentials_end_with_the_grant(app, configure):
    configure(
        stun_urls=("stun:turn.example.cn:3478",),
        turn_urls=("turn:turn.example.cn:3478?transport=udp",),
        turn_secret="north",
    )
    room = open_room()
    credential = services.issue(room, room.student_account_id, seconds=300)
    stun, turn = credential["webrtc"]["ice_servers"]
    assert stun == {"urls": ["stun:turn.example.cn:3478"]}
    expiry, account = turn["username"].split(":")
    assert int(account) == room.student_account_id
    assert int(expiry) == int(credential["expires_at"].timestamp())
    expected = hmac.new(b"north", turn["username"].encode(), hashlib.sha1).digest()
    assert turn["credential"] == base64.b64encode(expected).decode()


def test_turn_password_equals_what_openssl_makes():
    # coturn: base64(hmac(sha1, secret, username)), here by `openssl dgst -sha1 -hmac north`.
    assert turn_password("north", "1433895918:ninefingers") == "jy8hTxmOO7UtEKXqSkSlvakPVYA="


def test_agora_gives_each_side_its_own_uid(app, configure):
    configure(**AGORA)
    room = open_room()
    student = services.issue(room, room.student_account_id)["agora"]
    recruiter = services.issue(room, room.recruiter_account_id)["agora"]
    assert student["channel"] == recruiter["channel"] == room.name
    assert {student["uid"], recruiter["uid"]} == {1, 2}
    assert student["codec"] == "h264"
    assert student["token"].startswith("007")


def test_agora_makes_006_tokens_when_asked(app, configure):
    configure(**AGORA, agora_token_kind="006")
    room = open_room()
    token = services.issue(room, room.student_account_id)["agora"]["token"]
    assert token.startswith("006970CA35de60c44645bbae8a215061b33")


def test_room_keeps_its_provider_when_the_setting_changes(app, configure):
    room = open_room()
    configure(**AGORA)
    assert services.issue(room, room.student_account_id)["provider"] == "webrtc"


def test_agora_without_proper_ids_opens_no_room(app, configure):
    configure(**AGORA | {"agora_app_id": "not-hex"})
    with pytest.raises(WrongIdentifiers):
        open_room()
    assert not Room.select().exists()
