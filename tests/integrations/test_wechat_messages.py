"""Messages and codes: what WeChat takes, and what it refuses in our words."""

import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import zxingcpp
from PIL import Image

from app.core.errors import Invalid
from app.integrations.wechat import (
    NotFollowing,
    NotSubscribed,
    PageRefused,
    ReceiverBusy,
    ReceiverUnknown,
    SceneRefused,
    SendingBanned,
    SendRefused,
    SensitiveWords,
    TemplateFieldRefused,
    TemplateUnknown,
    WeChat,
    WeChatMisconfigured,
    WeChatQuotaSpent,
)
from tests.sandbox import SandboxControl, SandboxUser

PAGE = "pages-interview/queue/queue?id=88"
NUDGE = {
    "thing1": "深圳谷米科技有限公司",
    "thing2": "嵌入式工程师",
    "time3": "2026年3月27日 09:00",
    "thing4": "面试官正在等您",
}


@pytest.fixture
def student(wechat_sandbox: SandboxControl) -> SandboxUser:
    return wechat_sandbox.create_user("林小满")


@pytest.fixture
def nudge(wechat_sandbox: SandboxControl) -> str:
    return wechat_sandbox.template_id("interview_nudge")


def send(wechat: WeChat, student: SandboxUser, template_id: str, **changes: object) -> str:
    given: dict = {"fields": NUDGE, "page": PAGE} | changes
    return wechat.send_subscribe(student.openid, template_id, **given)


@pytest.mark.spec("E11", "M01")
def test_a_subscribe_message_arrives_and_opens_its_page(
    wechat: WeChat, wechat_sandbox: SandboxControl, student: SandboxUser, nudge: str
) -> None:
    wechat_sandbox.accept(student, nudge)
    number = send(wechat, student, nudge)
    (message,) = wechat_sandbox.messages(student)
    assert message["id"] == number
    assert len(number) == 19
    assert message["rows"][0] == ["公司名称", "深圳谷米科技有限公司"]
    assert wechat_sandbox.tap(message)["page"] == PAGE


def test_one_accept_pays_for_one_message(
    wechat: WeChat, wechat_sandbox: SandboxControl, student: SandboxUser, nudge: str
) -> None:
    wechat_sandbox.accept(student, nudge, times=2)
    send(wechat, student, nudge)
    send(wechat, student, nudge)
    with pytest.raises(NotSubscribed):
        send(wechat, student, nudge)
    assert len(wechat_sandbox.messages(student)) == 2


def test_a_refused_message_costs_no_accept(
    wechat: WeChat, wechat_sandbox: SandboxControl, student: SandboxUser, nudge: str
) -> None:
    wechat_sandbox.accept(student, nudge)
    with pytest.raises(TemplateFieldRefused):
        send(wechat, student, nudge, fields=NUDGE | {"thing1": "长" * 21})
    send(wechat, student, nudge)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"fields": NUDGE | {"thing1": ""}}, TemplateFieldRefused),
        ({"fields": NUDGE | {"thing9": "多余"}}, TemplateFieldRefused),
        ({"fields": {"thing1": "缺少"}}, TemplateFieldRefused),
        ({"fields": NUDGE | {"time3": "明天上午"}}, TemplateFieldRefused),
        ({"fields": NUDGE | {"thing4": "出售枪支买卖"}}, SensitiveWords),
        ({"page": "https://example.com/"}, PageRefused),
    ],
)
def test_what_wechat_refuses_in_a_message_is_named(
    wechat: WeChat,
    wechat_sandbox: SandboxControl,
    student: SandboxUser,
    nudge: str,
    changes: dict,
    kind: type,
) -> None:
    wechat_sandbox.accept(student, nudge)
    with pytest.raises(SendRefused) as caught:
        send(wechat, student, nudge, **changes)
    assert type(caught.value) is kind


def test_unknown_receivers_and_templates_are_named(
    wechat: WeChat, wechat_sandbox: SandboxControl, student: SandboxUser, nudge: str
) -> None:
    with pytest.raises(TemplateUnknown):
        send(wechat, student, "x" * 43)
    with pytest.raises(ReceiverUnknown):
        wechat.send_subscribe(student.service_openid, nudge, fields=NUDGE)
    wechat_sandbox.accept(student, nudge)
    wechat_sandbox.app(wechat.mini_appid, banned=True)
    with pytest.raises(SendingBanned):
        send(wechat, student, nudge)


