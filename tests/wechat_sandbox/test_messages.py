"""Subscriptions, templates, links, content safety: the sandbox against WeChat's rules."""

import pytest

from scripts.wechat_sandbox import demo
from scripts.wechat_sandbox.fields import is_fit
from tests.sandbox import SandboxControl
from tests.wechat_sandbox.conftest import RawWeChat

NOTICE = {
    "thing1": {"value": "春季双选会"},
    "time2": {"value": "09:00"},
    "thing3": {"value": "开始"},
}
SEND = "/cgi-bin/message/subscribe/send"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("thing", ["a", "二" * 20, "😀 ok"], ["", " ", " x", "二" * 21, "a\nb", "\x00"]),
        ("number", ["1", "-2.5", "9" * 32], ["1.", "一", "1e5", "9" * 33, "１"]),
        ("letter", ["Abc"], ["a1", "甲", "a" * 33]),
        ("symbol", ["★!"], ["a", "!!!!!!"]),
        ("character_string", ["A-12#"], ["A 1", "甲", "x" * 33]),
        ("time", ["09:00", "23:59:59", "2026年3月27日 09:00", "09:00~10:00"],
         ["24:00", "2026年2月30日 09:00", "9点", "1:00~2:00~3:00"]),
        ("date", ["2026年3月27日", "2026-03-27", "2026/3/27 09:00", "03-27", "2026.3.27~2026.3.28"],
         ["2026年13月1日", "2026", "2026-03/27", "今天"]),
        ("amount", ["¥100.00", "100元", "9999999999"], ["一百", "-1", "¥¥1", "10000000000"]),
        ("phone_number", ["+86-138 0001"], ["手机", "1" * 18]),
        ("car_number", ["粤B12345"], ["粤B-1234", "粤B12345678"]),
        ("name", ["林小满", "Alexander Hamilton"], ["林小满林小满林小满林小", "a" * 21, "R2D2"]),
        ("phrase", ["面试邀请"], ["面试邀请函件", "OK", "面 试"]),
        ("video", [], ["x"]),
    ],
)  # fmt: skip
def test_fields_are_judged_by_their_type(kind: str, good: list, bad: list) -> None:
    assert [text for text in good if not is_fit(kind, text)] == []
    assert [text for text in bad if is_fit(kind, text)] == []


@pytest.mark.parametrize("text", [None, 5, {"a": 1}, True])
def test_a_field_must_be_text(text: object) -> None:
    assert not is_fit("thing", text)


def test_the_refused_field_is_named(raw: RawWeChat, wechat_sandbox: SandboxControl) -> None:
    user = wechat_sandbox.create_user()
    notice = wechat_sandbox.template_id("fair_notice")
    wechat_sandbox.accept(user, notice)
    wanted = {"touser": user.openid, "template_id": notice, "data": NOTICE}
    answer = raw.with_token(SEND, wanted | {"data": NOTICE | {"time2": {"value": "早上"}}})
    assert answer["errcode"] == 47003
    assert answer["errmsg"].startswith("argument invalid! data.time2.value invalid rid: ")
    assert raw.with_token(SEND, wanted | {"miniprogram_state": "beta"})["errcode"] == 40097
    assert raw.with_token(SEND, wanted)["errcode"] == 0


def test_a_refusal_in_the_popup_gives_nothing(
    raw: RawWeChat, wechat_sandbox: SandboxControl
) -> None:
    user = wechat_sandbox.create_user()
    notice = wechat_sandbox.template_id("fair_notice")
    wechat_sandbox.reject(user, notice)
    wanted = {"touser": user.openid, "template_id": notice, "data": NOTICE}
    assert raw.with_token(SEND, wanted)["errcode"] == 43101


