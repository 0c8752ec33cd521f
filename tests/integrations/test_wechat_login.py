"""Who it is: login codes, phone numbers, WeChat's browser."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from app.config import Config
from app.core.errors import Unauthenticated
from app.integrations.wechat import (
    HighRiskUser,
    LoginCodeRefused,
    PhoneCodeRefused,
    ReceiverUnknown,
    WeChat,
    WeChatMisconfigured,
    WeChatUnavailable,
)
from tests.sandbox import SandboxControl


@pytest.mark.spec("A01", "M01")
def test_a_login_code_names_the_person_and_needs_no_access_token(
    wechat: WeChat, wechat_sandbox: SandboxControl
) -> None:
    user = wechat_sandbox.create_user("林小满")
    login = wechat.code_to_session(wechat_sandbox.login_code(user))
    assert (login.openid, login.unionid) == (user.openid, user.unionid)
    assert wechat_sandbox.calls("/cgi-bin/stable_token") == 0
    assert "access_token" not in wechat_sandbox.history("/sns/jscode2session")[0]["url"]


def test_the_session_key_never_shows(wechat: WeChat, wechat_sandbox: SandboxControl) -> None:
    user = wechat_sandbox.create_user()
    login = wechat.code_to_session(wechat_sandbox.login_code(user))
    kept = wechat_sandbox.state_of(user)["session_keys"][wechat.mini_appid]["key"]
    assert login.session_key == kept
    assert kept not in repr(login)


def test_an_account_without_open_platform_gives_no_unionid(
    wechat: WeChat, wechat_sandbox: SandboxControl
) -> None:
    wechat_sandbox.app(wechat.mini_appid, bound=False)
    user = wechat_sandbox.create_user()
    assert wechat.code_to_session(wechat_sandbox.login_code(user)).unionid == ""


def test_a_login_code_is_good_once(wechat: WeChat, wechat_sandbox: SandboxControl) -> None:
    code = wechat_sandbox.login_code(wechat_sandbox.create_user())
    wechat.code_to_session(code)
    with pytest.raises(LoginCodeRefused) as caught:
        wechat.code_to_session(code)
    assert isinstance(caught.value, Unauthenticated)
    assert caught.value.extensions["errcode"] == 40163


@pytest.mark.parametrize("code", ["", "0" * 32, "the code is a mock one", "中文 & =?"])
def test_a_code_that_is_none_is_refused(wechat: WeChat, code: str) -> None:
    with pytest.raises(LoginCodeRefused):
        wechat.code_to_session(code)


def test_a_login_code_lives_five_minutes(wechat: WeChat, wechat_sandbox: SandboxControl) -> None:
    code = wechat_sandbox.login_code(wechat_sandbox.create_user())
    wechat_sandbox.advance(301)
    with pytest.raises(LoginCodeRefused):
        wechat.code_to_session(code)


def test_a_foreign_apps_code_is_refused(wechat: WeChat, wechat_sandbox: SandboxControl) -> None:
    wechat_sandbox.app("wx0123456789abcdef", kind="mini", secret="a" * 32)
    user = wechat_sandbox.create_user()
    with pytest.raises(LoginCodeRefused):
        wechat.code_to_session(wechat_sandbox.login_code(user, "wx0123456789abcdef"))


def test_a_risky_person_cannot_log_in(wechat: WeChat, wechat_sandbox: SandboxControl) -> None:
    user = wechat_sandbox.create_user(risky=True)
    with pytest.raises(HighRiskUser):
        wechat.code_to_session(wechat_sandbox.login_code(user))
    with pytest.raises(HighRiskUser):
        wechat.oauth_exchange(wechat_sandbox.oauth_code(user))


@pytest.mark.parametrize(
    "fault", [{"errcode": -1}, {"http_status": 503}, {"drop": True}, {"body": '{"openid":""}'}]
)
def test_a_login_without_wechat_is_an_upstream_failure(
    wechat: WeChat, wechat_sandbox: SandboxControl, fault: dict
) -> None:
    code = wechat_sandbox.login_code(wechat_sandbox.create_user())
    wechat_sandbox.fault("/sns/jscode2session", **fault)
    with pytest.raises(WeChatUnavailable):
        wechat.code_to_session(code)


def test_a_frozen_secret_is_not_the_users_fault(
    wechat: WeChat, wechat_sandbox: SandboxControl
) -> None:
    code = wechat_sandbox.login_code(wechat_sandbox.create_user())
    wechat_sandbox.app(wechat.mini_appid, frozen=True)
    with pytest.raises(WeChatMisconfigured):
        wechat.code_to_session(code)


@pytest.mark.spec("A04")
def test_a_phone_code_gives_the_number_once(wechat: WeChat, wechat_sandbox: SandboxControl) -> None:
    user = wechat_sandbox.create_user(phone="13800010001")
    code = wechat_sandbox.phone_code(user)
    assert wechat.phone_number(code) == "13800010001"
    with pytest.raises(PhoneCodeRefused):
        wechat.phone_number(code)
    late = wechat_sandbox.phone_code(user)
    wechat_sandbox.advance(301)
    with pytest.raises(PhoneCodeRefused):
        wechat.phone_number(late)


def test_a_login_code_is_no_phone_code(wechat: WeChat, wechat_sandbox: SandboxControl) -> None:
    code = wechat_sandbox.login_code(wechat_sandbox.create_user(phone="13800010001"))
    with pytest.raises(PhoneCodeRefused):
        wechat.phone_number(code)


@pytest.mark.spec("A01", "M01")
def test_wechats_browser_logs_in_by_a_round_trip(
    wechat: WeChat, wechat_config: Config, wechat_sandbox: SandboxControl
) -> None:
    user = wechat_sandbox.create_user("周敏")
    callback = "http://127.0.0.1:8000/api/login/oauth/callback"
    address = wechat.oauth_url(callback, "s-1&2")
    assert address.startswith(f"{wechat_config.wechat_oauth_root}/connect/oauth2/authorize?appid=")
    assert address.endswith("#wechat_redirect")
    answer = requests.get(address, cookies={"sandbox_user": user.id}, allow_redirects=False)
    assert answer.status_code == 302
    back = urlsplit(answer.headers["Location"])
    query = parse_qs(back.query)
    assert f"{back.scheme}://{back.netloc}{back.path}" == callback
    assert query["state"] == ["s-1&2"]
    login = wechat.oauth_exchange(query["code"][0])
    assert (login.openid, login.unionid) == (user.service_openid, user.unionid)
    with pytest.raises(LoginCodeRefused):
        wechat.oauth_exchange(query["code"][0])


def test_the_base_scope_tells_no_unionid(wechat: WeChat, wechat_sandbox: SandboxControl) -> None:
    code = wechat_sandbox.oauth_code(wechat_sandbox.create_user(), scope="snsapi_base")
    assert wechat.oauth_exchange(code).unionid == ""


def test_a_follower_is_known_by_unionid(wechat: WeChat, wechat_sandbox: SandboxControl) -> None:
    user = wechat_sandbox.create_user()
    assert not wechat.follower(user.service_openid).is_following
    wechat_sandbox.follow(user)
    follower = wechat.follower(user.service_openid)
    assert follower.is_following
    assert follower.unionid == user.unionid
    with pytest.raises(ReceiverUnknown):
        wechat.follower(user.openid)  # the mini-program's openid is another
