"""Tokens, logins, session keys, phone numbers, OAuth: the sandbox against WeChat's rules."""

import hashlib
import hmac
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from wechatpy.crypto import WeChatWxaCrypto

from tests.sandbox import SandboxControl
from tests.wechat_sandbox.conftest import RawWeChat

LIST = "/wxaapi/newtmpl/gettemplate"
VECTORS = json.loads((Path(__file__).parent.parent / "integrations" / "vectors.json").read_text())


def old_token(raw: RawWeChat, **more: str) -> dict:
    sandbox = raw.sandbox
    query = {"appid": sandbox.mini_appid, "secret": sandbox.mini_secret} | more
    return raw.get("/cgi-bin/token", grant_type="client_credential", **query).json()


# -- tokens -------------------------------------------------------------------
def test_the_stable_token_stays_until_five_minutes_before_its_end(
    raw: RawWeChat, wechat_sandbox: SandboxControl
) -> None:
    first = raw.token()
    assert first["expires_in"] in (7199, 7200)
    assert "errcode" not in first
    assert raw.token()["access_token"] == first["access_token"]
    wechat_sandbox.advance(6_000)
    later = raw.token()
    assert later["access_token"] == first["access_token"]
    assert later["expires_in"] <= 1_200
    wechat_sandbox.advance(950)
    fresh = raw.token()
    assert fresh["access_token"] != first["access_token"]
    for token in (first, fresh):  # both are good while they overlap
        assert raw.get(LIST, access_token=token["access_token"]).json()["errcode"] == 0
    wechat_sandbox.advance(301)
    assert raw.get(LIST, access_token=first["access_token"]).json()["errcode"] == 42001


def test_a_forced_token_kills_the_last_and_is_rationed(
    raw: RawWeChat, wechat_sandbox: SandboxControl
) -> None:
    first = raw.token()["access_token"]
    forced = raw.token(force_refresh=True)["access_token"]
    assert raw.get(LIST, access_token=first).json()["errcode"] == 40001
    assert raw.get(LIST, access_token=forced).json()["errcode"] == 0
    assert raw.token(force_refresh=True)["errcode"] == 45011
    for _ in range(19):
        wechat_sandbox.advance(31)
        assert "access_token" in raw.token(force_refresh=True)
    wechat_sandbox.advance(31)
    assert raw.token(force_refresh=True)["errcode"] == 45009


def test_the_old_token_is_new_at_every_call_and_apart_from_the_stable_one(
    raw: RawWeChat, wechat_sandbox: SandboxControl
) -> None:
    stable = raw.token()["access_token"]
    first, second = old_token(raw)["access_token"], old_token(raw)["access_token"]
    assert first != second
    for token in (stable, first, second):
        assert raw.get(LIST, access_token=token).json()["errcode"] == 0
    wechat_sandbox.advance(301)
    assert raw.get(LIST, access_token=first).json()["errcode"] == 42001
    assert raw.get(LIST, access_token=second).json()["errcode"] == 0


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"appid": "wx0000000000000000"}, 40013),
        ({"secret": "0" * 32}, 40125),
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
        ({"grant_type": "other"}, 40002),
    ],
)
def test_wrong_credentials_are_told_apart(raw: RawWeChat, change: dict, errcode: int) -> None:
    assert raw.token(**change)["errcode"] == errcode
    if "grant_type" not in change:
        assert old_token(raw, **change)["errcode"] == errcode


def test_a_call_without_a_token_says_so(raw: RawWeChat) -> None:
    assert raw.get(LIST).json()["errcode"] == 41001