def test_two_messages_at_once_to_one_person_collide(
    wechat: WeChat, wechat_sandbox: SandboxControl, student: SandboxUser, nudge: str
) -> None:
    wechat_sandbox.accept(student, nudge, times=2)
    wechat.list_templates()
    wechat_sandbox.switch(delay_ms=300)

    def attempt(_: int) -> str:
        try:
            return send(wechat, student, nudge)
        except ReceiverBusy:
            return "busy"

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(attempt, range(2)))
    assert found.count("busy") == 1
    assert len(wechat_sandbox.messages(student)) == 1


def test_a_spent_quota_is_named(
    wechat: WeChat, wechat_sandbox: SandboxControl, student: SandboxUser, nudge: str
) -> None:
    wechat_sandbox.quota("/cgi-bin/message/subscribe/send", day=1)
    with pytest.raises(NotSubscribed):
        send(wechat, student, nudge)
    with pytest.raises(WeChatQuotaSpent):
        send(wechat, student, nudge)


def test_a_template_message_reaches_followers_only(
    wechat: WeChat, wechat_sandbox: SandboxControl, student: SandboxUser
) -> None:
    template_id = wechat_sandbox.template_id("interview_nudge", "service")
    given: dict = {"fields": NUDGE, "client_msg_id": "n-88-1", "mini_page": PAGE}
    with pytest.raises(NotFollowing):
        wechat.send_template(student.service_openid, template_id, **given)
    wechat_sandbox.follow(student)
    number = wechat.send_template(student.service_openid, template_id, **given)
    (message,) = wechat_sandbox.messages(student)
    assert message["channel"] == "template"
    assert message["miniprogram"] == {"appid": wechat.mini_appid, "pagepath": PAGE}
    again = wechat.send_template(student.service_openid, template_id, **given)
    assert again == number
    assert len(wechat_sandbox.messages(student)) == 1
    wechat_sandbox.advance(601)
    assert wechat.send_template(student.service_openid, template_id, **given) != number


def test_templates_tell_their_rows(wechat: WeChat, nudge: str) -> None:
    found = {one.id: one for one in wechat.list_templates()}
    assert found[nudge].title == "面试叫号提醒"
    assert found[nudge].rows[0] == ("公司名称", "thing1")
    assert not found[nudge].long_term


@pytest.mark.spec("A02")
def test_a_mini_program_code_carries_scene_and_page(wechat: WeChat) -> None:
    raw = wechat.mini_code("f.k3J9xQ2p", "pages/scene/scene")
    picture = Image.open(io.BytesIO(raw))
    assert (picture.format, picture.size) == ("JPEG", (430, 430))
    (code,) = zxingcpp.read_barcodes(picture)
    assert json.loads(code.text)["scene"] == "f.k3J9xQ2p"
    assert json.loads(code.text)["page"] == "pages/scene/scene"


@pytest.mark.parametrize(
    ("scene", "page", "width"),
    [
        ("", "pages/a", 430),
        ("x" * 33, "pages/a", 430),
        ("双选会", "pages/a", 430),
        ("f%20", "pages/a", 430),
        ("scancode_time=1", "pages/a", 430),
        ("f.1", "/pages/a", 430),
        ("f.1", "pages/a?x=1", 430),
        ("f.1", "pages/a", 200),
    ],
)
def test_a_code_wechat_would_not_print_is_refused(
    wechat: WeChat, scene: str, page: str, width: int
) -> None:
    with pytest.raises(SceneRefused) as caught:
        wechat.mini_code(scene, page, width=width)
    assert isinstance(caught.value, Invalid)


def test_a_page_must_be_released(wechat: WeChat, wechat_sandbox: SandboxControl) -> None:
    wechat_sandbox.app(wechat.mini_appid, pages=["pages/home/home"])
    with pytest.raises(SceneRefused):
        wechat.mini_code("f.1", "pages/new/new")
    assert wechat.mini_code("f.1", "pages/new/new", check_path=False)


def test_the_service_accounts_token_opens_no_mini_program_api(wechat: WeChat) -> None:
    with pytest.raises(WeChatMisconfigured):
        wechat.service.call("get", "wxaapi/newtmpl/gettemplate")