def test_a_template_switched_off_is_43101_until_accepted_again(
    raw: RawWeChat, wechat_sandbox: SandboxControl
) -> None:
    user = wechat_sandbox.create_user()
    notice = wechat_sandbox.template_id("fair_notice")
    wechat_sandbox.accept(user, notice)
    wechat_sandbox.switch_off(user, notice)
    wanted = {"touser": user.openid, "template_id": notice, "data": NOTICE}
    assert raw.with_token(SEND, wanted)["errcode"] == 43101
    wechat_sandbox.accept(user, notice)
    assert raw.with_token(SEND, wanted)["errcode"] == 0


def test_a_popup_asks_for_five_templates_at_most(wechat_sandbox: SandboxControl) -> None:
    kinds = ("accepted", "rejected", "invited", "nudge", "missed", "result")
    ids = [wechat_sandbox.template_id(f"interview_{kind}") for kind in kinds]
    user = wechat_sandbox.create_user()
    wechat_sandbox.accept(user, *ids[:5])
    with pytest.raises(AssertionError, match="1 to 5"):
        wechat_sandbox.accept(user, *ids)


def test_a_service_message_passes_over_unknown_rows_but_not_missing_ones(
    raw: RawWeChat, wechat_sandbox: SandboxControl
) -> None:
    user = wechat_sandbox.create_user()
    wechat_sandbox.follow(user)
    account = {"appid": wechat_sandbox.service_appid, "secret": wechat_sandbox.service_secret}
    path = "/cgi-bin/message/template/send"
    wanted = {
        "touser": user.service_openid,
        "template_id": wechat_sandbox.template_id("fair_notice", "service"),
        "url": "http://127.0.0.1:8000/m/",
        "data": NOTICE | {"first": {"value": "您好"}},
    }
    assert raw.with_token(path, wanted, **account)["errcode"] == 0
    assert raw.with_token(path, wanted | {"data": {}}, **account)["errcode"] == 47003
    stranger = wanted | {"miniprogram": {"appid": "wx0000000000000000"}}
    assert raw.with_token(path, stranger, **account)["errcode"] == 40013
    (message,) = wechat_sandbox.messages(user)
    assert wechat_sandbox.tap(message)["opens"] == "http://127.0.0.1:8000/m/"
    assert raw.with_token(path, wanted)["errcode"] == 48001  # the mini-program's token


def test_templates_are_taken_from_the_library_and_given_up(raw: RawWeChat) -> None:
    add = "/wxaapi/newtmpl/addtemplate"
    wanted = {"tid": "401", "kidList": [3, 1], "sceneDesc": "面试邀请"}
    template_id = raw.with_token(add, wanted)["priTmplId"]
    assert len(template_id) == 43
    token = raw.token()["access_token"]
    rows = raw.get("/wxaapi/newtmpl/gettemplate", access_token=token).json()["data"]
    (own,) = [row for row in rows if row["priTmplId"] == template_id]
    assert own["content"] == "面试时间:{{time3.DATA}}\n公司名称:{{thing1.DATA}}\n"
    for change, errcode in (
        ({}, 200022),
        ({"tid": "9"}, 200014),
        ({"kidList": [1]}, 200020),
        ({"kidList": [1, 9]}, 200020),
        ({"kidList": [1, 1]}, 200020),
        ({"kidList": [1, 2], "sceneDesc": "长" * 16}, 200021),
    ):
        assert raw.with_token(add, wanted | change)["errcode"] == errcode
    gone = {"priTmplId": template_id}
    assert raw.with_token("/wxaapi/newtmpl/deltemplate", gone)["errcode"] == 0
    assert raw.with_token("/wxaapi/newtmpl/deltemplate", gone)["errcode"] == 40037


def test_an_account_has_a_limited_number_of_templates(raw: RawWeChat) -> None:
    add = "/wxaapi/newtmpl/addtemplate"
    answers = []
    for first in range(1, 6):
        for kids in ([first, k] for k in range(1, 6) if k != first):
            for third in (k for k in range(1, 6) if k not in kids):
                wanted = {"tid": "401", "kidList": [*kids, third], "sceneDesc": "面试"}
                answers.append(raw.with_token(add, wanted)["errcode"])
    assert answers.count(0) == 50 - len(demo.TEMPLATES)
    assert set(answers) == {0, 200012}


