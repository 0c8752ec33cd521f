"""How WeChat answers: status, types, rids, quotas, faults."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.sandbox import ROOT, SandboxControl, free_port, running_sandbox
from tests.wechat_sandbox.conftest import RawWeChat

LIST = "/wxaapi/newtmpl/gettemplate"
RID = r"[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}"


def test_errors_are_http_200_with_a_rid(raw: RawWeChat) -> None:
    sns = raw.log_in("nonsense")
    assert sns.status_code == 200
    assert sns.headers["Content-Type"].startswith("text/plain")
    assert re.fullmatch(rf"invalid code, rid: {RID}", sns.json()["errmsg"])
    other = raw.get(LIST, access_token="nonsense")
    assert other.status_code == 200
    assert other.headers["Content-Type"] == "application/json; encoding=utf-8"
    assert re.search(rf"latest rid: {RID}$", other.json()["errmsg"])


def test_the_first_group_of_a_rid_is_the_time(raw: RawWeChat) -> None:
    rid = raw.log_in("nonsense").json()["errmsg"].split("rid: ")[1]
    assert abs(int(rid[:8], 16) - time.time()) < 60


@pytest.mark.parametrize(
    ("body", "errcode"), [(b"", 44002), (b"{", 47001), (b"[1]", 47001), (b"\xff", 47001)]
)
def test_bodies_are_parsed_whatever_their_type(raw: RawWeChat, body: bytes, errcode: int) -> None:
    assert raw.post("/cgi-bin/stable_token", body).json()["errcode"] == errcode


def test_post_apis_refuse_get(raw: RawWeChat) -> None:
    assert raw.get("/cgi-bin/stable_token").json()["errcode"] == 43002
    assert raw.get("/wxa/getwxacodeunlimit", access_token="x").json()["errcode"] == 43002


def test_rid_get_tells_of_own_requests(raw: RawWeChat, wechat_sandbox: SandboxControl) -> None:
    token = raw.token()["access_token"]
    answer = raw.post("/wxa/getwxacodeunlimit", {"scene": ""}, access_token=token).json()
    rid = answer["errmsg"].split("rid: ")[1]
    told = raw.with_token("/cgi-bin/openapi/rid/get", {"rid": rid})
    assert told["request"]["request_url"].startswith("/wxa/getwxacodeunlimit")
    for wrong, errcode in (("x", 76002), ("00000000-00000000-00000000", 76001)):
        assert raw.with_token("/cgi-bin/openapi/rid/get", {"rid": wrong})["errcode"] == errcode
    service = {"appid": wechat_sandbox.service_appid, "secret": wechat_sandbox.service_secret}
    assert raw.with_token("/cgi-bin/openapi/rid/get", {"rid": rid}, **service)["errcode"] == 76003
    wechat_sandbox.advance(8 * 86_400)
    assert raw.with_token("/cgi-bin/openapi/rid/get", {"rid": rid})["errcode"] == 76004


def test_quotas_end_and_can_be_cleared_ten_times_a_month(
    raw: RawWeChat, wechat_sandbox: SandboxControl
) -> None:
    path = "/wxa/getwxacodeunlimit"
    wechat_sandbox.quota(path, day=1)
    token = raw.token()["access_token"]
    codes = [raw.post(path, {"scene": "a"}, access_token=token) for _ in range(2)]
    assert codes[0].headers["Content-Type"] == "image/jpeg"
    assert codes[1].json()["errcode"] == 45009
    quota = raw.with_token("/cgi-bin/openapi/quota/get", {"cgi_path": path})["quota"]
    assert quota == {"daily_limit": 1, "used": 1, "remain": 0}
    own = {"appid": wechat_sandbox.mini_appid}
    cleared = [raw.with_token("/cgi-bin/clear_quota", own)["errcode"] for _ in range(11)]
    assert cleared == [0] * 10 + [48006]
    again = raw.post(path, {"scene": "a"}, access_token=token)
    assert again.headers["Content-Type"] == "image/jpeg"


def test_minute_quotas_pass_with_the_minute(raw: RawWeChat, wechat_sandbox: SandboxControl) -> None:
    wechat_sandbox.quota("/wxa/msg_sec_check", minute=0)
    assert raw.with_token("/wxa/msg_sec_check", {"content": "x"})["errcode"] == 45011
    wechat_sandbox.quota("/wxa/msg_sec_check", minute=5)
    assert raw.with_token("/wxa/msg_sec_check", {"content": "x"})["errcode"] != 45011


def test_every_answer_can_be_delayed(raw: RawWeChat, wechat_sandbox: SandboxControl) -> None:
    raw.token()
    wechat_sandbox.switch(delay_ms=150)
    began = time.monotonic()
    raw.token()
    assert time.monotonic() - began >= 0.15


def test_a_share_of_calls_can_be_busy(raw: RawWeChat, wechat_sandbox: SandboxControl) -> None:
    wechat_sandbox.switch(busy_rate=0.5)
    codes = [raw.token().get("errcode", 0) for _ in range(60)]
    assert set(codes) == {0, -1}


def test_faults_come_as_often_as_asked(raw: RawWeChat, wechat_sandbox: SandboxControl) -> None:
    wechat_sandbox.fault("*", errcode=-1, times=2)
    assert [raw.token().get("errcode", 0) for _ in range(3)] == [-1, -1, 0]
    wechat_sandbox.fault("/cgi-bin/stable_token", drop=True)
    with pytest.raises(requests.ConnectionError):
        raw.token()
    wechat_sandbox.fault("/cgi-bin/stable_token", http_status=502)
    assert raw.http.post(wechat_sandbox.root + "/cgi-bin/stable_token").status_code == 502
    assert "access_token" in raw.token()


def test_an_unknown_switch_is_an_error_of_the_test(wechat_sandbox: SandboxControl) -> None:
    with pytest.raises(AssertionError, match="unknown: delay"):
        wechat_sandbox.switch(delay=1)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "example.com"])
def test_the_sandbox_listens_on_loopback_only(host: str) -> None:
    command = [sys.executable, "-m", "scripts.wechat_sandbox", "--host", host, "--port", "1"]
    ended = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    assert ended.returncode == 2
    assert "loopback only" in ended.stderr


def test_people_survive_a_restart(tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "state.sqlite"))
    port = free_port()
    with running_sandbox(*state, port=port) as first:
        user = first.create_user("林小满", phone="13800010001")
        first.accept(user, first.template_id("interview_nudge"), times=2)
        first.follow(user)
        demo = first.user("zhou-min")
    with running_sandbox(*state, port=port) as second:
        assert second.user(user.id) == user
        kept = second.state_of(user)
        assert kept["accepts"] == {second.template_id("interview_nudge"): 2}
        assert kept["follows"] == [second.service_appid]
        assert second.user("zhou-min") == demo
        second.reset()
    with running_sandbox(*state, port=port) as third:
        with pytest.raises(AssertionError, match="no user"):
            third.user(user.id)
        assert third.user("zhou-min") == demo
