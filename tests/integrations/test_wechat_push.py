"""Message push: only WeChat's, only once, in every mode and form."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask, Response, request
from redis import Redis
from werkzeug.serving import make_server

from app.core import clock
from app.core.redis import connect
from app.integrations.wechat import PushMessage, PushRefused, PushReplayed, WeChat
from app.integrations.wechat.push import PushDesk
from scripts.wechat_sandbox.envelope import seal, unseal
from scripts.wechat_sandbox.push import sign
from tests.sandbox import SandboxControl, SandboxUser, free_port

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
@pytest.fixture
def event(wechat_sandbox: SandboxControl) -> dict:
    return {
        "ToUserName": "gh_5d0f1a2b3c4d",
        "FromUserName": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
        "CreateTime": "1774573200",
        "MsgType": "event",
        "Event": POPUP,
        "List": [{"TemplateId": "t1", "SubscribeStatusString": "accept", "PopupScene": "0"}],
    }


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


# -- from the user's tap to our endpoint --------------------------------------
class Receiver:
    """An endpoint like the product's."""

    def __init__(self, desk: PushDesk) -> None:
        self.desk, self.messages, self.failures = desk, [], 0
        self.port = free_port()
        app = Flask(__name__)
        app.add_url_rule("/push", view_func=self.take, methods=["GET", "POST"])
        self.server = make_server("127.0.0.1", self.port, app, threaded=True)
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def take(self) -> Response:
        try:
            if request.method == "GET":
                return Response(self.desk.verify_address(request.args))
            with self.desk.receive(request.args, request.get_data()) as message:
                if self.failures:
                    self.failures -= 1
                    raise OSError("no database")
                self.messages.append(message)
        except PushRefused as refused:
            return Response(refused.title, status=403)
        except OSError:
            return Response(status=500)
        return Response("success")

    def events(self, name: str) -> list[PushMessage]:
        return [message for message in self.messages if message.event == name]


@pytest.fixture
def receiver(wechat: WeChat, wechat_sandbox: SandboxControl) -> Iterator[Receiver]:
    endpoint = Receiver(wechat.pushes)
    wechat_sandbox.push_to(f"http://127.0.0.1:{endpoint.port}/push")
    wechat_sandbox.switch(push_retry_seconds=0.05)
    yield endpoint
    wechat_sandbox.pushes()
    endpoint.server.shutdown()


@pytest.fixture
def student(wechat_sandbox: SandboxControl) -> SandboxUser:
    return wechat_sandbox.create_user("陈思远")


def test_accepts_and_refusals_of_one_popup_come_together(
    wechat: WeChat, wechat_sandbox: SandboxControl, receiver: Receiver, student: SandboxUser
) -> None:
    accepted, refused = map(wechat_sandbox.template_id, ("interview_nudge", "interview_result"))
    wechat_sandbox.post(
        f"/users/{student.id}/subscriptions", results={accepted: "accept", refused: "reject"}
    )
    assert [one["state"] for one in wechat_sandbox.pushes()] == ["delivered"]
    (message,) = receiver.events(POPUP)
    assert message.openid == student.openid
    said = {row["TemplateId"]: row["SubscribeStatusString"] for row in message.rows}
    assert said == {accepted: "accept", refused: "reject"}


def test_switching_a_template_off_is_told(
    wechat: WeChat, wechat_sandbox: SandboxControl, receiver: Receiver, student: SandboxUser
) -> None:
    nudge = wechat_sandbox.template_id("interview_nudge")
    wechat_sandbox.switch_off(student, nudge)
    wechat_sandbox.pushes()
    (message,) = receiver.events("subscribe_msg_change_event")
    assert message.rows == [{"TemplateId": nudge, "SubscribeStatusString": "reject"}]


def test_a_sent_message_and_a_follower_are_told(
    wechat: WeChat, wechat_sandbox: SandboxControl, receiver: Receiver, student: SandboxUser
) -> None:
    notice = wechat_sandbox.template_id("fair_notice")
    wechat_sandbox.accept(student, notice)
    fields = {"thing1": "春季双选会", "time2": "09:00", "thing3": "即将开始"}
    number = wechat.send_subscribe(student.openid, notice, fields=fields)
    wechat_sandbox.follow(student)
    wechat_sandbox.unfollow(student)
    wechat_sandbox.pushes()
    assert receiver.events("subscribe_msg_sent_event")[0].rows[0]["MsgID"] == number
    (follow,) = receiver.events("subscribe")
    assert (follow.openid, follow.appid) == (student.service_openid, wechat.service_appid)
    assert len(receiver.events("unsubscribe")) == 1


def test_wechat_tries_again_until_we_have_taken_it(
    wechat_sandbox: SandboxControl, receiver: Receiver, student: SandboxUser
) -> None:
    receiver.failures = 2
    wechat_sandbox.accept(student, wechat_sandbox.template_id("interview_nudge"))
    (push,) = wechat_sandbox.pushes()
    assert push["statuses"] == [500, 500, 200]
    assert len(receiver.messages) == 1


def test_wechat_gives_up_after_three_retries(
    wechat_sandbox: SandboxControl, receiver: Receiver, student: SandboxUser
) -> None:
    receiver.failures = 9
    wechat_sandbox.accept(student, wechat_sandbox.template_id("interview_nudge"))
    (push,) = wechat_sandbox.pushes()
    assert (push["state"], push["attempts"]) == ("failed", 4)


def test_our_address_passes_wechats_check(
    wechat: WeChat, wechat_sandbox: SandboxControl, receiver: Receiver
) -> None:
    found = wechat_sandbox.post(f"/apps/{wechat.mini_appid}/check-url")
    assert found == {"ok": True, "status": 200}
    wechat_sandbox.app(wechat.mini_appid, push_token="another")
    assert not wechat_sandbox.post(f"/apps/{wechat.mini_appid}/check-url")["ok"]


def test_a_forged_push_meets_a_403(
    wechat: WeChat, wechat_sandbox: SandboxControl, receiver: Receiver, event: dict
) -> None:
    appid = wechat.mini_appid
    assert wechat_sandbox.push(appid, event, tamper="signature")["status"] == 403
    assert wechat_sandbox.push(appid, event, nonce="77")["status"] == 200
    assert not [one for one in receiver.messages if one.openid != event["FromUserName"]]