def test_the_library_is_paged(raw: RawWeChat) -> None:
    token = raw.token()["access_token"]
    path = "/wxaapi/newtmpl/getpubtemplatetitles"
    page = raw.get(path, access_token=token, ids="616", start=1, limit=2).json()
    assert (page["count"], len(page["data"])) == (4, 2)
    for change, errcode in (
        ({"ids": "a"}, 200018),
        ({"start": "x"}, 200016),
        ({"limit": 31}, 200017),
    ):
        query = {"ids": "616", "start": 0, "limit": 30} | change
        assert raw.get(path, access_token=token, **query).json()["errcode"] == errcode
    rows = raw.get("/wxaapi/newtmpl/getpubtemplatekeywords", access_token=token, tid=402).json()[
        "data"
    ]
    assert rows[2] == {"kid": 3, "name": "面试结果", "example": "合格", "rule": "phrase"}


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({}, 0),
        ({"path": "/pages/a?x=1"}, 40165),
        ({"path": "pages/a"}, 40165),
        ({"query": "名=1"}, 40212),
        ({"query": "x" * 1025}, 40212),
        ({"expire_interval": 31}, 85401),
        ({"expire_interval": 0}, 85401),
        ({"env_version": "beta"}, 85402),
    ],
)
def test_links_are_checked(raw: RawWeChat, change: dict, errcode: int) -> None:
    target = {"path": "/pages/a", "query": "id=12", "env_version": "release"}
    expiry = {"expire_type": 1, "expire_interval": 30}
    link = raw.with_token("/wxa/generate_urllink", target | expiry | change)
    assert link["errcode"] == errcode
    jump = target | {name: text for name, text in change.items() if name in target}
    scheme = raw.with_token("/wxa/generatescheme", {"jump_wxa": jump} | expiry | change)
    assert scheme["errcode"] == errcode
    if not errcode:
        assert link["url_link"].startswith("https://wxaurl.cn/")
        assert scheme["openlink"].startswith("weixin://dl/business/?t=")


def test_words_are_judged_only_for_people_seen_lately(
    raw: RawWeChat, wechat_sandbox: SandboxControl
) -> None:
    user = wechat_sandbox.create_user()
    path = "/wxa/msg_sec_check"
    wanted = {"content": "您好", "version": 2, "scene": 1, "openid": user.openid}
    assert raw.with_token(path, wanted)["errcode"] == 61010
    raw.log_in(wechat_sandbox.login_code(user))
    for content, suggest in (("您好", "pass"), ("兼职刷单", "review"), ("网络赌博", "risky")):
        answer = raw.with_token(path, wanted | {"content": content})
        assert answer["result"]["suggest"] == suggest
    assert raw.with_token(path, wanted | {"content": "长" * 2501})["errcode"] == 40097
    assert raw.with_token(path, wanted | {"scene": 9})["errcode"] == 40129
    wechat_sandbox.advance(7_201)
    assert raw.with_token(path, wanted)["errcode"] == 61010


def test_media_are_judged_later(raw: RawWeChat, wechat_sandbox: SandboxControl) -> None:
    user = wechat_sandbox.create_user()
    raw.log_in(wechat_sandbox.login_code(user))
    wechat_sandbox.push_to("http://127.0.0.1:1/")
    wechat_sandbox.switch(push_retry_seconds=0)
    wanted = {
        "media_url": "http://127.0.0.1:8000/a.png",
        "media_type": 2,
        "version": 2,
        "scene": 1,
        "openid": user.openid,
    }
    trace = raw.with_token("/wxa/media_check_async", wanted)["trace_id"]
    (push,) = wechat_sandbox.pushes()
    assert push["message"]["Event"] == "wxa_media_check"
    assert push["message"]["trace_id"] == trace
    assert push["state"] == "failed"  # nobody listens there
    assert raw.with_token("/wxa/media_check_async", wanted | {"media_type": 5})["errcode"] == 40004
