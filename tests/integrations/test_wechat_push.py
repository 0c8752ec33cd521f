"""Message push: only WeChat's, only once, in every mode and form."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis

from app.core import clock
from app.core.redis import connect
from app.integrations.wechat import PushRefused, PushReplayed, WeChat
from app.integrations.wechat.push import PushDesk
from scripts.wechat_sandbox.envelope import seal, unseal
from scripts.wechat_sandbox.push import sign
from tests.sandbox import SandboxControl, free_port

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())
POPUP = "subscribe_msg_popup_event"


@pytest.fixture
def at_the_time_of() -> Iterator[object]:
    """Move our clock to a vector's time."""

    def travel(vector: dict) -> dict:
        clock.travel(datetime.fromtimestamp(int(vector["timestamp"]), UTC))
        return vector

    yield travel
    clock.travel(None)


def desk_of(vector: dict, redis: Redis | None = None) -> PushDesk:
    return PushDesk(
        token=vector.get("token", "AAAAA"),
        aes_key=vector.get("aes_key", "A" * 43),
        appids=("wx0000000000000001", vector.get("appid", "wxba5fad812f8e6fb9")),
        redis=redis,
    )


# -- WeChat's own vectors -----------------------------------------------------
def test_wechats_address_check_is_answered(at_the_time_of) -> None:
    vector = at_the_time_of(VECTORS["push_verify"])
    assert desk_of(vector).verify_address(vector) == vector["echostr"]
    with pytest.raises(PushRefused):
        desk_of(vector).verify_address(vector | {"nonce": "1"})


def test_wechats_secure_vector_is_opened(at_the_time_of) -> None:
    vector = at_the_time_of(VECTORS["push_secure"])
    query = {key: vector[key] for key in ("timestamp", "nonce", "signature", "msg_signature")}
    body = json.dumps({"ToUserName": "gh_97417a04a28d", "Encrypt": vector["Encrypt"]}).encode()
    message = desk_of(vector).read(query | {"encrypt_type": "aes"}, body)
    assert message.content == json.loads(vector["msg"])
    assert (message.event, message.appid) == ("debug_demo", vector["appid"])
    assert message.openid == "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"


def test_wechats_plain_vector_is_taken(at_the_time_of) -> None:
    vector = at_the_time_of(VECTORS["push_plain"])
    body = VECTORS["push_secure"]["msg"].encode()
    assert desk_of(vector).read(vector, body).event == "debug_demo"


def test_the_sandbox_seals_as_wechat_does() -> None:
    secure, reply = VECTORS["push_secure"], VECTORS["push_reply"]
    random = secure["random"].encode()
    assert (
        seal(secure["msg"], secure["aes_key"], secure["appid"], random=random) == secure["Encrypt"]
    )
    parts = (secure["token"], secure["timestamp"], secure["nonce"], secure["Encrypt"])
    assert sign(*parts) == secure["msg_signature"]
    assert unseal(reply["Encrypt"], secure["aes_key"]) == (reply["msg"], secure["appid"])


# -- forged, spoilt, stale ----------------------------------------------------
@pytest.mark.parametrize("mode", ["plain", "secure"])
@pytest.mark.parametrize("form", ["json", "xml"])
def test_all_modes_and_forms_read_the_same(
    wechat: WeChat, wechat_sandbox: SandboxControl, event: dict, mode: str, form: str
) -> None:
    wechat_sandbox.app(wechat.mini_appid, push_mode=mode, push_format=form, push_url="http://x")
    wechat_sandbox.push_to("http://127.0.0.1:1/", mode=mode, mini_format=form)
    body, query = wechat_sandbox.letter(wechat.mini_appid, event)
    message = wechat.pushes.read(query, body)
    assert message.event == POPUP
    assert message.rows == event["List"]
    assert message.openid == event["FromUserName"]
    assert message.created_at == datetime.fromtimestamp(1774573200, UTC)
    assert message.appid == (wechat.mini_appid if mode == "secure" else "")


