"""Message push from a person's tap to an endpoint like the product's, over real HTTP."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask, Response, request
from werkzeug.serving import make_server

from app.integrations.wechat import PushMessage, PushRefused, WeChat
from app.integrations.wechat.push import PushDesk
from tests.sandbox import SandboxControl, SandboxUser, free_port

POPUP = "subscribe_msg_popup_event"


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