# -- logins -------------------------------------------------------------------
def test_identifiers_look_like_wechats(raw: RawWeChat, wechat_sandbox: SandboxControl) -> None:
    user = wechat_sandbox.create_user()
    code = wechat_sandbox.login_code(user)
    assert re.fullmatch(r"0[\w-]{31}", code)
    found = raw.log_in(code, access_token="superfluous").json()
    assert "errcode" not in found
    assert re.fullmatch(r"o[\w-]{27}", found["openid"])
    assert re.fullmatch(r"o[\w-]{27}", found["unionid"])
    assert re.fullmatch(r"[\w+/]{22}==", found["session_key"])
    assert re.fullmatch(r"[0-9a-f]{64}", wechat_sandbox.phone_code(user))


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"appid": None}, 41002),
        ({"secret": None}, 41004),
        ({"js_code": None}, 41008),
        ({"appid": "wx0000000000000000"}, 40013),
        ({"secret": "0" * 32}, 40125),
    ],
)
def test_incomplete_logins_are_told_apart(
    raw: RawWeChat, wechat_sandbox: SandboxControl, change: dict, errcode: int
) -> None:
    code = wechat_sandbox.login_code(wechat_sandbox.create_user())
    assert raw.log_in(code, **({"js_code": code} | change)).json()["errcode"] == errcode


def test_a_failed_login_does_not_use_the_code_up(
    raw: RawWeChat, wechat_sandbox: SandboxControl
) -> None:
    code = wechat_sandbox.login_code(wechat_sandbox.create_user())
    raw.log_in(code, secret="0" * 32)
    assert "openid" in raw.log_in(code).json()
    assert raw.log_in(code).json()["errcode"] == 40163


def signature(key: str) -> str:
    return hmac.new(key.encode(), b"", hashlib.sha256).hexdigest()


def test_the_session_signature_is_wechats() -> None:
    vector = VECTORS["session_sign"]
    assert signature(vector["session_key"]) == vector["hmac_sha256_of_empty"]


def test_old_open_data_is_decrypted_as_wechat_encrypted_it() -> None:
    vector = VECTORS["wxa_decrypt"]
    crypto = WeChatWxaCrypto(vector["session_key"], vector["iv"], vector["appid"])
    assert crypto.decrypt_message(vector["encryptedData"])["nickName"] == "Band"


def test_session_keys_are_checked_and_reset(raw: RawWeChat, wechat_sandbox: SandboxControl) -> None:
    user = wechat_sandbox.create_user()
    token = raw.token()["access_token"]
    query = {"access_token": token, "openid": user.openid, "sig_method": "hmac_sha256"}
    check, reset = "/wxa/checksession", "/wxa/resetusersessionkey"
    assert raw.get(reset, **query, signature="0").json()["errcode"] == 87007
    first = raw.log_in(wechat_sandbox.login_code(user)).json()["session_key"]
    assert raw.get(check, **query, signature=signature(first)).json()["errcode"] == 0
    assert raw.get(check, **query, signature="0" * 64).json()["errcode"] == 87009
    wrong_method = query | {"sig_method": "md5", "signature": signature(first)}
    assert raw.get(check, **wrong_method).json()["errcode"] == 87008
    second = raw.get(reset, **query, signature=signature(first)).json()["session_key"]
    assert second != first
    assert raw.get(check, **query, signature=signature(first)).json()["errcode"] == 87009
    third = raw.log_in(wechat_sandbox.login_code(user)).json()["session_key"]
    assert raw.get(check, **query, signature=signature(second)).json()["errcode"] == 87009
    assert raw.get(check, **query, signature=signature(third)).json()["errcode"] == 0


def test_a_phone_code_belongs_to_one_app_and_one_person(
    raw: RawWeChat, wechat_sandbox: SandboxControl
) -> None:
    path = "/wxa/business/getuserphonenumber"
    owner, other = (wechat_sandbox.create_user(phone=f"1380001000{n}") for n in (1, 2))
    code = wechat_sandbox.phone_code(owner)
    foreign = raw.with_token(path, {"code": code, "openid": other.openid})
    assert foreign["errcode"] == 40029
    found = raw.with_token(path, {"code": code, "openid": owner.openid})["phone_info"]
    assert found["purePhoneNumber"] == "13800010001"
    assert found["watermark"]["appid"] == wechat_sandbox.mini_appid
    wechat_sandbox.app("wx0123456789abcdef", kind="mini", secret="a" * 32)
    code = wechat_sandbox.phone_code(owner)
    account = {"appid": "wx0123456789abcdef", "secret": "a" * 32}
    assert raw.with_token(path, {"code": code}, **account)["errcode"] == 40013


