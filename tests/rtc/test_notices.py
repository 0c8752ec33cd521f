"""Agora's webhooks: proved, kept once, and never the clock."""

import hashlib
import hmac
import json
from dataclasses import replace

import pytest

from app.rtc.models import RtcEvent, Side
from tests.rtc.stage import open_room

SECRET = "notice-secret"


@pytest.fixture
def deliver(app):
    original = app.extensions["config"]
    app.extensions["config"] = replace(original, agora_webhook_secret=SECRET)

    def post(content, secret=SECRET):
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        signature = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
        return app.test_client().post(
            "/api/rtc/agora/webhook",
            data=raw,
            content_type="application/json",
            headers={"Agora-Signature-V2": signature},
        )

    yield post
    app.extensions["config"] = original


def joined(room, notice_id="n-1"):
    payload = {"channelName": room.name, "uid": 2, "clientSeq": 1625051030746, "ts": 1560396843}
    return {"noticeId": notice_id, "productId": 1, "eventType": 103, "payload": payload}


def test_notice_is_kept_once(deliver):
    room = open_room()
    assert deliver(joined(room)).get_json() == {"recorded": True}
    assert deliver(joined(room)).get_json() == {"recorded": False}
    event = RtcEvent.get()
    assert (event.room_name, event.side, event.event_type) == (room.name, Side.STUDENT, 103)
    assert event.reported_at.isoformat() == "2019-06-13T03:34:03+00:00"


def test_notice_does_not_move_the_talk_clock(deliver):
    room = open_room()
    left = joined(room) | {"eventType": 104}
    left["payload"]["duration"] = 600
    deliver(left)
    assert type(room).get_by_id(room.id).talk_ms == 0


def test_forged_notice_is_refused(deliver):
    assert deliver(joined(open_room()), secret="guess").status_code == 403
    assert not RtcEvent.select().exists()


@pytest.mark.parametrize("content", [b"not json", b"[]", b'{"noticeId": "n"}', b"\xff"])
def test_signed_nonsense_is_refused(deliver, content):
    assert deliver(content).status_code == 422
    assert not RtcEvent.select().exists()
