"""Logging in from the mini-program, over WeChat's own HTTP."""

import json
import logging
import threading

import pytest

from app.accounts.models import Account, LoginSession, WeChatIdentity
from app.core import clock
from app.core.secrets import digest
from tests.racing import at_once


def log_in(client, code):
    return client.post("/api/login/miniprogram", json={"code": code})


@pytest.mark.spec("A01")
def test_student_logs_in_with_the_code_of_wx_login(anybody, wechat_sandbox):
    user = wechat_sandbox.create_user("林小满")
    answer = log_in(anybody, wechat_sandbox.login_code(user))
    assert answer.status_code == 200, answer.json
    assert answer.json["account"]["roles"] == ["student"]
    assert answer.json["expires_in"] == 7200
    identity = WeChatIdentity.get()
    assert (identity.openid, identity.unionid) == (user.openid, user.unionid)
    me = anybody.get("/api/me", headers={"Authorization": f"Bearer {answer.json['access_token']}"})
    assert me.json["id"] == answer.json["account"]["id"]


def test_same_person_logs_in_to_the_same_account(anybody, wechat_sandbox):
    user = wechat_sandbox.create_user()
    ids = {log_in(anybody, wechat_sandbox.login_code(user)).json["account"]["id"] for _ in range(2)}
    assert len(ids) == 1 and Account.select().count() == 1


def test_used_or_invented_code_is_refused_in_chinese(anybody, wechat_sandbox):
    code = wechat_sandbox.login_code(wechat_sandbox.create_user())
    log_in(anybody, code)
    for bad in (code, "0123456789abcdef0123456789abcdef"):
        answer = log_in(anybody, bad)
        assert answer.status_code == 401
        assert answer.json["type"] == "/problems/login-code-refused"
        assert answer.json["title"] == "微信登录已失效，请重新登录"
    assert LoginSession.select().count() == 1


def test_person_whom_wechat_holds_for_unsafe_is_refused(anybody, wechat_sandbox):
    user = wechat_sandbox.create_user(risky=True)
    answer = log_in(anybody, wechat_sandbox.login_code(user))
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/high-risk-user")
    assert Account.select().count() == 0


def test_wechat_being_away_is_a_503_and_leaves_nothing_behind(anybody, wechat_sandbox):
    wechat_sandbox.fault("/sns/jscode2session", errcode=-1, times=10)
    answer = log_in(anybody, wechat_sandbox.login_code(wechat_sandbox.create_user()))
    assert (answer.status_code, answer.json["status"]) == (503, 503)
    assert answer.content_type == "application/problem+json"
    assert Account.select().count() == 0


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": None}, {"code": 7}, {"kode": "x"}])
def test_login_without_a_code_names_the_field(anybody, body):
    answer = anybody.post("/api/login/miniprogram", json=body)
    assert answer.status_code == 422
    assert any(error["pointer"] in ("#/code", "#/kode") for error in answer.json["errors"])


def test_session_key_is_in_no_answer_and_no_log(anybody, wechat_sandbox, caplog, config):
    user = wechat_sandbox.create_user()
    with caplog.at_level(logging.DEBUG):
        answers = [log_in(anybody, wechat_sandbox.login_code(user)).get_data(as_text=True)]
        answers.append(log_in(anybody, "0" * 32).get_data(as_text=True))
        wechat_sandbox.fault("/sns/jscode2session", drop=True, times=5)
        answers.append(log_in(anybody, "1" * 32).get_data(as_text=True))
    key = wechat_sandbox.state_of(user)["session_keys"][config.wechat_mini.appid]["key"]
    told = "\n".join([*answers, *(str(record.__dict__) for record in caplog.records)])
    assert len(key) > 20 and key not in told
    assert config.wechat_mini.secret not in told


def test_refresh_token_is_kept_as_a_hash_only(anybody, wechat_sandbox):
    answer = log_in(anybody, wechat_sandbox.login_code(wechat_sandbox.create_user()))
    row = LoginSession.get()
    assert row.refresh_hash == digest(answer.json["refresh_token"])
    assert answer.json["refresh_token"] not in json.dumps(
        LoginSession.select().dicts().get(), default=str
    )


def test_closed_account_cannot_log_in(anybody, wechat_sandbox):
    user = wechat_sandbox.create_user()
    log_in(anybody, wechat_sandbox.login_code(user))
    Account.update(disabled_at=clock.now()).execute()
    answer = log_in(anybody, wechat_sandbox.login_code(user))
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/account-disabled")


@pytest.mark.serial
def test_simultaneous_first_logins_make_one_account(app, wechat_sandbox):
    user = wechat_sandbox.create_user()
    codes = [wechat_sandbox.login_code(user) for _ in range(6)]
    client = threading.local()

    def enter(code):
        client.own = app.test_client()
        return log_in(client.own, code).json["account"]["id"]

    ids = at_once(app, *[lambda code=code: enter(code) for code in codes])
    assert len(set(ids)) == 1, ids
    assert Account.select().count() == 1
    assert LoginSession.select().count() == 6