# -- OAuth --------------------------------------------------------------------
def authorize(raw: RawWeChat, **change: str) -> dict:
    return {
        "appid": raw.sandbox.service_appid,
        "redirect_uri": "http://127.0.0.1:8000/back?keep=1",
        "response_type": "code",
        "scope": "snsapi_userinfo",
        "state": "s1",
    } | change


def test_the_consent_page_lets_people_choose_who_they_are(raw: RawWeChat) -> None:
    address = raw.sandbox.root + "/connect/oauth2/authorize"
    page = raw.http.get(address, params=authorize(raw), allow_redirects=False)
    assert page.status_code == 200
    assert "林小满" in page.text
    chosen = raw.http.post(
        address, params=authorize(raw), data={"user": "zhou-min"}, allow_redirects=False
    )
    query = parse_qs(urlsplit(chosen.headers["Location"]).query)
    assert query["keep"] == ["1"]
    assert query["state"] == ["s1"]
    silent = raw.http.get(address, params=authorize(raw), allow_redirects=False)
    assert silent.status_code == 302  # the phone remembers its user


@pytest.mark.parametrize(
    "change",
    [
        {"appid": "wx0000000000000000"},
        {"scope": "snsapi_login"},
        {"redirect_uri": "javascript:alert(1)"},
        {"response_type": "token"},
    ],
)
def test_a_wrong_oauth_address_leads_nowhere(raw: RawWeChat, change: dict) -> None:
    address = raw.sandbox.root + "/connect/oauth2/authorize"
    raw.http.cookies.set("sandbox_user", "zhou-min")
    page = raw.http.get(address, params=authorize(raw, **change), allow_redirects=False)
    assert page.status_code == 200
    assert "参数错误" in page.text


def test_consent_can_be_made_to_wait_for_a_tap(
    raw: RawWeChat, wechat_sandbox: SandboxControl
) -> None:
    wechat_sandbox.switch(oauth_asks=True)
    address = raw.sandbox.root + "/connect/oauth2/authorize"
    raw.http.cookies.set("sandbox_user", "zhou-min")
    page = raw.http.get(address, params=authorize(raw), allow_redirects=False)
    assert page.status_code == 200
    assert "周敏" in page.text
    base = raw.http.get(address, params=authorize(raw, scope="snsapi_base"), allow_redirects=False)
    assert base.status_code == 302


def test_userinfo_needs_the_right_scope(raw: RawWeChat, wechat_sandbox: SandboxControl) -> None:
    user = wechat_sandbox.create_user("刘建国")
    service = {
        "appid": wechat_sandbox.service_appid,
        "secret": wechat_sandbox.service_secret,
        "grant_type": "authorization_code",
    }
    for scope, errcode in (("snsapi_userinfo", None), ("snsapi_base", 48001)):
        code = wechat_sandbox.oauth_code(user, scope)
        grant = raw.get("/sns/oauth2/access_token", code=code, **service).json()
        assert grant["openid"] == user.service_openid
        assert ("unionid" in grant) == (errcode is None)
        query = {"access_token": grant["access_token"], "openid": grant["openid"]}
        told = raw.get("/sns/userinfo", lang="zh_CN", **query)
        assert told.headers["Content-Type"].startswith("text/plain")
        found = json.loads(told.content)  # the header names no charset, as WeChat's
        assert found.get("errcode") == errcode
        assert errcode or found["nickname"] == "刘建国"
        # a user's token opens no API of the account's
        assert raw.get(LIST, access_token=grant["access_token"]).json()["errcode"] == 40001