@pytest.mark.parametrize("tamper", ["signature", "body", "appid"])
def test_a_forged_push_is_refused(
    wechat: WeChat, wechat_sandbox: SandboxControl, event: dict, tamper: str
) -> None:
    wechat_sandbox.push_to("http://127.0.0.1:1/")
    body, query = wechat_sandbox.letter(wechat.mini_appid, event, tamper=tamper)
    with pytest.raises(PushRefused):
        wechat.pushes.read(query, body)


@pytest.mark.parametrize("shift", [-700, 700])
def test_a_push_of_another_time_is_refused(
    wechat: WeChat, wechat_sandbox: SandboxControl, event: dict, shift: int
) -> None:
    wechat_sandbox.push_to("http://127.0.0.1:1/")
    at = int(clock.now().timestamp()) + shift
    body, query = wechat_sandbox.letter(wechat.mini_appid, event, at=at)
    with pytest.raises(PushRefused):
        wechat.pushes.read(query, body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"<xml>",
        b"<html/>",
        b"[" * 100_000,
        b"x" * 300_000,
        b'{"CreateTime":"never"}',
        b'<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>',
    ],
)
def test_spoilt_bodies_are_refused(
    wechat: WeChat, wechat_sandbox: SandboxControl, event: dict, body: bytes
) -> None:
    wechat_sandbox.push_to("http://127.0.0.1:1/", mode="plain")
    _, query = wechat_sandbox.letter(wechat.mini_appid, event)
    with pytest.raises(PushRefused):
        wechat.pushes.read(query, body)


@pytest.mark.parametrize("sealed", ["", "AAAA", "不是密文", "A" * 64, 5])
def test_a_text_that_cannot_be_opened_is_refused(wechat: WeChat, sealed: object) -> None:
    now = str(int(clock.now().timestamp()))
    signature = sign(SandboxControl.push_token, now, "1", str(sealed))
    query = {"timestamp": now, "nonce": "1", "msg_signature": signature, "encrypt_type": "aes"}
    with pytest.raises(PushRefused):
        wechat.pushes.read(query, json.dumps({"Encrypt": sealed}).encode())


def test_without_a_token_nothing_is_taken() -> None:
    now = str(int(clock.now().timestamp()))
    query = {"timestamp": now, "nonce": "1", "signature": sign("", now, "1")}
    with pytest.raises(PushRefused):
        PushDesk(token="", aes_key="", appids=(), redis=None).read(query, b"{}")


def test_a_replayed_push_is_told_apart(
    wechat: WeChat, wechat_sandbox: SandboxControl, event: dict
) -> None:
    wechat_sandbox.push_to("http://127.0.0.1:1/")
    body, query = wechat_sandbox.letter(wechat.mini_appid, event)
    with wechat.pushes.receive(query, body):
        pass
    with pytest.raises(PushReplayed), wechat.pushes.receive(query, body):
        pytest.fail("taken twice")


def test_a_push_whose_work_failed_is_let_in_again(
    wechat: WeChat, wechat_sandbox: SandboxControl, event: dict
) -> None:
    wechat_sandbox.push_to("http://127.0.0.1:1/")
    body, query = wechat_sandbox.letter(wechat.mini_appid, event)
    with pytest.raises(RuntimeError), wechat.pushes.receive(query, body):
        raise RuntimeError("the database was away")
    with wechat.pushes.receive(query, body) as message:
        assert message.event == POPUP


def test_without_redis_pushes_are_still_taken(
    wechat_config, wechat_sandbox: SandboxControl, event: dict
) -> None:
    wechat_sandbox.push_to("http://127.0.0.1:1/")
    away = connect(f"redis://127.0.0.1:{free_port()}/0", timeout_seconds=0.2)
    desk = WeChat(wechat_config, away).pushes
    body, query = wechat_sandbox.letter(wechat_sandbox.mini_appid, event)
    with desk.receive(query, body) as first, desk.receive(query, body) as again:
        assert first.key == again.key  # the receiver's own record tells them apart
